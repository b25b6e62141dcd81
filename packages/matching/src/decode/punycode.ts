import { type Edit, NO_EDITS } from "./mapped-text.ts";

// RFC 3492, section 5.
const BASE = 36;
const SHORTEST_STEP = 1;
const LONGEST_STEP = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_POINT = 0x80;
const LONGEST = 63;

/** `xn--mller-kva`, each word from all of its letters. */
export function punycodeLabels(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { 0: label, 1: body = "", index } of text.matchAll(/(?<![a-z0-9])xn--([a-z0-9-]{2,59})(?![a-z0-9])/gi)) {
    const said = decodeLabel(body);
    if (said !== undefined) edits.push({ start: index, end: index + label.length, text: said });
  }
  return edits.length > 0 ? edits : NO_EDITS;
}

function decodeLabel(label: string): string | undefined {
  const basic = label.lastIndexOf("-");
  const points = Array.from(label.slice(0, Math.max(basic, 0)), (letter) => letter.charCodeAt(0));
  let point = FIRST_POINT;
  let bias = FIRST_BIAS;
  let place = 0;
  for (let at = basic + 1; at < label.length;) {
    const before = place;
    let weight = 1;
    for (let step = BASE; ; step += BASE) {
      const digit = at < label.length ? Number.parseInt(digitOf(label[at]!), BASE) : Number.NaN;
      at++;
      if (Number.isNaN(digit)) return undefined;
      place += digit * weight;
      const threshold = Math.min(Math.max(step - bias, SHORTEST_STEP), LONGEST_STEP);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = points.length + 1;
    bias = adapted(place - before, count, before === 0);
    point += Math.floor(place / count);
    place %= count;
    if (point > 0x10ffff || count > LONGEST) return undefined;
    points.splice(place, 0, point);
    place++;
  }
  return String.fromCodePoint(...points);
}

/** Letters count before digits in punycode, after them in numbers of base 36. */
function digitOf(letter: string): string {
  const code = letter.toLowerCase().charCodeAt(0);
  return code >= 0x61 ? (code - 0x61).toString(BASE) : (code - 0x30 + 26).toString(BASE);
}

function adapted(delta: number, count: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? DAMP : 2));
  rest += Math.floor(rest / count);
  let step = 0;
  while (rest > ((BASE - SHORTEST_STEP) * LONGEST_STEP) / 2) {
    rest = Math.floor(rest / (BASE - SHORTEST_STEP));
    step += BASE;
  }
  return step + Math.floor(((BASE - SHORTEST_STEP + 1) * rest) / (rest + SKEW));
}
