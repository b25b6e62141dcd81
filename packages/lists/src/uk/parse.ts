import { headOf, rootElementOf } from "../format/head-of.ts";
import type { ParseOptions } from "../parse-options.ts";
import type { ParsedList } from "../parsed-list.ts";
import { parseUkCsv } from "./parse-csv.ts";
import { parseUkXml } from "./parse-xml.ts";

/**
 * Reads the UK Sanctions List in either edition, told apart by the first characters: markup is XML, all else CSV.
 * Throws what `parseUkXml` and `parseUkCsv` throw.
 */
export async function parseUkSanctionsList(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const file = await headOf(chunks);
  const parse = rootElementOf(file.head) === null ? parseUkCsv : parseUkXml;
  return await parse(file.chunks, options);
}
