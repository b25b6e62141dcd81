import type { Draft } from "../state.ts";

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** What says who it is, ticks and fills in; and J and K, which leave nothing behind. */
const keysBegun = "rxeugtjk";
/** Once it is said why, too, the sentence is what comes next. */
const keysReasoned = "gt";

/**
 * Whether a letter that is pressed beside the fields belongs to the sentence of the maker: a form that is begun is not left, nor judged
 * otherwise, by a sentence that nobody told the page of. Before it is begun every letter is a key.
 */
export function isOfRationale({ key, shiftKey }: Press, { decision, reasons, rationale }: Draft): boolean {
  if (!isLetter(key) || (decision === null && rationale === "")) return false;
  // A sentence begins with a capital letter, with shift as people write it, or is of a script that no key is of.
  if (decision !== null && (shiftKey || !/^[a-z]$/i.test(key))) return true;
  const isReasoned = decision !== null && (reasons.length > 0 || rationale !== "");
  return !(isReasoned ? keysReasoned : keysBegun).includes(key.toLowerCase());
}

/** The same of the checker's note: in the middle of a sentence no letter agrees. */
export function isOfNote({ key }: Pick<Press, "key">, { note }: Draft): boolean {
  return isLetter(key) && note !== "" && !"bt".includes(key.toLowerCase());
}

function isLetter(key: string): boolean {
  return /^\p{L}$/u.test(key);
}
