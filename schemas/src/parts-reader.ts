import type avro from "avsc";

import { allowItems, blockCount, boundedType } from "./bounded-types.ts";
import { isCodeUnit, LONGEST_CODE } from "./codes.ts";
import {
  addPart,
  beginEvent,
  type EventParts,
  factAt,
  factPlaces,
  giveUpEvent,
  NOWHERE,
  partKinds,
  setFact,
} from "./event-parts.ts";
import type { Money } from "./generated/shared.ts";
import {
  type Layout,
  layouts,
  projectionOf,
  rolesByPlace,
  type ScreenedAgent,
  type ScreenedOf,
  type ScreenedParty,
} from "./projections.ts";
import { schemaText } from "./schema-text.ts";
import { newTap, type ReadableType, skipValue, type Tap } from "./tap.ts";
import { wireHeaderBytes } from "./wire.ts";

/** Finds the parts of events that were written with one schema, without reading what is in them. */
export interface PartsReader {
  /**
   * Finds the parts of the event, in the place of those of the one before. They are those that `createScreeningDecoder` would read; where
   * this reader cannot tell, or the bytes are no record of the schema, they say that the value must be read in full, and that has the last word.
   */
  read(value: Buffer, parts: EventParts): void;
  /** The party in the bytes of such a part, its role included. Null where they are none. */
  party(value: Buffer, start: number, end: number): ScreenedParty | null;
  agent(value: Buffer, start: number, end: number): ScreenedAgent | null;
  /** Whose a part is or what for, by `EventParts.owner`. */
  readonly owners: readonly PartOwner[];
  /** What the rules of a policy ask of the event whose parts were found in `value`. */
  facts(value: Buffer, parts: EventParts): EventTold;
}

/** The field of the event in which a part stands; of a party or an agent the role that it is told by. */
export interface PartOwner {
  readonly field: string;
  readonly role: string | null;
}

/** As the screening decoder reads it. Null: the event does not say. */
export interface EventTold {
  readonly rail: string | null;
  readonly channel: string | null;
  readonly money: Money | null;
  readonly from: string | null;
  readonly to: string | null;
}

type AvroType = avro.Type & ReadableType;
type RecordType = avro.types.RecordType & ReadableType;

/** Reads one field of the record. False: the value must be read in full. */
type Step = (tap: Tap, parts: EventParts) => boolean;

/** A role is an enum of so few symbols that it is one byte. */
const mostRoles = 64;
const roleBytes = 1;

/** The id becomes a key and part of other records byte for byte, so here it is of ASCII; others are read in full. */
const mostIdBytes = 512;

/**
 * Null when the writer's schema is laid out in a way that is not known here (a field that screening reads is missing or
 * of another type, a role is not the first field of its party): records of that schema are then all read in full.
 */
export function createPartsReader(
  subject: keyof ScreenedOf,
  writerSchema: string,
  maxBytes = 1024 * 1024,
): PartsReader | null {
  try {
    // What is no record has no fields, and throws.
    return build(subject, boundedType(JSON.parse(writerSchema)) as RecordType, maxBytes);
  } catch {
    return null;
  }
}

function build(subject: keyof ScreenedOf, writer: RecordType, maxBytes: number): PartsReader | null {
  const layout: ReadonlyMap<string, Layout> = new Map(Object.entries(layouts[subject]));
  const names = new Set(writer.fields.map(({ name }) => name));
  const optional = optionalFields(subject);
  for (const name of layout.keys()) if (!names.has(name) && !optional.has(name)) return null;
  const isNamed = namedRolesOf(subject);
  const owners = newOwners(subject);
  const steps: Step[] = [];
  for (const { name, type } of writer.fields) {
    const step = stepFor(layout.get(name) ?? null, type as AvroType, { field: name, isNamed, owners });
    if (step === null) return null;
    steps.push(step);
  }
  return {
    read: eventReader(steps, maxBytes),
    party: partDecoder<ScreenedParty>(subject, writer, "party"),
    agent: partDecoder<ScreenedAgent>(subject, writer, "agent"),
    owners: owners.all,
    facts: factsReader(subject, writer, layout),
  };
}

/** The owners of parts, each with a number, which is a byte: there is one for each field of a text, and one for each field and role of ours. */
interface Owners {
  readonly all: PartOwner[];
  /** The number of a text's. */
  text(field: string): number;
  /** That of a party or an agent whose role has this symbol in the writer's schema. */
  bearer(field: string, symbol: string): number;
}

