import { alertIdOf } from "@cordon/decisions";
import type { ConsumedBatch, ConsumedRecord, OffsetRange, OutRecord, Producer, Reader } from "@cordon/kafka";
import { type Alert, decisionHeaders, frame, isCanary, schemaIdOf, wireHeaderBytes } from "@cordon/schemas";
import type { OutputFormat, TopicNames } from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import type { PaymentFacts } from "./payment-facts.ts";
import { type Decoders, decodersOf } from "./record-decoders.ts";
import {
  createStoppedPayments,
  type FoundResubmission,
  type PlaceOfEvent,
  type StoppedPayment,
  type StoppedPayments,
} from "./stopped-payments.ts";

export interface ResubmissionPorts {
  /** Reads results and single events, beside the group that reads the events. */
  readonly reader: Reader;
  readonly registry: SchemaRegistry;
  readonly producer: Pick<Producer, "send">;
}

export interface ResubmissionOptions {
  readonly names: TopicNames;
  readonly format: OutputFormat;
  readonly windowMs: number;
  readonly mostRemembered: number;
  readonly patience: PatienceOptions;
  readonly clock: () => number;
  readonly onFound?: (found: { readonly eventId: string; readonly sameBy: readonly string[] }) => void;
}

/** Finds payments that were stopped and came again without what had stopped them. */
export interface ResubmissionWatch {
  /** Payments that are remembered now. */
  readonly remembered: number;
  /** Payments that were forgotten before their time, for there were too many. */
  readonly forgotten: number;
  /** Looks at the events of a batch; what it writes is acknowledged when it returns. Alert ids derive from the events: a repeat is the same. */
  look(batch: Pick<ConsumedBatch, "topic" | "partition" | "records">): Promise<void>;
}

/**
 * Knows what was stopped from the topics of alerts and decisions alone, so that it knows the same in every replica and after every
 * restart: before a batch is looked at, they are read up to their ends, and whoever sends a payment again has been told before that it was
 * stopped.
 */
export function watchResubmissions(ports: ResubmissionPorts, options: ResubmissionOptions): ResubmissionWatch {
  const { windowMs, mostRemembered: most, names, patience } = options;
  // Apart, so that many holds at once, as when the lists are old, push no hit out.
  const hits = createStoppedPayments({ windowMs, most });
  const holds = createStoppedPayments({ windowMs, most });
  const decoders = decodersOf(ports.registry, patience);
  const tails = tailsOf(ports.reader, { since: () => options.clock() - windowMs });
  // Kept from look to look: what was read as stopped is not read again when the reading of its event fails.
  const waiting = createWaiting(2 * most);
  const deps = { ...ports, ...options, hits, holds, decoders, waiting };
  return {
    get remembered() {
      return hits.size + holds.size;
    },
    get forgotten() {
      return hits.forgotten + holds.forgotten;
    },
    async look({ topic, partition, records }) {
      await tails.read(names.alerts, (record) => rememberHit(record, deps));
      await tails.read(names.decisions, (record) => rememberDecision(record, deps));
      await rememberWaiting(deps);
      const alerts: OutRecord[] = [];
      for (const record of records) {
        const alert = await lookAt(record, { topic, partition }, deps);
        if (alert !== null) alerts.push(alert);
      }
      if (alerts.length > 0) await retryUntilAvailable("Kafka", () => ports.producer.send(alerts), patience);
    },
  };
}

type Deps = ResubmissionPorts &
  ResubmissionOptions & {
    readonly hits: StoppedPayments;
    readonly holds: StoppedPayments;
    readonly decoders: Decoders;
    readonly waiting: Waiting;
  };

/** What was stopped, and whose event must be read from where it lies. */
interface WaitingPayment {
  readonly payment: Omit<StoppedPayment, "facts">;
  readonly into: StoppedPayments;
}

/** Bounded: of too many the oldest are dropped. A payment that hit and one that was held at one place are two. */
interface Waiting {
  readonly size: number;
  add(one: WaitingPayment): void;
  /** A hold that became a CLEAR. */
  dropHold(place: PlaceOfEvent): void;
  /** By place. */
  all(): ReadonlyMap<string, readonly WaitingPayment[]>;
  clear(): void;
}

