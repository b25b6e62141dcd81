import { expect, test } from "vitest";

import { remarksOf, scoreRows, segmentsOf } from "../../../src/page/alert/score-bar.ts";
import { sampleAlerts } from "../../double/alerts.ts";

test("the bar ends at the score and the rows sum to it", () => {
  for (const { matches } of sampleAlerts(0))
    for (const match of matches) {
      expect(segmentsOf(match).reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(match.score, 6);
      expect(scoreRows(match).reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(match.score, 6);
    }
});

test("what bears no points and is no evidence is a remark", () => {
  const [alert] = sampleAlerts(0);
  const match = alert?.matches[0];
  if (match === undefined) throw new Error("no match");
  const reasons = [...match.reasons, { kind: "goes-on", detail: 'goes on in message[1]: "DOE"', points: 0 }];
  expect(remarksOf({ ...match, reasons })).toEqual(['goes on in message[1]: "DOE"']);
});
