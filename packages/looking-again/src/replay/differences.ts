/** Where two records differ, and by what. */
export interface Difference {
  /** Such as `matches[0].score`. */
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** More differences than these say no more. */
const mostTold = 100;

/** Every place in which two values are not the same, the outermost of each. Bytes are compared as such. */
export function differencesOf(recorded: unknown, replayed: unknown): readonly Difference[] {
  const found: Difference[] = [];
  collect("", { recorded, replayed }, found);
  return found.slice(0, mostTold);
}

function collect(
  path: string,
  { recorded, replayed }: { readonly recorded: unknown; readonly replayed: unknown },
  found: Difference[],
): void {
  if (found.length > mostTold || Object.is(recorded, replayed)) return;
  const [before, after] = [partsOf(recorded), partsOf(replayed)];
  if (before === null || after === null || Array.isArray(recorded) !== Array.isArray(replayed)) {
    if (!sameBytes(recorded, replayed)) found.push({ path, recorded: plain(recorded), replayed: plain(replayed) });
    return;
  }
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const at = Array.isArray(recorded) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    collect(at, { recorded: before.get(name), replayed: after.get(name) }, found);
  }
}

/** Null for what is compared as one: a text, a number, bytes. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return null;
  return new Map(Object.entries(value));
}

function sameBytes(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}
