import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { unpacked } from "../../src/source/unpack.ts";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let from = 0; from < bytes.length; from += size) {
    await Promise.resolve();
    yield bytes.subarray(from, from + size);
  }
}

async function read(bytes: Uint8Array, { maxBytes = 100_000, size = 3 } = {}): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of unpacked(cut(bytes, size), maxBytes)) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

describe("unpacking", () => {
  test.each([0, 1, 511, 512, 513, 5000])("hands on a plain source of %i bytes as it is", async (length) => {
    const text = "a".repeat(length);
    expect(await read(Buffer.from(text))).toBe(text);
  });

  test("unpacks gzip, however its bytes are cut", async () => {
    const packed = gzipSync("the list, of two lines\n".repeat(500));
    for (const size of [1, 7, 100_000])
      expect(await read(packed, { size })).toBe("the list, of two lines\n".repeat(500));
  });

  test("puts a gzip bomb out while it unpacks", async () => {
    let taken = 0;
    const bomb = gzipSync(Buffer.alloc(128 * 1024 * 1024));
    async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const chunk of cut(bomb, 1024)) {
        taken += chunk.byteLength;
        yield chunk;
      }
    }
    const reading = async (): Promise<void> => {
      for await (const chunk of unpacked(counted(), 100_000)) void chunk;
    };
    await expect(reading()).rejects.toMatchObject({ code: "LIST_TOO_LARGE" });
    expect(taken).toBeLessThan(bomb.byteLength);
  });

  test.each([
    { what: "cut short", bytes: gzipSync("a list".repeat(1000)).subarray(0, 30) },
    { what: "damaged", bytes: Buffer.concat([gzipSync("a list").subarray(0, 12), Buffer.from("junk junk junk")]) },
  ])("refuses gzip that is $what", async ({ bytes }) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "LIST_MALFORMED" });
  });

  test.each([
    { what: "a web page", text: "\n <!DOCTYPE html><html><body>Maintenance</body></html>", says: "web page" },
    { what: "a zip archive", text: "PK\u0003\u0004 and so on", says: "zip" },
  ])("says that $what is no list, and lets go of its source", async ({ text, says }) => {
    let closed = false;
    async function* page(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield Buffer.from(text.padEnd(1000), "latin1");
        await Promise.resolve();
        yield Buffer.from("more");
      } finally {
        closed = true;
      }
    }
    const reading = unpacked(page(), 100_000).next();
    await expect(reading).rejects.toMatchObject({ code: "LIST_MALFORMED", message: expect.stringContaining(says) });
    expect(closed).toBe(true);
  });

  test("passes on what its source throws", async () => {
    const broken = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError("the line was cut")) }),
    };
    await expect(unpacked(broken, 100).next()).rejects.toThrow("the line was cut");
  });
});
