/**
 * Where the parts of a batch's events stand in their values, in flat arrays that are reused from batch to batch: one row a
 * record, one a part. A part is what can be judged by itself: a party, an agent, a text. Nothing is copied.
 */
export interface EventParts {
  /** Rows of records in use. */
  records: number;
  /** Parts of record r: from `firstPart[r]` up to, not including, `firstPart[r + 1]`. */
  firstPart: Int32Array<ArrayBuffer>;
  /** The event id's bytes in the value; `idStart` is -1 where the value must be read in full, and has no parts here. */
  idStart: Int32Array<ArrayBuffer>;
  idEnd: Int32Array<ArrayBuffer>;
  /** Milliseconds since the epoch; NaN where the event has none. */
  decideBy: Float64Array<ArrayBuffer>;
  /** Milliseconds since the epoch; 0 where the event does not say. */
  createdAt: Float64Array<ArrayBuffer>;
  /** What the rules of a policy ask of record r, in `FACTS` places from `r * FACTS` on, in the order of `factPlaces`: see `PartsReader.facts`. */
  facts: Int32Array<ArrayBuffer>;
  /** One of `partKinds`. */
  kind: Uint8Array<ArrayBuffer>;
  /** Its bytes in the value: of a party or an agent those behind its role, of a line its text. */
  start: Int32Array<ArrayBuffer>;
  end: Int32Array<ArrayBuffer>;
  /** Whose it is or what for: a place in `PartsReader.owners`. */
  owner: Uint8Array<ArrayBuffer>;
}

/** The symbol of the rail or channel, and where the money's bytes, the country of origin and that of destination begin; -1 for none. */
export const factPlaces = { SYMBOL: 0, MONEY: 1, FROM: 2, TO: 3 } as const;
const FACTS = 4;

export function factAt({ facts }: EventParts, row: number, place: number): number {
  return facts[row * FACTS + place]!;
}

export function setFact({ facts }: EventParts, row: number, place: number, value: number): void {
  facts[row * FACTS + place] = value;
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

/** More parts than this are read in full, where the bound on fields is kept. */
const MOST_PARTS_A_RECORD = 256;

export function newEventParts(): EventParts {
  return {
    records: 0,
    firstPart: new Int32Array(1025),
    idStart: new Int32Array(1024),
    idEnd: new Int32Array(1024),
    decideBy: new Float64Array(1024),
    createdAt: new Float64Array(1024),
    facts: new Int32Array(1024 * FACTS),
    kind: new Uint8Array(8192),
    start: new Int32Array(8192),
    end: new Int32Array(8192),
    owner: new Uint8Array(8192),
  };
}

/** Opens a row that has no parts yet and must be read in full, as long as nothing else is said of it. */
export function openRow(parts: EventParts): number {
  const row = parts.records++;
  if (row === parts.idStart.length) growRecords(parts, row * 2);
  if (parts.firstPart[row]! + MOST_PARTS_A_RECORD > parts.kind.length) growParts(parts, parts.kind.length * 2);
  parts.idStart[row] = -1;
  parts.createdAt[row] = 0;
  parts.facts.fill(-1, row * FACTS, (row + 1) * FACTS);
  parts.firstPart[row + 1] = parts.firstPart[row]!;
  return row;
}

/** False when the record has no room for another part. */
export function addPart(
  parts: EventParts,
  row: number,
  kind: number,
  start: number,
  end: number,
  owner: number,
): boolean {
  const at = parts.firstPart[row + 1]!;
  if (at - parts.firstPart[row]! >= MOST_PARTS_A_RECORD) return false;
  parts.kind[at] = kind;
  parts.start[at] = start;
  parts.end[at] = end;
  parts.owner[at] = owner;
  parts.firstPart[row + 1] = at + 1;
  return true;
}

/** Leaves the row to be read in full. */
export function giveUpRow(parts: EventParts, row: number): void {
  parts.idStart[row] = -1;
  parts.firstPart[row + 1] = parts.firstPart[row]!;
}

function growRecords(parts: EventParts, length: number): void {
  const decideBy = new Float64Array(length);
  decideBy.set(parts.decideBy);
  parts.decideBy = decideBy;
  const createdAt = new Float64Array(length);
  createdAt.set(parts.createdAt);
  parts.createdAt = createdAt;
  parts.facts = grown(parts.facts, length * FACTS);
  parts.firstPart = grown(parts.firstPart, length + 1);
  parts.idStart = grown(parts.idStart, length);
  parts.idEnd = grown(parts.idEnd, length);
}

function growParts(parts: EventParts, length: number): void {
  const kind = new Uint8Array(length);
  kind.set(parts.kind);
  parts.kind = kind;
  parts.start = grown(parts.start, length);
  parts.end = grown(parts.end, length);
  const owner = new Uint8Array(length);
  owner.set(parts.owner);
  parts.owner = owner;
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
