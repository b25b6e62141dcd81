import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

const fixture = fileURLToPath(new URL("service-fixture.ts", import.meta.url));

type Child = ChildProcessByStdio<null, Readable, null>;

function start(kind: string): {
  readonly child: Child;
  readonly lines: string[];
  readonly said: (message: string) => Promise<void>;
} {
  const child = spawn(process.execPath, [fixture, kind], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => lines.push(...text.split("\n").filter(Boolean)));
  const said = async (message: string): Promise<void> => {
    while (!lines.some((line) => line.includes(`"msg":"${message}"`))) await once(child.stdout, "data");
  };
  return { child, lines, said };
}

test("a real process finishes on SIGTERM, closes, and exits with 0", async () => {
  const { child, said, lines } = start("obedient");
  await said("ready");
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    "starting",
    "ready",
    "stopping",
    "closed",
    "stopped",
  ]);
});

test("a real process that will not finish leaves on the second signal with 130", async () => {
  const { child, said } = start("stubborn");
  await said("ready");
  child.kill("SIGINT");
  await said("stopping");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([130, null]);
});

test.each(["throwing", "rejecting"])(
  "a real process that is %s in the background logs it and exits with 1",
  async (kind) => {
    const { child, lines } = start(kind);
    expect(await once(child, "close")).toEqual([1, null]);
    const last = JSON.parse(lines.at(-1) ?? "null") as unknown;
    expect(last).toMatchObject({ msg: "uncaught", error: { message: "from nowhere" } });
  },
);
