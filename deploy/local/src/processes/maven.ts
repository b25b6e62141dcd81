import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { Finding } from "../service.ts";
import { spawnSupervised } from "../spawn-supervised.ts";
import { StackError } from "../stack-error.ts";
import { kafkaVersion, log4jVersion, mavenDependencyPluginVersion } from "../versions.ts";
import { installHint } from "./install-hint.ts";
import type { Java } from "./java.ts";
import { onPath } from "./on-path.ts";

const pom = fileURLToPath(new URL("../../pom.xml", import.meta.url));

export interface Fetching {
  /** Where the files go. */
  readonly folder: string;
  /** As shown to people: what comes and how much of it. */
  readonly what: string;
  readonly java: Java;
  readonly finding: Finding;
}

/** Maven's local repository takes no two writers, so our runs of it follow one another. */
let last: Promise<void> = Promise.resolve();

/** Runs one goal of the dependency plugin against `pom.xml`; wrong checksums fail it. Throws StackError with its errors. */
export function maven(goal: string, properties: Readonly<Record<string, string>>, fetching: Fetching): Promise<void> {
  const run = last.then(() => runMaven(goal, properties, fetching));
  last = run.catch(() => {});
  return run;
}

async function runMaven(
  goal: string,
  properties: Readonly<Record<string, string>>,
  { folder, what, java, finding }: Fetching,
): Promise<void> {
  const { env, report, signal } = finding;
  signal.throwIfAborted();
  const mvn = onPath("mvn", env);
  if (mvn === undefined)
    throw new StackError(
      `${what} is fetched with Maven (mvn), which is not here.\nInstall it: ${installHint("maven", "maven")}, or start a container engine`,
    );
  report(`${what}: fetching`);
  const all = {
    "kafka.version": kafkaVersion,
    "log4j.version": log4jVersion,
    outputDirectory: folder,
    // Here the plugin notes what it has unpacked, and skips it the next time: so the note goes with the files.
    "build.folder": join(folder, ".maven"),
    ...properties,
  };
  const args = Object.entries(all).map(([key, value]) => `-D${key}=${value}`);
  const plugin = `org.apache.maven.plugins:maven-dependency-plugin:${mavenDependencyPluginVersion}:${goal}`;
  const supervised = spawnSupervised(mvn, ["--strict-checksums", "-f", pom, ...args, plugin], {
    env: { ...env, JAVA_HOME: java.home },
    output: "pipe",
    grace: 1,
  });
  const abandon = (): void => void supervised.stop();
  signal.addEventListener("abort", abandon, { once: true });
  const errors: string[] = [];
  let reportedAt = performance.now();
  const read = async (): Promise<void> => {
    if (supervised.stdout === null) return;
    // Maven rewrites its progress in place: a carriage return ends a line, too.
    for await (const line of createInterface({ input: supervised.stdout, crlfDelay: 0 })) {
      // oxlint-disable-next-line no-control-regex -- the escape character is what colours begin with
      const plain = line.replaceAll(/\u001B\[[0-9;]*m/g, "");
      if (plain.includes("ERROR") && errors.length < 5) errors.push(`  | ${plain.slice(0, 300)}`);
      const progress = /Progress \(\d+\): (.+)/.exec(plain)?.[1];
      if (progress === undefined || performance.now() - reportedAt < 2_000) continue;
      reportedAt = performance.now();
      report(`${what}: ${progress.trim()}`);
    }
  };
  supervised.stderr?.resume();
  const [{ code }] = await Promise.all([supervised.exited, read()]);
  signal.removeEventListener("abort", abandon);
  signal.throwIfAborted();
  if (code !== 0) throw new StackError(`${what}: Maven could not fetch it.\n${errors.join("\n")}`);
}
