import {
  createEncoder,
  createPartsReader,
  frame,
  madeAsEvent,
  newEventParts,
  newParty,
  partKinds,
  type PartsReader,
  railSymbols,
  schemaText,
} from "@cordon/schemas";
import avro from "avsc";
import { describe, expect, test } from "vitest";

type EventSubject = Parameters<typeof createPartsReader>[0];

interface FieldSchema {
  readonly name: string;
  readonly type: unknown;
}

interface RecordSchema {
  readonly name: string;
  fields: FieldSchema[];
}

const PAYMENT = "payments.v1-value";
const REMITTANCE = "remittances.v1-value";

const money = { amount: Buffer.of(4, 0xe2), currency: "GBP" };
const ann = newParty("DEBTOR", "Ann Baker", "PERSON");
const bank = {
  role: "CREDITOR_AGENT",
  bic: "TIDEGB2L",
  lei: null,
  name: null,
  clearingId: null,
  address: null,
  account: null,
};

const payment = {
  eventId: "pay-1",
  rail: "FPS",
  messageType: null,
  instructionId: null,
  endToEndId: null,
  uetr: null,
  createdAt: 5,
  decideBy: null,
  money,
  parties: [],
  agents: [],
  remittanceInformation: [],
  purpose: null,
  ...madeAsEvent,
};

const remittance = {
  eventId: "rem-1",
  channel: "CASH",
  createdAt: 6,
  decideBy: 7,
  sendMoney: money,
  payMoney: null,
  fromCountry: "GB",
  toCountry: "IQ",
  sender: ann,
  beneficiary: { ...ann, role: "OTHER", name: "Bob Carter" },
  collectionAgent: null,
  payoutAgent: null,
  relationship: null,
  purpose: null,
  message: [],
};

const encoders = { [PAYMENT]: createEncoder(PAYMENT), [REMITTANCE]: createEncoder(REMITTANCE) } as const;

function valueOf(event: object, subject: EventSubject = PAYMENT): Buffer {
  return encoders[subject].encode(event as never, 7);
}

function readerOf(subject: EventSubject): PartsReader {
  return createPartsReader(subject, schemaText(subject))!;
}

const ours = readerOf(PAYMENT);
const oursOfRemittances = readerOf(REMITTANCE);
const kindNames = Object.keys(partKinds);

/** Each part as its kind, whose it is, and its text or name. Null where the value must be read in full. */
function found(value: Buffer, reader = ours): readonly string[] | null {
  const parts = newEventParts();
  reader.read(value, parts);
  // And then it has no parts.
  if (parts.idStart === -1 && parts.count === 0) return null;
  return Array.from(parts.kind.subarray(0, parts.count), (kind, at) => {
    const [start, end] = placeOf(parts, at);
    const owner = reader.owners[parts.owner[at] ?? -1];
    const text =
      kind <= partKinds.PARTY_OTHER
        ? reader.party(value, start, end)?.name
        : kind <= partKinds.AGENT_OTHER
          ? reader.agent(value, start, end)?.bic
          : value.toString("utf8", start, end);
    const who = [owner?.field, owner?.role].filter(Boolean).join(" ");
    return `${kindNames[kind] ?? ""} ${who}: ${text ?? "unread"}`;
  });
}

/** Where the bytes of a part begin and end. */
function placeOf(parts: ReturnType<typeof newEventParts>, part: number): readonly [number, number] {
  return [parts.start[part] ?? -1, parts.end[part] ?? -1];
}

function spliced(value: Buffer, at: number, removed: number, ...bytes: readonly number[]): Buffer {
  return Buffer.concat([value.subarray(0, at), Buffer.from(bytes), value.subarray(at + removed)]);
}

/** A long as Avro writes it. */
function long(value: bigint): readonly number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return [...bytes, Number(left)];
}

