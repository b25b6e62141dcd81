import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a row of the audit says. No names, no rationale: ids and hashes. */
export interface AuditContent {
  readonly seq: number;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** JSON as text, byte for byte as it was hashed. */
  readonly detail: string;
}

/** A row with its place in the chain: the hash of the row before it, and its own. Both hexadecimal. */
export interface AuditRow extends AuditContent {
  readonly prev: string;
  readonly hash: string;
}

/** Before the first row. */
const firstPrev = "0".repeat(64);

/** SHA-256 over the hash before, and the row as JSON with its fields in this order. */
function hashOfRow(prev: string, { seq, at, actor, action, subject, detail }: AuditContent): string {
  return bytesToHex(sha256(utf8ToBytes(`${prev}${JSON.stringify([seq, at, actor, action, subject, detail])}`)));
}

export function chained(prev: string, content: AuditContent): AuditRow {
  return { ...content, prev, hash: hashOfRow(prev, content) };
}

/** Something outside of the rows that knows the hash of one: the desk's own note of the end, or a disposition on Kafka. */
export interface Witness {
  readonly seq: number;
  readonly hash: string;
  /** Of a record that the row led to, by `hashOfRecord`: the row must say the same in its `detail`. */
  readonly record?: string;
}

/** What a record says of the row that it came of: no part of its own hash, which that row holds. */
const ofTheRow: ReadonlySet<string> = new Set(["auditSeq", "auditHash"]);

/**
 * SHA-256, hexadecimal, of a record that a row leads to: over a JSON array of its fields as pairs of name and value, in the order of
 * their names. A field without a value, as one that came to the schema later has none, is left out.
 */
export function hashOfRecord(record: object): string {
  const fields = Object.entries(record)
    .filter(([name, value]) => value !== null && value !== undefined && !ofTheRow.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(fields))));
}

/**
 * Whether a row led to the record with that hash: it says so in its `detail`. Rows up to `before` are older than that, and are believed
 * in what else they say.
 */
export function ledTo({ seq, detail }: Pick<AuditContent, "seq" | "detail">, record: string, before: number): boolean {
  return seq <= before || (JSON.parse(detail) as { readonly recordHash?: unknown }).recordHash === record;
}

export interface ChainEnd extends Witness {
  readonly rows: number;
}

export interface Verification {
  readonly ok: boolean;
  readonly rows: number;
  /** The first row that is not what was written, or where one is missing. */
  readonly brokenAt?: number;
  /** In words, for a person. */
  readonly why?: string;
}

/**
 * Checks rows in the order of `seq` one by one: numbers without a gap, hashes, links. Then what witnesses know of them: a row that was
 * cut off the end, or a chain that was made anew, is told by a witness only. Witnesses of one row that differ break it, too,
 * and so does a record that its row did not lead to (`before`: see `ledTo`).
 */
export async function verifyChain(
  rows: AsyncIterable<AuditRow> | Iterable<AuditRow>,
  witnesses: readonly Witness[],
  before = 0,
): Promise<Verification> {
  const known = Map.groupBy(witnesses, ({ seq }) => seq);
  let end: ChainEnd = { seq: 0, hash: firstPrev, rows: 0 };
  const broken = (brokenAt: number, why: string): Verification => ({ ok: false, rows: end.rows, brokenAt, why });
  for await (const row of rows) {
    const next = end.seq + 1;
    if (row.seq !== next) return broken(next, `row ${String(next)} is missing`);
    if (row.prev !== end.hash) return broken(next, `row ${String(next)} does not follow from the row before`);
    if (row.hash !== hashOfRow(end.hash, row)) return broken(next, `row ${String(next)} was changed`);
    const seen = known.get(next) ?? [];
    if (seen.some(({ hash }) => hash !== row.hash))
      return broken(next, `row ${String(next)} is another than a witness saw`);
    if (seen.some(({ record }) => record !== undefined && !ledTo(row, record, before)))
      return broken(next, `row ${String(next)} did not lead to the record that names it`);
    end = { seq: next, hash: row.hash, rows: end.rows + 1 };
  }
  const last = witnesses.reduce((most, { seq }) => Math.max(most, seq), 0);
  if (last > end.seq)
    return broken(end.seq + 1, `a witness saw row ${String(last)}, the chain ends at ${String(end.seq)}`);
  return { ok: true, rows: end.rows };
}
