import { type Edit, NO_EDITS } from "./mapped-text.ts";
import { byteMaps } from "./mojibake-bytes.ts";
import { rare, scriptsIn } from "./reads-as-text.ts";

/** A unit of UTF-16 whose bytes stand in a text as two characters, from `start` on. */
interface Unit {
  readonly start: number;
  readonly text: string;
  readonly kind: "western" | "foreign" | "eastAsian";
}

type ByteOrder = "little" | "big";

const FEWEST_FOREIGN = 2;
const SHORTEST_WESTERN = 4;
const western = /^[\x20-\x7E\xA0-\xFF]$/;
const letter = /^[\p{L}\p{M}\u200B-\u200F]$/u;
const eastAsian = /^[\u3005\u3041-\u30FE\u4E00-\u9FFF\uAC00-\uD7A3]$/;
const printable = /^[\x20-\x7E]+$/;
/** A blank beside a letter of ASCII is the end of a word rather than an ideograph. */
const isWordEnd = /^(?: [\x20-\x7E]|[\x20-\x7E] )$/;
/** What parts the words of a name in East Asia. */
const parting = /^[ .,'’()-]$/;
/** Upper bytes from here on are no control characters. */
const LOWEST_PRINTED = 0x20;

/**
 * UTF-16 of which each byte was read as a character of Latin-1 or windows-1252: every other one is a control character, or, in East Asia, a
 * zero stands beside each space. Letters of ASCII alone are read where the zeros between them are taken out.
 */
export function utf16Bytes(text: string): readonly Edit[] {
  const runs = (["little", "big"] as const)
    .flatMap((order) => [0, 1].flatMap((parity) => runsOf(text, order, parity)))
    .filter((run) => isSaid(text, run))
    .toSorted((a, b) => likelihood(text, b) - likelihood(text, a));
  const taken = new Uint8Array(text.length);
  const edits: Edit[] = [];
  for (const run of runs) {
    const [start, end] = [run[0]!.start, run.at(-1)!.start + 2];
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    edits.push(...run.map((unit) => ({ start: unit.start, end: unit.start + 2, text: unit.text })));
  }
  return edits.toSorted((a, b) => a.start - b.start);
}

const control = /[^\P{Cc}\t\n]/u;

/** The same for a text of East Asia without a space, which nothing but what it says tells: all of it, if it has a sign that nobody types. */
export function utf16Ideographs(text: string): readonly Edit[] {
  if (text.length % 2 !== 0 || text.length < 2 * FEWEST_FOREIGN || !control.test(text)) return NO_EDITS;
  for (const order of ["little", "big"] as const) {
    const units: Unit[] = [];
    for (let at = 0; at < text.length; at += 2) {
      const unit = unitAt(text, at, order);
      if (unit?.kind !== "eastAsian") break;
      units.push(unit);
    }
    if (units.length * 2 === text.length && scriptsIn(units.map((unit) => unit.text).join("")) === 1)
      return units.map(({ start, text: said }) => ({ start, end: start + 2, text: said }));
  }
  return NO_EDITS;
}

/** The longest runs of units that may stand in a name, of one kind beside Western ones. */
function runsOf(text: string, order: ByteOrder, parity: number): readonly (readonly Unit[])[] {
  const runs: Unit[][] = [];
  let run: Unit[] = [];
  let kind: Unit["kind"] = "western";
  const close = (): void => {
    if (run.length > FEWEST_FOREIGN) runs.push(run);
    run = [];
    kind = "western";
  };
  for (let at = parity; at + 1 < text.length; at += 2) {
    const unit = unitAt(text, at, order);
    if (unit === null || (kind !== "western" && unit.kind !== "western" && unit.kind !== kind)) close();
    if (unit === null) continue;
    run.push(unit);
    if (unit.kind !== "western") ({ kind } = unit);
  }
  close();
  return runs;
}

function unitAt(text: string, at: number, order: ByteOrder): Unit | null {
  const [first, second] = [byteOf(text.charCodeAt(at)), byteOf(text.charCodeAt(at + 1))];
  if (first < 0 || second < 0) return null;
  const [upper, lower] = order === "little" ? [second, first] : [first, second];
  const said = String.fromCharCode((upper << 8) | lower);
  if (upper === 0) return western.test(said) ? { start: at, text: said, kind: "western" } : null;
  if (eastAsian.test(said))
    return isWordEnd.test(text.slice(at, at + 2)) ? null : { start: at, text: said, kind: "eastAsian" };
  if (upper > LOWEST_PRINTED || !letter.test(said) || rare.test(said)) return null;
  return { start: at, text: said, kind: "foreign" };
}

function byteOf(code: number): number {
  return code < 0x80 ? code : (byteMaps.of("latin").get(code) ?? -1);
}

function isSaid(text: string, run: readonly Unit[]): boolean {
  if (scriptsIn(run.map((unit) => unit.text).join("")) !== 1) return false;
  const foreign = run.filter(({ kind }) => kind === "foreign").length;
  const ideographs = run.filter(({ kind }) => kind === "eastAsian");
  const westerns = run.filter(({ kind }) => kind === "western");
  if (ideographs.length === 0) return foreign >= FEWEST_FOREIGN || (foreign > 0 && run.length >= SHORTEST_WESTERN);
  // Two letters of ASCII are an ideograph as well: half of all must have a byte that is none.
  const strange = ideographs.filter(({ start }) => !printable.test(text.slice(start, start + 2))).length;
  return (
    ideographs.length >= FEWEST_FOREIGN &&
    westerns.length > 0 &&
    westerns.every((unit) => parting.test(unit.text)) &&
    strange * 2 >= ideographs.length
  );
}

/** The longer run, and of equals the one whose letters take no blank of the text for one of their bytes. */
function likelihood(text: string, run: readonly Unit[]): number {
  const blanks = run.filter(({ start, kind }) => kind !== "western" && text.slice(start, start + 2).includes(" "));
  return run.length - blanks.length / 2;
}