describe("the parts of an event are found where they stand", () => {
  test("of a payment: parties and agents by their roles, texts by their fields, empty ones not", () => {
    const other = { ...ann, role: "OTHER", name: "Olga" };
    const related = { ...ann, role: "RELATED_PARTY", name: "Rita" };
    const event = {
      ...payment,
      messageType: "pacs.008",
      money: { ...money, currency: "POUNDS" },
      parties: [ann, other, related],
      agents: [bank, { ...bank, role: "OTHER", bic: "TIDEFR2P" }],
      remittanceInformation: ["rent", "", "food"],
      purpose: "gift",
      instructions: ["call first"],
      regulatoryReporting: ["code 5"],
    };
    expect(found(valueOf(event))).toEqual([
      "REFERENCE messageType: pacs.008",
      "CODE money: POUNDS",
      "PARTY_NAMED parties DEBTOR: Ann Baker",
      "PARTY_OTHER parties OTHER: Olga",
      "PARTY_OTHER parties RELATED_PARTY: Rita",
      "AGENT_NAMED agents CREDITOR_AGENT: TIDEGB2L",
      "AGENT_OTHER agents OTHER: TIDEFR2P",
      "LINE remittanceInformation: rent",
      "LINE remittanceInformation: food",
      "TEXT purpose: gift",
      "INSTRUCTION instructions: call first",
      "REPORTING regulatoryReporting: code 5",
    ]);
  });

  test("of a remittance: parties and agents by their places where their roles say nothing", () => {
    const event = {
      ...remittance,
      payMoney: { ...money, currency: "DINAR" },
      fromCountry: "Iraq",
      sender: { ...ann, role: "OTHER" },
      beneficiary: { ...ann, role: "RELATED_PARTY", name: "Rita" },
      collectionAgent: { ...bank, role: "OTHER" },
      message: ["for you"],
      relationship: "aunt",
    };
    expect(found(valueOf(event, REMITTANCE), oursOfRemittances)).toEqual([
      "CODE payMoney: DINAR",
      "CODE fromCountry: Iraq",
      "PARTY_NAMED sender SENDER: Ann Baker",
      "PARTY_OTHER beneficiary RELATED_PARTY: Rita",
      "AGENT_NAMED collectionAgent COLLECTION_AGENT: TIDEGB2L",
      "TEXT relationship: aunt",
      "LINE message: for you",
    ]);
    expect(found(valueOf(remittance, REMITTANCE), oursOfRemittances)).toEqual([
      "PARTY_NAMED sender DEBTOR: Ann Baker",
      "PARTY_NAMED beneficiary BENEFICIARY: Bob Carter",
    ]);
  });

  test("with its id and its times, whatever the event before had", () => {
    const parts = newEventParts();
    const value = valueOf(remittance, REMITTANCE);
    oursOfRemittances.read(value, parts);
    expect(value.toString("utf8", parts.idStart, parts.idEnd)).toBe("rem-1");
    expect([parts.count, parts.createdAt, parts.decideBy]).toEqual([2, 6, 7]);
    ours.read(valueOf(payment), parts);
    expect([parts.count, parts.createdAt, parts.decideBy]).toEqual([0, 5, Number.NaN]);
  });

  test("up to 256, beyond which the event is read in full", () => {
    const remittanceInformation = Array.from({ length: 255 }, () => "x");
    const event = { ...payment, parties: [ann], remittanceInformation };
    expect(found(valueOf(event))).toHaveLength(256);
    expect(found(valueOf({ ...event, purpose: "x" }))).toBeNull();
  });

  test("with blocks of arrays of any size, and with their sizes before them", () => {
    const party = valueOf({ ...payment, parties: [ann] }).subarray(partiesAt + 1, -tail(payment) - 1);
    const both = ["PARTY_NAMED parties DEBTOR: Ann Baker", "PARTY_NAMED parties DEBTOR: Ann Baker"];
    const bare = valueOf(payment);
    expect(found(spliced(bare, partiesAt, 1, 2, ...party, 2, ...party, 0))).toEqual(both);
    const size = long(BigInt(party.length * 2));
    expect(found(spliced(bare, partiesAt, 1, ...long(-2n), ...size, ...party, ...party, 0))).toEqual(both);
    expect(found(spliced(bare, partiesAt, 1, 4, ...party, 0))).toBeNull();
  });
});

/** Places in the bytes of the payment above. */
const idAt = 5;
const railAt = 11;
const messageTypeAt = 12;
const createdAtAt = 16;
const decideByAt = 17;
const currencyAt = 21;
const partiesAt = 25;

/** Bytes behind its parties. */
function tail(event: object): number {
  return valueOf(event).length - partiesAt - 1;
}

