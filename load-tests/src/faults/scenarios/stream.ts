import type { OutRecord } from "@cordon/kafka";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { Expected } from "@cordon/simulator";
import kafkajs, { type Admin, type Kafka } from "kafkajs";

import type { CordonProcess } from "../cordon-process.ts";
import { innocentPayments } from "../innocent-payments.ts";
import type { Fault, Scene } from "../scene.ts";

const subject = subjectOf(topics.payments);

/** A program from outside, as its library makes it. */
function outsider({ stack }: Scene): Kafka {
  return new kafkajs.Kafka({
    brokers: stack.kafkaBrokers.split(","),
    clientId: "outsider",
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 2 },
  });
}

async function withAdmin<T>(scene: Scene, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = outsider(scene).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

interface Payments {
  readonly records: readonly OutRecord[];
  readonly expected: ReadonlyMap<string, Expected>;
}

/** Payments between innocent parties, beside the stream. */
async function payments({ registry, prefix }: Scene, count: number, name: string): Promise<Payments> {
  const id = await registry.register(`${prefix}${topics.payments}-value`, schemaText(subject));
  const encoder = createEncoder(subject);
  const events = innocentPayments(count, `${prefix}${name}`);
  return {
    expected: new Map(events.map(({ eventId }): [string, Expected] => [eventId, { outcome: "CLEAR" }])),
    records: events.map((payment) => ({
      topic: prefix + topics.payments,
      key: Buffer.from(payment.eventId),
      value: encoder.encode(payment, id),
    })),
  };
}

const decidedOf = ({ seen }: Scene, of: ReadonlyMap<string, unknown>): number =>
  new Set(seen.decisions.filter(({ eventId }) => of.has(eventId)).map(({ eventId }) => eventId)).size;

async function until(scene: Scene, done: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await scene.pause(0.2))
    if (await done()) return true;
  return done();
}

/** A sender that got no answer in time sends again: what it wrote twice is decided twice, and may come late. */
async function nothingIsOpen(scene: Scene): Promise<boolean> {
  const { events, decisions } = scene.seen;
  const count = events.length;
  await scene.pause(3);
  return count === events.length && new Set(decisions.map(({ source }) => source)).size === count;
}

/** The sum of a metric's series on the screener's page. */
async function metricOf(screener: CordonProcess, name: string): Promise<number> {
  const page = await (await fetch(`${await screener.url()}/metrics`)).text();
  const lines = page.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

function only(scene: Scene): CordonProcess {
  const screener = scene.screeners.at(-1);
  if (screener === undefined) throw new Error("no screener runs");
  return screener;
}

/** Deletes everything that a topic holds now, as retention does. */
function deleteAll(scene: Scene, topic: string): Promise<void> {
  return withAdmin(scene, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic);
    const partitions = offsets.map(({ partition, high }) => ({ partition, offset: high }));
    await admin.deleteTopicRecords({ topic, partitions });
  });
}

const restartOnFailure = async (): Promise<boolean> => Promise.resolve(false);

const goneLine = "events are gone that were not screened";

