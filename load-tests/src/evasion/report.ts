import { markdownTable } from "../markdown-table.ts";
import { causes, type InnocentResult } from "./innocents.ts";
import type { KindResult } from "./measure.ts";
import { type TrickClass, trickClasses } from "./trick.ts";

/** All figures of a run. */
export interface EvasionFigures {
  readonly lists: string;
  readonly engineVersion: string;
  readonly seed: number;
  readonly samples: number;
  readonly kinds: readonly KindResult[];
  readonly innocents: readonly InnocentResult[];
}

/** What was measured before: `docs/evasion-before.json`. */
export interface Before {
  readonly commit: string;
  readonly kinds: Readonly<Record<string, { readonly found: number; readonly held: number; readonly samples: number }>>;
  readonly innocents: readonly Omit<InnocentResult, "examples" | "causes">[];
}

/** Found, or in encodings found or held: what counts for the goal. */
export function counted({ class: of, counts }: Pick<KindResult, "class" | "counts">): number {
  return of === "encoding" ? counts.found + counts.held : counts.found;
}

export interface ClassFigures {
  readonly class: TrickClass;
  readonly kinds: number;
  readonly samples: number;
  /** Percent. */
  readonly recall: number;
  readonly before: number | null;
}

export function classFigures(kinds: readonly KindResult[], before: Before | null): readonly ClassFigures[] {
  return (Object.keys(trickClasses) as TrickClass[]).flatMap((of) => {
    const own = kinds.filter((kind) => kind.class === of);
    if (own.length === 0) return [];
    const samples = sum(own.map((kind) => kind.samples));
    const known = own.flatMap(({ name }) => before?.kinds[name] ?? []);
    const then = sum(known.map(({ found, held }) => found + (of === "encoding" ? held : 0)));
    return {
      class: of,
      kinds: own.length,
      samples,
      recall: (100 * sum(own.map(counted))) / samples,
      before: known.length === 0 ? null : (100 * then) / sum(known.map((kind) => kind.samples)),
    };
  });
}

/** How many times as often as by the names alone may innocents alert. */
const MOST_ALARMS = 1.3;

/**
 * What is wrong with these figures, for a person to read; nothing when all goals are met. Of encoded innocents the holds
 * are none of the alarms: what cannot be decoded is held whoever it is.
 */
export function breaches({ kinds, innocents }: EvasionFigures): readonly string[] {
  const wrong: string[] = [];
  for (const { class: of, recall } of classFigures(kinds, null)) {
    const { title, goal } = trickClasses[of];
    if (goal !== null && recall < goal) wrong.push(`${title}: ${recall.toFixed(1)} % of ${String(goal)} %`);
  }
  const differences = sum(kinds.map((kind) => kind.differences));
  if (differences > 0) wrong.push(`the fast path cleared ${String(differences)} events that the full one does not`);
  for (const round of innocents) {
    const base = baseOf(round, innocents);
    if (base === undefined) continue;
    const most = MOST_ALARMS * alarms(base);
    if (alarms(round) > most)
      wrong.push(`${round.what}: ${String(alarms(round))} false alarms, ${most.toFixed(1)} at most`);
  }
  return wrong;
}

function alarms({ holdsCount, hits, holds }: InnocentResult): number {
  return holdsCount ? hits + holds : hits;
}