function createWaiting(most: number): Waiting {
  const waiting = new Map<string, WaitingPayment>();
  return {
    get size() {
      return waiting.size;
    },
    add(one) {
      const key = waitingKey(one.payment, one.payment.alertId !== null);
      waiting.delete(key);
      waiting.set(key, one);
      const [oldest] = waiting.keys();
      if (waiting.size > most && oldest !== undefined) waiting.delete(oldest);
    },
    dropHold: (place) => {
      waiting.delete(waitingKey(place, false));
    },
    all: () => Map.groupBy(waiting.values(), ({ payment }) => offsetOf(payment)),
    clear: () => {
      waiting.clear();
    },
  };
}

function waitingKey(place: PlaceOfEvent, hit: boolean): string {
  return `${hit ? "hit" : "hold"} ${offsetOf(place)}`;
}

function offsetOf(place: PlaceOfEvent): string {
  return `${placeOf(place)}/${String(place.offset)}`;
}

interface Tails {
  read(topic: string, onRecord: (record: ConsumedRecord) => Promise<void>): Promise<void>;
}

/** Reads topics on from where they were read to, from the window's beginning at first. */
function tailsOf(reader: Reader, { since }: { readonly since: () => number }): Tails {
  const next = new Map<string, bigint>();
  const begun = new Set<string>();
  return {
    async read(topic, onRecord) {
      const extent = await reader.extent(topic, begun.has(topic) ? undefined : since());
      begun.add(topic);
      const ranges = extent.map((range): OffsetRange => {
        const from = next.get(placeOf(range));
        return { ...range, from: from === undefined || from < range.from ? range.from : from };
      });
      await reader.read(
        ranges.filter(({ from, to }) => from < to),
        async ({ records }) => {
          for (const record of records) await onRecord(record);
        },
      );
      for (const range of ranges) next.set(placeOf(range), range.to > range.from ? range.to : range.from);
    },
  };
}

function placeOf({ topic, partition }: Pick<OffsetRange, "topic" | "partition">): string {
  return `${topic}/${String(partition)}`;
}

async function rememberHit(record: ConsumedRecord, { decoders, names, hits, waiting }: Deps): Promise<void> {
  const alert = await decoders.alert(record);
  if (alert?.origin !== "STREAM") return;
  const { alertId, eventId, raisedAt: at, event, eventSchemaId } = alert;
  const place = { topic: alert.sourceTopic, partition: alert.sourcePartition, offset: alert.sourceOffset };
  const matched = alert.matches.map(({ field: { text, start, end } }) => text.slice(start, end));
  const payment = { ...place, eventId, alertId, holdReason: null, at, matched };
  if (event === null || eventSchemaId === null) {
    waiting.add({ payment, into: hits });
    return;
  }
  const facts = await decoders.facts(frame(eventSchemaId, Buffer.from(event)), { topic: place.topic, names });
  if (facts !== null) hits.remember({ ...payment, facts });
}

/** A HIT has its alert; nearly every decision is CLEAR, and of those only such matter that replace a HOLD. */
async function rememberDecision(record: ConsumedRecord, { decoders, holds, waiting }: Deps): Promise<void> {
  const outcome = record.header(decisionHeaders.outcome)?.toString("latin1");
  if (outcome === "HIT" || (outcome === "CLEAR" && holds.size === 0 && waiting.size === 0)) return;
  const decision = await decoders.decision(record);
  if (decision === null) return;
  const { eventId, holdReason, decidedAt: at } = decision;
  const place = { topic: decision.sourceTopic, partition: decision.sourcePartition, offset: decision.sourceOffset };
  if (decision.outcome === "CLEAR") {
    holds.forget(place);
    waiting.dropHold(place);
  } else if (decision.outcome === "HOLD" && holdReason !== "RECORD_UNDECODABLE")
    waiting.add({ payment: { ...place, eventId, alertId: null, holdReason, at, matched: [] }, into: holds });
}

