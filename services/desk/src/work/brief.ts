import type { Sealer } from "../sealing/keys.ts";

/** What a line of the list shows of people. Kept sealed. */
export interface Brief {
  readonly name: string;
  readonly matchedName: string | null;
}

export const unreadable: Brief = Object.freeze({ name: "(deleted)", matchedName: null });

export function sealBrief(sealer: Sealer, alertId: string, brief: Brief): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(brief), "utf8"), `brief ${alertId}`);
}

export function openBrief(sealer: Sealer | null, alertId: string, sealed: Uint8Array): Brief {
  if (sealer === null) return unreadable;
  return JSON.parse(sealer.open(sealed, `brief ${alertId}`).toString("utf8")) as Brief;
}
