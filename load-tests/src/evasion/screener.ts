import { compilePolicy, type ScreeningOutcome } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import type { ScreeningIndex } from "@cordon/matching";
import { createEncoder, type Payment, type Remittance, schemaText, subjectOf, topics } from "@cordon/schemas";
import {
  type EventKind,
  fastPathOf,
  generationOf,
  payments,
  remittances,
  type Screening,
  screenRecord,
} from "@cordon/screening";

import type { Draft } from "./draft.ts";

/** What became of one event on both paths. */
export interface Screened {
  readonly outcome: ScreeningOutcome;
  /** Whether the fast path cleared it by its parts. */
  readonly clearByParts: boolean;
}

/** Screens whole events as a screener does: encoded to Avro, read again, on the fast path and in full. */
export interface Screener {
  both(event: Pick<Draft, "of" | "event">): Screened;
  /** As a screener does: in full only what the fast path does not clear. Null: it did. */
  once(event: Pick<Draft, "of" | "event">): ScreeningOutcome | null;
  readonly index: ScreeningIndex;
}

const at = 1_790_000_000_000;

export function screenerOf(index: ScreeningIndex): Screener {
  const policy = compilePolicy();
  const screening: Screening = { generation: generationOf(manifest, index), policy, indexAge: 0 };
  const fastPath = fastPathOf(policy)(screening);
  const paths = {
    payments: pathsOf(payments, subjectOf(topics.payments)),
    remittances: pathsOf(remittances, subjectOf(topics.remittances)),
  };
  const encoders = {
    payments: createEncoder(subjectOf(topics.payments)),
    remittances: createEncoder(subjectOf(topics.remittances)),
  };

  function valueOf({ of, event }: Pick<Draft, "of" | "event">): Buffer {
    // The draft of a topic is of its schema, which the encoder checks.
    return of === "payments"
      ? encoders.payments.encode(event as Payment, 1)
      : encoders.remittances.encode(event as Remittance, 1);
  }

  function inFull(of: Draft["of"], value: Buffer): ScreeningOutcome {
    const screened = screenRecord({ event: paths[of].read(value), why: null }, screening, at);
    if (screened.kind !== "screened") throw new Error("an event of our own schema could not be read");
    return screened.outcome;
  }

  function isClearByParts(of: Draft["of"], value: Buffer): boolean {
    return fastPath.tryClear({ value, reader: paths[of].reader, at }) !== null;
  }

  return {
    index,
    both(draft) {
      const value = valueOf(draft);
      return { clearByParts: isClearByParts(draft.of, value), outcome: inFull(draft.of, value) };
    },
    once(draft) {
      const value = valueOf(draft);
      return isClearByParts(draft.of, value) ? null : inFull(draft.of, value);
    },
  };
}

function pathsOf(kind: EventKind, subject: Parameters<typeof schemaText>[0]) {
  const schema = schemaText(subject);
  const { parts, read } = kind.readerFor(schema, new Set());
  if (parts === null) throw new Error("our own schema has no reader of parts");
  return { reader: parts, read };
}

/** Of an index that was published nowhere. */
const manifest = {
  version: "f".repeat(64),
  generation: 1,
  engineVersion: "evasion",
  bytes: 0,
  createdAt: 0,
  lists: [],
} as unknown as IndexManifest;
