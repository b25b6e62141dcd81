import { compileSearchOptions, type Designation } from "@cordon/matching";

import { UsageError } from "../usage-error.ts";
import { indexOf, type ListsPorts, withStore } from "./store.ts";
import { table } from "./table.ts";

/** One entry of the live index, with all that is known of it. */
export async function show(
  ports: ListsPorts,
  { id, json }: { readonly id: string; readonly json: boolean },
): Promise<string> {
  const found = await withStore(ports, async (store) => {
    const { index } = await indexOf(store, "live");
    for (const designation of index.designations())
      if (designation.id.toLowerCase() === id.toLowerCase()) return designation;
    return null;
  });
  if (found === null)
    throw new UsageError(`the live index has no "${id}"; ids look like uk:GIM0014; try: cordon lists find NAME`);
  return json ? `${JSON.stringify(found)}\n` : described(found);
}

/** The entries of the live index that a name matches, best first. */
export async function find(
  ports: ListsPorts,
  { name, json, threshold }: { readonly name: string; readonly json: boolean; readonly threshold: number },
): Promise<string> {
  const result = await withStore(ports, async (store) =>
    (await indexOf(store, "live")).index.search(name, compileSearchOptions({ threshold, weakAliases: "raise" })),
  );
  if (result.kind !== "matches") throw new UsageError(`the name cannot be compared: ${result.kind}`);
  if (json) {
    const matches = result.matches.map(({ designation: { id, type, regime }, name: { text }, score }) => ({
      id,
      type,
      regime,
      matchedName: text,
      score: score / 100,
    }));
    return `${JSON.stringify({ matches })}\n`;
  }
  if (result.matches.length === 0) return `nothing at ${String(threshold)} % or more\n`;
  return table(
    ["score", "id", "type", "name", "regime"],
    result.matches.map(({ score, designation, name: { text } }) => [
      (score / 100).toFixed(2),
      designation.id,
      designation.type.toLowerCase(),
      text,
      designation.regime,
    ]),
  );
}

type Scalar = string | number | boolean;
type Parts = Readonly<Record<string, Scalar | null | undefined>>;

/** Every field that holds something, a line for each of its values. */
function described(designation: Designation): string {
  const fields = Object.entries(designation) as readonly [string, Designation[keyof Designation]][];
  return fields
    .flatMap(([field, value]) => linesOf(value).map((line) => `${field.padEnd(FIELD_WIDTH)} ${line}\n`))
    .join("");
}

const FIELD_WIDTH = 14;

function linesOf(value: Designation[keyof Designation]): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [String(value)];
  if (!isSeveral(value)) return [partsInALine({ ...value, codes: value.codes.join(" "), elsewhere: null })];
  return value.map((item) => (typeof item === "string" ? item : partsInALine({ ...item })));
}

function isSeveral<T extends object>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

function partsInALine(parts: Parts): string {
  const { label, text } = parts;
  if (typeof label === "string" && typeof text === "string") return `${label}: ${text}`;
  return Object.entries(parts)
    .flatMap(([name, part]) => {
      if (part === null || part === undefined || part === false) return [];
      return [name === "text" || name === "value" ? String(part) : `${name} ${String(part)}`];
    })
    .join(", ");
}
