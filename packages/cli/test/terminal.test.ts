import { Readable, Writable } from "node:stream";

import { expect, test } from "vitest";

import { progressOn } from "../src/terminal.ts";

function stderrOf(env: Readonly<Record<string, string>>, watched = false) {
  let text = "";
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString("utf8");
      done();
    },
  });
  const progress = progressOn({ stdin: Readable.from([]), stdout: stream, stderr: stream, watched, env });
  return { progress, text: () => text };
}

test("a program that asks gets progress as lines, twice a second at most", () => {
  const { progress, text } = stderrOf({ CORDON_PROGRESS: "lines" });
  progress.to(5, "of 10 events", 10);
  progress.to(6, "of 10 events", 10);
  progress.end();
  expect(text()).toBe("progress 5 10\n");
});

test("where nobody knows how many there will be, none is told", () => {
  const { progress, text } = stderrOf({ CORDON_PROGRESS: "lines" });
  progress.to(7, "customers");
  expect(text()).toBe("progress 7\n");
});

test("nobody else gets any where nobody watches", () => {
  const { progress, text } = stderrOf({});
  progress.to(7, "customers");
  progress.end();
  expect(text()).toBe("");
});
