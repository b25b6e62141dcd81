import type { FaultResult } from "./play-fault.ts";

export interface TableFacts {
  /** ISO day. */
  readonly date: string;
  readonly machine: string;
  readonly command: string;
}

const columns = [
  "fault",
  "what is done",
  "events in",
  "decided",
  "missing",
  "repeated (allowed?)",
  "planted hits alerted",
  "longest wait",
  "caught up after",
  "verdict",
] as const;

function row({ fault, verdict, breaches, recoverySeconds, longestWaitSeconds, notes }: FaultResult): readonly string[] {
  return [
    `\`${fault.name}\``,
    [fault.what, ...notes].join("; "),
    String(verdict.events),
    String(verdict.decisions - verdict.repeated),
    String(verdict.missing.length),
    `${String(verdict.repeated)} (${fault.repeatsAllowed ? "yes" : "no"})`,
    `${String(verdict.planted - verdict.missedHits.length)} of ${String(verdict.planted)}`,
    `${longestWaitSeconds.toFixed(1)} s`,
    recoverySeconds === null ? "-" : `${recoverySeconds.toFixed(1)} s`,
    breaches.length === 0 ? "kept" : `BROKEN: ${breaches.join("; ")}`,
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

/** The table alone, in Markdown. */
export function tableOf(results: readonly FaultResult[]): string {
  return [line(columns), line(columns.map(() => "---")), ...results.map((result) => line(row(result)))].join("\n");
}

/** All of `docs/faults.md`. */
export function documentOf(results: readonly FaultResult[], { date, machine, command }: TableFacts): string {
  return `# Faults: what was broken, and what came out

Written by \`${command}\`: do not edit. Last run on ${date}, on ${machine}.

Three Kafka brokers (three replicas, two in sync; a dead broker is noticed after 3 s instead of the default 9), Redis and
a registry as local processes; list-sync and screeners as they run in production, each fault with topics, keys and a
group of its own. A steady stream of payments and remittances runs through every fault; one in 40 carries a listed name,
one in 500 lacks a name. What went in and what came out is read back from Kafka, committed records only, and compared by
topic, partition and offset of each event.

- **Missing**: events without a decision (or, without any id, without a dead letter). Must be 0.
- **Repeated**: decisions beyond the first of an event. Repeats made with one index are equal but for their time. Where none
  are allowed, no alert and no dead letter may come twice either.
- **Verdict** \`kept\`: nothing missing, nothing invented, repeats only where allowed, no outcome but the expected one, and an
  alert for every planted name.
- **Longest wait**: from sending an event to reading its decision back. **Caught up after**: from the end of the cause
  until every event sent before was decided (the worst of several rounds).

${tableOf(results)}
`;
}
