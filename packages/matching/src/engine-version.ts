import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

import classTable from "./names/classes.json" with { type: "json" };
import hanReadingTable from "./names/han-readings.json" with { type: "json" };
import kanjiTable from "./names/kanji.json" with { type: "json" };
import nanoriTable from "./names/nanori.json" with { type: "json" };
import nicknameTable from "./names/nicknames.json" with { type: "json" };
import { ownClasses } from "./names/own-classes.ts";
import { ownNicknames } from "./names/own-nicknames.ts";
import { ownReadings } from "./names/own-readings.ts";
import { patronymics } from "./names/patronymics.ts";
import popularTable from "./names/popular.json" with { type: "json" };
import readingsTable from "./names/readings.json" with { type: "json" };
import southernTable from "./names/southern.json" with { type: "json" };
import { wordsBesideNames } from "./normalise/beside-names.ts";
import { wordClasses } from "./normalise/canonical.ts";
import {
  cantoneseFinals,
  cantoneseInitials,
  formsOfSigns,
  hokkien,
  vietnameseOwn,
} from "./normalise/han-by-language.ts";
import { soundTables } from "./normalise/heard/tables.ts";
import { particles } from "./normalise/particles.ts";
import { phrases } from "./normalise/phrase-table.ts";
import { taiwanFamilies } from "./normalise/sign-spellings.ts";
import { fujianSyllables, southernFamilies } from "./normalise/southern-tables.ts";
import { places } from "./normalise/wrapping.ts";
import { firmWords } from "./relations/firm-words.ts";
import { classesOfGroup, soundClasses, soundGroups } from "./relations/heard/spellings.ts";
import { profiles, textProfile, typesOfProfile } from "./score/profile.ts";
import { encodeText } from "./snapshot/designation-codec.ts";
import { FORMAT_VERSION } from "./snapshot/layout.ts";
import { conjunctions, joiningWords, joiningWordsOfScripts, streetWords } from "./text/joining-words.ts";
import { lineWords } from "./text/line-words.ts";
import { weightTable } from "./weights/weight.ts";

/**
 * Raised by hand with every change of code that can change a token, a relation, a score, a decoded text or the key of an identifier: the
 * outcomes of fixed texts are kept beside it (`test/golden`). Tables count by content.
 */
const RULES = 24;

/** The romanisation decides tokens, so its version is pinned here; a test compares it with the installed one. */
export const ANY_ASCII_VERSION = "0.3.3";

const tables: readonly unknown[] = [
  FORMAT_VERSION,
  ANY_ASCII_VERSION,
  ownClasses,
  ownNicknames,
  patronymics,
  ownReadings,
  classTable,
  nicknameTable,
  popularTable,
  readingsTable,
  hanReadingTable,
  kanjiTable,
  nanoriTable,
  southernTable,
  southernFamilies,
  fujianSyllables,
  taiwanFamilies,
  soundTables,
  cantoneseInitials,
  cantoneseFinals,
  [...hokkien],
  [...vietnameseOwn],
  [...formsOfSigns],
  soundGroups,
  soundClasses,
  classesOfGroup,
  phrases,
  wordClasses,
  firmWords,
  [...particles],
  [...weightTable],
  profiles,
  typesOfProfile,
  textProfile,
  [...lineWords],
  [...joiningWords],
  [...joiningWordsOfScripts],
  [...conjunctions],
  [...streetWords],
  wordsBesideNames,
  [...places],
];

/** Of the tables as one JSON array, which is never made: it would be the largest text that stays in memory. */
function fingerprint(): string {
  const hash = sha256.create();
  tables.forEach((table, at) => hash.update(encodeText(`${at === 0 ? "[" : ","}${JSON.stringify(table)}`)));
  return bytesToHex(hash.update(encodeText("]")).digest()).slice(0, 12);
}

/** Changes whenever the same list and the same name could score differently. */
export const engineVersion: string = `${String(RULES)}.${fingerprint()}`;
