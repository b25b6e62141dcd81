import { describe, expect, test } from "vitest";

import { textPieces } from "../../src/format/text-pieces.ts";
import { chunksOf, cutAt, errorOf } from "../fixtures.ts";

async function textOf(chunks: AsyncIterable<Uint8Array>, maxBytes = 1e6): Promise<string> {
  let text = "";
  for await (const piece of textPieces(chunks, maxBytes)) text += piece;
  return text;
}

describe("text pieces", () => {
  test("are the same text wherever the bytes are cut, byte order mark dropped", async () => {
    const content = "\uFEFFé ع 金 🚢 e\u0301\r\nx";
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 1)
      expect(await textOf(cutAt(content, at))).toBe(content.slice(1));
    expect(await textOf(chunksOf(content, 1))).toBe(content.slice(1));
  });

  test("are at most 16 Ki code units long", async () => {
    const lengths: number[] = [];
    for await (const piece of textPieces(chunksOf("x".repeat(40_000)), 1e6)) lengths.push(piece.length);
    expect(lengths).toEqual([16_384, 16_384, 7_232]);
  });

  test("stop at maxBytes, whatever is still to come", async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 1;
        yield new Uint8Array(1000).fill(0x61);
      }
    }
    const error = await errorOf(textOf(endless(), 5000));
    expect(error.code).toBe("LIST_TOO_LARGE");
    expect(sent).toBe(6);
  });

  test.each([
    ["bytes that are no UTF-8", Uint8Array.of(0x61, 0xff, 0x61)],
    ["a character cut off at the end", Uint8Array.of(0x61, 0xc3)],
    ["zero bytes, as where nothing was written", Uint8Array.of(0x61, 0, 0, 0x61)],
  ])("refuse %s", async (_what, bytes) => {
    expect((await errorOf(textOf(chunksOf(bytes)))).code).toBe("LIST_MALFORMED");
  });

  test.each([
    ["little-endian", Uint8Array.of(0xff, 0xfe, 0x61, 0x00)],
    ["big-endian", Uint8Array.of(0xfe, 0xff, 0x00, 0x61)],
  ])("tell UTF-16 by its name: %s", async (_what, bytes) => {
    const { code, message } = await errorOf(textOf(chunksOf(bytes)));
    expect([code, message]).toEqual(["LIST_MALFORMED", "the list is UTF-16 text, and only UTF-8 is read"]);
  });

  test.each([
    ["no bytes", ""],
    ["white space", " \r\n\t"],
    ["a byte order mark", "\uFEFF"],
  ])("of nothing but %s are an empty list", async (_what, content) => {
    expect((await errorOf(textOf(chunksOf(content)))).code).toBe("LIST_EMPTY");
  });
});
