import type { Waited } from "./patience.ts";

/** What a service waits for now, for `/readyz`: whoever looks at a probe should not need the log. */
export interface Waitings {
  waited(event: Pick<Waited, "what" | "code" | "error">): void;
  resumed(event: { readonly what: string }): void;
  /** Nothing is waited for any more: who waits still says so again. */
  forget(): void;
  /** What has been waited for since at least `forMs`, with why, one sentence each. */
  reasons(forMs?: number): readonly string[];
}

export function createWaitings(now: () => number = () => performance.now()): Waitings {
  const waits = new Map<string, { readonly since: number; readonly why: string }>();
  return {
    waited({ what, code, error }) {
      waits.set(what, { since: waits.get(what)?.since ?? now(), why: `${code}: ${error.message}` });
    },
    resumed({ what }) {
      waits.delete(what);
    },
    forget() {
      waits.clear();
    },
    reasons: (forMs = 0) =>
      [...waits]
        .filter(([, { since }]) => now() - since >= forMs)
        .map(([what, { why }]) => `waiting for ${what}, ${why}`),
  };
}
