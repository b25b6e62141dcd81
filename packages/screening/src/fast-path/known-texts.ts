import { ownerOf, type TextOwner, type TextTreatments, workOfReading } from "@cordon/decisions";
import { decodeText } from "@cordon/matching";
import type { PartsReader } from "@cordon/schemas";

import { packedVerdict } from "./ages.ts";
import type { InHand } from "./known-bearers.ts";
import { NOT_PACKED, type PackedPart } from "./packed-verdict.ts";
import type { PartCounts } from "./part-counts.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** Which texts are clear, remembered by what they say. */
export interface KnownTexts {
  /** What is known of texts of that owner, by its place in `PartsReader.owners`. `listsPlaces`: whether the index lists any. */
  of(owner: number, reader: PartsReader, listsPlaces: boolean): TextMemory;
  /** The verdict on a part that is a text, or `NOT_PACKED` where it is not clear. */
  verdictOnPart(event: UnreadEvent, part: number, of: TextMemory, inHand: InHand): PackedPart;
  /** The same for a text that stands nowhere as it is. */
  verdictOn(text: string, of: TextMemory, inHand: InHand): PackedPart;
}

/** Texts of one owner, and what is known of them. */
export interface TextMemory {
  readonly owner: TextOwner;
  readonly screened: boolean;
  readonly lines: RecentBytes;
}

export interface KnownTextsOptions {
  readonly texts: TextTreatments;
  /** How many it remembers. */
  readonly most: number;
  readonly counts: PartCounts;
}

/** UTF-16 units of a text that is remembered, and bytes of as many. */
const LONGEST = 512;
const LONGEST_BYTES = LONGEST * 3;

export function knownTexts({ texts, most, counts: { text: count } }: KnownTextsOptions): KnownTexts {
  const linesBy = new Map<string, RecentBytes>();
  /** By owner. */
  const memoriesOf = new WeakMap<PartsReader, (TextMemory | undefined)[]>();
  const scratch = Buffer.alloc(LONGEST_BYTES);
  const scratchView = new DataView(scratch.buffer, scratch.byteOffset, scratch.byteLength);

  function newMemory(of: TextOwner, listsPlaces: boolean): TextMemory {
    const { id, screened } = texts.of(of.role, of.kind);
    // Places are looked for in some kinds of texts only.
    const likeness = `${String(id)} ${listsPlaces ? of.kind : ""}`;
    let lines = linesBy.get(likeness);
    if (lines === undefined) linesBy.set(likeness, (lines = createRecentBytes(most, LONGEST_BYTES)));
    return { owner: of, screened, lines };
  }

  /**
   * The bytes that a text is known by, in `scratch`; their number, or -1 for a text that is not remembered: too long, or with half of a
   * character, which has no bytes of its own.
   */
  function written(text: string): number {
    return text.length <= LONGEST && text.isWellFormed() ? scratch.write(text) : -1;
  }

  /** What is kept of these very characters, as it is now; `NOTHING_KEPT` where they must be compared with the whole index. */
  function kept(text: string, { owner, lines }: TextMemory, { judges, workLeft }: InHand): PackedPart {
    // Of a text that is not remembered nothing is kept.
    const before = lines.get(scratchView, 0, written(text));
    if (before === NOTHING_KEPT) return before;
    const keptAt = lines.keptAt();
    if (keptAt === judges.age.number) {
      count.known++;
      return before;
    }
    const renewed = judges.renewed(before, keptAt, (judge) => judge.line(text, owner, workLeft));
    if (renewed === NOTHING_KEPT) return renewed;
    count.renewed++;
    lines.keep(scratchView, 0, written(text), renewed, judges.age.number);
    return renewed;
  }

  /** Compares the text with the whole index. */
  function judged(text: string, { owner, lines }: TextMemory, { judges, workLeft }: InHand): PackedPart {
    count.new++;
    const verdict = packedVerdict(judges.now.line(text, owner, workLeft));
    if (verdict === null) return NOT_PACKED;
    const length = written(text);
    if (length >= 0) lines.keep(scratchView, 0, length, verdict, judges.age.number);
    return verdict;
  }

  /*
   * Texts with one key share a verdict, for a number in a text is mostly nobody's; but it may be an identifier. Of a text that is
   * encoded the numbers may be letters: it is its own key. So is each where listed words have numbers.
   */
  function verdictOn(text: string, of: TextMemory, inHand: InHand): PackedPart {
    // Whatever is kept for these very characters was judged with all that is in them.
    const known = kept(text, of, inHand);
    return known === NOTHING_KEPT ? verdictByKey(text, of, inHand) : known;
  }

  function verdictByKey(text: string, of: TextMemory, inHand: InHand): PackedPart {
    const { judges, workLeft } = inHand;
    // Decoding is work, too: the bound that judging begins with holds before it.
    if (workOfReading(text) > workLeft) return NOT_PACKED;
    const { readings, unreadable } = decodeText(text);
    const isPlain = readings.length === 0 && !unreadable && !judges.now.wordsHaveNumbers;
    const key = isPlain ? judges.age.index.lineKey(text) : text;
    const known = kept(key, of, inHand);
    const verdict = known === NOTHING_KEPT ? judged(key, of, inHand) : known;
    return judges.now.noIdentifierIn(text) ? verdict : NOT_PACKED;
  }

  return {
    of(owner, reader, listsPlaces) {
      let memories = memoriesOf.get(reader);
      if (memories === undefined) memoriesOf.set(reader, (memories = []));
      return (memories[owner] ??= newMemory(ownerOf(reader.owners[owner]!.field), listsPlaces));
    },
    verdictOnPart({ parts, value, bytes, base }, part, of, inHand) {
      const start = parts.start[part]!;
      const end = parts.end[part]!;
      // Known by the bytes that it stands in: then no text is made of them.
      const before = of.lines.get(bytes, base + start, base + end);
      if (before !== NOTHING_KEPT && of.lines.keptAt() === inHand.judges.age.number) {
        count.known++;
        return before;
      }
      const text = value.toString("utf8", start, end);
      return before === NOTHING_KEPT ? verdictByKey(text, of, inHand) : verdictOn(text, of, inHand);
    },
    verdictOn,
  };
}
