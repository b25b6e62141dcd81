import { cleanText } from "../format/clean-text.ts";
import { countryCode } from "../publisher/countries.ts";
import type { Tally } from "../tally.ts";

/** `ru` as ISO 3166-1 has it, RU; of a part of a country, `ru-cr`, the country. What is neither stays and is counted. */
export function countryOf(text: string, unknown: Tally): string {
  const clean = cleanText(text);
  const code = /^([a-z]{2})(?:-[a-z\d]{1,3})?$/i.exec(clean)?.[1]?.toUpperCase() ?? countryCode(clean);
  if (code === null) unknown.count("country that is no code");
  return code ?? clean;
}
