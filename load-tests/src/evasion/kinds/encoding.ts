import type { Random } from "@cordon/simulator";

import { type Hidden, hidden, within } from "../hidden.ts";
import { type NameWants, partyTypeOf } from "../plants.ts";
import type { Stage, Trick } from "../trick.ts";
import { bytesIn, readAs } from "./charsets.ts";
import {
  each,
  code,
  hex,
  bytes,
  some,
  entity,
  hexEntity,
  namedEntity,
  percent,
  unicodeEscape,
  quoted,
  mimeQ,
  base64,
  reversed,
  utf7,
} from "./encoders.ts";
import { arabicName, inCyrillic, withAccents } from "./scripts.ts";

/*
 * A5, A6, D4: text that is shown otherwise than it is stored, and bytes of one character set read as another. A name or
 * a line holds it where plain names were always read.
 */

/** Null: this name cannot be written so. */
type Encode = (text: string, random: Random) => string | Hidden | null;

interface Encoding {
  readonly encode: Encode;
  readonly wants?: Omit<NameWants, "what">;
}

/** A dot or a quote at either end is none of the name, but cannot be told from it once it is encoded. */
const toTheEdge = /^\p{L}.*[\p{L}\p{N}]$/u;

const accented: Omit<NameWants, "what"> = { variant: withAccents };
const cyrillic: Omit<NameWants, "what"> = { types: ["PERSON"], variant: inCyrillic };
const arabic: Omit<NameWants, "what"> = { types: ["PERSON", "ORGANISATION"], matching: arabicName };

function misread(written: string, read: string): Encode {
  return (text) => {
    const stored = bytesIn(written, text);
    if (stored === null) return null;
    const shown = readAs(read, stored);
    return shown === text ? null : shown;
  };
}

const twice: Encode = (text) => {
  const once = readAs("latin1", Buffer.from(text, "utf8"));
  return readAs("latin1", Buffer.from(once, "utf8"));
};

const entities: Readonly<Record<string, Encoding>> = {
  "entities, decimal": { encode: (text) => each(text, entity) },
  "entities, hexadecimal": { encode: (text) => each(text, hexEntity) },
  "entities, hexadecimal in capitals": { encode: (text) => each(text, (one) => `&#X${hex(code(one), 4)};`) },
  "entities with zeros in front": { encode: (text) => each(text, (one) => `&#${String(code(one)).padStart(7, "0")};`) },
  "entities without semicolons": { encode: (text) => each(text, (one) => `&#${String(code(one))}`) },
  "entities for some letters": { encode: (text, random) => some(text, random, entity) },
  "entities of both kinds, mixed": {
    encode: (text, random) => each(text, (one) => random.pick([one, entity(one), hexEntity(one)])),
  },
  "entities with names": { encode: (text) => each(text, namedEntity), wants: accented },
  "entities for spaces": {
    encode: (text, random) => text.replaceAll(" ", random.pick(["&nbsp;", "&#160;", "&#32;", "&ensp;", "&Tab;"])),
  },
  "entities, escaped twice": { encode: (text) => each(text, (one) => `&amp;#${String(code(one))};`) },
  "entities with names, escaped twice": {
    encode: (text) => each(text, namedEntity).replaceAll("&", "&amp;"),
    wants: accented,
  },
  "entities for Cyrillic letters": { encode: (text) => each(text, entity), wants: cyrillic },
  "entities for Arabic letters": { encode: (text) => each(text, hexEntity), wants: arabic },
};

