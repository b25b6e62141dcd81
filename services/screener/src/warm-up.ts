import { setImmediate as nextTurn } from "node:timers/promises";

import type { Policy } from "@cordon/decisions";
import type { ConsumedBatch, ConsumedRecord } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import {
  createEncoder,
  decimalFromString,
  madeAsEvent,
  newParty,
  type Payment,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import {
  createEventReaders,
  type EventKind,
  fastPathOf,
  type IndexGeneration,
  type OutputFormat,
} from "@cordon/screening";

import { screenBatch, type ScreenBatchDeps } from "./batch/screen-batch.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";

export interface WarmUpOptions {
  readonly generation: IndexGeneration;
  readonly policy: Policy;
  /** What the payments' topic holds. */
  readonly payments: EventKind;
  readonly format: OutputFormat;
  readonly clock: () => number;
  /** For how long at most, milliseconds. */
  readonly mostMs: number;
  readonly signal: AbortSignal;
}

/** Payments of one batch, and of how many entries of the lists words are taken. */
const BATCH = 250;
const ENTRIES = 500;
/** One payment in so many carries a listed name, so that full screening and alerts are used, too. */
const LISTED_EVERY = 50;

/**
 * Screens made-up payments before the group gives this process any real one: a program that was just started runs several
 * times slower than one whose functions the compiler has seen at work, and the events that meet it then wait for seconds.
 * Nothing of it is written, counted or remembered: it has a delivery, a telemetry and a memory of its own.
 */
export async function warmUp(options: WarmUpOptions): Promise<void> {
  const { generation, policy, format, clock, mostMs, signal } = options;
  const words = wordsOf(generation.index);
  if (words.length < 2 || mostMs <= 0) return;
  const deps: ScreenBatchDeps = {
    holder: { current: generation, swap: () => false },
    indexAge: () => 0,
    policy,
    readers: createEventReaders({
      registry: { schemaById: () => Promise.resolve(schema) },
      kinds: new Map([[topics.payments, options.payments]]),
      ignoredFields: new Set(),
    }),
    fastPathOf: fastPathOf(policy),
    delivery: { deliver: () => Promise.resolve(), take: () => undefined, close: () => Promise.resolve() },
    format,
    telemetry: nobody,
    clock,
  };
  const context = { signal, stale: () => signal.aborted, heartbeat: () => Promise.resolve() };
  const endAt = performance.now() + mostMs;
  for (let round = 0; performance.now() < endAt && !signal.aborted; round++) {
    await screenBatch(batchOf(round, words, topics.payments), context, deps);
    await nextTurn();
  }
}

const subject = subjectOf(topics.payments);
const schema = schemaText(subject);

/** Told of nothing: what is made up happened to nobody. */
const nobody = new Proxy({} as ScreenerTelemetry, { get: () => () => undefined });

/** Listed names, each as its words. */
function wordsOf(index: ScreeningIndex): readonly (readonly string[])[] {
  const names: (readonly string[])[] = [];
  for (const { names: listed, type } of index.designations()) {
    const words = listed[0]?.text.split(" ").filter((word) => word !== "") ?? [];
    if (words.length > 0 && (type === "PERSON" || type === "ORGANISATION")) names.push(words);
    if (names.length >= ENTRIES) break;
  }
  return names;
}

function batchOf(round: number, words: readonly (readonly string[])[], topic: string): ConsumedBatch {
  const encoder = createEncoder(subject);
  const first = round * BATCH;
  const records = Array.from({ length: BATCH }, (_, at): ConsumedRecord => {
    // Half of the payments are of people whom the rounds before met.
    const number = at % 2 === 0 ? first + at : at;
    const key = `warm-up-${String(first + at)}`;
    return {
      offset: BigInt(first + at),
      timestamp: 0,
      key: Buffer.from(key),
      value: encoder.encode(paymentOf(key, number, words), 1),
      header: () => undefined,
    };
  });
  const nextOffset = BigInt(first + BATCH);
  return { topic, partition: 0, records, highWatermark: nextOffset, nextOffset };
}

function paymentOf(eventId: string, number: number, names: readonly (readonly string[])[]): Payment {
  const name = (turn: number): string => {
    const [a, b] = [names[(number * 7 + turn) % names.length]!, names[(number * 13 + turn * 5 + 1) % names.length]!];
    return number % LISTED_EVERY === 0 ? a.join(" ") : `${a[0]!} ${b.at(-1)!}`;
  };
  const address = {
    country: "GB",
    town: "Leeds",
    postCode: String(number % 100_000),
    street: null,
    lines: [],
    region: null,
  };
  return {
    eventId,
    rail: "FPS",
    messageType: "pacs.008",
    instructionId: `I${String(number)}`,
    endToEndId: null,
    uetr: null,
    createdAt: 0,
    decideBy: null,
    money: { amount: decimalFromString("12.50"), currency: "GBP" },
    parties: [
      { ...newParty("DEBTOR", name(1), "PERSON"), address },
      { ...newParty("CREDITOR", name(2), "ORGANISATION"), address },
    ],
    agents: [
      { role: "DEBTOR_AGENT", bic: "TIDEGB2L", lei: null, name: null, clearingId: null, address: null, account: null },
    ],
    remittanceInformation: [`Invoice ${String(number)}`, `For ${name(3)}`],
    purpose: null,
    ...madeAsEvent,
  };
}