function newOwners(subject: keyof ScreenedOf): Owners {
  const ours = symbolsOf(subject, "PartyRole", "AgentRole");
  const places: ReadonlyMap<string, string> = new Map(Object.entries(rolesByPlace));
  const all: PartOwner[] = [];
  const numberOf = (field: string, role: string | null): number => {
    const known = all.findIndex((one) => one.field === field && one.role === role);
    return known === -1 ? all.push({ field, role }) - 1 : known;
  };
  return {
    all,
    text: (field) => numberOf(field, null),
    bearer: (field, symbol) =>
      numberOf(field, symbol !== "OTHER" && ours.has(symbol) ? symbol : (places.get(field) ?? "OTHER")),
  };
}

/** The symbols of enums in our schema of a subject. */
function symbolsOf(subject: keyof ScreenedOf, ...names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  JSON.parse(
    schemaText(subject),
    (_, value: { readonly name?: string; readonly symbols?: readonly string[] } | null) => {
      const { name = "", symbols = [] } = value ?? {};
      if (names.includes(name)) for (const symbol of symbols) found.add(symbol);
      return value;
    },
  );
  return found;
}

/** Reads what `setFact` noted. The steps have checked that the fields are there, and their types. */
function factsReader(
  subject: keyof ScreenedOf,
  writer: RecordType,
  layout: ReadonlyMap<string, Layout>,
): PartsReader["facts"] {
  const ours = symbolsOf(subject, "Rail", "RemittanceChannel");
  const fieldOf = (...kinds: readonly Layout[]): avro.Type =>
    writer.fields.find(({ name }) => kinds.includes(layout.get(name)!))!.type;
  const { symbols } = fieldOf("rail", "channel") as avro.types.EnumType;
  const amountFirst = (fieldOf("money") as RecordType).fields[0]!.type.typeName === "bytes";
  const tap = newTap();
  const bytesAt = (value: Buffer, start: number): Buffer => {
    tap.buf = value;
    tap.pos = start;
    const length = tap.readLong();
    return value.subarray(tap.pos, (tap.pos += length));
  };
  const textAt = (value: Buffer, start: number): string | null =>
    start === NOWHERE ? null : bytesAt(value, start).toString("utf8");
  const moneyAt = (value: Buffer, start: number): Money | null => {
    if (start === NOWHERE) return null;
    const first = bytesAt(value, start);
    const second = bytesAt(value, tap.pos);
    const [amount, currency] = amountFirst ? [first, second] : [second, first];
    return { amount, currency: currency.toString("utf8") };
  };
  return (value, parts) => {
    const symbol = symbols[factAt(parts, factPlaces.SYMBOL)];
    const told = symbol === undefined ? null : ours.has(symbol) ? symbol : "OTHER";
    const isPayment = subject === "payments.v1-value";
    return {
      rail: isPayment ? told : null,
      channel: isPayment ? null : told,
      money: moneyAt(value, factAt(parts, factPlaces.MONEY)),
      from: textAt(value, factAt(parts, factPlaces.FROM)),
      to: textAt(value, factAt(parts, factPlaces.TO)),
    };
  };
}

/** Fields that are null or empty where the writer lacks them, and then have no text. */
function optionalFields(subject: keyof ScreenedOf): ReadonlySet<string> {
  const { fields } = JSON.parse(schemaText(subject)) as {
    readonly fields: readonly { name: string; default?: unknown }[];
  };
  return new Set(fields.filter(({ default: none }) => none === null || Array.isArray(none)).map(({ name }) => name));
}

function eventReader(steps: readonly Step[], maxBytes: number): PartsReader["read"] {
  const tap = newTap();
  return (value, parts) => {
    beginEvent(parts);
    const { length } = value;
    if (length > maxBytes) return;
    tap.buf = value;
    tap.pos = wireHeaderBytes;
    allowItems(length);
    try {
      let going = true;
      for (let at = 0; going && at < steps.length; at++) going = steps[at]!(tap, parts);
      // Positions only grow, so that all parts end within the value if the record does.
      if (!going || tap.pos !== length) giveUpEvent(parts);
    } catch {
      giveUpEvent(parts);
    }
  };
}

/**
 * Whether a party or an agent in that role must have a name: in any but OTHER and RELATED_PARTY, for a role that ours lack is one all the same.
 */
type IsNamed = (role: string) => boolean;

function namedRolesOf(subject: keyof ScreenedOf): IsNamed {
  // A sender is one by its place, whatever its role says.
  if (subject === "remittances.v1-value") return (role) => role !== "RELATED_PARTY";
  return (role) => role !== "OTHER" && role !== "RELATED_PARTY";
}

/** The field that a step reads. */
interface StepField {
  readonly field: string;
  readonly isNamed: IsNamed;
  readonly owners: Owners;
}

