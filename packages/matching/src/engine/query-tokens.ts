import { canonicalTokenAnew } from "../normalise/canonical.ts";
import { isSignMark, markOf } from "../normalise/marked-words.ts";
import { misspeltAs } from "../normalise/misspelt-forms.ts";
import { particles } from "../normalise/particles.ts";
import { beginsPhrase, mayBeginPhrase } from "../normalise/phrases.ts";
import { isSouthernFamily } from "../normalise/southern-chinese.ts";
import { INITIAL_PERCENT, termOf } from "../relations/similarity.ts";
import { FNV_BASIS, FNV_PRIME, mix } from "../retrieval/hash.ts";
import { initialsOf, letterIndex, LETTERS } from "../retrieval/initials.ts";
import type { FindNeighbours } from "../retrieval/neighbourhood.ts";
import { bucketOf } from "../retrieval/postings.ts";
import { profiles } from "../score/profile.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { weightOf } from "../weights/weight.ts";

/**
 * What the search knows of the words of queries, in flat arrays. A record is `RECORD` words; a neighbour `NEIGHBOUR`:
 * token id 24 | percent 8, then bucket 12 | weight 8, then where its postings of each profile begin and the last end.
 * They are copied here because the index itself is large: reading it once for each neighbour would wait for memory.
 */
export const RECORD = 7 + 3 * profiles.length;
export const NEIGHBOUR = 3 + profiles.length;
export const NEIGHBOUR_POSTINGS = 2;

const HASH = 0;
const KEY_AT = 1;
/** Length, with `PARTICLE` added if the word is one. */
const KEY = 2;
const PARTICLE = 1 << 30;
/** Added if some phrase begins with it. */
const BEGINS_PHRASE = 1 << 29;
/** And this if it is a southern Chinese family name. */
const SOUTHERN_FAMILY = 1 << 28;
/** And this if it is one sign of a name, see `marked-words.ts`. */
const IS_SIGN = 1 << 27;
/** And these if it is a legal form or a word of one that is misspelt, see `misspelt-forms.ts`. */
const MISSPELT_FORM = 1 << 26;
const MISSPELT_PHRASE_WORD = 1 << 25;
const LENGTH = MISSPELT_PHRASE_WORD - 1;
/** Record of the word of its class, itself if it has none; -1 before it is asked for. */
const CANONICAL = 3;
/** Weight 8, 0 before it is asked for; above it the threshold that the bounds hold for, 0 before there are any. */
export const WEIGHT = 4;
export const FIRST_NEIGHBOUR = 5;
/** -1 before the neighbours are found. The words that a letter is an initial of are not among them: see `initials`. */
export const NEIGHBOURS = 6;
/** For each profile: greatest (s - T) * 200 * w_r over neighbours with postings, the same plus T * B * w_r, postings. */
export const BOUNDS = 7;

/** Stands for no neighbour with postings: no gain makes it positive. */
const NOTHING = -(2 ** 30);

/** When one of these is passed the memory starts again empty, between two queries. Tests make them small. */
export interface MemoryLimits {
  readonly records: number;
  readonly neighbours: number;
  readonly keyBytes: number;
}

export const defaultLimits: MemoryLimits = { records: 1 << 19, neighbours: 1 << 21, keyBytes: 1 << 23 };

/**
 * Elements up to which an array is doubled; then it is made as large as its limit and one query need, at once. Copying
 * tens of megabytes would keep a query waiting; what is not used yet of an array costs nothing.
 */
const DOUBLED_UP_TO = 1 << 18;
/** What one query may add to a memory that is just below its limits. */
const ONE_QUERY: MemoryLimits = { records: 1 << 10, neighbours: 1 << 19, keyBytes: 1 << 14 };