/** Faults of what lies in the topics, and of who else is there. */
export const streamFaults: readonly Fault[] = [
  {
    name: "retention-gap",
    what: "60 payments are deleted from their topic while no screener runs: the next one says so, with topic, partition, both offsets and their number, counts them, and decides all that comes after",
    repeatsAllowed: false,
    rate: 150,
    async play(scene) {
      const topic = scene.prefix + topics.payments;
      scene.load.steady(0);
      await scene.untilCaughtUp();
      scene.mustBe("everything is decided before", await until(scene, () => nothingIsOpen(scene), 60));
      await scene.screeners[0]?.stop();
      scene.struck();
      const { records, expected } = await payments(scene, 60, "gone");
      await scene.load.send(records);
      const seenOf = () => scene.seen.events.filter(({ key }) => expected.has(key ?? ""));
      await until(scene, () => seenOf().length === records.length, 30);
      scene.gone(seenOf().map(({ at }) => at));
      await deleteAll(scene, topic);
      const screener = scene.startScreener();
      await screener.says(goneLine);
      scene.load.steady(150);
      scene.mended();
      await scene.untilDecided(500);
      const told = screener.said(goneLine).reduce((sum, line) => sum + Number(line["records"]), 0);
      scene.mustBe(`the screener says that 60 are gone, not ${String(told)}`, told === 60);
      const counted = await metricOf(screener, "cordon_events_skipped_total");
      scene.mustBe(`it counts 60, not ${String(counted)}`, counted === 60);
    },
  },
  {
    name: "foreign-member",
    what: "another program joins the screener's group under load: it is refused and takes nothing; then it is there first, and the screener waits, says so, and goes on when it has gone",
    repeatsAllowed: false,
    rate: 150,
    async play(scene) {
      const topic = scene.prefix + topics.payments;
      const join = async () => {
        const consumer = outsider(scene).consumer({ groupId: `${scene.prefix}screener`, retry: { restartOnFailure } });
        const state = { joined: false, refused: false, read: 0 };
        consumer.on(consumer.events.GROUP_JOIN, () => void (state.joined = true));
        consumer.on(consumer.events.CRASH, () => void (state.refused = true));
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: false });
        await consumer.run({
          autoCommit: false,
          eachMessage: async () => {
            state.read += 1;
            return Promise.resolve();
          },
        });
        return { consumer, state };
      };
      scene.struck();
      const first = await join();
      await until(scene, () => first.state.refused, 30);
      scene.mustBe("another program is refused", first.state.refused && !first.state.joined && first.state.read === 0);
      await first.consumer.disconnect();
      await scene.untilCaughtUp();
      scene.mustBe("a stopped screener ends with 0", (await only(scene).stop()) === 0);
      const second = await join();
      await until(scene, () => second.state.joined, 30);
      const screener = scene.startScreener();
      await screener.says("consumer crashed");
      const told = JSON.stringify(screener.said("consumer crashed"));
      scene.mustBe(`the screener says that the group is occupied, not ${told}`, told.includes("GROUP_OCCUPIED"));
      await scene.pause(3);
      await second.consumer.disconnect();
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "open-transaction",
    what: "a producer leaves a transaction open in one partition for 15 s and then gives it up: events behind it wait, and metrics say for how long and how many",
    repeatsAllowed: false,
    rate: 150,
    async play(scene) {
      const topic = scene.prefix + topics.payments;
      const producer = outsider(scene).producer({
        transactionalId: `${scene.prefix}open`,
        idempotent: true,
        maxInFlightRequests: 1,
      });
      await producer.connect();
      scene.struck();
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ key: "never", value: "never sent", partition: 0 }] });
      await scene.pause(15);
      const screener = only(scene);
      const open = await metricOf(screener, "cordon_kafka_open_transaction_seconds");
      const oldest = await metricOf(screener, "cordon_kafka_oldest_unscreened_seconds");
      const lag = await metricOf(screener, "cordon_kafka_consumer_lag_messages");
      scene.mustBe(`the open transaction is seen, for ${String(open)} s`, open > 4);
      scene.mustBe(`the oldest event waits, for ${String(oldest)} s`, oldest > 4);
      scene.mustBe(`the lag counts what waits: ${String(lag)}`, lag > 50);
      await transaction.abort();
      scene.mended();
      await producer.disconnect();
      await scene.untilCaughtUp();
      const cleared = async (): Promise<boolean> =>
        (await metricOf(screener, "cordon_kafka_open_transaction_seconds")) === 0;
      scene.mustBe("nothing is open any more", await until(scene, cleared, 15));
      scene.note(`${String(lag)} events waited at its end`);
    },
  },
  {
    name: "added-partitions",
    what: "payments.v1 gets two partitions more under load: what is sent to them is decided within 15 s",
    repeatsAllowed: true,
    rate: 150,
    async play(scene) {
      const topic = scene.prefix + topics.payments;
      const { records, expected } = await payments(scene, 40, "added");
      scene.struck();
      await withAdmin(scene, (admin) => admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] }));
      const addedAt = Date.now();
      await scene.load.send([], expected);
      const producer = outsider(scene).producer();
      await producer.connect();
      const messages = records.map(({ key, value }, at) => ({ key, value, partition: 3 + (at % 2) }));
      await producer.send({ topic, messages });
      await producer.disconnect();
      scene.mended();
      const done = await until(scene, () => decidedOf(scene, expected) === records.length, 60);
      const seconds = (Date.now() - addedAt) / 1000;
      scene.mustBe(
        `events on added partitions are decided within 15 s, not ${seconds.toFixed(1)}`,
        done && seconds < 15,
      );
      scene.note(`decided ${seconds.toFixed(1)} s after they were added`);
      await scene.untilCaughtUp();
    },
  },
  {
    name: "small-result-topic",
    what: "the topic of decisions is set to take 70,000 bytes under load, and then 1,000: batches are cut; the screener that is started then ends with 2 and names the topic; with 1 MB all is decided",
    repeatsAllowed: true,
    rate: 150,
    async play(scene) {
      const topic = scene.prefix + topics.decisions;
      const takes = (bytes: number): Promise<void> =>
        withAdmin(scene, async (admin) => {
          await admin.alterConfigs({
            validateOnly: false,
            resources: [
              {
                type: kafkajs.ConfigResourceTypes.TOPIC,
                name: topic,
                configEntries: [
                  { name: "min.insync.replicas", value: "2" },
                  { name: "max.message.bytes", value: String(bytes) },
                ],
              },
            ],
          });
        });
      scene.struck();
      await takes(70_000);
      await scene.load.burst(6_000);
      await scene.untilCaughtUp();
      scene.mustBe("the screener goes on", only(scene).said("stopped").length === 0);
      await only(scene).stop();
      await takes(1_000);
      const refused = scene.startScreener();
      const code = await refused.ended;
      scene.mustBe(`a screener whose topic is too small ends with 2, not ${String(code)}`, code === 2);
      scene.mustBe("it names the topic", refused.lastWords(8).includes(topic));
      await takes(1_048_588);
      scene.startScreener();
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
];
