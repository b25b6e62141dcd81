import { CordonError } from "@cordon/errors";

/** Bounds how many requests wait for decisions; one client may have half of the places. */
export interface WaitingRoom {
  /** Answers how to leave. Throws RATE_LIMITED or BACK_PRESSURE, with `retryAfter` seconds in its details. */
  enter(client: string): () => void;
}

export function createWaitingRoom(places: number): WaitingRoom {
  const inside = new Map<string, number>();
  const share = Math.max(1, Math.floor(places / 2));
  let all = 0;
  return {
    enter(client) {
      const mine = inside.get(client) ?? 0;
      if (mine >= share)
        throw full("RATE_LIMITED", "this client has as many requests that wait for decisions as its share");
      if (all >= places) throw full("BACK_PRESSURE", "too many requests wait for decisions");
      inside.set(client, mine + 1);
      all += 1;
      return () => {
        const left = (inside.get(client) ?? 1) - 1;
        if (left === 0) inside.delete(client);
        else inside.set(client, left);
        all -= 1;
      };
    },
  };
}

function full(code: "RATE_LIMITED" | "BACK_PRESSURE", why: string): CordonError {
  return new CordonError(code, why, { details: { retryAfter: 1 } });
}
