import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { expect, inject, test } from "vitest";

import { eventually, freshDatabase, startTestDesk } from "./support/desk.ts";
import { alert } from "./support/records.ts";

test("much that comes at once is taken in part by part, so that people are answered meanwhile", async () => {
  const { url, drop } = await freshDatabase(inject("stack").databaseUrl);
  const desk = await startTestDesk({ databaseUrl: url });
  try {
    const subject = subjectOf(topics.alerts);
    const id = await desk.registry.register(subject, schemaText(subject));
    const encoder = createEncoder(subject);
    const producer = await desk.kafka.producer();
    const records = Array.from({ length: 1100 }, (_, offset) => ({
      topic: topics.alerts,
      key: Buffer.from("one partition"),
      value: encoder.encode(alert(offset), id),
    }));
    await eventually(
      () =>
        producer.send(records).then(
          () => true,
          () => false,
        ),
      Boolean,
    );
    await eventually(
      () => desk.sql<{ n: number }>("SELECT count(*)::int AS n FROM alert"),
      ([row]) => row?.n === records.length,
    );
    const parts = await desk.sql<{ n: number }>(
      "SELECT (detail::json->>'added')::int AS n FROM audit WHERE action = 'received' ORDER BY seq",
    );
    expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(records.length);
    expect(Math.max(...parts.map(({ n }) => n))).toBeLessThanOrEqual(250);
    await producer.close();
  } finally {
    await desk.stop();
    await drop();
  }
});
