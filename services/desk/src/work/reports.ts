import type { Tx } from "../database/connect.ts";

export interface Report {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly unit: "text" | "count" | "share" | "seconds" }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

interface Recipe {
  readonly title: string;
  readonly columns: Report["columns"];
  /** $1 and $2: from and to. Columns in their order. */
  readonly sql: string;
}

const text = (name: string) => ({ name, unit: "text" }) as const;
const count = (name: string) => ({ name, unit: "count" }) as const;
const share = (name: string) => ({ name, unit: "share" }) as const;
const seconds = (name: string) => ({ name, unit: "seconds" }) as const;

const within = "a.received_at >= $1 AND a.received_at < $2";
const proposals = `SELECT p.*, a.received_at, a.first_seen_at, a.list, a.regime, a.rail FROM proposal p JOIN alert a USING (alert_id) WHERE ${within}`;

export const reports: Readonly<Record<string, Recipe>> = {
  backlog: {
    title: "Open alerts by age",
    columns: [text("age"), count("open"), count("taken"), count("proposed"), count("escalated"), count("late")],
    sql: `SELECT band, count(*) FILTER (WHERE state = 'OPEN'), count(*) FILTER (WHERE state = 'TAKEN'),
            count(*) FILTER (WHERE state = 'PROPOSED'), count(*) FILTER (WHERE state = 'ESCALATED'), count(*) FILTER (WHERE due_at < now())
          FROM (SELECT a.*, CASE WHEN now() - raised_at < interval '1 hour' THEN '1: under an hour'
                  WHEN now() - raised_at < interval '4 hours' THEN '2: 1 to 4 hours' WHEN now() - raised_at < interval '1 day' THEN '3: 4 to 24 hours'
                  WHEN now() - raised_at < interval '7 days' THEN '4: 1 to 7 days' ELSE '5: over 7 days' END AS band
                FROM alert a WHERE a.closed_at IS NULL AND ${within}) open
          GROUP BY band ORDER BY band`,
  },
  flow: {
    title: "In and out by day",
    columns: [text("day"), count("in"), count("out")],
    sql: `SELECT day::text, sum(i)::bigint, sum(o)::bigint FROM (
            SELECT a.received_at::date AS day, 1 AS i, 0 AS o FROM alert a WHERE ${within}
            UNION ALL SELECT a.closed_at::date, 0, 1 FROM alert a WHERE a.closed_at >= $1 AND a.closed_at < $2) moved
          GROUP BY day ORDER BY day`,
  },
  times: {
    title: "Time to first look, to proposal and to decision",
    columns: [
      text("list"),
      count("alerts"),
      seconds("look p50"),
      seconds("look p90"),
      seconds("proposal p50"),
      seconds("proposal p90"),
      seconds("decision p50"),
      seconds("decision p90"),
    ],
    sql: `SELECT coalesce(a.list, '(held)'), count(*),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.first_seen_at - a.received_at)),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM a.first_seen_at - a.received_at)),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.made_at - a.received_at)),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM p.made_at - a.received_at)),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.closed_at - a.received_at)),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM a.closed_at - a.received_at))
          FROM alert a LEFT JOIN LATERAL (SELECT min(made_at) AS made_at FROM proposal p WHERE p.alert_id = a.alert_id) p ON true
          WHERE ${within} GROUP BY 1 ORDER BY 1`,
  },
  outcomes: {
    title: "What alerts came to",
    columns: [
      text("list"),
      text("regime"),
      count("released"),
      count("rejected"),
      count("superseded"),
      share("true share"),
      share("late share"),
    ],
    sql: `SELECT coalesce(a.list, '(held)'), coalesce(a.regime, coalesce(a.hold_reason, '')), count(*) FILTER (WHERE state = 'RELEASED'),
            count(*) FILTER (WHERE state = 'REJECTED'), count(*) FILTER (WHERE state = 'SUPERSEDED'),
            (count(*) FILTER (WHERE state = 'REJECTED'))::float8 / nullif(count(*) FILTER (WHERE state IN ('RELEASED', 'REJECTED')), 0),
            (count(*) FILTER (WHERE closed_at > due_at))::float8 / nullif(count(*), 0)
          FROM alert a WHERE closed_at IS NOT NULL AND ${within} GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  makers: {
    title: "Sent back by maker",
    columns: [text("maker"), count("proposals"), count("agreed"), count("sent back"), share("sent-back share")],
    sql: `SELECT maker, count(*), count(*) FILTER (WHERE state = 'AGREED'), count(*) FILTER (WHERE state = 'SENT_BACK'),
            (count(*) FILTER (WHERE state = 'SENT_BACK'))::float8 / nullif(count(*) FILTER (WHERE state IN ('AGREED', 'SENT_BACK')), 0)
          FROM (${proposals}) p GROUP BY maker ORDER BY maker`,
  },
  haste: {
    title: "Decided too fast: within five seconds of the first look, or of the proposal",
    columns: [text("person"), text("as"), count("decided"), count("under 5 s"), share("share")],
    sql: `SELECT who, part, count(*), count(*) FILTER (WHERE took < 5), (count(*) FILTER (WHERE took < 5))::float8 / count(*) FROM (
            SELECT maker AS who, 'maker' AS part, extract(epoch FROM made_at - first_seen_at) AS took FROM (${proposals}) p WHERE first_seen_at IS NOT NULL
            UNION ALL SELECT checker, 'checker', extract(epoch FROM decided_at - made_at) FROM (${proposals}) p WHERE checker IS NOT NULL) t
          GROUP BY who, part ORDER BY who, part`,
  },
  repeats: {
    title: "Pairs that alert again and again",
    columns: [text("entry"), count("pairs"), count("alerts"), count("most alerts of one pair")],
    sql: `SELECT designation_id, count(*), sum(n)::bigint, max(n) FROM (
            SELECT m.designation_id, m.party_key, count(DISTINCT m.alert_id) AS n FROM alert_match m JOIN alert a USING (alert_id)
            WHERE ${within} GROUP BY 1, 2 HAVING count(DISTINCT m.alert_id) > 1) pairs
          GROUP BY 1 ORDER BY 3 DESC LIMIT 100`,
  },
  "good-guys": {
    title: "Good guys by state, age and use",
    columns: [text("state"), text("age"), count("good guys"), count("uses"), count("never used")],
    sql: `SELECT g.state, CASE WHEN now() - g.made_at < interval '30 days' THEN '1: under 30 days' WHEN now() - g.made_at < interval '180 days'
            THEN '2: 30 to 180 days' ELSE '3: over 180 days' END, count(*), coalesce(sum(u.uses), 0)::bigint, count(*) FILTER (WHERE u.uses IS NULL)
          FROM good_guy_now g LEFT JOIN good_guy_use u USING (good_guy_id) WHERE g.made_at >= $1 AND g.made_at < $2 GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  samples: {
    title: "Second looks: judgements that were wrong",
    columns: [text("what"), text("maker"), count("drawn"), count("looked at"), count("wrong"), share("wrong share")],
    sql: `SELECT CASE kind WHEN 'release' THEN 'agreed release' ELSE 'good guy' END, maker, count(*), count(verdict),
            count(*) FILTER (WHERE verdict = 'WRONG'), (count(*) FILTER (WHERE verdict = 'WRONG'))::float8 / nullif(count(verdict), 0)
          FROM sample WHERE drawn_at >= $1 AND drawn_at < $2 GROUP BY 1, 2 ORDER BY 1, 2`,
  },
};

/** Null where there is no report of that name. */
export async function reportOf(
  tx: Tx,
  name: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Report | null> {
  const recipe = Object.hasOwn(reports, name) ? reports[name] : undefined;
  if (recipe === undefined) return null;
  const { rows } = await tx.query<Record<string, unknown>>(
    `SELECT to_jsonb(ARRAY[${recipe.columns.map((_, n) => `to_jsonb(c${String(n)})`).join(", ")}]) AS row
     FROM (${recipe.sql}) AS r (${recipe.columns.map((_, n) => `c${String(n)}`).join(", ")})`,
    [from ?? "-infinity", to ?? "infinity"],
  );
  return {
    name,
    title: recipe.title,
    columns: recipe.columns,
    rows: rows.map(({ row }) => row as (string | number | null)[]),
  };
}
