import type { Sealer } from "../sealing/keys.ts";

export function sealText(sealer: Sealer, about: string, text: string): Buffer {
  return sealer.seal(Buffer.from(text, "utf8"), about);
}

/** What was deleted with its key says so. */
export function openText(sealer: Sealer | null, about: string, sealed: Uint8Array): string {
  return sealer === null ? "(deleted)" : sealer.open(sealed, about).toString("utf8");
}
