import { execFile } from "node:child_process";
import { globSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

import type { Finding } from "../service.ts";
import { isExecutable } from "./on-path.ts";

export interface Java {
  /** Feature version: 17, 21, 25. */
  readonly version: number;
  /** What JAVA_HOME is set to for programs that look there. */
  readonly home: string;
  readonly command: string;
}

/** Where systems and version managers put Java; `home` below each match. */
const usualHomes = [
  "/usr/lib/jvm/*",
  "/usr/lib64/jvm/*",
  "/usr/java/*",
  "/opt/java/*",
  "/opt/jdk*",
  "/Library/Java/JavaVirtualMachines/*/Contents/Home",
  "/opt/homebrew/opt/openjdk*",
  "/usr/local/opt/openjdk*",
  `${homedir()}/.sdkman/candidates/java/*`,
  `${homedir()}/.jdks/*`,
];

/** The newest Java of JAVA_HOME, PATH and the usual folders: a machine's default is often not its newest. */
export async function newestJava(
  env: Finding["env"],
  homes: readonly string[] = usualHomes,
): Promise<Java | undefined> {
  const folders = [
    env["JAVA_HOME"] ?? "",
    ...(env["PATH"] ?? "").split(delimiter).map((folder) => homeOf(join(folder, "java"))),
    ...homes.flatMap((pattern) => globSync(pattern)),
  ];
  const candidates = new Set(
    folders.filter((home) => home !== "" && isExecutable(join(home, "bin", "java"))).map((home) => realpathSync(home)),
  );
  const found = await Promise.all([...candidates].map(describe));
  return found
    .filter((java) => java !== undefined)
    .toSorted((a, b) => b.version - a.version)
    .at(0);
}

/** `/usr/bin/java` is a link, and JAVA_HOME is two folders above what it leads to. */
function homeOf(java: string): string {
  return isExecutable(java) ? dirname(dirname(realpathSync(java))) : "";
}

async function describe(home: string): Promise<Java | undefined> {
  const command = join(home, "bin", "java");
  const version = versionIn(releaseFile(home)) ?? versionIn(await versionOutput(command));
  return version === undefined ? undefined : { version, home, command };
}

/** Both `JAVA_VERSION="21.0.2"` of a release file and `openjdk version "17.0.15"` of `java -version`; "1.8.0" is 8. */
function versionIn(text: string): number | undefined {
  const match = /(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function releaseFile(home: string): string {
  try {
    return readFileSync(join(home, "release"), "utf8");
  } catch {
    return "";
  }
}

async function versionOutput(command: string): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, ["-version"], { timeout: 10_000 });
    return stdout + stderr;
  } catch {
    return "";
  }
}
