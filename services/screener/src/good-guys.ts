import { type GoodGuySet, goodGuySet } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import { decodeGoodGuys, type GoodGuyStore, openGoodGuysDocument } from "@cordon/index-store";
import type { Verifier } from "@cordon/signing";

/** Why there are no good guys to be used: each hit is a HIT then. */
export type GoodGuysRefusal =
  | "absent"
  | "unreadable"
  | "untrusted"
  | "corrupt"
  | "older"
  | "old"
  | "ahead"
  | "unreachable";

/** The good guys that the desk published last, as far as they are to be believed. */
export interface GoodGuysInUse {
  /** Null where there are none, or none that may be used now. Read once a batch. */
  current(): GoodGuySet | null;
  /** Milliseconds since the desk said so; NaN where there are none. */
  age(): number;
  close(): Promise<void>;
}

export interface GoodGuysDeps {
  readonly store: Pick<GoodGuyStore, "current" | "load">;
  readonly verifier: Verifier;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly pollMs: number;
  /** How long the desk's word holds. */
  readonly maxAgeMs: number;
  readonly onRefused: (reason: GoodGuysRefusal) => void;
  readonly onTaken: (event: { readonly version: string; readonly generation: number; readonly count: number }) => void;
}

/** A word from further in the future than clocks differ is none. */
const skewMs = 60_000;

interface Held {
  readonly set: GoodGuySet;
  readonly checkedAt: number;
}

/** Looks at the store every `pollMs`. Whatever is wrong leaves what was there to age, and aged it is not used. */
export function followGoodGuys({
  store,
  verifier,
  clock,
  pollMs,
  maxAgeMs,
  onRefused,
  onTaken,
}: GoodGuysDeps): GoodGuysInUse {
  let held: Held | null = null;
  let closed = false;

  async function look(): Promise<GoodGuysRefusal | null> {
    const text = await store.current();
    if (text === null) return "absent";
    const document = openGoodGuysDocument(text, verifier);
    if (typeof document === "string") return document;
    const { version, generation, checkedAt } = document;
    if (checkedAt > clock() + skewMs) return "ahead";
    if (
      held !== null &&
      (generation < held.set.generation || (generation === held.set.generation && version !== held.set.version))
    )
      return "older";
    if (clock() - checkedAt > maxAgeMs) return "old";
    if (held?.set.version === version && held.set.generation === generation) {
      held = { set: held.set, checkedAt: Math.max(checkedAt, held.checkedAt) };
      return null;
    }
    const bytes = await store.load(version);
    if (bytes === null) return "absent";
    const goodGuys = decodeGoodGuys(bytes, version);
    if (typeof goodGuys === "string") return goodGuys;
    held = { set: goodGuySet(version, generation, goodGuys), checkedAt };
    onTaken({ version, generation, count: goodGuys.length });
    return null;
  }

  async function poll(): Promise<void> {
    let refusal: GoodGuysRefusal | null;
    try {
      refusal = await look();
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      refusal = "unreachable";
    }
    if (refusal !== null && !closed) onRefused(refusal);
  }

  let running: Promise<void> = poll();
  let idle = false;
  void running.finally(() => {
    idle = true;
  });
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    running = poll().finally(() => {
      idle = true;
    });
  }, pollMs);

  const isInForce = (one: Held): boolean => {
    const age = clock() - one.checkedAt;
    return age <= maxAgeMs && age >= -skewMs;
  };
  return {
    current: () => (held !== null && isInForce(held) ? held.set : null),
    age: () => (held === null ? Number.NaN : clock() - held.checkedAt),
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}