/** Reads the events from where they lie, all in one go. */
async function rememberWaiting({ waiting, reader, decoders, names }: Deps): Promise<void> {
  const byPlace = waiting.all();
  const ranges = [...byPlace.values()]
    .flatMap(([first]) => (first === undefined ? [] : [first.payment]))
    .filter(({ topic }) => topic === names.payments || topic === names.remittances)
    .map(({ topic, partition, offset }) => ({ topic, partition, from: BigInt(offset), to: BigInt(offset) + 1n }))
    .toSorted((x, y) => (x.from < y.from ? -1 : 1));
  const found: { readonly one: WaitingPayment; readonly facts: PaymentFacts }[] = [];
  if (ranges.length > 0)
    await reader.read(ranges, async (batch) => {
      for (const { offset, value } of batch.records) {
        const here = byPlace.get(`${placeOf(batch)}/${String(offset)}`) ?? [];
        const facts = here.length === 0 ? null : await decoders.facts(value, { topic: batch.topic, names });
        if (facts !== null) found.push(...here.map((one) => ({ one, facts })));
      }
    });
  // The oldest first: the memory forgets in that order.
  for (const { one, facts } of found.toSorted((x, y) => x.one.payment.at - y.one.payment.at))
    one.into.remember({ ...one.payment, facts });
  waiting.clear();
}

async function lookAt(
  record: ConsumedRecord,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  deps: Deps,
): Promise<OutRecord | null> {
  const { hits, holds, decoders, names, format, clock, onFound, windowMs } = deps;
  if (hits.size + holds.size === 0 || record.timestamp < clock() - windowMs) return null;
  const facts = await decoders.facts(record.value, { topic, names });
  if (facts === null || facts.keys.length === 0) return null;
  const eventId = record.key?.toString("utf8") ?? "";
  if (isCanary(eventId, record)) return null;
  const candidate = { topic, partition, offset: Number(record.offset), eventId, at: record.timestamp, facts };
  const found = hits.resubmissionOf(candidate) ?? holds.resubmissionOf(candidate);
  if (found === null) return null;
  onFound?.({ eventId, sameBy: found.sameBy });
  const alert = await alertOn(record, { topic, partition, eventId, found }, deps);
  const { encoder, schemaId } = format.alerts;
  return { topic: format.topics.alerts, key: Buffer.from(eventId, "utf8"), value: encoder.encode(alert, schemaId) };
}

/** Texts and names that are told: enough to see, and an alert that fits its topic. */
const mostTold = 20;
const longestTold = 500;

function told(texts: readonly string[]): readonly string[] {
  return texts.slice(0, mostTold).map((text) => text.slice(0, longestTold));
}

async function alertOn(
  record: ConsumedRecord,
  {
    topic,
    partition,
    eventId,
    found: { stopped, sameBy, removed, added },
  }: {
    readonly topic: string;
    readonly partition: number;
    readonly eventId: string;
    readonly found: FoundResubmission;
  },
  deps: Deps,
): Promise<Alert> {
  const first = stopped.alertId === null ? null : await alertOf(stopped.alertId, deps);
  const id = schemaIdOf(record.value);
  const fits = record.value !== null && id !== null && record.value.length <= 100_000;
  return {
    alertId: alertIdOf(eventId, [
      `resubmission of ${stopped.topic}/${String(stopped.partition)}/${String(stopped.offset)}`,
    ]),
    eventId,
    sourceTopic: topic,
    sourcePartition: partition,
    sourceOffset: Number(record.offset),
    raisedAt: deps.clock(),
    index: first?.index ?? { version: "", generation: -1, lists: [] },
    engineVersion: first?.engineVersion ?? "",
    policyVersion: first?.policyVersion ?? "",
    money: first?.money ?? null,
    rail: first?.rail ?? null,
    matches: first?.matches ?? [],
    matchesLeftOut: first?.matchesLeftOut ?? 0,
    origin: "LOOK_BACK",
    lookBackId: "resubmissions",
    event: fits && record.value !== null ? Buffer.from(record.value.subarray(wireHeaderBytes)) : null,
    eventSchemaId: fits ? id : null,
    customerId: null,
    resubmission: {
      eventId: stopped.eventId,
      sourceTopic: stopped.topic,
      sourcePartition: stopped.partition,
      sourceOffset: stopped.offset,
      alertId: stopped.alertId,
      holdReason: stopped.holdReason,
      sameBy,
      removed: told(removed),
      added: told(added),
    },
  };
}

/** Resubmissions are rare: the alert is looked for when one is found, rather than remembered for each payment that was stopped. */
async function alertOf(alertId: string, { reader, decoders, names, clock, windowMs }: Deps): Promise<Alert | null> {
  let found: Alert | null = null;
  await reader.read(await reader.extent(names.alerts, clock() - windowMs), async ({ records }) => {
    for (const record of records) {
      if (record.value?.includes(alertId) !== true) continue;
      const alert = await decoders.alert(record);
      if (alert?.alertId === alertId) found = alert;
    }
  });
  return found;
}
