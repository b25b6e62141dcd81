import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CordonError } from "@cordon/errors";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { markFile, readFile, type ReadFileOptions, sameMark } from "../../src/source/read-file.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-read-file-"));
  path = join(folder, "list.csv");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

/** Finds any list malformed. */
async function parseJunk(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  await readText(chunks);
  throw new CordonError("LIST_MALFORMED", "junk");
}

function options(more: Partial<ReadFileOptions<string>> = {}): ReadFileOptions<string> {
  const signal = new AbortController().signal;
  return { path, limits: { maxBytes: 1000, timeoutMs: 5000 }, parse: readText, signal, settleMs: 20, ...more };
}

/** What somebody does to the file while it is read, the first time only. */
function meanwhile(act: () => void): ReadFileOptions<string>["parse"] {
  let done = false;
  return async (chunks) => {
    const text = await readText(chunks);
    if (!done) act();
    done = true;
    return text;
  };
}

describe("reading a list from a file", () => {
  test("gives what was parsed, and the mark of the file it was read from", async () => {
    writeFileSync(path, "the list");
    const { reading, mark } = await readFile(options());
    expect(reading).toMatchObject({ kind: "read", value: "the list", bytes: 8 });
    expect(sameMark(mark, await markFile(path))).toBe(true);
  });

  test("reads again a file that was replaced while it was read", async () => {
    writeFileSync(path, "the old list");
    const parse = meanwhile(() => {
      writeFileSync(`${path}.new`, "the new list");
      renameSync(`${path}.new`, path);
    });
    expect(await readFile(options({ parse }))).toMatchObject({ reading: { value: "the new list" } });
  });

  test("reads again a file that grew while it was read", async () => {
    writeFileSync(path, "half ");
    const parse = meanwhile(() => {
      appendFileSync(path, "and half");
    });
    expect(await readFile(options({ parse }))).toMatchObject({ reading: { value: "half and half" } });
  });

  test("does not believe a parser's complaint about a file that changed meanwhile", async () => {
    writeFileSync(path, "half ");
    const read = meanwhile(() => {
      appendFileSync(path, "and half");
    });
    const parse = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
      const text = await read(chunks);
      if (text === "half ") throw new CordonError("LIST_MALFORMED", "half a list");
      return text;
    };
    expect(await readFile(options({ parse }))).toMatchObject({ reading: { value: "half and half" } });
  });

  test("waits for a file that is being written to be left alone", async () => {
    writeFileSync(path, "1");
    const seen: string[] = [];
    const writer = setInterval(() => {
      appendFileSync(path, "1");
    }, 5);
    setTimeout(() => {
      clearInterval(writer);
      appendFileSync(path, " end");
    }, 60);
    const parse = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
      const text = await readText(chunks);
      seen.push(text);
      return text;
    };
    const { reading } = await readFile(options({ parse, settleMs: 40 }));
    expect(reading).toMatchObject({ value: expect.stringMatching(/ end$/) });
    expect(seen.every((text) => text.endsWith(" end"))).toBe(true);
  });

  test("gives up a file that never rests", async () => {
    writeFileSync(path, "");
    let times = 0;
    const parse = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
      appendFileSync(path, "more");
      times++;
      return readText(chunks);
    };
    await expect(readFile(options({ parse, attempts: 3 }))).rejects.toMatchObject({ code: "LIST_UNREACHABLE" });
    expect(times).toBe(3);
  });

  test("says that a file is not there, without a stack of the system's", async () => {
    await expect(readFile(options())).rejects.toMatchObject({ code: "LIST_UNREACHABLE", details: { why: "ENOENT" } });
  });

  test("refuses a file larger than its bound, and passes on what the parser refuses", async () => {
    writeFileSync(path, "x".repeat(1001));
    await expect(readFile(options())).rejects.toMatchObject({ code: "LIST_TOO_LARGE" });
    writeFileSync(path, "junk");
    await expect(readFile(options({ parse: parseJunk }))).rejects.toMatchObject({ code: "LIST_MALFORMED" });
  });
});

describe("reading a list from a folder", () => {
  const folderOf = {
    files: ["one.csv", "two.csv"],
    parse: async (files: Readonly<Record<string, AsyncIterable<Uint8Array>>>) => {
      const texts: string[] = [];
      for (const name of ["one.csv", "two.csv"]) {
        const parts: Uint8Array[] = [];
        for await (const chunk of files[name] ?? []) parts.push(chunk);
        texts.push(Buffer.concat(parts).toString("utf8"));
      }
      return texts.join("+");
    },
  };

  async function readBoth() {
    return await readFile<string>({
      path: folder,
      folder: folderOf,
      parse: () => Promise.reject(new Error("must not be asked")),
      limits: { maxBytes: 1000, timeoutMs: 5000 },
      signal: new AbortController().signal,
      settleMs: 1,
    });
  }

  test("reads each of its files, whatever case their names are in, and tells another state by its mark", async () => {
    writeFileSync(join(folder, "ONE.CSV"), "first");
    writeFileSync(join(folder, "two.csv"), "second");
    const { reading, mark } = await readBoth();
    expect(reading).toMatchObject({ kind: "read", value: "first+second", bytes: 11 });
    writeFileSync(join(folder, "two.csv"), "second, longer");
    expect(sameMark(mark, await markFile(folder))).toBe(false);
    const again = await readBoth();
    expect(again.reading).toMatchObject({ value: "first+second, longer" });
    expect(again.reading).not.toMatchObject({ contentHash: (reading as { contentHash: string }).contentHash });
  });

  test("says which of its files is not there", async () => {
    writeFileSync(join(folder, "one.csv"), "first");
    await expect(readBoth()).rejects.toMatchObject({
      code: "LIST_UNREACHABLE",
      message: expect.stringContaining("two.csv"),
    });
  });

  test("is refused for a list that is one file", async () => {
    const reading = readFile<string>({
      path: folder,
      parse: () => Promise.reject(new Error("must not be asked")),
      limits: { maxBytes: 1000, timeoutMs: 5000 },
      signal: new AbortController().signal,
      settleMs: 1,
    });
    await expect(reading).rejects.toMatchObject({ code: "LIST_UNREACHABLE" });
  });
});
