import { CordonError } from "@cordon/errors";
import type { ListName, ParsedList } from "@cordon/lists";
import { type Designation, designationId, type DesignationType, newDesignation } from "@cordon/matching";

export function listed(list: string, key: string, name: string, type: DesignationType = "PERSON"): Designation {
  return newDesignation({
    id: designationId(list, key),
    list,
    type,
    names: [{ text: name, kind: "PRIMARY", strength: "STRONG" }],
    regime: "Test regime",
  });
}

/** A list as text, a line a designation, `key name`, and `END` at the end: a list that is cut short is malformed. */
export function textList(...entries: readonly string[]): string {
  return [...entries, "END", ""].join("\n");
}

/** Reads what `textList` writes. */
export function parseTextList(list: ListName): (chunks: AsyncIterable<Uint8Array>) => Promise<ParsedList> {
  return async (chunks) => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    const lines = Buffer.concat(parts).toString("utf8").trim().split("\n");
    if (lines.at(-1) !== "END") throw new CordonError("LIST_MALFORMED", "the list has no end");
    const designations = lines.slice(0, -1).map((line) => {
      const [key = "", ...name] = line.split(" ");
      return listed(list, key, name.join(" "));
    });
    const byType = { PERSON: designations.length, ORGANISATION: 0, VESSEL: 0, AIRCRAFT: 0, OTHER: 0 };
    return {
      list,
      designations,
      publishedAt: "1970-01-01",
      counts: { rows: designations.length, designations: designations.length, names: designations.length, byType },
      unknown: {},
      notKept: {},
    };
  };
}
