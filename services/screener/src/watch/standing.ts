import type { PartitionSurvey } from "@cordon/kafka";

/** How a partition stands at a moment. */
export interface Standing {
  /** Records after the last one decided, to the end of the log: also those that open transactions hold back. */
  readonly lag: number;
  /** Records that stand behind the first open transaction, so that nobody who reads committed records sees them. */
  readonly heldBack: number;
  /** For how long the first open transaction has been in the way, seconds; 0 where there is none. */
  readonly openTransactionSeconds: number;
  /** For how long the oldest record that is not decided has been seen to stand there, seconds; 0 where there is none. */
  readonly oldestSeconds: number;
}

/** The end of the log moved back: records that had been there are gone. */
export interface EndMovedBack {
  readonly from: bigint;
  readonly to: bigint;
}

/** Follows one partition. Times are milliseconds of one clock that this process alone reads: no record's time is asked. */
export interface StandingOf {
  /** A look at the partition. */
  looked(survey: Pick<PartitionSurvey, "start" | "stableEnd" | "end" | "committed">, at: number): EndMovedBack | null;
  /** Before that offset everything is decided, or not to be seen. */
  passed(offset: bigint): void;
  at(now: number): Standing;
}

interface End {
  readonly end: bigint;
  /** When it was first seen. */
  readonly at: number;
}

/** More looks than these without progress are thinned out: the age of what is oldest stays. */
const mostEnds = 512;

export function followPartition(): StandingOf {
  let position = 0n;
  let stableEnd = 0n;
  let end = 0n;
  let openSince: number | null = null;
  /** Ends that lie behind the position, ascending, each with when it was first seen. */
  let ends: End[] = [];

  const forgetDecided = (): void => {
    ends = ends.filter((one) => one.end > position);
  };

  return {
    looked(survey, at) {
      const movedBack = survey.end < end ? { from: end, to: survey.end } : null;
      if (movedBack !== null) {
        ends = [];
        position = 0n;
      }
      const stood = survey.stableEnd === stableEnd && openSince !== null;
      openSince = survey.stableEnd < survey.end ? (stood ? openSince : at) : null;
      ({ stableEnd, end } = survey);
      const group = survey.committed ?? survey.start;
      if (group > position) position = group;
      if (survey.start > position) position = survey.start;
      forgetDecided();
      if (end > position && (ends.at(-1)?.end ?? -1n) < end) ends.push({ end, at });
      if (ends.length > mostEnds) ends = ends.filter((_, place) => place % 2 === 0);
      return movedBack;
    },
    passed(offset) {
      if (offset <= position) return;
      position = offset;
      forgetDecided();
    },
    at(now) {
      const seconds = (since: number | null): number => (since === null ? 0 : Math.max(0, now - since) / 1000);
      return {
        lag: Math.max(0, Number(end - position)),
        heldBack: Math.max(0, Number(end - stableEnd)),
        openTransactionSeconds: seconds(openSince),
        oldestSeconds: seconds(ends[0]?.at ?? null),
      };
    },
  };
}
