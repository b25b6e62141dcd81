import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cordon, type Folder, folderWithIndex, root } from "./run-cordon.ts";

let folder: Folder;
let index: string;
beforeAll(async () => {
  ({ folder, index } = await folderWithIndex());
});
afterAll(() => {
  folder.remove();
});

interface Answer {
  readonly id: string | number;
  readonly hold?: string;
  readonly hits: readonly {
    readonly designationId: string;
    readonly matchedName: string;
    readonly score: number;
    readonly reasons: readonly { readonly kind: string; readonly points: number }[];
  }[];
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const answers = (text: string): readonly Answer[] =>
  text
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each) as Answer);

const screen = (input: string | Uint8Array, ...more: readonly string[]) =>
  cordon(["screen", "--index", index, ...more], input);

describe("cordon screen", () => {
  test("answers each line in order, with hits that explain their score", async () => {
    const ran = await screen(
      line({ id: "a", name: "SEFEROVIC, Nusret", type: "person", birthDate: "1969", country: "HR" }) +
        line({ id: 2, name: "Nobody Atall" }) +
        line({ id: "c", name: "Alpa Trading FZCO", type: "organisation" }) +
        line({ id: "d", name: "***" }) +
        line({ id: "e", name: "" }) +
        JSON.stringify({ id: "f", name: "word ".repeat(200) }),
    );
    expect(ran).toMatchObject({ code: 0, err: "" });
    const [first, second, third, ...held] = answers(ran.out);
    expect(first).toMatchObject({
      id: "a",
      hits: [
        {
          designationId: "uk:GIM0047",
          list: "uk",
          matchedName: "Nusret SEFEROVIC",
          score: 100,
          nameStrength: "UNKNOWN",
        },
      ],
    });
    const points = first?.hits[0]?.reasons.reduce((sum, reason) => sum + reason.points, 0);
    expect(points).toBeCloseTo(100, 6);
    expect(second).toEqual({ id: 2, hits: [] });
    expect(third?.hits.map(({ designationId }) => designationId)).toEqual(["uk:GIM0030"]);
    expect(held).toEqual([
      { id: "d", hits: [], hold: "NAME_UNREADABLE" },
      { id: "e", hits: [], hold: "FIELD_MISSING" },
      { id: "f", hits: [], hold: "QUERY_TOO_BROAD" },
    ]);
  });

  test("takes a byte order mark, CRLF, blank lines at the end, and any JSON spelling of a name", async () => {
    const ran = await screen(
      `\uFEFF{"id":"a","name":"Nusret Seferovi\\u0107"}\r\n{"id":"b","name":"Нусрет Сеферович"}\r\n\r\n  \n`,
    );
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(answers(ran.out).map(({ hits }) => hits.map(({ designationId }) => designationId))).toEqual([
      ["uk:GIM0047"],
      ["uk:GIM0047"],
    ]);
  });

  test("hits less at a higher threshold", async () => {
    const input = line({ id: "a", name: "Nusret Seferovitch", type: "person" });
    expect(answers((await screen(input, "--threshold", "60")).out)[0]?.hits.length).toBeGreaterThan(0);
    expect(answers((await screen(input, "--threshold", "100")).out)[0]?.hits).toEqual([]);
  });

  test.each([
    ["text that is no JSON", "Nusret Seferovic", "is not JSON"],
    ["a list", "[]", "is not a JSON object"],
    ["no id", '{"name":"Secret Name"}', '"id"'],
    ["no name", '{"id":"a"}', '"name"'],
    ["a name that is a number", '{"id":"a","name":5}', '"name"'],
    ["a type nobody knows", '{"id":"a","name":"Secret Name","type":"ship"}', '"type"'],
    ["a birth date that is a number", '{"id":"a","name":"Secret Name","birthDate":1969}', '"birthDate"'],
    ["a blank line between two", '\n{"id":"a","name":"x"}', "is blank"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8"],
    ["a line that never ends", Buffer.alloc(1_100_000, 0x20), "is longer than"],
  ])("refuses %s with the number of the line, after answering those before it", async (_what, bad, message) => {
    const good = line({ id: 1, name: "Quiet One" }) + line({ id: 2, name: "Quiet Two" });
    const ran = await screen(Buffer.concat([Buffer.from(good), Buffer.from(bad), Buffer.from("\n")]));
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^cordon: line 3 /);
    expect(ran.err).toContain(message);
    expect(ran.err).not.toContain("Secret");
    expect(answers(ran.out).map(({ id }) => id)).toEqual([1, 2]);
  });

  test.each([
    [["--threshold", "49"], /--threshold/],
    [["--threshold", "85.5"], /--threshold/],
    [["--threshold", ""], /--threshold/],
    [["--index", "/nowhere"], /given twice/],
    [["stray"], /stray/],
  ])("refuses %j", async (more, message) => {
    const ran = await screen("", ...more);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(message);
  });

  test("refuses an index that is absent, or is none", async () => {
    writeFileSync(folder.path("none"), "no index");
    for (const args of [[], ["--index", folder.path("absent")], ["--index", folder.path("none")]]) {
      const ran = await cordon(["screen", ...args]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toMatch(/--index/);
    }
  });

  test("says how to come by an index where a file is none, and nothing of Node's where there is no file", async () => {
    writeFileSync(folder.path("none"), "no index");
    const none = await cordon(["screen", "--index", folder.path("none")], "");
    expect(none.err).toMatch(/shorter than its header; "cordon compile" writes a new one$/m);
    const absent = await cordon(["screen", "--index", folder.path("absent")], "");
    expect(absent.err).toMatch(/absent: no such file or directory$/m);
  });
});

const start = (): ChildProcessWithoutNullStreams =>
  spawn(join(root, "bin/cordon"), ["screen", "--index", index], { stdio: "pipe" });

describe("cordon screen in a pipeline", () => {
  const many = 60_000;

  test("ends quietly when its reader goes away", async () => {
    writeFileSync(folder.path("many.ndjson"), line({ id: "a", name: "Nusret Seferovic" }).repeat(many));
    const child = start();
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdin.on("error", () => undefined);
    createReadStream(folder.path("many.ndjson")).pipe(child.stdin);
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await once(child, "close")).toEqual([0, null]);
    expect(err).toBe("");
  });

  test("waits for a slow reader instead of gathering answers", async () => {
    const child = start();
    const closed = once(child, "close");
    let sent = 0;
    const chunk = line({ id: "a", name: "Nusret Seferovic" }).repeat(1000);
    let blockedAt = 0;
    for (sent = 0; sent < many; sent += 1000) {
      if (child.stdin.write(chunk)) continue;
      const drained = await Promise.race([once(child.stdin, "drain"), sleep(1500, "waited")]);
      if (drained === "waited") {
        blockedAt = sent;
        break;
      }
    }
    // Nobody read a byte yet: what was taken in is bounded by the pipes' buffers.
    expect(blockedAt).toBeGreaterThan(0);
    expect(blockedAt).toBeLessThan(many / 2);
    let lines = 0;
    child.stdout.on("data", (bytes: Buffer) => {
      for (const byte of bytes) if (byte === 0x0a) lines += 1;
    });
    child.stdin.end();
    expect(await closed).toEqual([0, null]);
    expect(lines).toBe(blockedAt + 1000);
  });
});
