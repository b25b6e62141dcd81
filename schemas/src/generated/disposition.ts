// Made by `npm run generate` from schemas/avro. Do not edit.

/** What people decided. RELEASE: pay, if it is still held. REJECT: return or freeze, as the law says. An unknown symbol is read as ESCALATE, which changes nothing. */
export type DispositionKind = (typeof dispositionKindSymbols)[number];
export const dispositionKindSymbols = ["ESCALATE", "RELEASE", "REJECT"] as const;

/** What people decided about a held or hit event. For one event (id and source) the first RELEASE or REJECT counts, for ever; ESCALATE changes nothing. It holds no names and no rationale. */
export interface Disposition {
  /** UUID. A repeat has the same id and equal content. */
  readonly dispositionId: string;
  /** The event's id. */
  readonly eventId: string;
  /** Topic of the event. Empty for an alert on a customer. */
  readonly sourceTopic: string;
  /** Partition of the event; -1 where there is none. */
  readonly sourcePartition: number;
  /** Offset of the event; -1 where there is none. */
  readonly sourceOffset: number;
  /** What was decided. */
  readonly decision: DispositionKind;
  /** The alerts that were judged. Empty for an event that was held without a hit. */
  readonly alertIds: readonly string[];
  /** Why the event was held, a code of docs/specs/errors.md. Null for a hit. */
  readonly holdReason: string | null;
  /** The reasons given, from a closed list, such as BIRTH_DATE or ADDRESS. */
  readonly reasons: readonly string[];
  /** User id of who proposed it. */
  readonly proposedBy: string;
  /** User id of who agreed, another person. Null only for ESCALATE. */
  readonly approvedBy: string | null;
  /** When it was proposed, milliseconds since the epoch. */
  readonly proposedAt: number;
  /** When it was agreed; of an ESCALATE, when it was made. */
  readonly decidedAt: number;
  /** Good guys that were proposed along with it. */
  readonly goodGuyIds: readonly string[];
  /** Number of its row in the desk's audit. */
  readonly auditSeq: number;
  /** Hash of that row, hexadecimal: a witness of the audit outside of the desk's database. */
  readonly auditHash: string;
  /** Version of the desk that wrote it. */
  readonly deskVersion: string;
}
