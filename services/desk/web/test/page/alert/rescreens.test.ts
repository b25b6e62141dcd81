import { holdReasons } from "@cordon/errors";
import { expect, test } from "vitest";

import { holdOf } from "../../../src/page/alert/holds.ts";
import { lastRescreen } from "../../../src/page/alert/rescreens.ts";

const story = (...actions: readonly string[]) => ({
  timeline: actions.map((action, index) => ({ at: 1000 + index, action, actor: "hanna" })),
});

test("what the last rescreen came to is told, until another is asked for", () => {
  expect(lastRescreen(story("raised", "rescreen asked"))).toBeNull();
  expect(lastRescreen(story("rescreen asked", "held still", "note"))).toMatchObject({ at: 1001 });
  expect(lastRescreen(story("rescreen asked", "held still", "rescreen asked"))).toBeNull();
  expect(lastRescreen(story("rescreen asked", "record gone"))?.said).toContain("must send it again");
});

test("of every reason that Cordon holds for the page says why, and what helps", () => {
  const unknown = holdOf("A_REASON_OF_LATER");
  for (const reason of holdReasons) expect([reason, holdOf(reason)]).not.toEqual([reason, unknown]);
  expect(holdReasons.filter((reason) => holdOf(reason).again)).toEqual(["INDEX_STALE", "DEADLINE_PASSED"]);
});
