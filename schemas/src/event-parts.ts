/**
 * Where the parts of an event stand in its value, in flat arrays that are reused from event to event. A part is what can be judged by
 * itself: a party, an agent, a text. Nothing is copied.
 */
export interface EventParts {
  /** How many parts there are. */
  count: number;
  /** The event id's bytes in the value; `idStart` is -1 where the value must be read in full, and has no parts here. */
  idStart: number;
  idEnd: number;
  /** Milliseconds since the epoch; NaN where the event has none. */
  decideBy: number;
  /** Milliseconds since the epoch; 0 where the event does not say. */
  createdAt: number;
  /** What the rules of a policy ask, by `factPlaces`: see `PartsReader.facts`. */
  readonly facts: Int32Array<ArrayBuffer>;
  /** One of `partKinds`. */
  readonly kind: Uint8Array<ArrayBuffer>;
  /** Its bytes in the value: of a party or an agent those behind its role, of a line its text. */
  readonly start: Int32Array<ArrayBuffer>;
  readonly end: Int32Array<ArrayBuffer>;
  /** Whose it is or what for: a place in `PartsReader.owners`. */
  readonly owner: Uint8Array<ArrayBuffer>;
}

/** The symbol of the rail or channel, and where the money's bytes, the country of origin and that of destination begin; `NOWHERE` for none. */
export const factPlaces = { SYMBOL: 0, MONEY: 1, FROM: 2, TO: 3 } as const;
export const NOWHERE = -1;
const FACTS = 4;

export function factAt({ facts }: EventParts, place: number): number {
  return facts[place]!;
}

export function setFact({ facts }: EventParts, place: number, value: number): void {
  facts[place] = value;
}

/**
 * `NAMED`: in a role whose name must be there. All `LINE`s of an event are of one array, in its order, and so are all `INSTRUCTION`s
 * and all `REPORTING`s; a `TEXT` stands alone. A `REFERENCE` and a `CODE` are texts that mostly say nothing.
 */
export const partKinds = {
  PARTY_NAMED: 0,
  PARTY_OTHER: 1,
  AGENT_NAMED: 2,
  AGENT_OTHER: 3,
  LINE: 4,
  TEXT: 5,
  REFERENCE: 6,
  CODE: 7,
  INSTRUCTION: 8,
  REPORTING: 9,
} as const;

/** An event of more parts than this is read in full, where the bound on fields is kept. */
const MOST_PARTS = 256;

export function newEventParts(): EventParts {
  return {
    count: 0,
    idStart: -1,
    idEnd: 0,
    decideBy: Number.NaN,
    createdAt: 0,
    facts: new Int32Array(FACTS),
    kind: new Uint8Array(MOST_PARTS),
    start: new Int32Array(MOST_PARTS),
    end: new Int32Array(MOST_PARTS),
    owner: new Uint8Array(MOST_PARTS),
  };
}

/** Forgets the event before. The next has no parts yet and must be read in full, as long as nothing else is said of it. */
export function beginEvent(parts: EventParts): void {
  parts.decideBy = Number.NaN;
  parts.createdAt = 0;
  parts.facts.fill(NOWHERE);
  giveUpEvent(parts);
}

/** False when there is no room for another part. */
export function addPart(parts: EventParts, kind: number, start: number, end: number, owner: number): boolean {
  const at = parts.count;
  if (at >= MOST_PARTS) return false;
  parts.kind[at] = kind;
  parts.start[at] = start;
  parts.end[at] = end;
  parts.owner[at] = owner;
  parts.count = at + 1;
  return true;
}

/** Leaves the event to be read in full. */
export function giveUpEvent(parts: EventParts): void {
  parts.idStart = -1;
  parts.count = 0;
}
