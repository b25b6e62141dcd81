import { describe, expect, test } from "vitest";

import { versionsSince, readOpenSanctionsDeltas } from "../../src/opensanctions/delta-index.ts";
import { chunksOf, errorOf } from "../fixtures.ts";

const url = (version: string): string => `https://data.example/${version}/entities.delta.json`;
const [first, second, third] = ["20240527134702-aaa", "20240527194702-bbb", "20240528014702-ccc"] as const;
const indexOf = (versions: unknown): string => JSON.stringify({ versions, updated_at: "2024-05-28T14:47:29Z" });

describe("the index of deltas", () => {
  test("has the versions, oldest first whatever their order", async () => {
    const content = indexOf({ [third]: url(third), [first]: url(first), [second]: url(second) });
    const deltas = await readOpenSanctionsDeltas(chunksOf(content, 5));
    expect(deltas.map(({ version }) => version)).toEqual([first, second, third]);
    expect(deltas[0]).toEqual({ version: first, url: url(first) });
  });

  test("tells what lies between a version and the newest, or that nobody knows", () => {
    const deltas = [first, second, third].map((version) => ({ version, url: url(version) }));
    expect(versionsSince(deltas, first)?.map(({ version }) => version)).toEqual([second, third]);
    expect(versionsSince(deltas, third)).toEqual([]);
    expect(versionsSince(deltas, "20240101000000-zzz")).toBeNull();
  });

  test.each([
    ["no JSON", "<html></html>"],
    ["no versions", "{}"],
    ["a version of another shape", indexOf({ latest: url(first) })],
    ["an address that cannot be fetched", indexOf({ [first]: "file:///data.example/" })],
    ["an address that is no text", indexOf({ [first]: null })],
  ])("is refused with %s", async (_what, content) => {
    expect((await errorOf(readOpenSanctionsDeltas(chunksOf(content)))).code).toBe("LIST_MALFORMED");
  });

  test("is refused when it is longer than an index", async () => {
    const error = await errorOf(readOpenSanctionsDeltas(chunksOf(" ".repeat(1024 * 1024 + 1))));
    expect(error.code).toBe("LIST_TOO_LARGE");
  });
});
