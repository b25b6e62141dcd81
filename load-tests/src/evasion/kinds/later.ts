import type { Random } from "@cordon/simulator";

import { fromTemplate, hidden } from "../hidden.ts";
import type { NameWants } from "../plants.ts";
import type { Stage, Trick } from "../trick.ts";
import { writeName } from "./larger-field.ts";
import { inCyrillic } from "./scripts.ts";
import { pathIn } from "./unread-field.ts";

/* A2 to A4 and A7 to A11, which a later issue is about, and names in fields that hold a code. Measured, with no goal. */

type Rewrite = (text: string, random: Random) => string | null;
type Where = "name" | "line";

function rewriting(name: string, where: Where, rewrite: Rewrite, wants: Omit<NameWants, "what"> = {}): Trick {
  return {
    class: "later",
    name: `later: ${name}`,
    wants: { what: "name", ...wants },
    play(stage) {
      const { draft, plant, words } = stage;
      const written = rewrite(plant.text, words.random);
      if (written === null || written === plant.text) return false;
      if (where === "name") writeName(stage, hidden("", written));
      else draft.hide(`${draft.lines}[1]`, hidden(`${words.fill("ref")} `, written));
      return true;
    },
  };
}

function swapped(text: string, table: Readonly<Record<string, string>>, random: Random, every: number): string {
  return text.replaceAll(/./gsu, (one) => (table[one] !== undefined && random.oneIn(every) ? table[one] : one));
}

const armenian = { o: "օ", n: "ո", u: "ս", h: "հ", g: "ց", O: "Օ", U: "Ս", S: "Տ" };
const cherokee = {
  A: "Ꭺ",
  B: "Ᏼ",
  D: "Ꭰ",
  E: "Ꭼ",
  H: "Ꮋ",
  I: "Ꮖ",
  J: "Ꭻ",
  K: "Ꮶ",
  M: "Ꮇ",
  R: "Ꮢ",
  S: "Ꮪ",
  T: "Ꭲ",
  W: "Ꮃ",
};
const leet = { a: "4", A: "4", e: "3", E: "3", i: "1", I: "1", o: "0", O: "0", t: "7", T: "7" };
const BRAILLE = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
const latinAmid = { а: "a", е: "e", о: "o", р: "p", с: "c", к: "k" };

/** Broken into lines of a width, in the middle of a word; the name stands across the first break. */
function brokenAt(width: number, hyphen: boolean): Trick {
  return {
    class: "later",
    name: `later: broken at ${String(width)}${hyphen ? ", hyphen" : ""}`,
    wants: { what: "name", matching: new RegExp(`^.{10,${String(width + 8)}}$`, "u") },
    play({ draft, plant, words: { random } }) {
      const head = 3 + random.below(Math.min(plant.text.length - 5, width - 4));
      if (/[\s-]/.test(plant.text.slice(head - 1, head + 1))) return false;
      const before = "payment of rent to the person we call ".repeat(5).slice(0, width - head - (hyphen ? 1 : 0));
      draft.hide(`${draft.lines}[0]`, hidden(`${before.slice(0, -1)} `, plant.text.slice(0, head), hyphen ? "-" : ""));
      draft.hide(`${draft.lines}[1]`, hidden("", plant.text.slice(head)));
      return true;
    },
  };
}

function templated(name: string, templates: readonly string[], wants: Omit<NameWants, "what"> = {}): Trick {
  return {
    class: "later",
    name: `later: ${name}`,
    wants: { what: "name", ...wants },
    play({ draft, plant, words }) {
      draft.hide(`${draft.lines}[1]`, fromTemplate(words.random.pick(templates), plant.text, words.fill));
      return true;
    },
  };
}

function inCodeField(path: string): Trick {
  return {
    class: "later",
    name: `later: name in a code's field, ${path}`,
    wants: { what: "name" },
    of: path === "uetr" || path === "messageType" ? "payments" : undefined,
    play(stage) {
      stage.draft.hide(pathIn(stage, path), hidden("", stage.plant.text));
      return true;
    },
  };
}

