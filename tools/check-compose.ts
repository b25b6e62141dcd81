import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * Asks Docker Compose whether the compose files are sound, alone and with the secured one over it, and actionlint the
 * same of the workflows. Where a tool is absent it says so aloud.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "deploy/compose");
let sound = true;

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): { readonly ok: boolean; readonly text: string } | null {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return error === undefined ? { ok: status === 0, text: `${stdout}${stderr}` } : null;
}

function judge(what: string, found: { readonly ok: boolean; readonly text: string } | null): void {
  if (found?.ok !== false) return;
  sound = false;
  process.stderr.write(`${what}\n${found.text}`);
}

if (run("docker", ["compose", "version"], folder)?.ok === true) {
  const files = ["compose.yaml", "compose.secure.yaml"].filter((name) => existsSync(join(folder, name)));
  for (let many = 1; many <= files.length; many += 1) {
    const named = files.slice(0, many).flatMap((name) => ["-f", name]);
    const profiles = ["traffic", "grafana"].flatMap((name) => ["--profile", name]);
    judge(named.join(" "), run("docker", ["compose", ...named, ...profiles, "config", "--quiet"], folder));
  }
} else
  console.log(
    "SKIPPED: Docker Compose is not here, so the compose files were NOT checked by it (their tests read them)",
  );

const actionlint = existsSync(join(root, ".tools/bin/actionlint")) ? join(root, ".tools/bin/actionlint") : "actionlint";
const linted = run(actionlint, globSync(".github/workflows/*.yml", { cwd: root }), root);
if (linted === null)
  console.log(
    "SKIPPED: actionlint is not on PATH, so the workflows were NOT checked by it (.ci/run fetches it where there is Go)",
  );
judge("actionlint", linted);
process.exitCode = sound ? 0 : 1;