/** The words of queries against one snapshot. Record numbers hold until the next `begin`. */
export interface QueryTokens {
  /** `RECORD` words each, read by the search. Read it anew after any call below: it is replaced when it grows. */
  records: Int32Array;
  /** Neighbours of all records; replaced when it grows, too. */
  arena: Int32Array;
  /**
   * For each letter where the words begin that it is an initial of, as neighbours in the arena, and how many they are;
   * -1 before it is asked for.
   */
  readonly initials: Int32Array;
  /** The letter that a record is, 0 for a; -1 if it is no single letter. */
  letter(record: number): number;
  /** Raised whenever everything is forgotten. */
  readonly generation: () => number;
  /** Makes the neighbours of a record ready, without bounds. */
  meet(record: number): void;
  /** Starts a query: forgets everything if a limit was passed. Within a query the arrays grow, so nothing is lost. */
  begin(): void;
  /** The record of the word `bytes[from..to)`, whose FNV-1a hash (not mixed) is given. */
  find(bytes: Uint8Array, from: number, to: number, fnv: number): number;
  /** The record of a word. */
  findText(text: string): number;
  isParticle(record: number): boolean;
  /** See `isSignMark`. */
  isSign(record: number): boolean;
  /** See `southernReadings`. */
  isSouthernFamily(record: number): boolean;
  /** A short legal form misspelt: see `misspeltAs`. */
  isMisspeltForm(record: number): boolean;
  /** A word of a legal form written out, misspelt. */
  isMisspeltPhraseWord(record: number): boolean;
  /** Whether the word, with the next (-1: none), may begin a phrase that is read as one word. */
  mayBeginPhrase(record: number, next: number): boolean;
  /** The record of the word that a written word is compared as. */
  canonical(record: number): number;
  /** Length of a record's word; `copyKey` writes its bytes. */
  keyLength(record: number): number;
  textOf(record: number): string;
  copyKey(record: number, to: Uint8Array, at: number): void;
  /** Makes the weight of a record ready. */
  weigh(record: number): void;
  /** Whether `prepare` was called for a record and this threshold. */
  isPrepared(record: number, threshold: number): boolean;
  /** Makes weight, neighbours and bounds of a record ready for a threshold. */
  prepare(record: number, threshold: number): void;
}

