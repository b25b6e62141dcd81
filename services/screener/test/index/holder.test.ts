import { listed } from "@cordon/screening/testing";
import { expect, test } from "vitest";

import { createIndexHolder } from "../../src/index/holder.ts";
import { generation } from "../support/bench.ts";

const people = [listed("GIM0001", "Goran Jalal")];

test("there is no index until the first one is swapped in", () => {
  const holder = createIndexHolder();
  expect(holder.current).toBeNull();
  const first = generation(1, people);
  expect(holder.swap(first)).toBe(true);
  expect(holder.current).toBe(first);
});

test("an older generation, or the same again, is refused and the live one stays", () => {
  const holder = createIndexHolder();
  const live = generation(5, people);
  holder.swap(live);
  expect(holder.swap(generation(4, people))).toBe(false);
  expect(holder.swap(generation(5, people))).toBe(false);
  expect(holder.current).toBe(live);
  expect(holder.swap(generation(6, people))).toBe(true);
});

test("a store that was emptied counts anew: a lower generation published later is taken", () => {
  const holder = createIndexHolder();
  const live = generation(57, people);
  holder.swap(live);
  const { manifest } = generation(1, people);
  const anew = { ...generation(1, people), manifest: { ...manifest, createdAt: live.manifest.createdAt + 1 } };
  expect(holder.swap(anew)).toBe(true);
  expect(holder.current).toBe(anew);
});