/** Null when a field is not of the type that its layout needs; or throws, for what is no record has no fields, and what is no enum no symbols. */
function stepFor(layout: Layout | null, type: AvroType, of: StepField): Step | null {
  const { field, owners } = of;
  switch (layout) {
    case null:
      return skipStep(type);
    case "id":
      return type.typeName === "string" ? readId : null;
    case "deadline":
      return deadlineStep(type);
    case "created":
      return type.typeName === "long" ? readCreated : null;
    case "rail":
    case "channel":
      return enumStep((type as avro.Type as avro.types.EnumType).symbols.length);
    case "money":
      return noting(factPlaces.MONEY, moneyStep(type, owners.text(field)));
    case "other-money":
      return orNothing(type, (some) => moneyStep(some, owners.text(field)));
    case "party":
      return bearerStep(type, { named: partKinds.PARTY_NAMED, other: partKinds.PARTY_OTHER, ...of });
    case "agent":
      return orNothing(type, (some) =>
        bearerStep(some, { named: partKinds.AGENT_NAMED, other: partKinds.AGENT_OTHER, ...of }),
      );
    case "parties":
    case "agents":
      return isArray(type)
        ? eachOf(stepFor(layout === "parties" ? "party" : "agent", type.itemsType as AvroType, of))
        : null;
    case "lines":
      return linesStep(type, partKinds.LINE, owners.text(field));
    case "instructions":
      return linesStep(type, partKinds.INSTRUCTION, owners.text(field));
    case "reporting":
      return linesStep(type, partKinds.REPORTING, owners.text(field));
    case "problems":
      return isArray(type) ? nothingIn : null;
    case "origins":
      return skipStep(type);
    case "line":
      return textOrNothing(type, partKinds.TEXT, owners.text(field));
    case "reference":
      return textOrNothing(type, partKinds.REFERENCE, owners.text(field));
    case "from":
      return type.typeName === "string" ? noting(factPlaces.FROM, codeStep(owners.text(field))) : null;
    case "to":
      return type.typeName === "string" ? noting(factPlaces.TO, codeStep(owners.text(field))) : null;
  }
}

function textOrNothing(type: AvroType, kind: number, owner: number): Step | null {
  return orNothing(type, (some) => (some.typeName === "string" ? textStep(kind, owner) : null));
}

function linesStep(type: AvroType, kind: number, owner: number): Step | null {
  return isArray(type) && type.itemsType.typeName === "string" ? eachOf(textStep(kind, owner)) : null;
}

/** Notes where the value begins that a step reads. */
function noting(place: number, step: Step | null): Step | null {
  if (step === null) return null;
  return (tap, parts) => {
    setFact(parts, place, tap.pos);
    return step(tap, parts);
  };
}

/** As `deadlineStep`: of a time that no number holds, the full path says what it is. */
const readCreated: Step = (tap, parts) => {
  const at = tap.readLong();
  parts.createdAt = at;
  return Math.abs(at) < Number.MAX_SAFE_INTEGER;
};

/** An array that has anything in it is read in full. */
const nothingIn: Step = (tap) => blockCount(tap) === 0;

const readId: Step = (tap, parts) => {
  const length = tap.readLong();
  const start = tap.pos;
  const end = start + length;
  if (!(length > 0 && length <= mostIdBytes)) return false;
  for (let at = start; at < end; at++) if (tap.buf[at]! >= 0x80) return false;
  parts.idStart = start;
  parts.idEnd = end;
  tap.pos = end;
  return true;
};

function deadlineStep(type: AvroType): Step | null {
  return orNothing(type, (some) =>
    some.typeName === "long"
      ? (tap, parts) => {
          // From there on its sign may be lost; read in full, such a record is none.
          const deadline = tap.readLong();
          parts.decideBy = deadline;
          return Math.abs(deadline) < Number.MAX_SAFE_INTEGER;
        }
      : null,
  );
}

/** A symbol out of range makes no record. */
function enumStep(symbols: number): Step {
  return (tap, parts) => {
    const symbol = tap.readLong();
    setFact(parts, factPlaces.SYMBOL, symbol);
    return symbol >= 0 && symbol < symbols;
  };
}

/** Of bytes and a string, the currency, whatever their order. */
function moneyStep(type: AvroType, owner: number): Step | null {
  const { fields } = type as RecordType;
  const kinds = fields.map((field) => field.type.typeName);
  if (kinds.toSorted().join() !== "bytes,string") return null;
  const [first, second] = fields.map((field) =>
    field.type.typeName === "string" ? codeStep(owner) : skipStep(field.type as AvroType),
  );
  return (tap, parts) => first!(tap, parts) && second!(tap, parts);
}

function skipStep(type: AvroType): Step {
  return (tap) => {
    skipValue(type, tap);
    return true;
  };
}

