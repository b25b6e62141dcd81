import {
  createRecent,
  ownerOf,
  type PartJudge,
  type Recent,
  type TextOwner,
  type TextTreatments,
  workOfReading,
} from "@cordon/decisions";
import { decodeText, type ScreeningIndex } from "@cordon/matching";
import type { PartsReader } from "@cordon/schemas";

import { NOT_PACKED, packed, type PackedPart } from "./packed-verdict.ts";

/** Which texts are clear, remembered by what they say. */
export interface KnownTexts {
  /** What is known of texts of that owner, by its place in `PartsReader.owners`. */
  of(owner: number, reader: PartsReader): TextMemory;
  /** The verdict on the text, or `NOT_PACKED` where it is not clear; `workLeft` bounds what it may take. */
  verdictOn(text: string, of: TextMemory, workLeft: number): PackedPart;
}

/** Texts of one owner, and what is known of them. */
export interface TextMemory {
  readonly owner: TextOwner;
  readonly screened: boolean;
  readonly lines: Recent<number>;
}

export interface KnownTextsOptions {
  readonly judge: PartJudge;
  readonly texts: TextTreatments;
  readonly index: ScreeningIndex;
  /** By how much its memory is smaller. */
  readonly share: number;
}

/** Texts remembered where all events are treated alike, and the longest of them. */
const MOST = 50_000;
const LONGEST = 512;

export function knownTexts({ judge, texts, index, share }: KnownTextsOptions): KnownTexts {
  const linesBy = new Map<string, Recent<number>>();
  /** By owner. */
  const memoriesOf = new WeakMap<PartsReader, (TextMemory | undefined)[]>();

  function newMemory(of: TextOwner): TextMemory {
    const { id, screened } = texts.of(of.role, of.kind);
    // Places are looked for in some kinds of texts only.
    const likeness = `${String(id)} ${judge.listsPlaces ? of.kind : ""}`;
    let lines = linesBy.get(likeness);
    if (lines === undefined) linesBy.set(likeness, (lines = createRecent<number>(MOST / share, () => true, LONGEST)));
    return { owner: of, screened, lines };
  }

  function judged(key: string, { owner, lines }: TextMemory, workLeft: number): PackedPart {
    const verdict = judge.line(key, owner, workLeft);
    if (verdict === "unknown") return NOT_PACKED;
    const kept = packed(verdict);
    lines.keep(key, kept);
    return kept;
  }

  return {
    of(owner, reader) {
      let memories = memoriesOf.get(reader);
      if (memories === undefined) memoriesOf.set(reader, (memories = []));
      return (memories[owner] ??= newMemory(ownerOf(reader.owners[owner]!.field)));
    },
    /*
     * Texts with one key share a verdict, for a number in a text is mostly nobody's; but it may be an identifier. Of a text that is
     * encoded the numbers may be letters: it is its own key. So is each where listed words have numbers.
     */
    verdictOn(text, of, workLeft) {
      const { lines } = of;
      // Whatever is kept for these very characters was judged with all that is in them.
      const known = lines.get(text);
      if (known !== undefined) return known;
      // Decoding is work, too: the bound that judging begins with holds before it.
      if (workOfReading(text) > workLeft) return NOT_PACKED;
      const { readings, unreadable } = decodeText(text);
      const isPlain = readings.length === 0 && !unreadable && !judge.wordsHaveNumbers;
      const key = isPlain ? index.lineKey(text) : text;
      const kept = key === text ? judged(key, of, workLeft) : (lines.get(key) ?? judged(key, of, workLeft));
      return kept === NOT_PACKED || key === text || judge.noIdentifierIn(text) ? kept : NOT_PACKED;
    },
  };
}
