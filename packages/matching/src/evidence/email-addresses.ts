/** An e-mail address of a text, and how it may read where words stand beside it. */
export interface FoundAddress {
  readonly start: number;
  readonly end: number;
  readonly address: string;
}

const around = String.raw`[([{<]\s?`;
const closed = String.raw`\s?[)\]}>]`;
/** `@` with or without spaces, `(at)`, `[at]`, and ` at ` where a ` dot ` follows. */
const at = new RegExp(
  String.raw`\s{0,2}(?:@|${around}(?:at|@)${closed})\s{0,2}|\s{1,2}at\s{1,2}(?=[\p{L}\p{N}-]{1,63}\s{1,2}dot\s)`,
  "giu",
);
const dot = String.raw`(?:\s?\.\s?|\s?${around}(?:dot|\.)${closed}\s?|\s{1,2}dot\s{1,2})`;
const localPart = String.raw`[\p{L}\p{N}_%+'-]{1,64}`;
const before = new RegExp(`(?:${localPart}${dot}){0,3}${localPart}$`, "iu");
const behind = new RegExp(String.raw`(?:[\p{L}\p{N}-]{1,63})(?:${dot}[\p{L}\p{N}-]{1,63}){1,5}`, "iuy");
const dots = new RegExp(dot, "giu");
const schemes = [
  /^e-?mail/i,
  /^e-?mails/i,
  /^e-?mail(?:id|us|to|address)/i,
  /^mail/i,
  /^mailto/i,
  /^(?:correo|courriel|contact|address)/i,
];

/** Units in front of the sign that are looked at. */
const REACH = 140;

/**
 * The addresses around each sign in a folded text: whole, and without the words that a dot and a space may tie to either side. A tag
 * behind `+` is the reader's own, so the address is also told without it. At most some tens for each sign.
 */
export function* emailAddressesIn(text: string): Generator<FoundAddress> {
  for (const sign of text.matchAll(at)) {
    const from = Math.max(0, sign.index - REACH);
    const local = before.exec(text.slice(from, sign.index))?.[0];
    behind.lastIndex = sign.index + sign[0].length;
    const domain = behind.exec(text)?.[0];
    if (local === undefined || domain === undefined) continue;
    const locals = tails(local);
    const domains = heads(domain);
    for (const tail of locals)
      for (const head of domains) {
        const start = sign.index - tail.length;
        const end = sign.index + sign[0].length + head.length;
        for (const name of namesOf(tail)) yield { start, end, address: `${name}@${joined(head)}`.toLowerCase() };
      }
  }
}

function joined(part: string): string {
  return part.replaceAll(dots, ".");
}

function* namesOf(local: string): Generator<string> {
  const name = joined(local);
  yield name;
  const tag = name.indexOf("+");
  if (tag > 0) yield name.slice(0, tag);
  for (const scheme of schemes) {
    const bare = name.replace(scheme, "");
    if (bare !== name && bare !== "") yield bare;
  }
}

/** The text, and what is left of it behind each dot that may end a sentence. */
function tails(local: string): readonly string[] {
  return [local, ...sentenceEnds(local).map((match) => local.slice(match.index + match[0].length))];
}

/** The text, and what is left of it before each dot but the first that may end a sentence. */
function heads(domain: string): readonly string[] {
  const cuts = sentenceEnds(domain)
    .filter(({ index }) => domain.slice(0, index).search(dots) >= 0)
    .map(({ index }) => domain.slice(0, index));
  return [domain, ...cuts.toReversed()];
}

function sentenceEnds(part: string): readonly RegExpExecArray[] {
  return [...part.matchAll(dots)].filter(([dotted]) => dotted.includes(" "));
}
