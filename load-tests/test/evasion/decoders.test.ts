import { seededRandom } from "@cordon/simulator";
import { expect, test } from "vitest";

import { newDraft } from "../../src/evasion/draft.ts";
import { plantSource } from "../../src/evasion/plants.ts";
import { tricks } from "../../src/evasion/tricks.ts";
import { pools, wordsOf } from "../../src/evasion/words.ts";
import { invented } from "./invented.ts";

/* Each encoding against a decoder that is somebody else's, or a line long, and knows nothing of the one that encoded. */

type Decoder = (text: string) => string;

const entities: Decoder = (text) =>
  text
    .replaceAll(/&#x([0-9a-f]+);?/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);?/g, (_, code: string) => String.fromCodePoint(Number(code)));
const json: Decoder = (text) => JSON.parse(`"${text}"`) as string;
/** Escapes of bytes among plain letters, as UTF-8. */
const bytes =
  (escape: RegExp, radix: number): Decoder =>
  (text) =>
    // What `split` gives in odd places is what the group of the pattern caught.
    Buffer.concat(
      text
        .split(escape)
        .map((piece, at) => (at % 2 === 1 ? Buffer.of(Number.parseInt(piece, radix)) : Buffer.from(piece))),
    ).toString("utf8");
const printable = bytes(/=([0-9A-F]{2})/g, 16);
const mimeQ: Decoder = (text) => printable(text.replaceAll("_", " "));
const base64: Decoder = (text) => Buffer.from(text, "base64").toString("utf8");
const turned: Decoder = (text) =>
  text
    .replaceAll(/\u202e([^\u202c]*)\u202c?/g, (_, inner: string) => Array.from(inner).toReversed().join(""))
    .replaceAll(/[\u2066-\u2069]/g, "");
/** Read in one set and understood in another: the bytes again, read as they were written. */
const reread =
  (shown: BufferEncoding, written: string): Decoder =>
  (text) =>
    new TextDecoder(written).decode(Buffer.from(text, shown));

const decoders: Readonly<Record<string, Decoder>> = {
  "entities, decimal": entities,
  "entities, hexadecimal": entities,
  "entities, hexadecimal in capitals": entities,
  "entities with zeros in front": entities,
  "entities without semicolons": entities,
  "entities for some letters": entities,
  "entities of both kinds, mixed": entities,
  "entities, escaped twice": (text) => entities(text.replaceAll("&amp;", "&")),
  "entities for Cyrillic letters": entities,
  "entities for Arabic letters": entities,
  "percent, all": decodeURIComponent,
  "percent, small letters": decodeURIComponent,
  "percent, some letters": decodeURIComponent,
  "percent, spaces only": decodeURIComponent,
  "percent with plus for spaces": (text) => new URLSearchParams(`a=${text}`).get("a")!,
  "percent, escaped twice": (text) => decodeURIComponent(decodeURIComponent(text)),
  "percent for Cyrillic letters": decodeURIComponent,
  "percent for accents": decodeURIComponent,
  "percent and u": (text) => json(text.replaceAll("%u", "\\u")),
  "backslash u": json,
  "backslash u, some letters": json,
  "backslash u in capitals": json,
  "backslash u, two backslashes": (text) => json(json(text)),
  "backslash u for Cyrillic letters": json,
  "backslash x": bytes(/\\x([0-9a-f]{2})/g, 16),
  "backslash octal": bytes(/\\([0-7]{3})/g, 8),
  "MIME word, Q": mimeQ,
  "MIME word, q, all quoted": mimeQ,
  "MIME word, B": base64,
  "MIME word, B, Cyrillic": base64,
  "MIME words, two": (text) => mimeQ(text.replace(/\?= =\?UTF-8\?Q\?/, "")),
  "quoted-printable, all": printable,
  "quoted-printable, some letters": printable,
  "quoted-printable, accents": printable,
  "quoted-printable, soft line breaks": (text) => text.replaceAll("=\r\n", ""),
  "base64 alone": base64,
  "hexadecimal alone": (text) => Buffer.from(text, "hex").toString("utf8"),
  "override, letters reversed": turned,
  "override without its end": turned,
  "override of one word": turned,
  "override of each word": turned,
  "override within isolates": turned,
  "Cyrillic windows-1251 read as Latin-1": reread("latin1", "windows-1251"),
  "Cyrillic KOI8-R read as Latin-1": reread("latin1", "koi8-r"),
  "Cyrillic DOS 866 read as Latin-1": reread("latin1", "ibm866"),
  "Cyrillic ISO 8859-5 read as Latin-1": reread("latin1", "iso-8859-5"),
  "Cyrillic UTF-8 read as Latin-1": reread("latin1", "utf-8"),
  "Arabic windows-1256 read as Latin-1": reread("latin1", "windows-1256"),
  "Arabic ISO 8859-6 read as Latin-1": reread("latin1", "iso-8859-6"),
  "Arabic UTF-8 read as Latin-1": reread("latin1", "utf-8"),
  "UTF-16 read as Latin-1": reread("latin1", "utf-16le"),
  "percent within entities": (text) => decodeURIComponent(entities(text)),
  "entities within a MIME word": (text) => entities(base64(text)),
};

test.each(Object.entries(decoders))("%s decodes to the name", (name, decode) => {
  const trick = tricks.find((one) => one.name === `encoded: ${name}`)!;
  const plants = plantSource(invented);
  for (let seed = 1; seed <= 10; seed++) {
    const random = seededRandom(seed);
    const words = wordsOf(pools, random);
    const plant = plants.draw(trick.wants, random);
    const draft = newDraft(words, { of: trick.of });
    if (!trick.play({ draft, plant, words })) continue;
    const [{ text, start, end } = { text: "", start: 0, end: 0 }] = draft.parts;
    expect(decode(text.slice(start, end))).toBe(plant.text);
  }
});
