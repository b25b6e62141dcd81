import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

/*
 * Asks promtool whether the configuration and the rules are sound, and runs the rules' unit tests. Where promtool is
 * absent it says so aloud and lets the rest of the check go on: `.ci/run` installs it.
 */
const folder = fileURLToPath(new URL("../deploy/prometheus", import.meta.url));

function promtool(...args: readonly string[]): boolean {
  const { error, status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) process.stderr.write(`promtool ${args.join(" ")}\n${stdout}${stderr}`);
  return status === 0;
}

function check(): boolean {
  const tests = globSync("tests/*.yml", { cwd: folder }).toSorted();
  if (tests.length === 0) throw new Error(`${folder}/tests has no test of the rules`);
  const sound = promtool("check", "config", "prometheus.yml");
  const passed = promtool("test", "rules", ...tests);
  return sound && passed;
}

try {
  process.exitCode = check() ? 0 : 1;
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  console.log(
    "SKIPPED: promtool is not on PATH, so the alert rules and their tests were NOT checked (apt-get install prometheus)",
  );
}