const escapes: Readonly<Record<string, Encoding>> = {
  "percent, all": { encode: percent },
  "percent, small letters": { encode: (text) => percent(text).toLowerCase() },
  "percent, some letters": { encode: (text, random) => some(text, random, percent) },
  "percent, spaces only": { encode: (text) => text.replaceAll(" ", "%20") },
  "percent with plus for spaces": { encode: (text, random) => some(text, random, percent).replaceAll(" ", "+") },
  "percent, escaped twice": { encode: (text) => percent(text).replaceAll("%", "%25") },
  "percent for Cyrillic letters": { encode: percent, wants: cyrillic },
  "percent for accents": {
    encode: (text) => each(text, (one) => (/[^ -~]/.test(one) ? percent(one) : one)),
    wants: accented,
  },
  "percent and u": { encode: (text) => each(text, (one) => `%u${hex(code(one), 4)}`) },
  "backslash u": { encode: (text) => each(text, unicodeEscape) },
  "backslash u, some letters": { encode: (text, random) => some(text, random, unicodeEscape) },
  "backslash u in capitals": { encode: (text) => each(text, (one) => `\\u${hex(code(one), 4)}`) },
  "backslash u, two backslashes": { encode: (text) => each(text, unicodeEscape).replaceAll("\\", "\\\\") },
  "backslash u and braces": { encode: (text) => each(text, (one) => `\\u{${hex(code(one))}}`) },
  "backslash u of eight": { encode: (text) => each(text, (one) => `\\U${hex(code(one), 8)}`) },
  "backslash u for Cyrillic letters": { encode: (text) => each(text, unicodeEscape), wants: cyrillic },
  "backslash x": {
    encode: (text) =>
      bytes(text)
        .map((byte) => `\\x${hex(byte, 2).toLowerCase()}`)
        .join(""),
  },
  "backslash octal": {
    encode: (text) =>
      bytes(text)
        .map((byte) => `\\${byte.toString(8).padStart(3, "0")}`)
        .join(""),
  },
  "backslash as style sheets have it": { encode: (text) => each(text, (one) => `\\${hex(code(one), 6)}`) },
  "U+ notation": {
    encode: (text) =>
      Array.from(text)
        .map((one) => `U+${hex(code(one), 4)}`)
        .join(" "),
  },
};

const mail: Readonly<Record<string, Encoding>> = {
  "MIME word, Q": { encode: (text) => within("=?UTF-8?Q?", hidden("", mimeQ(text)), "?=") },
  "MIME word, q, all quoted": { encode: (text) => within("=?utf-8?q?", hidden("", quoted(text)), "?=") },
  "MIME word, B": { encode: (text) => within("=?UTF-8?B?", hidden("", base64(text)), "?=") },
  "MIME word, B, Cyrillic": { encode: (text) => within("=?utf-8?b?", hidden("", base64(text)), "?="), wants: cyrillic },
  "MIME word, Latin-1": {
    encode: (text) =>
      within(
        "=?ISO-8859-1?Q?",
        hidden(
          "",
          each(text, (one) => (/[A-Za-z]/.test(one) ? one : `=${hex(code(one), 2)}`)),
        ),
        "?=",
      ),
    wants: accented,
  },
  "MIME word, windows-1251": { encode: mimeWord1251, wants: cyrillic },
  "MIME words, two": { encode: twoMimeWords },
  "quoted-printable, all": { encode: quoted },
  "quoted-printable, some letters": { encode: (text, random) => some(text, random, quoted) },
  "quoted-printable, accents": {
    encode: (text) => each(text, (one) => (/[^ -~]/.test(one) ? quoted(one) : one)),
    wants: accented,
  },
  "quoted-printable, soft line breaks": { encode: (text) => (text.match(/.{1,6}/gsu) ?? []).join("=\r\n") },
  "base64 alone": { encode: base64 },
  "hexadecimal alone": {
    encode: (text) =>
      bytes(text)
        .map((byte) => hex(byte, 2))
        .join(""),
  },
  "UTF-7": { encode: utf7 },
};

function mimeWord1251(text: string): Hidden | null {
  const stored = bytesIn("windows-1251", text);
  return stored === null ? null : within("=?windows-1251?B?", hidden("", stored.toString("base64")), "?=");
}

