import type { GoodGuysAtHand, Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { ConsumedRecord, TopicPartition } from "@cordon/kafka";
import { type Alert, createDecoder, type Decision, schemaText, subjectOf, topics } from "@cordon/schemas";
import { type IndexGeneration, type OutputFormat, outputsOf, type ReadResult, screenRecord } from "@cordon/screening";

import { type Difference, differencesOf } from "./differences.ts";

/** What was decided then, as it is read now. */
export interface RecordedOutcome {
  readonly decision: Decision;
  /** Null where there was none, or it is not to be had. */
  readonly alert: Alert | null;
}

export interface ReplayDeps {
  /** The index of then. */
  readonly generation: IndexGeneration;
  /** The policy of then. */
  readonly policy: Policy;
  readonly format: OutputFormat;
  readonly fingerprintKey?: Uint8Array | undefined;
  /** The good guys of then, if the decision names a set. */
  readonly goodGuys?: GoodGuysAtHand | undefined;
}

export interface Replayed {
  /** Byte for byte, but for when it was decided and raised. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  /** What had to be taken for granted, for no record tells it. */
  readonly assumed: readonly Assumption[];
}

/** `no-deadline`: it was screened again later, when nobody asks for the deadline. `stale-index`: the lists were too old. */
export type Assumption = "no-deadline" | "stale-index";

const decisionDecoder = createDecoder(subjectOf(topics.decisions), schemaText(subjectOf(topics.decisions)));
const alertDecoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));

/**
 * Decides an event again as it was decided then, and compares the records, written with the schemas of now. How old the lists were, and
 * whether it was a rescreening, stands in no record: what fits is taken, and told. Pure but for the encoders' scratch.
 */
export function replayDecision(
  {
    record,
    read,
    source,
  }: { readonly record: ConsumedRecord; readonly read: ReadResult; readonly source: TopicPartition },
  recorded: RecordedOutcome,
  deps: ReplayDeps,
): Replayed {
  const attempts = attemptsFor(recorded.decision).map((assumed): Replayed => {
    const differences = decideAgain({ record, read: withAssumed(read, assumed), source }, recorded, {
      ...deps,
      assumed,
    });
    return { same: differences.length === 0, differences, assumed };
  });
  return attempts.find(({ same }) => same) ?? attempts[0] ?? { same: false, differences: [], assumed: [] };
}

function attemptsFor({ holdReason, outcome }: Decision): readonly (readonly Assumption[])[] {
  if (holdReason === "INDEX_STALE") return [["stale-index"], ["stale-index", "no-deadline"]];
  if (outcome === "HIT") return [[], ["stale-index"]];
  return [[], ["no-deadline"]];
}

function withAssumed(read: ReadResult, assumed: readonly Assumption[]): ReadResult {
  if (read.event === null || !assumed.includes("no-deadline")) return read;
  return { ...read, event: { ...read.event, decideBy: null, createdAt: null } };
}

function decideAgain(
  { record, read, source }: Parameters<typeof replayDecision>[0],
  { decision, alert }: RecordedOutcome,
  deps: ReplayDeps & { readonly assumed: readonly Assumption[] },
): readonly Difference[] {
  const { generation, policy, format, fingerprintKey, goodGuys } = deps;
  const indexAge = deps.assumed.includes("stale-index") ? Number.POSITIVE_INFINITY : 0;
  const screening = { generation, policy, indexAge, fingerprintKey, goodGuys };
  const screened = screenRecord(read, screening, decision.decidedAt);
  if (screened.kind === "clear-by-parts") throw new CordonError("CONTRACT_VIOLATED", "a replay is screened in full");
  const outputs = outputsOf(record, screened, { source, screening, format: { ...format, decisionsWritten: "all" } });
  const written = (...names: readonly string[]): Buffer | null =>
    outputs.find(({ topic }) => names.includes(topic))?.value ?? null;
  const again = written(format.topics.decisions, format.topics.canaryDecisions);
  const alertAgain = written(format.topics.alerts, format.topics.canaryAlerts);
  return [
    ...compared("decision", again, { recorded: decision, ...format.decisions, decoder: decisionDecoder }),
    ...(alert === null
      ? []
      : compared("alert", alertAgain, {
          recorded: { ...alert, raisedAt: decision.decidedAt },
          ...format.alerts,
          decoder: alertDecoder,
          without: fingerprintKey === undefined ? withoutFingerprints : undefined,
        })),
  ];
}

/** Without the key of then nobody can make them again. */
function withoutFingerprints(alert: Alert): Alert {
  return {
    ...alert,
    matches: alert.matches.map((match) => ({ ...match, partyFingerprint: null, fingerprintFields: [] })),
  };
}

function compared<T>(
  what: string,
  bytes: Buffer | null,
  {
    recorded,
    encoder,
    schemaId,
    decoder,
    without = (value) => value,
  }: {
    readonly recorded: T;
    readonly encoder: { encode(value: T, schemaId: number): Buffer };
    readonly schemaId: number;
    readonly decoder: { decode(value: Buffer): T };
    readonly without?: ((value: T) => T) | undefined;
  },
): readonly Difference[] {
  if (bytes === null) return [{ path: what, recorded: "written", replayed: "not written" }];
  const known = without(recorded);
  const replayed = without(decoder.decode(bytes));
  if (encoder.encode(known, schemaId).equals(encoder.encode(replayed, schemaId))) return [];
  return differencesOf(known, replayed).map((one) => ({ ...one, path: `${what}.${one.path}` }));
}
