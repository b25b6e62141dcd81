import { assertNever, type HoldReason } from "@cordon/errors";
import type { Decision, GoodGuysStamp, IndexStamp, Outcome, SetAsideMatch } from "@cordon/schemas";

import type { ScreeningOutcome } from "./screen-event.ts";
import type { SetAside } from "./set-aside.ts";
import type { Told } from "./told.ts";

/** What a decision or an alert tells beside the outcome: from where the event came and what it was compared with. */
export interface OutcomeContext {
  readonly source: { readonly topic: string; readonly partition: number; readonly offset: bigint };
  readonly index: IndexStamp;
  readonly engineVersion: string;
  readonly policyVersion: string;
  /** When it was decided, milliseconds since the epoch. */
  readonly at: number;
  /** The event as received, for its alert: the Avro body, and the registry's id of its schema. */
  readonly received?: { readonly body: Uint8Array; readonly schemaId: number } | undefined;
  /** What fingerprints of parties are made with. Absent: none are. */
  readonly fingerprintKey?: Uint8Array | undefined;
}

/** The record of an outcome for `screening.decisions.v1`, to be keyed by its event id. */
export function toDecision(outcome: ScreeningOutcome, context: OutcomeContext): Decision {
  const { eventId, fieldsScreened, fieldsLeftOut, told } = outcome;
  const common = { eventId, fieldsScreened, fieldsLeftOut, told };
  switch (outcome.kind) {
    case "clear":
      return decision(
        {
          ...common,
          outcome: "CLEAR",
          setAside: outcome.setAside.map(setAsideMatch),
          goodGuys: outcome.goodGuys ?? null,
        },
        context,
      );
    case "hit":
      return decision({ ...common, outcome: "HIT", alertId: outcome.alertId }, context);
    case "hold":
      return decision({ ...common, outcome: "HOLD", holdReason: outcome.reason }, context);
    default:
      return assertNever(outcome);
  }
}

/**
 * The decision on a record that cannot be read, under the record's key: its event id is not to be had. Beside it goes
 * a dead letter with the record itself.
 */
export function undecodableDecision(key: string, context: OutcomeContext): Decision {
  return decision({ eventId: key, fieldsScreened: 0, outcome: "HOLD", holdReason: "RECORD_UNDECODABLE" }, context);
}

function setAsideMatch(one: SetAside): SetAsideMatch {
  const { match } = one;
  const told = { designationId: match.designation.id, path: match.field.path, score: match.score / 100 };
  switch (one.kind) {
    case "conflict":
      return { ...told, reason: `${one.conflict.aspect}-conflict`, detail: one.conflict.detail, goodGuyId: null };
    case "good-guy":
      return {
        ...told,
        reason: "good-guy",
        detail: "judged to be somebody else; neither party nor entry changed since",
        goodGuyId: one.goodGuy.id,
      };
    default:
      return assertNever(one);
  }
}

interface Finding {
  readonly eventId: string;
  readonly fieldsScreened: number;
  readonly outcome: Outcome;
  readonly holdReason?: HoldReason;
  readonly alertId?: string;
  readonly setAside?: readonly SetAsideMatch[];
  readonly goodGuys?: GoodGuysStamp | null;
  readonly fieldsLeftOut?: number;
  readonly told?: readonly Told[];
}

function decision(finding: Finding, { source, index, engineVersion, policyVersion, at }: OutcomeContext): Decision {
  const {
    eventId,
    fieldsScreened,
    outcome,
    holdReason = null,
    alertId = null,
    setAside = [],
    goodGuys = null,
    fieldsLeftOut = 0,
    told = [],
  } = finding;
  return {
    eventId,
    sourceTopic: source.topic,
    sourcePartition: source.partition,
    sourceOffset: Number(source.offset),
    outcome,
    holdReason,
    alertId,
    fieldsScreened,
    index,
    engineVersion,
    policyVersion,
    decidedAt: at,
    setAside,
    goodGuys,
    fieldsLeftOut,
    told,
  };
}