function twoMimeWords(text: string): Hidden {
  const half = Math.ceil(text.length / 2);
  return within("=?UTF-8?Q?", hidden("", `${mimeQ(text.slice(0, half))}?= =?UTF-8?Q?${mimeQ(text.slice(half))}`), "?=");
}

const order: Readonly<Record<string, Encoding>> = {
  "override, letters reversed": { encode: (text) => `\u202e${reversed(text)}\u202c` },
  "override without its end": { encode: (text) => `\u202e${reversed(text)}` },
  "override of one word": { encode: (text) => text.replace(/\S+$/u, (word) => `\u202e${reversed(word)}\u202c`) },
  "override of each word": {
    encode: (text) =>
      text
        .split(" ")
        .map((word) => `\u202e${reversed(word)}\u202c`)
        .join(" "),
  },
  "override within isolates": { encode: (text) => `\u2067\u202e${reversed(text)}\u202c\u2069` },
  "marks of direction between letters": {
    encode: (text, random) =>
      some(text, random, (one) => `${one}${random.pick(["\u200e", "\u200f", "\u2066\u2069", "\u202d\u202c"])}`),
  },
};

const sets: Readonly<Record<string, Encoding>> = {
  "Cyrillic windows-1251 read as Latin-1": { encode: misread("windows-1251", "latin1"), wants: cyrillic },
  "Cyrillic windows-1251 read as windows-1252": { encode: misread("windows-1251", "windows-1252"), wants: cyrillic },
  "Cyrillic KOI8-R read as Latin-1": { encode: misread("koi8-r", "latin1"), wants: cyrillic },
  "Cyrillic KOI8-R read as windows-1251": { encode: misread("koi8-r", "windows-1251"), wants: cyrillic },
  "Cyrillic windows-1251 read as KOI8-R": { encode: misread("windows-1251", "koi8-r"), wants: cyrillic },
  "Cyrillic DOS 866 read as Latin-1": { encode: misread("ibm866", "latin1"), wants: cyrillic },
  "Cyrillic DOS 866 read as windows-1251": { encode: misread("ibm866", "windows-1251"), wants: cyrillic },
  "Cyrillic ISO 8859-5 read as Latin-1": { encode: misread("iso-8859-5", "latin1"), wants: cyrillic },
  "Cyrillic UTF-8 read as Latin-1": { encode: misread("utf-8", "latin1"), wants: cyrillic },
  "Cyrillic UTF-8 read as windows-1252": { encode: misread("utf-8", "windows-1252"), wants: cyrillic },
  "Cyrillic UTF-8 read as windows-1251": { encode: misread("utf-8", "windows-1251"), wants: cyrillic },
  "Arabic windows-1256 read as Latin-1": { encode: misread("windows-1256", "latin1"), wants: arabic },
  "Arabic windows-1256 read as windows-1252": { encode: misread("windows-1256", "windows-1252"), wants: arabic },
  "Arabic ISO 8859-6 read as Latin-1": { encode: misread("iso-8859-6", "latin1"), wants: arabic },
  "Arabic UTF-8 read as Latin-1": { encode: misread("utf-8", "latin1"), wants: arabic },
  "Arabic UTF-8 read as windows-1256": { encode: misread("utf-8", "windows-1256"), wants: arabic },
  "accents, UTF-8 read as windows-1252": { encode: misread("utf-8", "windows-1252"), wants: accented },
  "accents, UTF-8 read as Latin-1 twice": { encode: twice, wants: accented },
  "Cyrillic UTF-8 read as Latin-1 twice": { encode: twice, wants: cyrillic },
  "UTF-16 read as Latin-1": { encode: misread("utf-16le", "latin1") },
  "Cyrillic UTF-16 read as Latin-1": { encode: misread("utf-16le", "latin1"), wants: cyrillic },
  "Arabic UTF-16 read as Latin-1": { encode: misread("utf-16le", "latin1"), wants: arabic },
};

