import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { type Lock, lockedPackages } from "../../deploy/image/bill.ts";

/*
 * `bundle-command-line.ts --out FILE.tar.gz`: the command line with everything that it needs, as one folder for a machine
 * with Node 24.6 or newer and no npm. Sources, not one bundled file: docs/deploy.md says why.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? "cordon-command-line.tar.gz";

function manifest(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { name: string; version: string };
}

const programs = ["packages/cli"];
const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as { readonly packages: Lock };
const scratch = mkdtempSync(join(tmpdir(), "cordon-bundle-"));
const home = join(scratch, `cordon-${manifest("").version}`);
const left = /(^|\/)(node_modules|test|dist|tsconfig\.json|[^/]*\.tsbuildinfo)$/;
try {
  for (const { path, name, own } of lockedPackages(packages, programs, (each) => manifest(each).name)) {
    if (!existsSync(join(root, path))) continue; // of another system
    const target = join(home, path);
    cpSync(join(root, path), target, {
      recursive: true,
      filter: (source) => !left.test(source.slice(join(root, path).length)) || !own,
    });
    if (!own) continue;
    const link = join(home, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join("../..", path), link);
  }
  for (const name of ["LICENSE", "NOTICE", "package.json"]) cpSync(join(root, name), join(home, name));
  const script = '#!/bin/sh\nexec node "$(dirname -- "$(readlink -f -- "$0")")/packages/cli/src/main.ts" "$@"\n';
  writeFileSync(join(home, "cordon"), script);
  chmodSync(join(home, "cordon"), 0o755);
  const { status, stderr } = spawnSync("tar", ["-C", scratch, "-czf", out, `cordon-${manifest("").version}`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`tar: ${stderr}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
