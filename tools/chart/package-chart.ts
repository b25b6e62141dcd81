import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { isMap, parseDocument } from "yaml";

import { findTool } from "./helm.ts";

/*
 * `package-chart.ts --out FOLDER [--repository R --digest D]`: packs the chart, with its rules and dashboard in place of the
 * links to deploy/, and with the image that was built by name and digest.
 */
const { values } = parseArgs({
  options: { out: { type: "string" }, repository: { type: "string" }, digest: { type: "string" } },
});
const out = values.out ?? "dist-chart";
const chart = fileURLToPath(new URL("../../deploy/helm/cordon", import.meta.url));
const helm = findTool("helm");
if (helm.kind === "absent") throw new Error(helm.why);

const scratch = mkdtempSync(join(tmpdir(), "cordon-chart-"));
try {
  const copy = join(scratch, "cordon");
  cpSync(chart, copy, { recursive: true, dereference: true });
  const file = join(copy, "values.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  const image = document.get("image");
  if (!isMap(image)) throw new Error("values.yaml has no image");
  if (values.repository !== undefined) image.set("repository", values.repository.toLowerCase());
  if (values.digest !== undefined) image.set("digest", values.digest);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  mkdirSync(out, { recursive: true });
  const { status, stdout, stderr } = spawnSync(helm.path, ["package", copy, "--destination", out], {
    encoding: "utf8",
  });
  process.stdout.write(stdout);
  if (status !== 0) throw new Error(`helm package: ${stderr}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