describe("an event must be read in full", () => {
  const value = valueOf(payment);

  test("where its value is longer than is read by parts", () => {
    expect(found(value, createPartsReader(PAYMENT, schemaText(PAYMENT), value.length)!)).toEqual([]);
    expect(found(value, createPartsReader(PAYMENT, schemaText(PAYMENT), value.length - 1)!)).toBeNull();
  });

  test.each([0, 4, 5, 6, 20, valueOf(payment).length - 1])("where its value breaks off behind %i bytes", (length) => {
    expect(found(value.subarray(0, length))).toBeNull();
  });

  test("where its value goes on behind its end", () => {
    expect(found(Buffer.concat([value, Buffer.of(0)]))).toBeNull();
  });

  test("where its id is empty, too long or not of ASCII", () => {
    const withId = (eventId: string) => found(valueOf({ ...payment, eventId }));
    expect([withId("x"), withId("x".repeat(512)), withId("\u007f")]).toEqual([[], [], []]);
    expect([withId("x".repeat(513)), withId("p\u00e4y")]).toEqual([null, null]);
    expect(found(spliced(value, idAt, 6, 0))).toBeNull();
    expect(found(spliced(value, idAt + 1, 1, 0x80))).toBeNull();
    expect(found(spliced(value, idAt + 5, 1, 0x80))).toBeNull();
  });

  test("where a symbol or a branch is none of its schema's", () => {
    const last = railSymbols.length - 1;
    expect([found(spliced(value, railAt, 1, 0)), found(spliced(value, railAt, 1, last * 2))]).toEqual([[], []]);
    expect([found(spliced(value, railAt, 1, 1)), found(spliced(value, railAt, 1, last * 2 + 2))]).toEqual([null, null]);
    expect(found(spliced(value, messageTypeAt, 1, 4))).toBeNull();
    expect(found(spliced(value, messageTypeAt, 1, 1))).toBeNull();
    const party = valueOf({ ...payment, parties: [ann] });
    expect(found(spliced(party, partiesAt + 1, 1, 0x7e))).toBeNull();
  });

  test("where a length is negative, though what follows would be the rest of the record", () => {
    // A length of -1 in two bytes, of which the second is read again: as the next field, which is null, or as the end of the parties.
    expect(found(spliced(value, messageTypeAt, 2, 2, 0x81, 0))).toBeNull();
    expect(found(spliced(value, currencyAt, 5, 0x81, 0))).toBeNull();
  });

  test.each([
    ["createdAt", createdAtAt, []],
    ["decideBy", decideByAt, [2]],
  ])("where its %s is more than a number holds", (_, at, before) => {
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    const withTime = (time: bigint) => found(spliced(value, at, 1, ...before, ...long(time)));
    expect([withTime(most - 1n), withTime(most), withTime(-most - 1n)]).toEqual([[], null, null]);
  });

  test("where it has problems", () => {
    const problems = [{ code: "FIELD_TRUNCATED", sourcePath: null, detail: "a field is cut" }];
    expect(found(valueOf({ ...payment, problems }))).toBeNull();
  });
});

test.each([
  ["", []],
  ["G", []],
  ["GBP", []],
  ["gb1", []],
  ["GBPS", ["CODE money: GBPS"]],
  ["G-P", ["CODE money: G-P"]],
  ["-BP", ["CODE money: -BP"]],
  ["GB-", ["CODE money: GB-"]],
  ["\u00e4", ["CODE money: \u00e4"]],
])("a currency that is a code is no part, any other text in its place is: %j", (currency, parts) => {
  expect(found(valueOf({ ...payment, money: { ...money, currency } }))).toEqual(parts);
});

describe("a party or an agent", () => {
  const value = valueOf({ ...payment, parties: [ann], agents: [bank] });
  const parts = newEventParts();
  ours.read(value, parts);
  const [start, end] = placeOf(parts, 0);

  test("is read from its bytes, with its role", () => {
    expect(ours.party(value, start, end)).toEqual(ann);
    expect(ours.agent(value, ...placeOf(parts, 1))).toMatchObject({
      role: "CREDITOR_AGENT",
      bic: "TIDEGB2L",
    });
  });

  test("is read as often as one asks", () => {
    const nationalities = ["GB", "IQ"];
    const event = valueOf({ ...payment, parties: [{ ...ann, nationalities }] });
    ours.read(event, parts);
    const place = placeOf(parts, 0);
    for (let time = 0; time < 1000; time++) expect(ours.party(event, ...place)).toMatchObject({ nationalities });
  });

  test("is none where the bytes end before it, or go on behind it", () => {
    expect([ours.party(value, start, end - 1), ours.party(value, start, end + 1)]).toEqual([null, null]);
  });
});

