import type { Type } from "avsc";

import { boundedType } from "./bounded-types.ts";
import type { Decision } from "./generated/decision.ts";
import { schemaText } from "./schema-text.ts";
import { wireHeaderBytes, writeHeader } from "./wire.ts";

/** What all decisions of a batch have in common. */
export type DecisionFrame = Pick<
  Decision,
  "sourceTopic" | "sourcePartition" | "index" | "engineVersion" | "policyVersion"
>;

/** What is its own. */
export interface ClearEvent {
  readonly idStart: number;
  readonly idEnd: number;
  readonly fieldsScreened: number;
  readonly fieldsLeftOut: number;
  /** When it was decided, milliseconds since the epoch. */
  readonly at: number;
}

/** Writes decisions that are CLEAR, set nothing aside and tell nothing, which are nearly all of them. */
export interface ClearDecisionWriter {
  /**
   * The record in the wire format, equal to what the encoder makes of it byte for byte. The event id is the ASCII that stands
   * in `value` from `idStart` to `idEnd`. The result is a view into a larger chunk and never written again.
   */
  write(value: Uint8Array, clear: ClearEvent, offset: number): Buffer;
}

/** The order of the fields that this writer knows. */
const order =
  "eventId sourceTopic sourcePartition sourceOffset outcome holdReason alertId fieldsScreened index engineVersion policyVersion decidedAt setAside goodGuys fieldsLeftOut told";

const chunkBytes = 256 * 1024;
const longestVarint = 10;

/** Filled from its beginning and then left to those whose decisions stand in it: a chunk for each small batch would cost more than the batch. */
let room = { chunk: Buffer.allocUnsafeSlow(0), used: 0 };

function roomFor(bytes: number): typeof room {
  if (room.used + bytes > room.chunk.length) room = { chunk: Buffer.allocUnsafeSlow(chunkBytes), used: 0 };
  return room;
}

const none = 0;

/**
 * One for a batch: what its decisions have in common is encoded once and copied into each. Throws where the schema has
 * another order of fields than this knows, which a test would have told.
 */
export function createClearDecisionWriter(frame: DecisionFrame, schemaId: number): ClearDecisionWriter {
  const { type, clear } = decisionType();
  const part = (name: keyof DecisionFrame): Buffer => type.field(name)!.type.toBuffer(frame[name]);
  const source = Buffer.concat([part("sourceTopic"), part("sourcePartition")]);
  // CLEAR, no reason to hold, no alert.
  const outcome = Buffer.from([clear * 2, none, none]);
  const stamp = Buffer.concat([part("index"), part("engineVersion"), part("policyVersion")]);
  const fixedBytes = wireHeaderBytes + source.length + outcome.length + stamp.length + 5 * longestVarint + 3;

  return {
    write(value, { idStart, idEnd, fieldsScreened, fieldsLeftOut, at: decidedAt }, offset) {
      const { chunk, used: start } = roomFor(fixedBytes + idEnd - idStart);
      writeHeader(chunk, start, schemaId);
      let at = writeLong(chunk, start + wireHeaderBytes, idEnd - idStart);
      for (let from = idStart; from < idEnd; from++) chunk[at++] = value[from]!;
      at = append(chunk, at, source);
      at = writeLong(chunk, at, offset);
      at = append(chunk, at, outcome);
      at = writeLong(chunk, at, fieldsScreened);
      at = append(chunk, at, stamp);
      at = writeLong(chunk, at, decidedAt);
      // Nothing set aside, no good guys.
      chunk[at++] = none;
      chunk[at++] = none;
      at = writeLong(chunk, at, fieldsLeftOut);
      chunk[at++] = none;
      room.used = at;
      return chunk.subarray(start, at);
    },
  };
}

/** Avro's zigzag of a number from 0 to 2^52: base 128, the lowest digits first. */
function writeLong(target: Uint8Array, from: number, value: number): number {
  let at = from;
  let left = value * 2;
  while (left >= 0x80) {
    target[at++] = (left % 0x80) | 0x80;
    left = Math.floor(left / 0x80);
  }
  target[at++] = left;
  return at;
}

function append(target: Uint8Array, at: number, bytes: Uint8Array): number {
  target.set(bytes, at);
  return at + bytes.length;
}

interface DecisionType {
  readonly type: { field(name: string): { readonly type: Type } | undefined };
  /** Place of CLEAR among the outcomes. */
  readonly clear: number;
}

let known: DecisionType | undefined;

function decisionType(): DecisionType {
  if (known !== undefined) return known;
  const type = boundedType(JSON.parse(schemaText("screening.decisions.v1-value"))) as Type & {
    readonly fields: readonly {
      readonly name: string;
      readonly type: Type & { readonly symbols?: readonly string[] };
    }[];
    field(name: string): { readonly type: Type } | undefined;
  };
  const names = type.fields.map(({ name }) => name).join(" ");
  if (names !== order) throw new Error(`decisions have other fields than their writer knows: ${names}`);
  const clear = type.fields.find(({ name }) => name === "outcome")?.type.symbols?.indexOf("CLEAR") ?? -1;
  return (known = { type, clear });
}
