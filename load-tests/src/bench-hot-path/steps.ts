import { compilePolicy, paymentToScreen, screenEvent, toDecision } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import type { ScreeningIndex } from "@cordon/matching";
import {
  createClearDecisionWriter,
  createDecoder,
  createEncoder,
  createPartsReader,
  createScreeningDecoder,
  newEventParts,
  type Payment,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { type FastPath, fastPathOf, generationOf, type IndexGeneration } from "@cordon/screening";

/** What one step costs, in nanoseconds of the thread's processor time an event. */
export interface Step {
  readonly step: string;
  readonly nanos: number;
}

const subject = subjectOf(topics.payments);
const schema = schemaText(subject);
const at = 1_790_000_000_000;

/** Each step over all events. Each but the ones that say otherwise is measured the second time, when the compiler has seen it. */
export function measureSteps(index: ScreeningIndex, payments: readonly Payment[]): readonly Step[] {
  const policy = compilePolicy();
  const encoder = createEncoder(subject);
  const values = payments.map((payment) => encoder.encode(payment, 1));
  const generation = generationOf(manifest, index);
  const reader = createPartsReader(subject, schema);
  if (reader === null) throw new Error("our own schema has no reader of parts");
  const full = createDecoder(subject, schema);
  const screening = createScreeningDecoder(subject, schema);

  const parts = newEventParts();
  const finding = (): void => {
    for (const value of values) reader.read(value, parts);
  };
  const clearing = (fastPath: FastPath) => () => {
    for (const value of values) void fastPath.tryClear({ value, reader, at });
  };
  const fastPath = fastPathOf(policy)({ generation, indexAge: 0 });
  const all = (work: (value: Buffer) => void) => () => {
    for (const value of values) work(value);
  };
  const timed = (step: string, work: () => void, { first = false } = {}): Step => {
    if (!first) work();
    return { step, nanos: nanosOf(work) / values.length };
  };

  const find = timed("find parts", finding);
  const judgedFirst = timed("judge by parts, as customers come for the first time", clearing(fastPath), {
    first: true,
  });
  const judged = timed("judge by parts, all known", clearing(fastPath));
  const minusFind = (step: Step): Step => ({ ...step, nanos: step.nanos - find.nanos });
  return [
    timed(
      "decode in full (for comparison)",
      all((value) => void full.decode(value)),
    ),
    timed(
      "decode what screening reads",
      all((value) => void screening.decode(value)),
    ),
    find,
    minusFind(judgedFirst),
    minusFind(judged),
    timed(
      "decode and screen in full, names and lines known",
      all(
        (value) =>
          void screenEvent(paymentToScreen(screening.decode(value)), generation.index, policy, {
            indexAge: 0,
            at,
          }),
      ),
    ),
    ...decisionSteps(values, generation, policy.version),
  ];
}

function decisionSteps(values: readonly Buffer[], generation: IndexGeneration, policyVersion: string): readonly Step[] {
  const encoder = createEncoder(subjectOf(topics.decisions));
  const source = { topic: topics.payments as string, partition: 3 };
  const frame = {
    sourceTopic: source.topic,
    sourcePartition: source.partition,
    index: generation.stamp,
    engineVersion: generation.index.engineVersion,
    policyVersion,
  };
  const writer = createClearDecisionWriter(frame, 7);
  const nothingElse = { fieldsLeftOut: 0, told: [] } as const;
  const byEncoder = (): void => {
    for (const offset of values.keys()) {
      const outcome = {
        kind: "clear",
        eventId: "bench-123456",
        fieldsScreened: 6,
        ...nothingElse,
        setAside: [],
      } as const;
      const context = { ...frame, source: { ...source, offset: BigInt(offset) }, at };
      encoder.encode(toDecision(outcome, context), 7);
    }
  };
  const byWriter = (): void => {
    const clear = { idStart: 6, idEnd: 18, fieldsScreened: 6, fieldsLeftOut: 0, at };
    for (const [offset, value] of values.entries()) writer.write(value, clear, offset);
  };
  byEncoder();
  byWriter();
  return [
    { step: "encode a decision with avsc (for comparison)", nanos: nanosOf(byEncoder) / values.length },
    { step: "write a clear decision", nanos: nanosOf(byWriter) / values.length },
  ];
}

function nanosOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) * 1000;
}

const manifest = {
  version: "f".repeat(64),
  generation: 1,
  engineVersion: "bench",
  bytes: 0,
  createdAt: 0,
  lists: [{ list: "uk", entries: 20_000, publishedAt: "2026-04-29" }],
} as unknown as IndexManifest;
