import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { createKafkaClient } from "@cordon/kafka";
import {
  createDecoder,
  createEncoder,
  decimalFromString,
  type Decision,
  madeAsEvent,
  newParty,
  type Payment,
  schemaIdOf,
  schemaText,
  type Subject,
  subjectOf,
  topics,
} from "@cordon/schemas";

/** Where a payment lies. */
export interface Place {
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  readonly sourceOffset: number;
}

/** What the walk sends to the pipeline, and reads of it, beside the desk. Each sending answers the id of its event. */
export interface Payments {
  pay(change: Partial<Payment>): Promise<string>;
  /** The same party pays again: the payment of that place, under another id. */
  payAgain(place: Place): Promise<string>;
  /** Waits for it. */
  decisionOn(eventId: string): Promise<Decision>;
  close(): Promise<void>;
}

const patienceMs = 60_000;

/** Asks until there is an answer. Rejects when there is none within a minute, or as many as are given. */
export async function until<T>(what: string, ask: () => Promise<T | null>, minutes = 1): Promise<T> {
  for (const end = Date.now() + minutes * patienceMs; Date.now() < end; await sleep(500)) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
  throw new Error(`waited in vain for ${what}`);
}

export async function connectPayments(brokers: string, registry: string): Promise<Payments> {
  const kafka = createKafkaClient({ brokers: brokers.split(","), clientId: "walk" });
  const [reader, producer] = [await kafka.reader(), await kafka.producer()];
  const latest = await fetch(`${registry}/subjects/${topics.payments}-value/versions/latest`);
  const { id } = (await latest.json()) as { readonly id: number };
  const decisions = createDecoder(subjectOf(topics.decisions), schemaText(subjectOf(topics.decisions)));

  async function findDecision(eventId: string, since: number): Promise<Decision | null> {
    let found: Decision | null = null;
    await reader.read(await reader.extent(topics.decisions, since), async ({ records }) => {
      for (const { key, value } of records)
        if (value !== null && key?.toString("utf8") === eventId) found = decisions.decode(value);
      await Promise.resolve();
    });
    return found;
  }

  return {
    async pay(change) {
      const eventId = `walk-${randomUUID()}`;
      const value = createEncoder(subjectOf(topics.payments)).encode({ ...usual(), ...change, eventId }, id);
      await producer.send([{ topic: topics.payments, key: Buffer.from(eventId), value }]);
      return eventId;
    },
    async payAgain({ sourceTopic: topic, sourcePartition, sourceOffset }) {
      const subject: Subject = `${topic === topics.remittances ? topics.remittances : topics.payments}-value`;
      const eventId = `walk-${randomUUID()}`;
      const from = BigInt(sourceOffset);
      await reader.read([{ topic, partition: sourcePartition, from, to: from + 1n }], async ({ records }) => {
        const value = records[0]?.value ?? null;
        const schemaId = schemaIdOf(value);
        if (value === null || schemaId === null) throw new Error("the payment is not in Kafka any more");
        const event = createDecoder(subject, schemaText(subject)).decode(value);
        const again = createEncoder(subject).encode({ ...event, eventId }, schemaId);
        await producer.send([{ topic, key: Buffer.from(eventId), value: again }]);
      });
      return eventId;
    },
    async decisionOn(eventId) {
      const since = Date.now() - patienceMs;
      return await until(`a decision on ${eventId}`, () => findDecision(eventId, since));
    },
    async close() {
      await Promise.all([reader.close(), producer.close()]);
    },
  };
}

function usual(): Payment {
  return {
    eventId: "",
    rail: "SEPA_CREDIT",
    messageType: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    createdAt: Date.now(),
    decideBy: null,
    money: { amount: decimalFromString("950.00"), currency: "EUR" },
    parties: [newParty("DEBTOR", "Amelia Whitcombe", "PERSON"), newParty("CREDITOR", "Oliver Baker", "PERSON")],
    agents: [],
    remittanceInformation: [],
    purpose: null,
    ...madeAsEvent,
  };
}
