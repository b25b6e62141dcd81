import { keysOfListed, type ListedIdentifier } from "@cordon/matching/listed";

import type { Tally } from "../tally.ts";

/**
 * Counts an identifier that no payment can hit, by its kind: one too short to tell anybody apart, or one in which no rule
 * of reading finds a number, which may be a new habit of the publisher. IMO numbers have words of their own; what is of
 * no known kind is a call sign as often as a number.
 */
export function countUnread(unknown: Tally, { kind, value }: Pick<ListedIdentifier, "kind" | "value">): void {
  if (kind === "IMO" || keysOfListed({ kind, value }).length > 0) return;
  const characters = value.replaceAll(/[^\p{L}\p{N}]/gu, "").length;
  const digits = value.replaceAll(/\P{Nd}/gu, "").length;
  const short = characters < 8 || (digits > 0 && digits < 4);
  if (short && kind === "OTHER") return;
  unknown.count(short ? `${kind} too short to tell anybody apart` : `${kind} that no rule reads`);
}
