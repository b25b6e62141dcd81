import { decodeBytes } from "./character-sets.ts";
import type { Edit } from "./mapped-text.ts";
import { byteMaps } from "./mojibake-bytes.ts";
import { scriptsIn } from "./reads-as-text.ts";

interface WideSet {
  readonly set: string;
  /** Whether a first byte is one under which the common characters stand. */
  readonly common: (lead: number) => boolean;
}

const wideSets: readonly WideSet[] = [
  { set: "gbk", common: (lead) => lead >= 0xb0 && lead <= 0xd7 },
  { set: "euc-kr", common: (lead) => lead >= 0xb0 && lead <= 0xc8 },
  { set: "big5", common: (lead) => lead >= 0xa4 && lead <= 0xc6 },
  { set: "shift_jis", common: (lead) => (lead >= 0x82 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x98) },
  { set: "euc-jp", common: (lead) => lead === 0xa4 || lead === 0xa5 || (lead >= 0xb0 && lead <= 0xcf) },
];

const beyondWestern = /[\u0180-\u0191\u0193-\u02C5\u02DD-\u2012\u2123-\uFFFF]/;
const MOST = 4;
const FEWEST = 2;
const eastAsian = /^[\u3005\u3041-\u30FE\u4E00-\u9FFF\uAC00-\uD7A3]$/;
/** These sets have Greek and Cyrillic letters, too, of two bytes each. */
const greekOrCyrillic = /^[\u0391-\u03C9\u0401-\u0451]$/;

/** Texts of East Asian sets, two bytes a character, read as Latin-1 or windows-1252. All of a text must be in the set, most of it common. */
export function wideRepairs(text: string, suspicious: boolean): readonly (readonly Edit[])[] {
  if (beyondWestern.test(text)) return [];
  const bytes = byteMaps.of("latin");
  const codes = Array.from({ length: text.length }, (_, at) => bytesAt(text.charCodeAt(at), bytes));
  if (codes.includes(-1)) return [];
  const high = codes.filter((byte) => byte >= 0x80).length;
  const visible = codes.filter((byte) => byte > 0x20).length;
  if (!suspicious && (high < FEWEST || high * 5 < visible * 2)) return [];
  const found = wideSets.flatMap((wide) => inWideSet(codes, wide));
  return found
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map(({ edits }) => edits);
}

const bytesAt = (code: number, bytes: ReadonlyMap<number, number>): number =>
  code < 0x80 ? code : (bytes.get(code) ?? -1);

function inWideSet(
  codes: readonly number[],
  { set, common }: WideSet,
): readonly { edits: readonly Edit[]; share: number }[] {
  const edits: Edit[] = [];
  let usual = 0;
  for (let at = 0; at < codes.length;) {
    const lead = codes[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const character = pair(set, lead, codes[at + 1] ?? 0);
    const foreign = greekOrCyrillic.test(character);
    if (!foreign && !eastAsian.test(character)) return [];
    if (foreign || common(lead)) usual++;
    edits.push({ start: at, end: at + 2, text: character });
    at += 2;
  }
  if (scriptsIn(edits.map((edit) => edit.text).join("")) !== 1) return [];
  const share = usual / edits.length;
  return edits.length >= FEWEST && share >= 0.7 ? [{ edits, share }] : [];
}

/** By set, first and second byte; at most five times 32,768. */
const pairs = new Map<string, string>();

function pair(set: string, lead: number, trail: number): string {
  const key = `${set} ${String(lead)} ${String(trail)}`;
  let character = pairs.get(key);
  if (character === undefined) {
    const read = decodeBytes(
      [lead, trail].map((byte, at) => ({ byte, start: at, end: at + 1 })),
      set,
    );
    character = read.length === 1 ? read[0]!.text : "";
    pairs.set(key, character);
  }
  return character;
}
