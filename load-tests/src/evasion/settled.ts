import { seededRandom } from "@cordon/simulator";

import { newDraft } from "./draft.ts";
import type { Screener } from "./screener.ts";
import { type Pools, wordsOf } from "./words.ts";

/** The pools without what is no CLEAR by itself, as a name or as a line: it would hide what a trick does. */
export function settled(pools: Pools, screener: Screener): Pools {
  const clear = (text: string): boolean => {
    const draft = newDraft(wordsOf(pools, seededRandom(1)), { of: "payments", bare: true });
    draft.set("parties[0].name", text);
    draft.set("remittanceInformation", [text]);
    return screener.both(draft).outcome.kind === "clear";
  };
  const kept = Object.entries(pools).map(([name, texts]: [string, readonly string[]]) => [name, texts.filter(clear)]);
  return Object.fromEntries(kept) as Pools;
}
