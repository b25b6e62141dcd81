import { expect, test } from "vitest";

import {
  fieldsOf,
  leftOutOf,
  namesOf,
  NOT_PACKED,
  packed,
  sizeOf,
  withMoreWork,
  workOf,
} from "../../src/fast-path/packed-verdict.ts";

const part = { fieldsScreened: 5, namesScreened: 2, fieldsLeftOut: 3, size: 9, work: 1000 };

test.each([
  part,
  { fieldsScreened: 0, namesScreened: 0, fieldsLeftOut: 0, size: 0, work: 0 },
  { fieldsScreened: 63, namesScreened: 3, fieldsLeftOut: 15, size: 127, work: 4095 * 8192 },
])("%j is found again in one integer, with no less work", (one) => {
  const integer = packed(one);
  expect(integer | 0).toBe(integer);
  expect({
    fieldsScreened: fieldsOf(integer),
    namesScreened: namesOf(integer),
    fieldsLeftOut: leftOutOf(integer),
    size: sizeOf(integer),
  }).toEqual({
    fieldsScreened: one.fieldsScreened,
    namesScreened: one.namesScreened,
    fieldsLeftOut: one.fieldsLeftOut,
    size: one.size,
  });
  expect(workOf(integer)).toBeGreaterThanOrEqual(one.work);
  expect(workOf(integer)).toBeLessThan(one.work + 8192);
});

test.each([
  { fieldsScreened: 64 },
  { namesScreened: 4 },
  { fieldsLeftOut: 16 },
  { size: 128 },
  { work: 4095 * 8192 + 1 },
])("a part with %j does not fit, and is not packed", (change) => {
  expect(packed({ ...part, ...change })).toBe(NOT_PACKED);
});

test("a part that took more work is the same but for that, unless it does not fit", () => {
  const most = packed({ ...part, work: 4095 * 8192 });
  expect(withMoreWork(packed(part), 4094 * 8192)).toBe(most);
  expect(withMoreWork(packed(part), 4094 * 8192 - 8191)).toBe(most);
  expect(withMoreWork(packed(part), 4094 * 8192 + 1)).toBe(NOT_PACKED);
});