function told(value: Buffer, reader: PartsReader) {
  const parts = newEventParts();
  reader.read(value, parts);
  return reader.facts(value, parts);
}

describe("what the rules of a policy ask", () => {
  test("is told of a payment and of a remittance", () => {
    expect(told(valueOf(payment), ours)).toEqual({ rail: "FPS", channel: null, money, from: null, to: null });
    expect(told(valueOf(remittance, REMITTANCE), oursOfRemittances)).toEqual({
      rail: null,
      channel: "CASH",
      money,
      from: "GB",
      to: "IQ",
    });
  });

  test("is nothing of what must be read in full, whatever the event before said", () => {
    const nothing = { rail: null, channel: null, money: null, from: null, to: null };
    const value = valueOf(payment);
    const parts = newEventParts();
    ours.read(value, parts);
    const reader = createPartsReader(PAYMENT, schemaText(PAYMENT), 5)!;
    reader.read(value, parts);
    expect(reader.facts(value, parts)).toEqual(nothing);
    expect([parts.idStart, parts.createdAt]).toEqual([-1, 0]);
  });

  test("is OTHER of a rail that ours has not", () => {
    const theirs = changed(PAYMENT, (schema) => {
      typeOf(schema, "rail", { type: "enum", name: "Rail", symbols: ["FPS", "SEPA_NEXT"] });
    });
    expect(told(written(theirs, { ...payment, rail: "SEPA_NEXT" }), readerFor(theirs))).toMatchObject({
      rail: "OTHER",
    });
    expect(told(written(theirs, payment), readerFor(theirs))).toMatchObject({ rail: "FPS" });
    // A symbol that is one of something else is none of a rail.
    const others = changed(PAYMENT, (schema) => {
      typeOf(schema, "rail", { type: "enum", name: "Rail", symbols: ["FPS", "DEBTOR"] });
    });
    expect(told(written(others, { ...payment, rail: "DEBTOR" }), readerFor(others))).toMatchObject({ rail: "OTHER" });
  });

  test("is the money whatever the order of its fields", () => {
    const theirs = changed(PAYMENT, (schema) => {
      typeOf(schema, "money", { type: "record", name: "Money", fields: moneyFields("string", "bytes") });
    });
    expect(told(written(theirs, payment), readerFor(theirs)).money).toEqual(money);
  });
});

function moneyFields(...types: readonly string[]): readonly FieldSchema[] {
  return types.map((type, at) => {
    const name = type === "string" ? "currency" : "amount";
    return { name: types.indexOf(type) === at ? name : `more${String(at)}`, type };
  });
}

function changed(subject: EventSubject, change: (schema: RecordSchema) => void): RecordSchema {
  const schema = JSON.parse(schemaText(subject)) as RecordSchema;
  const definitions = new Map<string, object>();
  redefined(schema, definitions, new Map());
  change(schema);
  return redefined(schema, new Map(), definitions) as RecordSchema;
}

/** The same with each type defined where it is named first, by its `others` where it was defined in what was left out. */
function redefined(part: unknown, defined: Map<string, object>, others: ReadonlyMap<string, object>): unknown {
  if (typeof part === "string") {
    const other = others.get(part);
    return other === undefined || defined.has(part) ? part : redefined(other, defined, others);
  }
  if (Array.isArray(part)) return part.map((one) => redefined(one, defined, others));
  if (typeof part !== "object" || part === null) return part;
  const { name, type, items, fields } = part as Partial<RecordSchema & FieldSchema & { items: unknown }>;
  if (type === "array") return { ...part, items: redefined(items, defined, others) };
  if (name === undefined) return part;
  if (defined.has(name)) return name;
  defined.set(name, part);
  if (fields === undefined) return part;
  return { ...part, fields: fields.map((field) => ({ ...field, type: redefined(field.type, defined, others) })) };
}

function fieldOf({ fields }: RecordSchema, name: string): FieldSchema {
  return fields.find((field) => field.name === name)!;
}

