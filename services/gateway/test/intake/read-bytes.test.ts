import { messageLimits } from "@cordon/messages";
import { describe, expect, test } from "vitest";

import { readBytes } from "../../src/intake/read-bytes.ts";
import { pacs008 } from "../support/messages.ts";

const options = { receivedAt: 0, limits: messageLimits };
const calm = { mostMs: 60_000, now: Date.now };
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `Jan Kowal ${String(at)}`);

async function identity(...messages: readonly string[]): Promise<string> {
  const bytes = Buffer.from(messages.join("\n"));
  return (await readBytes(bytes, options, { onEvent: () => undefined, limits: calm })).identity;
}

describe("reading a message", () => {
  test("a large one is the same as read at once, and others have their turn meanwhile", async () => {
    const bytes = Buffer.from(pacs008("M1", names(400)));
    const ids: string[] = [];
    let turns = 0;
    let reading = true;
    const count = (): void => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    const read = await readBytes(bytes, options, {
      onEvent: ({ event }) => void ids.push(event.eventId),
      limits: calm,
    });
    reading = false;
    expect(read).toMatchObject({ events: 400, names: { messageId: "M1", format: "pacs.008.001.08" } });
    expect(new Set(ids).size).toBe(400);
    expect(turns).toBeGreaterThan(bytes.length / 8192);
  });

  test("one that takes longer than is allowed is refused, and lets the next one in", async () => {
    const bytes = Buffer.from(pacs008("M1", names(200)));
    let clock = 0;
    const late = { mostMs: 5, now: () => (clock += 1) };
    const all = Array.from({ length: 5 }, () => readBytes(bytes, options, { onEvent: () => undefined, limits: late }));
    for (const one of await Promise.allSettled(all))
      expect(one).toMatchObject({ status: "rejected", reason: { code: "MESSAGE_TOO_LARGE" } });
    const next = await readBytes(bytes, options, { onEvent: () => undefined, limits: calm });
    expect(next.events).toBe(200);
  });

  test("several messages in one file have one identity of all, which their order and content do not decide", async () => {
    const both = await identity(pacs008("M1", ["Jan"]), pacs008("M2", ["Per"]));
    expect(await identity(pacs008("M1", ["Ola"]), pacs008("M2", ["Per"]))).toBe(both);
    expect(await identity(pacs008("M1", ["Jan"]))).not.toBe(both);
  });
});
