import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { markdownTable } from "../markdown-table.ts";
import type { Counts, Play } from "./plays.ts";
import type { Fault } from "./scene.ts";

type Row = Pick<Fault, "name" | "what" | "repeatsAllowed">;

function spell({ events, decided, missing, repeated, planted, alerted, longestWait, caughtUpAfter }: Counts): string {
  return [
    `${String(decided)} of ${String(events)} decided`,
    `${String(missing)} missing`,
    `${String(repeated)} repeated`,
    `${String(alerted)} of ${String(planted)} planted hits alerted`,
    `longest wait ${longestWait.toFixed(1)} s`,
    ...(caughtUpAfter === null ? [] : [`caught up after ${caughtUpAfter.toFixed(1)} s`]),
  ].join(", ");
}

/** What came out of the plays of one fault on one client; the newest one is told in full. */
function outcome(plays: readonly Play[], played: string): string {
  const newest = plays.at(-1);
  if (newest === undefined) return "not played";
  const { at, commit, load, notes, counts, breaches } = newest;
  return [
    verdictOf(plays),
    `${at} on ${commit}${commit === played ? "" : ", **older code**"}${load === null ? "" : `, load ${load.toFixed(0)}`}`,
    ...(counts === null ? [] : [spell(counts)]),
    ...notes,
    ...breaches.map((breach) => `broken: ${breach}`),
    ...earlierBreaches(plays.slice(0, -1)),
  ].join("; ");
}

const isKept = ({ breaches }: Play): boolean => breaches.length === 0;

/** So many plays in a row must have kept a promise that was broken before. */
const keptAgain = 10;

function verdictOf(plays: readonly Play[]): string {
  const sinceBroken = plays.slice(plays.findLastIndex((play) => !isKept(play)) + 1).length;
  const kept = plays.filter(isKept).length;
  if (kept === plays.length) return `**kept** ${String(kept)} of ${String(kept)}`;
  if (sinceBroken >= keptAgain)
    return `**kept** in the last ${String(sinceBroken)}, ${String(kept)} of ${String(plays.length)}`;
  return `**BROKEN**: kept ${String(kept)} of ${String(plays.length)}`;
}

function earlierBreaches(plays: readonly Play[]): readonly string[] {
  return plays
    .filter(({ breaches }) => breaches.length > 0)
    .map(({ at, commit, breaches }) => `earlier, ${at} on ${commit}: ${breaches.join(", ")}`);
}

/** A column for each client, in Markdown. */
export function tableOf(
  faults: readonly Row[],
  plays: readonly Play[],
  clients: readonly KafkaClientName[] = kafkaClients,
): string {
  const played = plays.at(-1)?.commit ?? "";
  const columns = ["fault", "what is done", "repeats", ...clients];
  const rows = faults.map(({ name, what, repeatsAllowed }) => [
    `\`${name}\``,
    what,
    repeatsAllowed ? "allowed" : "none",
    ...clients.map((client) =>
      outcome(
        plays.filter((play) => play.fault === name && play.client === client),
        played,
      ),
    ),
  ]);
  return markdownTable(columns, rows);
}

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

function circumstances({ busy = 0, after = null, fault }: Play): string {
  const beside = busy === 0 ? "alone" : `${String(busy)} busy processes`;
  return after === null || after === fault ? beside : `${beside}, right after \`${after}\``;
}

/** Faults that want something done within a time: how often they were played, beside what, and how long it took. */
export function timesTable(plays: readonly Play[]): string {
  const timed = plays
    .filter(({ took }) => took !== undefined)
    .filter(({ took, breaches }) => took !== null || breaches.length > 0);
  const wanted = new Set(timed.filter(({ took }) => took !== null).map(({ fault }) => fault));
  const groups = Map.groupBy(
    timed.filter(({ fault }) => wanted.has(fault)),
    (play) => [`\`${play.fault}\``, play.client, circumstances(play)].join("|"),
  );
  const rows = [...groups.keys()].toSorted().map((key) => {
    const of = groups.get(key) ?? [];
    const took = of.flatMap((play) => play.took ?? []).toSorted((a, b) => a - b);
    const loads = of.map(({ load }) => Math.round(load ?? 0));
    return [
      ...key.split("|"),
      `${String(of.filter(isKept).length)} of ${String(of.length)}`,
      took.length === 0 ? "no end" : middle(took).toFixed(1),
      took.at(-1)?.toFixed(1) ?? "no end",
      `${String(Math.min(...loads))} to ${String(Math.max(...loads))}`,
      [...new Set(of.map(({ commit }) => commit))].join(", "),
    ];
  });
  return markdownTable(["fault", "client", "beside", "kept", "middle, s", "longest, s", "load", "on"], rows);
}

/** All of `docs/faults.md`. */
export function documentOf(
  faults: readonly Row[],
  { plays, machine }: { readonly plays: readonly Play[]; readonly machine: string },
): string {
  return `# Faults: what was broken, and what came out

Written by \`npm run test:faults -- --write\` from [faults.ndjson](faults.ndjson), which has a line for each play: do not edit. The last
ones ran on ${machine}.

Three Kafka brokers (three replicas, two in sync; four time limits are [shorter than Kafka's own](deploy.md#a-broker-that-hangs)), Redis and
a registry as local processes; list-sync and screeners as they run in production, each fault with topics, keys and a
group of its own. A steady stream of payments and remittances runs through every fault; one in 40 carries a listed name,
one in 500 lacks a name. What went in and what came out is read back from Kafka, committed records only, and compared by
topic, partition and offset of each event.

- **kept** N of M: in so many plays of those that stand in the record every promise was kept: nothing missing, nothing invented,
  repeats only where allowed, no outcome but the expected one, an alert for every planted name, and what the fault promises besides.
  A promise that was broken once counts as kept again after ten plays in a row that kept it.
  Then the newest play: when (UTC), on which commit, and how many processes wanted a core at its end, on a machine of few. **Older
  code**: it says nothing about what was changed between that commit and the one that was played last.
- **Missing**: events without a decision (or, without any id, without a dead letter). Must be 0.
- **Repeated**: decisions beyond the first of an event. Repeats made with one index are equal but for their time. Where none
  are allowed, no alert and no dead letter may come twice either.
- **Longest wait**: from sending an event to reading its decision back. **Caught up after**: from the end of the cause
  until every event sent before was decided (the worst of several rounds).

${tableOf(faults, plays)}

## How long, and beside what

Faults that want something done within a time, by \`npm run test:faults -- --only NAME --times N [--busy N] --write\`: plays since it is noted
what went on beside them. In every other play the frozen broker leads the cluster. Load: processes that wanted a core at the end, those of the play among them.

${timesTable(plays)}
`;
}
