import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";

import { expect, test } from "vitest";

import { createScreen } from "../../start/screen.ts";

function terminal(): { readonly out: WriteStream; readonly written: () => string } {
  const out = new PassThrough();
  const chunks: string[] = [];
  out.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  Object.assign(out, { isTTY: true, columns: 41, rows: 10 });
  return { out: out as unknown as WriteStream, written: () => chunks.join("") };
}

test("a block is drawn over the one before, and the cursor comes back at the end", () => {
  const { out, written } = terminal();
  const screen = createScreen(out, {});
  screen.draw([["one"], ["two"]]);
  screen.draw([["three"]]);
  screen.close();
  screen.close();
  const first = "\u001b[?25l\rone\u001b[K\ntwo\u001b[K\n\u001b[J";
  const second = "\u001b[?25l\r\u001b[2Athree\u001b[K\n\u001b[J";
  expect(written()).toBe(`${first}${second}\u001b[?25h`);
});

test("a line that stays goes above the block", () => {
  const { out, written } = terminal();
  const screen = createScreen(out, { NO_COLOR: "1" });
  screen.draw([["block"]]);
  screen.say([{ text: "said", style: "red" }]);
  expect(written().endsWith("\r\u001b[1Asaid\u001b[K\nblock\u001b[K\n\u001b[J")).toBe(true);
});

test("no line is longer than the terminal is wide", () => {
  const { out, written } = terminal();
  createScreen(out, {}).draw([["x".repeat(500)]]);
  expect(written()).toContain(`\r${"x".repeat(40)}\u001b[K`);
});

test("without a terminal there are lines and nothing else", () => {
  const out = new PassThrough();
  const screen = createScreen(out, {});
  screen.draw([["block"]]);
  screen.say([{ text: "said", style: "red" }]);
  screen.close();
  expect(screen.live).toBe(false);
  expect(String(out.read())).toBe("said\n");
});

test("a dumb terminal is none", () => {
  expect(createScreen(terminal().out, { TERM: "dumb" }).live).toBe(false);
});
