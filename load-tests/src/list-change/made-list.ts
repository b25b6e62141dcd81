import type { Designation } from "@cordon/matching";
import type { PlantedNames } from "@cordon/simulator";

import { generatedDesignations, namePools } from "../bench-engine/generated-names.ts";

/** A firm's own list, before and after entries came. */
export interface MadeList {
  readonly before: string;
  readonly after: string;
  /** The names that came. */
  readonly later: PlantedNames;
}

/** Names of nobody, of words that no innocent of the traffic bears. */
const later = ["Zorvanek Qualtrixam", "Ombrelith Vastergrun", "Threnodia Kwexolmar", "Ixtaphel Drumbolcain"];

/** `shared`: the folder of the names that entries are made of. */
export function madeList(shared: string, entries: number): MadeList {
  const listed = [...generatedDesignations(namePools(shared), entries * 3)].slice(0, entries);
  const before = listed.map(lineOf);
  const came = later.map((name, at) => JSON.stringify({ id: `LATER-${String(at)}`, type: "person", name }));
  return {
    before: textOf(before),
    after: textOf([...before, ...came]),
    later: {
      names: later.map((text, at) => ({ text, type: "PERSON", designationIds: [`own:LATER-${String(at)}`] })),
      usual: () => false,
    },
  };
}

function textOf(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

const types = {
  PERSON: "person",
  ORGANISATION: "organisation",
  VESSEL: "vessel",
  AIRCRAFT: "aircraft",
} as Readonly<Record<string, string>>;

function lineOf({ type, names }: Designation, at: number): string {
  const [name, ...aliases] = names.map(({ text }) => text);
  return JSON.stringify({ id: `ENTRY-${String(at)}`, type: types[type] ?? "other", name, aliases });
}
