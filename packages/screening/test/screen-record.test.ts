import { compilePolicy, paymentToScreen } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { expect, test } from "vitest";

import { generationOf } from "../src/index/generation.ts";
import { type Screening, screenRecord } from "../src/screen-record.ts";
import { fakeIndex, listed } from "../src/testing/fake-index.ts";
import { payment } from "../src/testing/sample-events.ts";

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const generation = generationOf(manifest, fakeIndex([listed("A1", "Goran Jalal")]));
const screening: Screening = { generation, policy: compilePolicy({}), indexAge: 0 };

test("a record that is no event is told as such, with why", () => {
  const why = "the record has no value";
  expect(screenRecord({ event: null, why }, screening, 2000)).toEqual({ kind: "undecodable", why, at: 2000 });
});

test("an event is screened against the index of its batch, under its policy", () => {
  const event = paymentToScreen(payment("e-1", ["Goran Jalal", "Oliver Baker"]));
  expect(screenRecord({ event, why: null }, screening, 2000)).toMatchObject({
    kind: "screened",
    event,
    outcome: { kind: "hit" },
    at: 2000,
  });
});
