import type { MasterKey } from "../sealing/keys.ts";

/** Percent, 0 to 100. */
export interface SampleShares {
  readonly releases: number;
  readonly goodGuys: number;
}

/**
 * Whether chance picks what goes by that key. An HMAC decides: nobody at the desk can foretell it, and of a repeat it says the same.
 */
export function isDrawn(master: MasterKey, key: string, percent: number): boolean {
  return master.digest("sample", key).readUInt32BE(0) < (percent / 100) * 2 ** 32;
}
