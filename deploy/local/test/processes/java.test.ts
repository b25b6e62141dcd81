import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { newestJava } from "../../src/processes/java.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cordon-java-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function java(name: string, release: string | undefined, says = "exit 1"): string {
  const home = join(root, name);
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "bin", "java"), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  if (release !== undefined) writeFileSync(join(home, "release"), `IMPLEMENTOR="x"\nJAVA_VERSION="${release}"\n`);
  return home;
}

test("the newest of JAVA_HOME, PATH and the usual folders is taken", async () => {
  const eight = java("eight", "1.8.0_392");
  const seventeen = java("seventeen", "17.0.15");
  java("jvm/twenty-one", "21.0.2");
  java("jvm/twenty-five", "25");
  const env = { JAVA_HOME: eight, PATH: `/nowhere:${join(seventeen, "bin")}` };
  expect(await newestJava(env, [])).toMatchObject({ version: 17, home: seventeen });
  expect(await newestJava(env, [join(root, "jvm", "*")])).toEqual({
    version: 25,
    home: join(root, "jvm", "twenty-five"),
    command: join(root, "jvm", "twenty-five", "bin", "java"),
  });
  expect(await newestJava({ JAVA_HOME: eight }, [])).toMatchObject({ version: 8 });
});

test("a Java without a release file is asked for its version, and one that is a link leads to its home", async () => {
  const home = java("asked", undefined, `echo 'openjdk version "21.0.5" 2024-10-15' >&2`);
  mkdirSync(join(root, "bin"));
  symlinkSync(join(home, "bin", "java"), join(root, "bin", "java"));
  expect(await newestJava({ PATH: join(root, "bin") }, [])).toMatchObject({ version: 21, home });
});

test("a java that does not run, such as the stub of a system without one, is none", async () => {
  const stub = java("stub", undefined);
  expect(await newestJava({ PATH: join(stub, "bin"), JAVA_HOME: "/nowhere" }, [])).toBeUndefined();
  expect(await newestJava({}, [])).toBeUndefined();
});
