/** How often a part was looked for among those remembered, and what came of it. */
export interface LookUps {
  /** It was there. */
  known: number;
  /** It was there under an earlier index, and was compared with what was listed since. */
  renewed: number;
  /** It was not, or was not clear before: it was compared with the whole index. */
  new: number;
}

/** Counted up for ever. */
export interface PartCounts {
  readonly party: LookUps;
  readonly agent: LookUps;
  readonly text: LookUps;
}

const none = (): LookUps => ({ known: 0, renewed: 0, new: 0 });

export function newPartCounts(): PartCounts {
  return { party: none(), agent: none(), text: none() };
}