interface BearerKinds extends StepField {
  readonly named: number;
  readonly other: number;
}

function bearerStep(type: AvroType, { named, other, isNamed, field: of, owners }: BearerKinds): Step | null {
  const [role, ...rest] = (type as RecordType).fields;
  if (role?.name !== "role") return null;
  const { symbols } = role.type as avro.types.EnumType;
  if (symbols.length > mostRoles) return null;
  const kinds = symbols.map((symbol) => (isNamed(symbol) ? named : other));
  const owner = symbols.map((symbol) => owners.bearer(of, symbol));
  const types = rest.map((field) => field.type as AvroType);
  return (tap, parts) => {
    const symbol = tap.readLong();
    const kind = kinds[symbol];
    if (kind === undefined) return false;
    const start = tap.pos;
    for (let at = 0; at < types.length; at++) skipValue(types[at]!, tap);
    return addPart(parts, kind, start, tap.pos, owner[symbol]!);
  };
}

/** An empty text is none. */
function textStep(kind: number, owner: number): Step {
  return (tap, parts) => {
    const length = tap.readLong();
    const start = tap.pos;
    tap.pos = start + length;
    return length > 0 ? addPart(parts, kind, start, tap.pos, owner) : length === 0;
  };
}

/** A code of a country or a currency says nothing; what is longer than one, or not of ASCII, is a text in its place. */
function codeStep(owner: number): Step {
  return (tap, parts) => {
    const length = tap.readLong();
    const start = tap.pos;
    tap.pos = start + length;
    if (length > LONGEST_CODE) return addPart(parts, partKinds.CODE, start, tap.pos, owner);
    for (let at = start; at < tap.pos; at++)
      if (!isCodeUnit(tap.buf[at]!)) return addPart(parts, partKinds.CODE, start, tap.pos, owner);
    return length >= 0;
  };
}

/** A field that is there, or a union of it and null. */
function orNothing(type: AvroType, stepOf: (some: AvroType) => Step | null): Step | null {
  if (!isUnion(type)) return stepOf(type);
  const steps: (Step | null)[] = [];
  for (const branch of type.types) {
    if (branch.typeName === "null") steps.push(null);
    else {
      const step = stepOf(branch as AvroType);
      if (step === null) return null;
      steps.push(step);
    }
  }
  return (tap, parts) => {
    // A branch that there is not is none to call, which throws.
    const step = steps[tap.readLong()]!;
    return step === null || step(tap, parts);
  };
}

function eachOf(step: Step | null): Step | null {
  if (step === null) return null;
  return (tap, parts) => {
    for (let count = blockCount(tap); count > 0; count = blockCount(tap))
      while (count-- > 0) if (!step(tap, parts)) return false;
    return true;
  };
}

/** Reads the bytes of one part, its role included, as the screening decoder would. Throws where fields differ in type. */
function partDecoder<T>(
  subject: keyof ScreenedOf,
  writer: RecordType,
  bearer: "party" | "agent",
): (value: Buffer, start: number, end: number) => T | null {
  const ours = boundedType(projectionOf(JSON.parse(schemaText(subject)))) as RecordType;
  const reads = bearerType(subject, ours, bearer);
  const wrote = bearerType(subject, writer, bearer);
  const resolver = reads.createResolver(wrote, { ignoreNamespaces: true });
  return (value, start, end) => {
    const bytes = value.subarray(start - roleBytes, end);
    allowItems(bytes.length);
    try {
      const { value: part, offset } = reads.decode(bytes, 0, resolver);
      return offset === bytes.length ? (part as T) : null;
    } catch {
      return null;
    }
  };
}

/** The one type of all fields that hold a party, or an agent. Throws if there is none, or several. */
function bearerType(subject: keyof ScreenedOf, record: RecordType, bearer: "party" | "agent"): avro.Type {
  const kinds: ReadonlyMap<string, Layout> = new Map(Object.entries(layouts[subject]));
  const found = new Set<avro.Type>();
  for (const { name, type } of record.fields) {
    const layout = kinds.get(name);
    if (layout !== bearer && layout !== plurals[bearer]) continue;
    const inner = isArray(type) ? type.itemsType : type;
    for (const one of isUnion(inner) ? inner.types : [inner]) if (one.typeName !== "null") found.add(one);
  }
  if (found.size !== 1) throw new TypeError(`not one type of ${bearer}`);
  return [...found][0]!;
}

const plurals = { party: "parties", agent: "agents" } as const;

function isArray(type: avro.Type): type is avro.types.ArrayType {
  return type.typeName === "array";
}

function isUnion(type: avro.Type): type is avro.types.UnwrappedUnionType {
  return type.typeName === "union:unwrapped" || type.typeName === "union:wrapped";
}