/** Without a default, which may be none of that type. */
function typeOf(schema: RecordSchema, name: string, type: unknown): void {
  schema.fields = schema.fields.map((field) => (field.name === name ? { name, type } : field));
}

function partyOf(schema: RecordSchema): RecordSchema {
  return (fieldOf(schema, "parties").type as { readonly items: RecordSchema }).items;
}

function written(schema: RecordSchema, event: object): Buffer {
  return frame(7, avroType(schema).toBuffer(event));
}

function readerFor(schema: RecordSchema, subject: EventSubject = PAYMENT): PartsReader {
  // It is one that Avro takes, or nothing would be shown.
  avroType(schema);
  return createPartsReader(subject, JSON.stringify(schema))!;
}

function avroType(schema: RecordSchema): avro.Type {
  return avro.Type.forSchema(schema as unknown as Parameters<typeof avro.Type.forSchema>[0]);
}

function withoutField(name: string) {
  return (schema: RecordSchema): void => {
    schema.fields = schema.fields.filter((field) => field.name !== name);
  };
}

function withType(name: string, type: unknown) {
  return (schema: RecordSchema): void => typeOf(schema, name, type);
}

const full = { ...payment, messageType: "pacs.008", decideBy: 9, parties: [ann], remittanceInformation: ["rent"] };
const allParts = [
  "REFERENCE messageType: pacs.008",
  "PARTY_NAMED parties DEBTOR: Ann Baker",
  "LINE remittanceInformation: rent",
];

describe("a producer's schema by which parts are found", () => {
  test.each<[string, (schema: RecordSchema) => void, readonly string[]]>([
    ["is ours", () => undefined, allParts],
    ["lacks a field that may be null", withoutField("messageType"), allParts.slice(1)],
    ["lacks one that may be empty", withoutField("remittanceInformation"), allParts.slice(0, 2)],
    ["has a text that is always there", withType("messageType", "string"), allParts],
    ["has a deadline that is always there", withType("decideBy", "long"), allParts],
    ["has null behind the text", withType("messageType", ["string", "null"]), allParts],
    ["has a field more", ({ fields }) => fields.push({ name: "more", type: ["null", "string"] }), allParts],
    [
      "has its fields in another order",
      ({ fields }) => void fields.splice(0, fields.length, ...fields.toReversed()),
      allParts.toReversed(),
    ],
    [
      "has a time behind the id",
      (schema) => {
        const first = ["eventId", "createdAt"];
        schema.fields = [
          ...first.map((name) => fieldOf(schema, name)),
          ...schema.fields.filter(({ name }) => !first.includes(name)),
        ];
      },
      allParts,
    ],
    ["has as many roles as one byte tells", (schema) => withRoles(schema, 64), allParts],
    ["has another namespace", (schema) => void Object.assign(schema, { namespace: "theirs.v2" }), allParts],
  ])("%s", (_, change, parts) => {
    const theirs = changed(PAYMENT, change);
    expect(found(written(theirs, { ...full, createdAt: 1_790_000_000_000, more: null }), readerFor(theirs))).toEqual(
      parts,
    );
  });

  test("has several kinds of money in one field", () => {
    const theirs = changed(REMITTANCE, (schema) => {
      const { type } = fieldOf(schema, "sendMoney");
      typeOf(schema, "payMoney", ["null", "Money", { ...(type as object), name: "OtherMoney" }]);
    });
    expect(found(written(theirs, remittance), readerFor(theirs, REMITTANCE))).toHaveLength(2);
  });

  test("has roles that ours has not: they are some role, and told as none", () => {
    const theirs = changed(PAYMENT, (schema) => withRoles(schema, 64));
    const parties = [{ ...ann, role: "ROLE_63" }];
    expect(found(written(theirs, { ...payment, parties }), readerFor(theirs))).toEqual([
      "PARTY_NAMED parties OTHER: Ann Baker",
    ]);
  });
});

function asPart(field: FieldSchema): FieldSchema {
  return field.name === "role" ? { ...field, name: "part" } : field;
}

/** As many roles in all, of which the first three are ours. */
function withRoles(schema: RecordSchema, count: number): void {
  const more = Array.from({ length: count - 3 }, (_, at) => `ROLE_${String(at + 3)}`);
  const symbols = ["OTHER", "DEBTOR", "RELATED_PARTY", ...more];
  typeOf(partyOf(schema), "role", { type: "enum", name: "PartyRole", symbols });
}

