import { expect, test } from "vitest";

import type { Row } from "../../../src/page/queue/merge.ts";
import { tagOf } from "../../../src/page/queue/tag.ts";

const row: Row = { alertId: "a", eventId: "e", state: "OPEN", version: 1, name: "Tamsin Orrell" };

test.each<[Partial<Row>, string, string]>([
  [{}, "", ""],
  [{ state: "TAKEN", assignee: "hanna" }, "", "hanna"],
  [{ state: "TAKEN", assignee: "hanna", returned: "SENT_BACK", makers: ["hanna"] }, "returned", "sent back"],
  [{ state: "TAKEN", assignee: "omar", returned: "SENT_BACK", makers: ["omar"] }, "returned", "sent back, omar"],
  [{ state: "TAKEN", assignee: "hanna", returned: "EVIDENCE_CHANGED" }, "returned", "entry changed"],
  [{ state: "OPEN", returned: "SENT_BACK" }, "returned", "sent back"],
  // Proposed again meanwhile.
  [{ state: "PROPOSED", returned: "SENT_BACK", makers: ["omar"] }, "", "to be checked"],
  [{ state: "PROPOSED", makers: ["omar", "hanna"] }, "own", "yours"],
  [{ state: "PROPOSED", makers: ["hanna"], gone: true }, "", "no longer here"],
])("to hanna %j is %j %j", (change, kind, text) => {
  expect(tagOf({ ...row, ...change }, "hanna")).toEqual({ kind, text });
});
