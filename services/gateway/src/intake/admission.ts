import { CordonError } from "@cordon/errors";

import type { GatewayLimits } from "../config.ts";

export interface Admitted {
  /** Once the answer is on its way, or nobody waits for it any more. Further calls do nothing. */
  leave(): void;
}

/** Decides, before a byte of it is read, whether a message is taken in hand now. */
export interface Admission {
  /** `bytes` as the client announces them. Throws RATE_LIMITED or BACK_PRESSURE, with `retryAfter` seconds in its details. */
  enter(client: string, bytes: number): Admitted;
  readonly inFlight: number;
  readonly inFlightBytes: number;
}

export interface AdmissionOptions {
  readonly limits: Pick<
    GatewayLimits,
    "maxInFlight" | "maxInFlightBytes" | "maxOpenEvents" | "clientRate" | "maxBytes"
  >;
  /** Events of this replica without a decision. */
  readonly undecided: () => number;
  readonly clock: () => number;
}

interface Share {
  inFlight: number;
  /** Messages that may come at once; grows by the rate, up to twice of it. */
  tokens: number;
  countedAt: number;
}

/** More clients than tokens can name: certificates may name any number. */
const mostShares = 10_000;

export function createAdmission({ limits, undecided, clock }: AdmissionOptions): Admission {
  const { maxInFlight, maxInFlightBytes, maxOpenEvents, clientRate } = limits;
  const shares = new Map<string, Share>();
  let inFlight = 0;
  let inFlightBytes = 0;

  function shareOf(client: string): Share {
    const known = shares.get(client);
    if (known !== undefined) return known;
    if (shares.size >= mostShares) for (const [name, share] of shares) if (share.inFlight === 0) shares.delete(name);
    const share: Share = { inFlight: 0, tokens: 2 * clientRate, countedAt: clock() };
    shares.set(client, share);
    return share;
  }

  return {
    enter(client, bytes) {
      const share = shareOf(client);
      const now = clock();
      share.tokens = Math.min(2 * clientRate, share.tokens + (Math.max(0, now - share.countedAt) / 1000) * clientRate);
      share.countedAt = now;
      if (share.tokens < 1) refuse("RATE_LIMITED", "this client sends more messages a second than its share");
      if (share.inFlight >= Math.max(1, Math.floor(maxInFlight / 2)))
        refuse("RATE_LIMITED", "this client has as many messages in hand as its share");
      if (inFlight >= maxInFlight || inFlightBytes + bytes > maxInFlightBytes)
        refuse("BACK_PRESSURE", "too many messages are in hand");
      if (undecided() >= maxOpenEvents)
        refuse("BACK_PRESSURE", "too many events wait for their decisions: screening is behind", 5);
      share.tokens -= 1;
      share.inFlight += 1;
      inFlight += 1;
      inFlightBytes += bytes;
      let inside = true;
      return {
        leave() {
          if (!inside) return;
          inside = false;
          share.inFlight -= 1;
          inFlight -= 1;
          inFlightBytes -= bytes;
        },
      };
    },
    get inFlight() {
      return inFlight;
    },
    get inFlightBytes() {
      return inFlightBytes;
    },
  };
}

function refuse(code: "RATE_LIMITED" | "BACK_PRESSURE", why: string, retryAfter = 1): never {
  throw new CordonError(code, why, { details: { retryAfter } });
}
