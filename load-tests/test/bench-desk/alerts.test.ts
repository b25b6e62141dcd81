import { createDecoder, createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { expect, test } from "vitest";

import { arriving } from "../../src/bench-desk/alerts.ts";

test("an alert of the bench is one that a desk can read, of the size that alerts have, and no two are one", () => {
  const subject = subjectOf(topics.alerts);
  const [encoder, decoder] = [createEncoder(subject), createDecoder(subject, schemaText(subject))];
  const all = Array.from({ length: 200 }, (_, n) => arriving(n, { topic: "payments.v1", now: 1_790_000_000_000 }));
  for (const { alert, decision, eventId } of all) {
    const bytes = encoder.encode(alert, 1);
    expect(bytes.length).toBeGreaterThan(700);
    expect(bytes.length).toBeLessThan(2000);
    expect(decoder.decode(bytes)).toMatchObject({ eventId, alertId: decision.alertId });
  }
  expect(new Set(all.map(({ alert }) => alert.alertId)).size).toBe(all.length);
});
