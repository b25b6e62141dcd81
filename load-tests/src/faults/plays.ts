import { appendFileSync, existsSync, readFileSync } from "node:fs";

import type { KafkaClientName } from "@cordon/service";

import type { FaultResult } from "./play-fault.ts";

/** One play of one fault, as it is kept: a line of JSON in `docs/faults.ndjson`. */
export interface Play {
  readonly fault: string;
  readonly client: KafkaClientName;
  /** When it ended: ISO, to the minute, UTC. */
  readonly at: string;
  /** What was played: a commit's short name, with a `+` where files differed from it. */
  readonly commit: string;
  /** Processes that wanted a core when it ended (the load average of a minute); null: nobody noted it. */
  readonly load: number | null;
  /** Processes that computed beside without end. Absent in plays from before it was noted, as is what follows. */
  readonly busy?: number;
  /** The fault that was played on the same brokers right before; null: none. */
  readonly after?: string | null;
  /** Seconds until that was done which the fault wants done within a time; null: it wants no such thing, or had no end. */
  readonly took?: number | null;
  /** Remarks of this play. */
  readonly notes: readonly string[];
  /** Null when it could not be played to its end. */
  readonly counts: Counts | null;
  /** Empty: every promise was kept. */
  readonly breaches: readonly string[];
}

export interface Counts {
  readonly events: number;
  readonly decided: number;
  readonly missing: number;
  readonly repeated: number;
  readonly planted: number;
  readonly alerted: number;
  /** Seconds. */
  readonly longestWait: number;
  /** Seconds; null: there was no end to count from. */
  readonly caughtUpAfter: number | null;
}

export type PlayOf = Pick<Play, "fault" | "client" | "at" | "commit" | "load" | "busy" | "after">;

export function playedToItsEnd(of: PlayOf, result: FaultResult): Play {
  const { verdict, breaches, notes, recoverySeconds, longestWaitSeconds, tookSeconds } = result;
  return {
    ...of,
    took: tookSeconds === null ? null : tenth(tookSeconds),
    notes,
    counts: {
      events: verdict.events,
      decided: verdict.decisions - verdict.repeated,
      missing: verdict.missing.length,
      repeated: verdict.repeated,
      planted: verdict.planted,
      alerted: verdict.planted - verdict.missedHits.length,
      longestWait: tenth(longestWaitSeconds),
      caughtUpAfter: recoverySeconds === null ? null : tenth(recoverySeconds),
    },
    breaches,
  };
}

export function notPlayed(of: PlayOf, error: unknown): Play {
  const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  // What follows names events of one run, and says nothing to others.
  return {
    ...of,
    took: null,
    notes: [],
    counts: null,
    breaches: [`not played to its end: ${why.split(":")[0] ?? ""}`],
  };
}

function tenth(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

export function notePlay(file: string, play: Play): void {
  appendFileSync(file, `${JSON.stringify(play)}\n`);
}

/** In the order in which they were played. */
export function readPlays(file: string): readonly Play[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Play);
}
