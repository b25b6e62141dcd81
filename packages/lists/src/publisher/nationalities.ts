import type { Tally } from "../tally.ts";
import { countryCode } from "./countries.ts";

/** What publishers write for "we do not know". */
const placeholders = new Set(["na", "n/a", "none", "not known", "unknown", "-"]);

/**
 * ISO codes of nationalities as published, each once. One that is no country of the table stays as its text, and one
 * that only says "not known" is left out; both are counted.
 */
export function nationalitiesOf(texts: Iterable<string>, unknown: Tally): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (text === "") continue;
    if (placeholders.has(text.toLowerCase())) {
      unknown.count("nationality placeholder");
      continue;
    }
    const code = countryCode(text);
    if (code === null) unknown.count("nationality not in the country table");
    found.add(code ?? text);
  }
  return [...found];
}
