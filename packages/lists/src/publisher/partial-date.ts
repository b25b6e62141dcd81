import { isoDate } from "./dates.ts";

/** `1980`, `1980-01` or `1980-01-31`, a time behind the day cut off; null for anything else or a day there never was. */
export function partialDate(text: string): string | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$/.exec(text);
  return parts === null ? null : isoDate(parts[1] ?? "", parts[2], parts[3]);
}
