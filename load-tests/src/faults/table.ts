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
  const kept = plays.filter((play) => play.breaches.length === 0).length;
  return [
    kept === plays.length
      ? `**kept** ${String(kept)} of ${String(kept)}`
      : `**BROKEN**: kept ${String(kept)} of ${String(plays.length)}`,
    `${at} on ${commit}${commit === played ? "" : ", **older code**"}${load === null ? "" : `, load ${load.toFixed(0)}`}`,
    ...(counts === null ? [] : [spell(counts)]),
    ...notes,
    ...breaches.map((breach) => `broken: ${breach}`),
    ...earlierBreaches(plays.slice(0, -1)),
  ].join("; ");
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

/** All of `docs/faults.md`. */
export function documentOf(
  faults: readonly Row[],
  { plays, machine }: { readonly plays: readonly Play[]; readonly machine: string },
): string {
  return `# Faults: what was broken, and what came out

Written by \`npm run test:faults -- --write\` from [faults.ndjson](faults.ndjson), which has a line for each play: do not edit. The last
ones ran on ${machine}.

Three Kafka brokers (three replicas, two in sync; a dead broker is noticed after 3 s instead of the default 9), Redis and
a registry as local processes; list-sync and screeners as they run in production, each fault with topics, keys and a
group of its own. A steady stream of payments and remittances runs through every fault; one in 40 carries a listed name,
one in 500 lacks a name. What went in and what came out is read back from Kafka, committed records only, and compared by
topic, partition and offset of each event.

- **kept** N of M: in so many plays of those that stand in the record every promise was kept: nothing missing, nothing invented,
  repeats only where allowed, no outcome but the expected one, an alert for every planted name, and what the fault promises besides.
  Then the newest play: when (UTC), on which commit, and how many processes wanted a core at its end, on a machine of few. **Older
  code**: it says nothing about what was changed between that commit and the one that was played last.
- **Missing**: events without a decision (or, without any id, without a dead letter). Must be 0.
- **Repeated**: decisions beyond the first of an event. Repeats made with one index are equal but for their time. Where none
  are allowed, no alert and no dead letter may come twice either.
- **Longest wait**: from sending an event to reading its decision back. **Caught up after**: from the end of the cause
  until every event sent before was decided (the worst of several rounds).

${tableOf(faults, plays)}
`;
}
