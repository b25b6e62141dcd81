import type { Draft, DraftOf } from "./draft.ts";
import type { Plant, Wants } from "./plants.ts";
import type { Words } from "./words.ts";

/** The classes of issue 12 with a goal each, and what a later issue is about. */
export const trickClasses = {
  field: { title: "Name inside a larger field", goal: 95 },
  unread: { title: "Fields that were not read", goal: 95 },
  identifier: { title: "Identifiers", goal: 95 },
  encoding: { title: "Encodings (hit or held)", goal: 98 },
  later: { title: "Later issue", goal: null },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly goal: number | null }>>;

export type TrickClass = keyof typeof trickClasses;

/** What a trick is played with: an innocent event, what to hide in it, and innocent words. */
export interface Stage {
  readonly draft: Draft;
  readonly plant: Plant;
  readonly words: Words;
}

/** One kind of trick. Pure but for the draft: the same stage gives the same event. */
export interface Trick {
  readonly class: TrickClass;
  /** Unique among all. */
  readonly name: string;
  readonly wants: Wants;
  /** Only with events of this topic. */
  readonly of?: DraftOf | undefined;
  /** Writes the plant into the draft; false: the trick cannot be played with this plant, and another is drawn. */
  play(stage: Stage): boolean;
}
