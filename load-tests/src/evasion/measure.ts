import { mixWith, seededRandom } from "@cordon/simulator";

import { type Draft, newDraft } from "./draft.ts";
import { hidden } from "./hidden.ts";
import { judge, type Verdict } from "./judge.ts";
import { kindOf } from "./kinds/identifiers/spec.ts";
import { partyTypeOf, type Plant, type PlantSource } from "./plants.ts";
import type { Screener } from "./screener.ts";
import type { Trick, TrickClass } from "./trick.ts";
import { type Pools, wordsOf } from "./words.ts";

/** How often each verdict was given on one kind of trick. */
export interface KindResult {
  readonly class: TrickClass;
  readonly name: string;
  readonly samples: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Draws whose control, the same written plainly, did not hit, or that the trick could not be played with. */
  readonly drawnAgain: number;
  /** Samples that the fast path cleared and the full one did not. */
  readonly differences: number;
  readonly missed: readonly Missed[];
}

/** A sample that was not found. Holds names: for the terminal, and for no file that is committed. */
export interface Missed {
  readonly verdict: Verdict;
  readonly designation: string;
  readonly plain: string;
  readonly written: readonly { readonly path: string; readonly text: string }[];
}

export interface MeasureOptions {
  readonly screener: Screener;
  readonly plants: PlantSource;
  readonly pools: Pools;
  readonly seed: number;
  readonly samples: number;
}

/** Draws of one sample before it is given up: the lists hold too little for this trick. */
const MOST_DRAWS = 400;

export function measureTrick(trick: Trick, options: MeasureOptions): KindResult {
  const counts: Record<Verdict, number> = { found: 0, "wrong-offsets": 0, elsewhere: 0, held: 0, clear: 0 };
  const missed: Missed[] = [];
  let drawnAgain = 0;
  let differences = 0;
  for (let number = 0; number < options.samples; number++) {
    const { draft, plant, again } = sampleOf(trick, number, options);
    drawnAgain += again;
    const { outcome, clearByParts } = options.screener.both(draft);
    const verdict = judge(outcome, plant.designation, draft.parts);
    counts[verdict]++;
    if (clearByParts && outcome.kind !== "clear") differences++;
    if (verdict !== "found")
      missed.push({
        verdict,
        designation: plant.designation.id,
        plain: plant.text,
        written: draft.parts.map(({ path, text }) => ({ path, text })),
      });
  }
  return { class: trick.class, name: trick.name, samples: options.samples, counts, drawnAgain, differences, missed };
}

type ListedPlant = Plant & { readonly designation: NonNullable<Plant["designation"]> };

export interface Sample {
  readonly draft: Draft;
  readonly plant: ListedPlant;
  readonly again: number;
}

/** Sample `number` of a trick: the same for the same seed, lists and controls, whatever else is measured. */
export function sampleOf(trick: Trick, number: number, { screener, plants, pools, seed }: MeasureOptions): Sample {
  const random = seededRandom(mixWith(mixWith(seed, hashOf(trick.name)), number));
  const words = wordsOf(pools, random);
  for (let again = 0; again < MOST_DRAWS; again++) {
    const plant = plants.draw(trick.wants, random);
    if (!isListed(plant)) continue;
    const draft = newDraft(words, { of: trick.of });
    if (trick.play({ draft, plant, words }) && controlHits(plant, screener, pools)) return { draft, plant, again };
  }
  throw new RangeError(`"${trick.name}": no plain name or identifier of ${String(MOST_DRAWS)} hits`);
}

function isListed(plant: Plant): plant is ListedPlant {
  return plant.designation !== null;
}

/** Whether the same, written plainly where it was always read, is found: a name in a party's name, an identifier in a field of its kind. */
function controlHits(plant: ListedPlant, screener: Screener, pools: Pools): boolean {
  const draft = controlOf(plant, pools);
  return judge(screener.both(draft).outcome, plant.designation, draft.parts) === "found";
}

export function controlOf(plant: Plant, pools: Pools): Draft {
  const draft = newDraft(wordsOf(pools, seededRandom(1)), { of: "payments", bare: true });
  const text = hidden("", plant.text);
  if (plant.kind === null) {
    draft.set("parties[0].type", partyTypeOf(plant.type));
    draft.hide("parties[0].name", text);
  } else {
    draft.set("parties[0].identifiers", [{ kind: kindOf(plant), value: "", issuer: null }]);
    draft.hide("parties[0].identifiers[0].value", text);
  }
  return draft;
}

/** FNV-1a, 32 bits: a trick has its own sequence, so that adding another changes none. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