const lost: Readonly<Record<string, Encoding>> = {
  "lost accents": { encode: (text) => each(text, (one) => (/[^ -~]/.test(one) ? "\ufffd" : one)), wants: accented },
  "lost letters, two": { encode: (text, random) => lose(text, random, 2) },
  "lost letters, half of them": { encode: (text, random) => some(text, random, () => "\ufffd") },
  "lost Cyrillic letters": { encode: (text) => each(text, (one) => (one === " " ? one : "\ufffd")), wants: cyrillic },
};

/** A tag about the first or the last letter is none of what is hidden. */
function tagged(text: string): Hidden {
  return { text, start: text.startsWith("<b>") ? 3 : 0, end: text.length - (text.endsWith("</b>") ? 4 : 0) };
}

function lose(text: string, random: Random, count: number): string {
  const letters = Array.from(text);
  for (let left = count; left > 0; left--) letters[random.below(letters.length)] = "\ufffd";
  return letters.join("");
}

const mixtures: Readonly<Record<string, Encoding>> = {
  "words of two encodings": {
    encode: (text, random) =>
      text
        .split(" ")
        .map((word, at) =>
          at % 2 === 0
            ? each(word, entity)
            : random.pick([percent, quoted, (one: string) => each(one, unicodeEscape)])(word),
        )
        .join(" "),
  },
  "percent within entities": { encode: (text) => each(percent(text), (one) => (one === "%" ? "&#37;" : one)) },
  "entities within a MIME word": {
    encode: (text) => within("=?UTF-8?B?", hidden("", base64(each(text, entity))), "?="),
  },
  "entities for some letters of Cyrillic": { encode: (text, random) => some(text, random, entity), wants: cyrillic },
  "marked up, a tag amid the name": { encode: (text) => text.replace(" ", "<br/>") },
  "marked up, tags about letters": { encode: (text, random) => tagged(some(text, random, (one) => `<b>${one}</b>`)) },
  CDATA: { encode: (text) => within("<![CDATA[", hidden("", text), "]]>") },
};

const groups: readonly Readonly<Record<string, Encoding>>[] = [entities, escapes, mail, order, sets, lost, mixtures];

export const encoding: readonly Trick[] = groups.flatMap((group) =>
  Object.entries(group).map(([name, { encode, wants = {} }]) => ({
    class: "encoding",
    name: `encoded: ${name}`,
    wants: { what: "name", matching: toTheEdge, ...wants },
    play(stage) {
      const { plant, words } = stage;
      const written = encode(plant.text, words.random);
      if (written === null) return false;
      writeEncoded(stage, typeof written === "string" ? hidden("", written) : written);
      return true;
    },
  })),
);

/** The same places with the name as it is: what innocents that are encoded are compared with. */
export const notEncoded: Trick = {
  class: "encoding",
  name: "not encoded",
  wants: { what: "name" },
  play(stage) {
    writeEncoded(stage, hidden("", stage.plant.text));
    return true;
  },
};

/** Into a name or, amid other words or alone, into a line. */
function writeEncoded({ draft, plant, words: { random, fill } }: Stage, text: Hidden): void {
  switch (random.below(5)) {
    case 0:
      draft.hide(`${draft.lines}[1]`, within(`${fill("ref")} for `, text, random.oneIn(2) ? ` ${fill("t")}` : ""));
      break;
    case 1:
      draft.hide(`${draft.lines}[0]`, text);
      break;
    case 2:
      draft.hide(`${draft.agent}.name`, text);
      break;
    default: {
      const holder = random.oneIn(3);
      draft.set(
        `${draft.party}.type`,
        plant.type === "VESSEL" ? "VESSEL" : random.oneIn(2) ? partyTypeOf(plant.type) : "UNKNOWN",
      );
      draft.hide(`${draft.party}.${holder ? "account.name" : "name"}`, text);
    }
  }
}