export const later: readonly Trick[] = [
  rewriting("cut at 35", "name", (text) => text.slice(0, 35).trimEnd(), { matching: /^.{36,}$/u }),
  rewriting("cut at 33", "name", (text) => text.slice(0, 33).trimEnd(), { matching: /^.{34,}$/u }),
  cutIntoAddress(),
  rewriting("shortened words", "name", shortened, {
    matching: /\b(?:Mohamm|Muhamm|Abdul|Group|Compan|Trading|Enterpris|Industr|General|Corporation)/i,
  }),
  rewriting("vowels of a word left out", "name", (text, random) =>
    oneWord(text, random, (word) => word.replaceAll(/(?<=.)[aeiou]/gi, "")),
  ),
  rewriting("all vowels left out", "name", (text) => text.replaceAll(/(?<=[A-Za-z])[aeiou]/gi, ""), {
    matching: /^(?:\S{6,}\s*){2,}$/u,
  }),
  rewriting("marked as cut", "name", (text) => `${text.slice(0, -3).trimEnd()}...`, { matching: /^.{16,}\S{6}$/u }),
  withPlaceholder(),
  rewriting("in braille", "name", (text) =>
    text.toLowerCase().replaceAll(/[a-z]/g, (letter) => BRAILLE[letter.charCodeAt(0) - 97]!),
  ),
  rewriting("rn for m, vv for w in a line", "line", (text) => text.replaceAll(/m/gi, "rn").replaceAll(/w/gi, "vv")),
  rewriting("words of firms shortened in a line", "line", shortened, {
    types: ["ORGANISATION"],
    matching: /\b(?:Group|Compan|Trading|Enterpris|Industr|General|Corporation)/i,
  }),
  rewriting("rn for m, vv for w", "name", (text) =>
    text.replaceAll("m", "rn").replaceAll("M", "RN").replaceAll("w", "vv").replaceAll("W", "VV"),
  ),
  rewriting("a letter of each word masked", "name", (text, random) =>
    text.replaceAll(/(\S)\S(\S+)/gu, (_, a: string, b: string) => `${a}${random.pick(["*", ".", "_", "?"])}${b}`),
  ),
  rewriting("Armenian letters among Latin ones", "name", (text, random) => swapped(text, armenian, random, 2)),
  rewriting("Cherokee letters among Latin ones", "name", (text, random) =>
    swapped(text.toUpperCase(), cherokee, random, 2),
  ),
  rewriting("digits for letters in a line", "line", (text, random) => swapped(text, leet, random, 1)),
  rewriting("Latin letters among Cyrillic ones", "name", (text, random) => swapped(text, latinAmid, random, 1), {
    types: ["PERSON"],
    variant: inCyrillic,
  }),
  rewriting("letters spaced in a line", "line", (text) => Array.from(text).join(" ")),
  rewriting("no spaces in a line", "line", (text) => text.replaceAll(" ", "")),
  rewriting("no spaces and small letters in a line", "line", (text) => text.replaceAll(" ", "").toLowerCase()),
  rewriting("a word split in a line", "line", (text, random) =>
    oneWord(text, random, (word) => `${word.slice(0, word.length >> 1)} ${word.slice(word.length >> 1)}`),
  ),
  rewriting("words with hyphens in a line", "line", (text) => text.replaceAll(/(\p{L}{3})(\p{L}{2,})/gu, "$1-$2")),
  rewriting("dots between letters in a line", "line", (text, random) =>
    oneWord(text, random, (word) => Array.from(word).join(".")),
  ),
  brokenAt(18, false),
  brokenAt(27, false),
  brokenAt(34, false),
  brokenAt(70, false),
  brokenAt(80, false),
  brokenAt(35, true),
  brokenAt(70, true),
  templated("names side by side", ["{p} {*} {p}", "{*} {p}", "{p} {*}"], { types: ["PERSON"] }),
  templated(
    "ship with its type or former name",
    ["LPG/C {*}", "M/T {*}", "NEW DAWN ex {*}", "mv. {*}", "{*} (ex NEW DAWN)"],
    { types: ["VESSEL"] },
  ),
  rewriting("ship with a zero before its number", "name", (text) => text.replace(/ (\d)$/, " 0$1"), {
    types: ["VESSEL"],
    matching: / \d$/,
  }),
  inCodeField("uetr"),
  inCodeField("messageType"),
  inCodeField("agent.bic"),
  inCodeField("agent.lei"),
  inCodeField("party.residence"),
  inCodeField("party.address.country"),
];

function withPlaceholder(): Trick {
  return {
    class: "later",
    name: "later: a placeholder beside it",
    wants: { what: "name", types: ["PERSON"] },
    play(stage) {
      const placeholders = [
        ["FNU ", ""],
        ["", " LNU"],
        ["", " XXX"],
        ["", " UNKNOWN"],
      ] as const;
      const [before, after] = stage.words.random.pick(placeholders);
      writeName(stage, hidden(before, stage.plant.text, after));
      return true;
    },
  };
}

function cutIntoAddress(): Trick {
  return {
    class: "later",
    name: "later: rest of a name of 35 in the first address line",
    wants: { what: "name", matching: /^.{38,}$/u },
    play(stage: Stage) {
      const { draft, plant } = stage;
      draft.hide(`${draft.party}.name`, hidden("", plant.text.slice(0, 35)));
      draft.hide(`${draft.party}.address.lines[0]`, hidden("", plant.text.slice(35)));
      return true;
    },
  };
}

const shorter: Readonly<Record<string, string>> = {
  mohammad: "Moh.",
  mohammed: "Mohd",
  muhammad: "Muhd.",
  abdul: "Abd.",
  group: "Grp",
  company: "Co",
  trading: "Trdg",
  enterprise: "Entpr",
  enterprises: "Entpr",
  industrial: "Ind",
  industries: "Inds",
  industry: "Ind",
  general: "Gen",
  corporation: "Corp",
};

function shortened(text: string): string {
  return text.replaceAll(/[A-Za-z]+/g, (word) => shorter[word.toLowerCase()] ?? word);
}

function oneWord(text: string, random: Random, as: (word: string) => string): string | null {
  const words = text.split(" ");
  const long = [...words.keys()].filter((at) => words[at]!.length >= 5);
  if (long.length === 0) return null;
  const chosen = random.pick(long);
  return words.map((word, at) => (at === chosen ? as(word) : word)).join(" ");
}
