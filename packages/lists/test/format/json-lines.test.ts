import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createJsonLines, type JsonLinesLimits } from "../../src/format/json-lines.ts";
import { errorFrom } from "../fixtures.ts";

const roomy: JsonLinesLimits = { maxRows: 100, maxRowChars: 1000, maxDepth: 4 };

function read(pieces: readonly string[], limits: JsonLinesLimits = roomy): readonly (readonly [unknown, number])[] {
  const lines: (readonly [unknown, number])[] = [];
  const reader = createJsonLines(limits, (value, line) => lines.push([value, line]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return lines;
}

describe("lines of JSON", () => {
  test("are handed on with their line, blank ones left out, the last without a line end", () => {
    expect(read(['{"a":1}\r\n\n  \n[2]\n"three"'])).toEqual([
      [{ a: 1 }, 1],
      [[2], 4],
      ["three", 5],
    ]);
  });

  test("read the same wherever they are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 5 }), fc.nat(), (values, seed) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
        const at = text.length === 0 ? 0 : seed % text.length;
        const lines = read([text.slice(0, at), text.slice(at)], { ...roomy, maxRowChars: 1e6, maxDepth: 10 });
        expect(JSON.stringify(lines.map(([value]) => value))).toBe(JSON.stringify(values));
      }),
    );
  });

  test.each([
    ["a line cut off", '{"a":1}\n{"a":', 2],
    ["two values in a line", "{} {}", 1],
    ["an error page", "\n<html><body>Anna EXAMPLE</body></html>", 2],
    ["text", "Not found", 1],
    ["a member that stands twice", '{"a":1}\n{"name":"Anna EXAMPLE","b":[{"name":1}],"name":"Boris"}', 2],
    ["a member that stands twice, once escaped", String.raw`{"name":1,"n\u0061me" : 2}`, 1],
    ["a member that stands twice inside", '{"a":[{"b":{"c":1,"c":2}}]}', 1],
  ])("refuse %s, with the line and without the text", async (_what, text, line) => {
    const error = await errorFrom(() => read([text]));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line });
    expect(error.message).not.toContain("EXAMPLE");
  });

  test.each([
    ["maxDepth", "[".repeat(900)],
    ["maxDepth", '{"a":[{"b":[[]]}]}'],
    ["maxRowChars", `"${"x".repeat(1000)}"`],
    ["maxRows", "1\n".repeat(101)],
  ])("refuse what goes over %s", async (limit, text) => {
    const error = await errorFrom(() => read([text]));
    expect(error.code).toBe("LIST_TOO_LARGE");
    expect(error.details).toMatchObject({ limit });
  });

  test("may have one member in several objects, and one text several times", () => {
    const text = String.raw`{"a":{"a":"a"},"b":[{"a":1},{"a":1},"a","a"],"a\"":"a:","c":"\\"}`;
    expect(read([text])).toEqual([[JSON.parse(text), 1]]);
  });

  test("may hold any brackets inside their texts", () => {
    expect(read([String.raw`{"a":"[[[[[{{{{\"[[[[","b":"\\"}`])).toEqual([[{ a: '[[[[[{{{{"[[[[', b: "\\" }, 1]]);
  });
});