export function queryTokens(snapshot: Snapshot, findNeighbours: FindNeighbours, limits: MemoryLimits): QueryTokens {
  const { dictionary, postings } = snapshot;
  const mostRecords = limits.records + ONE_QUERY.records;
  const most: MemoryLimits = {
    records: mostRecords * RECORD,
    neighbours: (limits.neighbours + ONE_QUERY.neighbours) * NEIGHBOUR,
    keyBytes: limits.keyBytes + ONE_QUERY.keyBytes,
  };
  let table = new Int32Array(1 << 10);
  let keys = new Uint8Array(1 << 12);
  let count = 0;
  let keyEnd = 0;
  let neighbourEnd = 0;
  let generation = 0;
  /** The last record whose word was asked for: a new word is asked for several times. */
  let lastRecord = -1;
  let lastText = "";

  const self: QueryTokens = {
    records: new Int32Array(RECORD << 9),
    arena: new Int32Array(NEIGHBOUR << 10),
    initials: new Int32Array(LETTERS * 2).fill(-1),
    letter: (record) => ((self.records[record * RECORD + KEY]! & LENGTH) === 1 ? letterIndex(textOf(record)) : -1),
    begin(): void {
      if (count <= limits.records && neighbourEnd <= limits.neighbours && keyEnd <= limits.keyBytes) return;
      table.fill(0);
      self.initials.fill(-1);
      count = keyEnd = neighbourEnd = 0;
      lastRecord = -1;
      generation++;
    },
    generation: () => generation,
    meet(record): void {
      if (self.records[record * RECORD + NEIGHBOURS]! < 0) rememberNeighbours(record);
    },
    find,
    findText,
    isParticle: (record) => (self.records[record * RECORD + KEY]! & PARTICLE) !== 0,
    isSign: (record) => (self.records[record * RECORD + KEY]! & IS_SIGN) !== 0,
    isSouthernFamily: (record) => (self.records[record * RECORD + KEY]! & SOUTHERN_FAMILY) !== 0,
    isMisspeltForm: (record) => (self.records[record * RECORD + KEY]! & MISSPELT_FORM) !== 0,
    isMisspeltPhraseWord: (record) => (self.records[record * RECORD + KEY]! & MISSPELT_PHRASE_WORD) !== 0,
    mayBeginPhrase: (record, next) =>
      (self.records[record * RECORD + KEY]! & BEGINS_PHRASE) !== 0 &&
      mayBeginPhrase(textOf(record), next < 0 ? "" : textOf(next)),
    canonical(record): number {
      const known = self.records[record * RECORD + CANONICAL]!;
      if (known >= 0) return known;
      const written = textOf(record);
      const word = canonicalTokenAnew(written);
      const found = word === written ? record : findText(word);
      self.records[record * RECORD + CANONICAL] = found;
      return found;
    },
    keyLength: (record) => self.records[record * RECORD + KEY]! & LENGTH,
    textOf,
    copyKey(record, to, at): void {
      const from = self.records[record * RECORD + KEY_AT]!;
      const length = self.records[record * RECORD + KEY]! & LENGTH;
      for (let i = 0; i < length; i++) to[at + i] = keys[from + i]!;
    },
    weigh(record): void {
      const at = record * RECORD + WEIGHT;
      if (self.records[at] === 0) self.records[at] = weightOf(textOf(record));
    },
    isPrepared: (record, threshold) => self.records[record * RECORD + WEIGHT]! >>> 8 === threshold,
    prepare(record, threshold): void {
      const at = record * RECORD;
      if (self.records[at + WEIGHT]! >>> 8 === threshold) return;
      self.weigh(record);
      if (self.records[at + NEIGHBOURS]! < 0) rememberNeighbours(record);
      setBounds(record, threshold);
    },
  };
  return self;

  function find(bytes: Uint8Array, from: number, to: number, fnv: number): number {
    const hash = mix(fnv) | 0;
    const length = to - from;
    const { records } = self;
    const mask = table.length - 1;
    for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
      const record = table[cell]! - 1;
      if (record < 0) return add(bytes, from, to, hash);
      const at = record * RECORD;
      if (records[at + HASH] !== hash || (records[at + KEY]! & LENGTH) !== length) continue;
      const key = records[at + KEY_AT]!;
      let same = 0;
      while (same < length && keys[key + same] === bytes[from + same]) same++;
      if (same === length) return record;
    }
  }

  function findText(text: string): number {
    let fnv = FNV_BASIS;
    if (spare.length < text.length) spare = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      spare[i] = text.charCodeAt(i);
      fnv = Math.imul(fnv ^ spare[i]!, FNV_PRIME);
    }
    return find(spare, 0, text.length, fnv);
  }

  function add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const record = count++;
    const length = to - from;
    if (record * RECORD === self.records.length)
      self.records = grown(self.records, self.records.length + RECORD, most.records);
    if (count * 2 > table.length) rehash();
    if (keyEnd + length > keys.length) keys = grownBytes(keys, keyEnd + length, most.keyBytes);
    const at = record * RECORD;
    const { records } = self;
    records[at + HASH] = hash;
    records[at + KEY_AT] = keyEnd;
    keys.set(bytes.subarray(from, to), keyEnd);
    keyEnd += length;
    records[at + KEY] = length;
    records[at + CANONICAL] = -1;
    records[at + NEIGHBOURS] = -1;
    records[at + WEIGHT] = 0;
    const text = textOf(record);
    if (particles.has(text)) records[at + KEY]! |= PARTICLE;
    if (beginsPhrase(text)) records[at + KEY]! |= BEGINS_PHRASE;
    if (isSignMark(markOf(text))) records[at + KEY]! |= IS_SIGN;
    if (isSouthernFamily(text)) records[at + KEY]! |= SOUTHERN_FAMILY;
    const misspelt = misspeltAs(text);
    if (misspelt?.form !== undefined) records[at + KEY]! |= MISSPELT_FORM;
    if (misspelt?.phraseWord !== undefined) records[at + KEY]! |= MISSPELT_PHRASE_WORD;
    place(record);
    return record;
  }

  function place(record: number): void {
    const mask = table.length - 1;
    let at = self.records[record * RECORD + HASH]! & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = record + 1;
  }

  function rehash(): void {
    const cells = sizeOf(table.length, table.length * 2, mostRecords * 2);
    table = new Int32Array(2 ** Math.ceil(Math.log2(cells)));
    for (let record = 0; record < count - 1; record++) place(record);
  }

  function textOf(record: number): string {
    if (record === lastRecord) return lastText;
    const from = self.records[record * RECORD + KEY_AT]!;
    const length = self.records[record * RECORD + KEY]! & LENGTH;
    let text = "";
    for (let i = 0; i < length; i++) text += String.fromCharCode(keys[from + i]!);
    lastRecord = record;
    lastText = text;
    return text;
  }

  function rememberNeighbours(record: number): void {
    const text = textOf(record);
    const { count: found, ids, percents } = findNeighbours(termOf(text));
    const at = record * RECORD;
    self.records[at + FIRST_NEIGHBOUR] = neighbourEnd;
    self.records[at + NEIGHBOURS] = found;
    reserveNeighbours(found);
    for (let k = 0; k < found; k++) addNeighbour(ids[k]!, percents[k]!);
    const letter = letterIndex(text);
    if (letter < 0 || self.initials[letter * 2]! >= 0) return;
    const words = initialsOf(dictionary, letter);
    self.initials[letter * 2] = neighbourEnd;
    self.initials[letter * 2 + 1] = words.length;
    reserveNeighbours(words.length);
    for (const id of words) addNeighbour(id, INITIAL_PERCENT);
  }

  function reserveNeighbours(more: number): void {
    const needed = (neighbourEnd + more) * NEIGHBOUR;
    if (needed > self.arena.length) self.arena = grown(self.arena, needed, most.neighbours);
  }

  function addNeighbour(id: number, percent: number): void {
    const { arena } = self;
    const to = neighbourEnd++ * NEIGHBOUR;
    arena[to] = (id << 8) | percent;
    arena[to + 1] = (bucketOf(id) << 8) | dictionary.weights[id]!;
    for (let p = 0; p <= profiles.length; p++)
      arena[to + NEIGHBOUR_POSTINGS + p] = postings.starts[id * profiles.length + p]!;
  }

  function setBounds(record: number, threshold: number): void {
    const { records } = self;
    const at = record * RECORD;
    for (let p = 0; p < profiles.length; p++) {
      records[at + BOUNDS + 3 * p] = NOTHING;
      records[at + BOUNDS + 3 * p + 1] = NOTHING;
      records[at + BOUNDS + 3 * p + 2] = 0;
    }
    raiseBounds(at, threshold, { first: records[at + FIRST_NEIGHBOUR]!, count: records[at + NEIGHBOURS]! });
    const letter = self.letter(record);
    if (letter >= 0)
      raiseBounds(at, threshold, { first: self.initials[letter * 2]!, count: self.initials[letter * 2 + 1]! });
    records[at + WEIGHT] = (threshold << 8) | (records[at + WEIGHT]! & 0xff);
  }

  function raiseBounds(
    at: number,
    threshold: number,
    { first, count: neighbours }: { readonly first: number; readonly count: number },
  ): void {
    const { records, arena } = self;
    for (let k = first; k < first + neighbours; k++) {
      const weight = arena[k * NEIGHBOUR + 1]! & 0xff;
      const net = ((arena[k * NEIGHBOUR]! & 0xff) - threshold) * 200 * weight;
      for (let p = 0; p < profiles.length; p++) {
        const begin = k * NEIGHBOUR + NEIGHBOUR_POSTINGS + p;
        const postingCount = arena[begin + 1]! - arena[begin]!;
        if (postingCount === 0) continue;
        const to = at + BOUNDS + 3 * p;
        const gross = net + threshold * profiles[p]!.beta * weight;
        if (net > records[to]!) records[to] = net;
        if (gross > records[to + 1]!) records[to + 1] = gross;
        records[to + 2]! += postingCount;
      }
    }
  }
}

let spare = new Uint8Array(64);

function grown(array: Int32Array, least: number, most: number): Int32Array {
  const larger = new Int32Array(sizeOf(array.length, least, most));
  larger.set(array);
  return larger;
}

function grownBytes(array: Uint8Array<ArrayBuffer>, least: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(sizeOf(array.length, least, most));
  larger.set(array);
  return larger;
}

function sizeOf(now: number, least: number, most: number): number {
  const doubled = Math.max(now * 2, least);
  return doubled > DOUBLED_UP_TO && doubled < most ? most : doubled;
}