describe("a producer's schema of which all events must be read in full", () => {
  test.each(["", "no JSON", '"string"', "null", '{"type":"enum","name":"Payment","symbols":["A"]}'])(
    "is none of a record: %j",
    (text) => {
      expect(createPartsReader(PAYMENT, text)).toBeNull();
    },
  );

  test.each(["eventId", "rail", "createdAt", "money", "parties", "agents"])("lacks what must be there: %s", (field) => {
    expect(readerFor(changed(PAYMENT, withoutField(field)))).toBeNull();
  });

  test.each(["channel", "sendMoney", "fromCountry", "toCountry", "sender", "beneficiary"])(
    "lacks what must be there of a remittance: %s",
    (field) => {
      expect(readerFor(changed(REMITTANCE, withoutField(field)), REMITTANCE)).toBeNull();
    },
  );

  test.each<[string, unknown]>([
    ["eventId", "bytes"],
    ["rail", "string"],
    ["messageType", ["null", "bytes"]],
    ["messageType", "bytes"],
    ["createdAt", "int"],
    ["createdAt", "double"],
    ["decideBy", ["null", "int"]],
    ["decideBy", "string"],
    ["money", "string"],
    ["money", { type: "record", name: "Money", fields: moneyFields("bytes", "bytes") }],
    ["money", { type: "record", name: "Money", fields: moneyFields("bytes", "string", "string") }],
    ["parties", "string"],
    ["parties", { type: "array", items: "string" }],
    ["agents", { type: "map", values: "string" }],
    ["agents", { type: "array", items: "bytes" }],
    ["remittanceInformation", "string"],
    ["remittanceInformation", { type: "array", items: "bytes" }],
    ["purpose", ["null", "long"]],
    ["instructions", { type: "array", items: "long" }],
    ["regulatoryReporting", "long"],
    ["problems", "string"],
  ])("has %s of another type: %j", (field, type) => {
    expect(readerFor(changed(PAYMENT, withType(field, type)))).toBeNull();
  });

  test.each<[string, unknown]>([
    ["channel", "string"],
    ["payMoney", ["null", "string"]],
    ["fromCountry", "bytes"],
    ["toCountry", ["null", "string"]],
    ["sender", "string"],
    ["collectionAgent", ["null", "string"]],
  ])("has %s of a remittance of another type: %j", (field, type) => {
    expect(readerFor(changed(REMITTANCE, withType(field, type)), REMITTANCE)).toBeNull();
  });

  test.each<[string, (party: RecordSchema) => void]>([
    ["not first", ({ fields }) => void fields.push(...fields.splice(0, 1))],
    ["of another name", ({ fields }) => void fields.push(...fields.splice(0).map(asPart))],
    ["a text", (party) => typeOf(party, "role", "string")],
  ])("has a role that is %s", (_, change) => {
    expect(readerFor(changed(PAYMENT, (schema) => change(partyOf(schema))))).toBeNull();
  });

  test("has more roles than one byte tells", () => {
    expect(readerFor(changed(PAYMENT, (schema) => withRoles(schema, 65)))).toBeNull();
  });

  test("has parties of two types", () => {
    const theirs = changed(REMITTANCE, (schema) => {
      const party = fieldOf(schema, "sender").type as object;
      const role = { type: "enum", name: "RoleOfBeneficiary", symbols: ["OTHER", "DEBTOR"] };
      const fields = (party as RecordSchema).fields
        .filter(({ name }) => ["role", "name", "contact"].includes(name))
        .map((field) => (field.name === "role" ? { name: "role", type: role } : field));
      typeOf(schema, "beneficiary", { type: "record", name: "Beneficiary", aliases: ["Party"], fields });
    });
    expect(readerFor(theirs, REMITTANCE)).toBeNull();
  });
});

test.each([ours, oursOfRemittances])(
  "each owner of parts is there once, with a number that is a byte",
  ({ owners }) => {
    expect(new Set(owners.map(({ field, role }) => `${field} ${role ?? ""}`)).size).toBe(owners.length);
    expect(owners.length).toBeLessThan(256);
  },
);