function baseOf({ against }: InnocentResult, all: readonly InnocentResult[]): InnocentResult | undefined {
  return all.find(({ what }) => what === against);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const percent = (part: number, whole: number): string => (whole === 0 ? "" : ((100 * part) / whole).toFixed(0));

export function classTable(kinds: readonly KindResult[], before: Before | null): string {
  return markdownTable(
    ["class", "kinds", "samples", "before, %", "now, %", "goal, %"],
    classFigures(kinds, before).map(({ class: of, kinds: count, samples, recall, before: then }) => [
      trickClasses[of].title,
      String(count),
      String(samples),
      then === null ? "" : then.toFixed(1),
      recall.toFixed(1),
      trickClasses[of].goal === null ? "none" : String(trickClasses[of].goal),
    ]),
  );
}

export function kindTable(kinds: readonly KindResult[], before: Before | null): string {
  return markdownTable(
    [
      "kind",
      "before: found, %",
      "before: held, %",
      "found, %",
      "held, %",
      "wrong offsets",
      "hit elsewhere",
      "clear",
      "drawn again",
    ],
    kinds.map(({ name, samples, counts, drawnAgain }) => {
      const then = before?.kinds[name];
      return [
        name,
        then === undefined ? "" : percent(then.found, then.samples),
        then === undefined ? "" : percent(then.held, then.samples),
        percent(counts.found, samples),
        percent(counts.held, samples),
        ...[counts["wrong-offsets"], counts.elsewhere, counts.clear, drawnAgain].map(String),
      ];
    }),
  );
}

export function innocentTable(innocents: readonly InnocentResult[], before: Before | null): string {
  return markdownTable(
    ["what", "events", "before: hit", "before: held", "hit", "held", "false alarms, times", "as often as"],
    innocents.map((round) => {
      const { what, events, hits, holds } = round;
      const base = baseOf(round, innocents);
      const then = before?.innocents.find((known) => known.what === what && known.events === events);
      return [
        what,
        String(events),
        then === undefined ? "" : String(then.hits),
        then === undefined ? "" : String(then.holds),
        String(hits),
        String(holds),
        base === undefined || alarms(base) === 0 ? "" : (alarms(round) / alarms(base)).toFixed(2),
        base?.what ?? "",
      ];
    }),
  );
}

/** Hits of innocents by what made them. */
export function causeTable(innocents: readonly InnocentResult[]): string {
  return markdownTable(
    ["hits by what made them", ...causes],
    innocents.map((round) => [round.what, ...causes.map((cause) => String(round.causes[cause]))]),
  );
}

const aboutCauses = `"The name alone": the customer alerts by it, too. "A number": an invented one of the event is by chance that of a listed ship. The others by the script of the
customer's name, a part of which reads like a listed name. To take a word that is read by its sounds, or each syllable in Han or Hangul, for more of the name beside
it would part most of them, and would hide a listed name beside an Arabic, Chinese or Korean word that no table has.`;

/** All of `docs/evasion.md`. */
export function documentOf(figures: EvasionFigures, before: Before | null, command: string): string {
  const { lists, engineVersion, seed, samples, kinds, innocents } = figures;
  const section = (of: TrickClass): string =>
    `## ${trickClasses[of].title}\n\n${kindTable(
      kinds.filter((kind) => kind.class === of),
      before,
    )}`;
  return `# Deliberate evasion: what was hidden, and what was found

Written by \`${command}\` with engine ${engineVersion}, seed ${String(seed)}; do not edit. "Before" is commit ${before?.commit ?? "unknown"}.

Listed names and identifiers of ${lists} are hidden in complete payments and remittances, ${String(samples)} samples of each kind, drawn from the
lists by the seed. Each event is encoded to Avro and screened as a screener does, on the fast path and in full, with the
default policy; the fast path never cleared what the full one does not, or the command fails. The same name or identifier
written plainly, in a party's name or in an identifier of its kind, hits: a sample of which that is not so is drawn again.

- **Found**: HIT that names the designation in the field where it is hidden, with offsets that cover it. Of encodings, HOLD counts too.
- **Wrong offsets**: the same, but the offsets do not cover it, or reach far beyond. **Hit elsewhere**: HIT for something else.
- **Drawn again**: draws whose control did not hit, or that the trick could not be played with.

${classTable(kinds, before)}

## Innocents

The same tricks with customers of \`clean-customers.csv\` and invented identifiers, and complete events of the same customers
with addresses on streets that are called after people. They may alert ${String(MOST_ALARMS)} times as often as by their names alone; what is
encoded and cannot be read is held whoever it is.

${innocents.length === 0 ? "Not measured." : `${innocentTable(innocents, before)}\n\n${aboutCauses}\n\n${causeTable(innocents)}`}

${(Object.keys(trickClasses) as TrickClass[]).map(section).join("\n\n")}
`;
}
