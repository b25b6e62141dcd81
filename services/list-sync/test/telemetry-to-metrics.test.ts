import { CordonError, type ErrorCode } from "@cordon/errors";
import { createMetrics } from "@cordon/service";
import { expect, test } from "vitest";

import { countTelemetry } from "../src/telemetry-to-metrics.ts";

const looked = { list: "uk", source: "uk.csv", milliseconds: 10, publishedAt: null, checkedAt: 0, entries: 100 };

test.each<[ErrorCode, string]>([
  ["LIST_UNREACHABLE", "unreachable"],
  ["LIST_MALFORMED", "malformed"],
  ["LIST_EMPTY", "empty"],
  ["LIST_SHRUNK", "shrunk"],
  ["LIST_INCOMPLETE", "incomplete"],
  ["LIST_TOO_LARGE", "too_large"],
])("a list refused with %s is counted as %s", async (code, result) => {
  const metrics = createMetrics("list-sync");
  const error = new CordonError(code, "no good");
  countTelemetry(metrics, () => 0).listFailed({ ...looked, code, error, kept: 7 });
  expect((await metrics.scrape()).body).toContain(`cordon_list_syncs_total{list="uk",result="${result}"} 1`);
});

test("what was not understood is shown by list and kind, also of a list that was read before and has not changed", async () => {
  const metrics = createMetrics("list-sync");
  const telemetry = countTelemetry(metrics, () => 0);
  const unknown = { "birth date": 2, "column Shoe size": 5 };
  telemetry.listImported({ ...looked, names: 1, contentHash: "", bytes: 1, unknown, notKept: { website: 9 } });
  telemetry.listUnchanged({ ...looked, list: "un", unknown: { "birth date": 1 } });
  const { body } = await metrics.scrape();
  expect(body).toContain('cordon_list_unknown_values{list="uk",kind="date"} 2');
  expect(body).toContain('cordon_list_unknown_values{list="uk",kind="structure"} 5');
  expect(body).toContain('cordon_list_unknown_values{list="uk",kind="identifier"} 0');
  expect(body).toContain('cordon_list_unknown_values{list="un",kind="date"} 1');
  telemetry.listSwitchedOff({ list: "uk", entries: 100 });
  expect((await metrics.scrape()).body).not.toContain('cordon_list_unknown_values{list="uk"');
});
