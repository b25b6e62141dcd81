import type { Alert, Time } from "../wire.ts";
import { millisOf } from "../words.ts";

/** What the desk writes into the story of a held event when a rescreen did not free it. */
const ends: Readonly<Record<string, string>> = {
  "held still": "It was screened again, and is held still.",
  "record gone": "Its record is not kept any more: the sender must send it again.",
  "rescreen failed": "It could not be screened again. Ask once more later, and tell whoever runs Cordon.",
};

export interface Rescreened {
  readonly said: string;
  readonly at: Time;
}

/** What the last rescreen came to; null while there was none, or one is waited for. */
export function lastRescreen({ timeline }: Pick<Alert, "timeline">): Rescreened | null {
  const last = timeline
    .filter(({ action }) => action === "rescreen asked" || ends[action] !== undefined)
    .toSorted((a, b) => (millisOf(a.at) ?? 0) - (millisOf(b.at) ?? 0))
    .at(-1);
  const said = ends[last?.action ?? ""];
  return last === undefined || said === undefined ? null : { said, at: last.at };
}
