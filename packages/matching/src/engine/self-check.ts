import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import type { CompiledSearchOptions, NameMatch, ScreeningIndex, SearchResult } from "../search.ts";
import { scanText } from "../text/scan-text.ts";
import { compileSearchOptions } from "./options.ts";
import { type ExhaustiveScan, exhaustiveScan } from "./scan-everything.ts";

/** Designations looked at, spread evenly over the index, and how many of them lend a name to a question. */
const SAMPLED = 384;
const QUESTIONS = 48;
/** Names also asked for within a line of free text, and within a field for a name. A scan of texts costs more. */
const LINES = 4;
/** Parts of the sample, each scanned by itself: all of it at once would keep other work waiting. */
const PARTS = 4;

interface SamplePart {
  readonly entries: readonly Designation[];
  readonly ids: ReadonlySet<string>;
  readonly oracle: ExhaustiveScan;
}

/** What only an index of this engine offers: entries by their place, so that a sample costs no more than itself. */
interface Sampled extends ScreeningIndex {
  readonly designationAt?: (this: void, position: number) => Designation;
}

/**
 * Asks a freshly opened index for names of a sample of its designations, as listed and perturbed, and compares what it
 * says of that sample with the exhaustive scan: the same designations, names, scores, reasons and order. The same index is
 * always asked the same, at a bounded cost: 104 searches, four of them in lines of free text and four in fields for a name, each beside a scan of at most 384 designations.
 * Throws SNAPSHOT_INVALID when the index has nobody in it, when somebody in it is not found under his own name, and
 * when search and scan differ in anything.
 */
export function selfCheck(index: ScreeningIndex): void {
  const steps = selfCheckSteps(index);
  while (steps.next().done !== true);
}

/** The same, in steps of some milliseconds: whoever has other work does some of it between two steps. Good only once it ran to its end. */
export function* selfCheckSteps(index: ScreeningIndex): Generator<void, void, void> {
  const options = compileSearchOptions({ weakAliases: "raise" });
  const sample = sampleOf(index);
  // Lists of places alone have no names to be asked for.
  if (sample.length === 0 && index.places().length > 0) return;
  yield;
  const parts: SamplePart[] = [];
  for (let part = 0; part < PARTS; part++) {
    const entries = sample.filter((_, at) => at % PARTS === part);
    parts.push({ entries, ids: new Set(entries.map(({ id }) => id)), oracle: exhaustiveScan(entries) });
    yield;
  }
  const step = Math.max(1, Math.floor(sample.length / QUESTIONS));
  let checked = 0;
  for (let at = 0; at < sample.length; at += step) {
    const designation = sample[at]!;
    const text = designation.names[0]?.text ?? "";
    const found = ask(index, text, options);
    if (found.kind === "matches" && !found.matches.some((match) => match.designation.id === designation.id))
      throw unlike("the index does not find a designation under its primary name", designation);
    for (const question of [text, perturbed(text, at)]) {
      yield;
      const actual = question === text ? found : ask(index, question, options);
      const expected = parts.map(({ oracle }) => oracle.scan(question, options));
      // Too broad is no answer: the screener holds such an event, so nothing is missed.
      if (actual.kind === "too-broad" || expected.some(({ kind }) => kind === "unreadable")) continue;
      if (!expected.every((scanned, part) => agree(actual, scanned, parts[part]!.ids)))
        throw unlike("the index finds otherwise than an exhaustive scan", designation);
      checked++;
    }
  }
  if (checked === 0) throw new CordonError("SNAPSHOT_INVALID", "the index holds no designation that can be found");
  for (let at = 0; at < LINES; at++) {
    const designation = sample[Math.floor((at * sample.length) / LINES)]!;
    const name = designation.names[0]?.text ?? "";
    for (const [place, text] of [
      ["line", `Payment to ${name}, invoice ${String(at)}`],
      ["name", `c/o ${name}, PO Box ${String(at)}`],
    ] as const) {
      const actual = answering(() => index.searchText(text, options, place));
      for (const { entries, ids } of parts) {
        yield;
        if (actual.kind !== "too-broad" && !agree(actual, scanText(entries, text, options, place), ids))
          throw unlike("the index finds otherwise in a text than an exhaustive scan", designation);
      }
    }
  }
}

function unlike(reason: string, { id }: Designation): CordonError {
  return new CordonError("SNAPSHOT_INVALID", reason, { details: { designation: id } });
}

function ask(index: ScreeningIndex, text: string, options: CompiledSearchOptions): SearchResult {
  return answering(() => index.search(text, options));
}

/** A row that does not say what its name says ends the search; here that is one more way of being invalid. */
function answering(search: () => SearchResult): SearchResult {
  try {
    return search();
  } catch (cause) {
    throw new CordonError("SNAPSHOT_INVALID", "the index cannot answer for its own names", { cause });
  }
}

function sampleOf(index: Sampled): readonly Designation[] {
  const total = index.lists.reduce((sum, { entries }) => sum + entries, 0);
  const step = Math.max(1, Math.floor(total / SAMPLED));
  const { designationAt } = index;
  const sampled =
    designationAt === undefined
      ? [...index.designations()].filter((_, at) => at % step === 0)
      : Array.from({ length: Math.ceil(total / step) }, (_, at) => designationAt(at * step));
  // A place is nobody's name, and not searched for as one.
  return sampled.filter(({ place }) => place === undefined);
}

/** One letter in the middle is dropped, doubled or changed places with the next, in turn. */
function perturbed(text: string, turn: number): string {
  const middle = Math.floor(text.length / 2);
  const before = text.slice(0, middle);
  const [here, next] = [text.charAt(middle), text.charAt(middle + 1)];
  switch (turn % 3) {
    case 0:
      return before + text.slice(middle + 1);
    case 1:
      return before + here + text.slice(middle);
    default:
      return before + next + here + text.slice(middle + 2);
  }
}

function agree(actual: SearchResult, expected: SearchResult, sampled: ReadonlySet<string>): boolean {
  if (actual.kind !== "matches" || expected.kind !== "matches") return actual.kind === expected.kind;
  const here = actual.matches.filter((match) => sampled.has(match.designation.id));
  return here.length === expected.matches.length && here.every((match, at) => same(match, expected.matches[at]!));
}

function same(a: NameMatch, b: NameMatch): boolean {
  return (
    a.designation.id === b.designation.id &&
    a.score === b.score &&
    a.start === b.start &&
    a.end === b.end &&
    a.name.text === b.name.text &&
    a.reasons.length === b.reasons.length &&
    a.reasons.every(({ kind, points }, at) => kind === b.reasons[at]!.kind && points === b.reasons[at]!.points)
  );
}
