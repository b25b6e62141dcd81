import { type Policy, screenEvent } from "@cordon/decisions";
import type { ConsumedRecord } from "@cordon/kafka";
import { isCanary } from "@cordon/schemas";
import type { ReadRecord, ScreenedRecord, Screening } from "@cordon/screening";

type Outcome = "CLEAR" | "HIT" | "HOLD";

/** What was decided of an event, and what a policy that is tried would have decided. */
export interface Shadowed {
  readonly decided: Outcome;
  readonly shadow: Outcome;
}

export interface LiveShadow {
  /** Screens one event of a batch again, if it is of the share; the decisions of the batch are durable by then. Changes no outcome. */
  look(
    record: ConsumedRecord,
    screened: ScreenedRecord,
    by: { readonly read: ReadRecord; readonly screening: Screening },
  ): void;
}

const parts = 10_000n;

/** A second policy beside the one that decides, on a share of the events: the same ones in every replica and after every restart. */
export function createLiveShadow({
  policy,
  share,
  onShadowed,
}: {
  readonly policy: Policy;
  /** In [0, 1]. */
  readonly share: number;
  readonly onShadowed: (shadowed: Shadowed) => void;
}): LiveShadow {
  const most = BigInt(Math.round(share * Number(parts)));
  return {
    look(record, screened, { read, screening }) {
      // Spread by a factor without a common divisor, so that no rhythm of a producer falls together with the share's.
      if ((record.offset * 7919n) % parts >= most || screened.kind === "undecodable") return;
      const { event } = read(record);
      if (event === null || isCanary(event.eventId, record)) return;
      const { indexAge, goodGuys } = screening;
      const outcome = screenEvent(event, screening.generation.index, policy, { indexAge, at: screened.at, goodGuys });
      const decided = screened.kind === "clear-by-parts" ? "clear" : screened.outcome.kind;
      onShadowed({ decided: words[decided], shadow: words[outcome.kind] });
    },
  };
}

const words = { clear: "CLEAR", hit: "HIT", hold: "HOLD" } as const;
