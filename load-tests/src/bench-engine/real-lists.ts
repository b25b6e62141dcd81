import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { listSources } from "@cordon/lists";
import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedName,
  newDesignation,
} from "@cordon/matching";

/**
 * The published lists under `folder`, as far as they are there: UK, UN, OFAC. `OTHER` fields are left out of OFAC's
 * entries: only names, types and strengths matter here.
 */
export async function realLists(folder: string): Promise<readonly Designation[]> {
  const uk = join(folder, "uk/UK-Sanctions-List.csv");
  const un = join(folder, "un/consolidated_20260227.xml");
  const found: Designation[] = [];
  if (existsSync(uk)) found.push(...(await listSources.uk.parse(createReadStream(uk))).designations);
  if (existsSync(un)) found.push(...(await listSources.un.parse(createReadStream(un))).designations);
  const ofac = join(folder, "ofac");
  if (existsSync(join(ofac, "sdn.csv"))) found.push(...ofacNames(ofac));
  return found;
}

const ofacTypes: Readonly<Record<string, DesignationType>> = {
  individual: "PERSON",
  vessel: "VESSEL",
  aircraft: "AIRCRAFT",
};

/** `SDN.CSV` (number, name, type) and `ALT.CSV` (number, alias number, kind, name): the names of both. */
function ofacNames(folder: string): readonly Designation[] {
  const aliases = new Map<string, ListedName[]>();
  for (const [key, , , text] of cells(join(folder, "alt.csv"))) {
    if (key === undefined || text === undefined) continue;
    const known = aliases.get(key) ?? [];
    known.push({ text, kind: "ALIAS", strength: "UNKNOWN" });
    aliases.set(key, known);
  }
  return cells(join(folder, "sdn.csv")).flatMap(([key, text, type]) => {
    if (key === undefined || text === undefined || text === "") return [];
    const primary: ListedName = { text, kind: "PRIMARY", strength: "STRONG" };
    return [namesOnly("ofac", key, ofacTypes[type ?? ""] ?? "ORGANISATION", [primary, ...(aliases.get(key) ?? [])])];
  });
}

/** A designation with nothing but names. */
export function namesOnly(list: string, key: string, type: DesignationType, names: readonly ListedName[]): Designation {
  return newDesignation({
    id: designationId(list, key),
    list,
    type,
    names,
    regime: list,
  });
}

function cells(path: string): readonly (readonly string[])[] {
  return readFileSync(path, "latin1")
    .split(/\r?\n/)
    .filter((line) => line.includes(","))
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
        (cell ?? "")
          .replace(/^"|"$/g, "")
          .replaceAll('""', '"')
          .replace(/-0-\s*$/, "")
          .trim(),
      ),
    );
}
