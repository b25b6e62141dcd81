import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keyText } from "../src/key-text.ts";

const prefix = Buffer.of(0, 0, 0, 1, 7);
/** Seventeen bytes in Avro that end in one would be a text in JSON as well. */
const quote = `"`;
const none = (): undefined => undefined;
const inHeader = (): Buffer => Buffer.of(0, 0, 0, 1, 7);

/** A length as both Avro (doubled) and Protobuf write it, and the text. */
function withLength(text: string, times: number): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const groups: number[] = [];
  let left = bytes.length * times;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) groups.push((left % 0x80) + 0x80);
  return Buffer.concat([Buffer.from([...groups, left]), bytes]);
}

const framings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ["Avro", (text) => withLength(text, 2)],
  ["JSON", (text) => Buffer.from(JSON.stringify(text), "utf8")],
  ["Protobuf", (text) => Buffer.concat([Buffer.of(0, 0x0a), withLength(text, 1)])],
];

describe("the text of a record's key", () => {
  test.each(framings)("is found behind a schema id, in %s", (_, body) => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 600, unit: "grapheme" }).filter((text) => !text.endsWith(quote)),
        (text) => {
          const key = Buffer.concat([prefix, body(text)]);
          expect(keyText({ key, header: none })).toBe(Buffer.from(text, "utf8").toString("utf8"));
        },
      ),
    );
  });

  // Lengths of one byte and of two, in Avro and in Protobuf.
  const lengths = [63, 64, 127, 128, 512];
  test.each(framings)("is found however long it is, in %s", (_, body) => {
    const texts = lengths.map((length) => "x".repeat(length));
    const keys = texts.map((text) => Buffer.concat([prefix, body(text)]));
    expect(keys.map((key) => keyText({ key, header: none }))).toEqual(texts);
  });

  test("is in quotes where it was written so in Avro, though JSON could begin with the length", () => {
    const texts = ['"abc"', '"abcdefghijklmn"'];
    const keys = texts.map((text) => Buffer.concat([prefix, withLength(text, 2)]));
    expect(keys.map((key) => JSON.parse(key.toString("utf8", prefix.length)) as string)).toEqual([
      "abc",
      "abcdefghijklmn",
    ]);
    expect(keys.map((key) => keyText({ key, header: none }))).toEqual(texts);
  });

  test.each(framings)("is found where the schema id stands in a header, in %s", (_, body) => {
    expect(keyText({ key: body("pay-000001"), header: inHeader })).toBe("pay-000001");
  });

  test("is the key itself where nothing framed it", () => {
    expect(keyText({ key: Buffer.from("pay-1"), header: none })).toBe("pay-1");
    expect(keyText({ key: Buffer.from('"pay-1"'), header: none })).toBe('"pay-1"');
    expect(keyText({ key: Buffer.from("pay-1"), header: inHeader })).toBe("pay-1");
    expect(keyText({ key: Buffer.from("a\u0000pay-1"), header: none })).toBe("a\u0000pay-1");
    // Behind a first byte that is no 0, a text in Avro is no text of a serialiser.
    const unframed = Buffer.concat([Buffer.from("pay-x"), withLength("1", 2)]);
    expect(keyText({ key: unframed, header: none })).toBe(unframed.toString("utf8"));
    expect(keyText({ key: null, header: none })).toBeNull();
  });

  test("is the key itself where a frame holds no text", () => {
    const bodies = [
      Buffer.of(9, 1),
      Buffer.from('"cut'),
      Buffer.alloc(0),
      // Not the first message; not a text; shorter than it says; a length of five bytes.
      Buffer.of(1, 0x0a, 2, 0x70, 0x31),
      Buffer.of(0, 0x08, 2, 0x70, 0x31),
      Buffer.of(0, 0x0a, 3, 0x70, 0x31),
      Buffer.of(0x84, 0x80, 0x80, 0x80, 0, 0x70, 0x31),
    ];
    const odd = bodies.map((body) => Buffer.concat([prefix, body]));
    for (const key of odd) expect(keyText({ key, header: none })).toBe(key.toString("utf8"));
  });
});
