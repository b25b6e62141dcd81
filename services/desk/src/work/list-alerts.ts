import type { Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import { wordsOf } from "../sealing/words.ts";
import type { AlertRow } from "./alert-row.ts";
import { openBrief } from "./brief.ts";
import type { DeskDeps } from "./desk-deps.ts";

export const views = ["queue", "mine", "check", "escalated", "holds", "closed"] as const;
export type View = (typeof views)[number];

/** A line of the list. */
export interface Item {
  readonly alertId: string;
  readonly eventId: string;
  readonly state: string;
  readonly version: number;
  readonly name: string;
  readonly matchedName: string | null;
  readonly designationId: string | null;
  readonly list: string | null;
  readonly score: number | null;
  readonly dueAt: number;
  readonly assignee?: string;
  readonly holdReason?: string;
  /** Who proposed or escalated anything of it, and so does not check it; absent: nobody did. */
  readonly makers?: readonly string[];
  /** Why a proposal is its maker's again, while nothing else was proposed. */
  readonly returned?: "SENT_BACK" | "EVIDENCE_CHANGED";
}

export interface ListRequest {
  readonly view: View;
  readonly q?: string | undefined;
  readonly list?: string | undefined;
  readonly regime?: string | undefined;
  readonly rail?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly userId: string;
}

export type Counts = Readonly<Record<View, number>>;

/** How many of a view the user may do nothing with: of `check`, those that the user proposed or escalated. */
export type Own = Readonly<Record<"check", number>>;

export interface AlertPage {
  readonly items: readonly Item[];
  readonly next?: string;
  readonly counts: Counts;
  readonly own: Own;
}

const conditions: Readonly<Record<View, string>> = {
  queue: "a.state IN ('OPEN', 'TAKEN') AND a.kind <> 'hold'",
  mine: "a.state = 'TAKEN' AND a.assignee = $1",
  check: "a.state = 'PROPOSED'",
  escalated: "a.state = 'ESCALATED'",
  holds: "a.kind = 'hold' AND a.state NOT IN ('RELEASED', 'REJECTED', 'SUPERSEDED')",
  closed: "a.closed_at IS NOT NULL",
};

/** A page of a view, in its order: the most urgent first; of what is closed, the last. */
export async function listAlerts(tx: Tx, request: ListRequest, deps: DeskDeps): Promise<AlertPage> {
  const { view, userId, limit } = request;
  const values: unknown[] = [userId];
  const bind = (value: unknown, type: string): string => `$${String(values.push(value))}::${type}`;
  // The user is asked for in every view, so that the first place is always taken.
  const where = [`$1::text IS NOT NULL`, conditions[view]];
  for (const name of ["list", "regime", "rail"] as const)
    if (request[name] !== undefined) where.push(`a.${name} = ${bind(request[name], "text")}`);
  const q = request.q?.trim() ?? "";
  if (q !== "") where.push(filterBy(q, bind, deps));
  const closed = view === "closed";
  const after = request.after === undefined ? null : cursorOf(request.after);
  if (after !== null)
    where.push(
      closed
        ? `(a.closed_at, a.alert_id) < (${bind(after[1], "timestamptz")}, ${bind(after[2], "text")})`
        : `(a.rank, a.due_at, a.alert_id) > (${bind(after[0], "smallint")}, ${bind(after[1], "timestamptz")}, ${bind(after[2], "text")})`,
    );
  const order = closed ? "a.closed_at DESC, a.alert_id DESC" : "a.rank, a.due_at, a.alert_id";
  const { rows } = await tx.query<AlertRow & { at_text: string }>(
    `SELECT a.*, (${closed ? "a.closed_at" : "a.due_at"})::text AS at_text FROM alert a WHERE ${where.join(" AND ")}
     ORDER BY ${order} LIMIT ${bind(limit + 1, "int")}`,
    values,
  );
  const page = rows.slice(0, limit);
  const made = await proposalsIn(tx, page);
  const items: Item[] = [];
  for (const row of page) items.push({ ...(await itemOf(tx, row, deps)), ...made.get(row.alert_id) });
  const last = page.at(-1);
  return {
    items,
    ...(rows.length > limit && last !== undefined ? { next: cursor(last) } : {}),
    counts: await countsFor(tx, userId),
    own: await ownFor(tx, userId),
  };
}

/** What proposals say of the alerts that have some, by their ids. */
async function proposalsIn(
  tx: Tx,
  page: readonly AlertRow[],
): Promise<ReadonlyMap<string, Pick<Item, "makers" | "returned">>> {
  const { rows } = await tx.query<{ alert_id: string; makers: string[]; last: string }>(
    `SELECT alert_id, array_agg(DISTINCT maker) AS makers, (array_agg(state ORDER BY made_at DESC))[1] AS last
     FROM proposal WHERE alert_id = ANY($1) GROUP BY alert_id`,
    [page.map((row) => row.alert_id)],
  );
  const found = new Map(rows.map((row) => [row.alert_id, row]));
  return new Map(
    page.flatMap(({ alert_id: id, state }) => {
      const row = found.get(id);
      if (row === undefined) return [];
      const returned = state === "OPEN" || state === "TAKEN" ? returnedOf(row.last) : {};
      return [[id, { makers: row.makers, ...returned }]];
    }),
  );
}

function returnedOf(lastProposal: string): Pick<Item, "returned"> {
  if (lastProposal === "SENT_BACK") return { returned: "SENT_BACK" };
  return lastProposal === "WITHDRAWN" ? { returned: "EVIDENCE_CHANGED" } : {};
}

function filterBy(q: string, bind: (value: unknown, type: string) => string, { master }: DeskDeps): string {
  const id = bind(q, "text");
  const ids = `a.alert_id = ${id} OR a.event_id = ${id} OR a.designation_id = ${id}`;
  const words = wordsOf(q).map((word) => master.digest("word", word));
  if (words.length === 0) return `(${ids})`;
  return `(${ids} OR a.alert_id IN (SELECT t.alert_id FROM alert_token t WHERE t.tokens @> ${bind(words, "bytea[]")}))`;
}

export async function itemOf(tx: Tx, row: AlertRow, { keys }: Pick<DeskDeps, "keys">): Promise<Item> {
  const brief = openBrief(await keys.known(tx, row.month), row.alert_id, row.brief);
  return {
    alertId: row.alert_id,
    eventId: row.event_id,
    state: row.state,
    version: row.version,
    name: brief.name,
    matchedName: brief.matchedName,
    designationId: row.designation_id,
    list: row.list,
    score: row.top_score,
    dueAt: row.due_at.getTime(),
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    ...(row.hold_reason === null ? {} : { holdReason: row.hold_reason }),
  };
}

function cursor({ rank, at_text: at, alert_id: id }: AlertRow & { at_text: string }): string {
  return Buffer.from(JSON.stringify([rank, at, id])).toString("base64url");
}

/** Throws BAD_REQUEST for what no page gave. */
function cursorOf(text: string): readonly [number, string, string] {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (Array.isArray(read) && read.length === 3) {
      const [rank, at, id] = read as readonly unknown[];
      if (
        Number.isInteger(rank) &&
        typeof at === "string" &&
        /^\d{4}-[\d :.+-]{10,40}$/.test(at) &&
        typeof id === "string"
      )
        return [rank as number, at, id];
    }
  } catch {
    // Told below.
  }
  throw new Refusal("BAD_REQUEST", "after: expected what the last page gave as next");
}

/** How many each view has; `mine` is the user's own. */
export async function countsFor(tx: Tx, userId: string): Promise<Counts> {
  const { rows } = await tx.query<{ view: View; count: number }>(
    `SELECT view, sum(count)::bigint AS count FROM alert_count GROUP BY view
     UNION ALL SELECT 'mine', count(*) FROM alert WHERE state = 'TAKEN' AND assignee = $1`,
    [userId],
  );
  const found = new Map(rows.map(({ view, count }) => [view, count]));
  return Object.fromEntries(views.map((view) => [view, found.get(view) ?? 0])) as Counts;
}

export async function ownFor(tx: Tx, userId: string): Promise<Own> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM alert a WHERE a.state = 'PROPOSED'
       AND EXISTS (SELECT 1 FROM proposal p WHERE p.alert_id = a.alert_id AND p.maker = $1)`,
    [userId],
  );
  return { check: rows[0]?.count ?? 0 };
}

/** Many changes of counts become one again. */
export async function sumCounts(tx: Tx): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM alert_count RETURNING view, count)
     INSERT INTO alert_count (view, count) SELECT view, sum(count) FROM gone GROUP BY view`,
  );
}
