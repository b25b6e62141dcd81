import { expect, test } from "vitest";

import { binary, excerpt, temporaryFolder } from "./run-cordon.ts";

test("the program compiles, screens and compares, each through its launcher", async () => {
  const folder = temporaryFolder();
  try {
    const index = folder.path("index");
    const compiled = await binary(["compile", "--list", excerpt, "--out", index]);
    expect(compiled).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(compiled.out)).toMatchObject({ designations: 38 });
    const names = '{"id":1,"name":"Nusret Seferovic"}\n{"id":2,"name":"Quiet One"}\n';
    const screened = await binary(["screen", "--index", index], names);
    expect(screened).toMatchObject({ code: 0, err: "" });
    expect(screened.out.trimEnd().split("\n")).toHaveLength(2);
    expect(await binary(["compare", "Anna", "Anna"])).toMatchObject({ code: 0, err: "" });
  } finally {
    folder.remove();
  }
});

test("the program ends with 2 and one line of why when it is used badly", async () => {
  for (const args of [[], ["scream"], ["compare", "Anna"], ["screen"]]) {
    const ran = await binary(args);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(/^cordon: .+\n$/);
  }
});
