import { type Converted, convertMessage, type EventType, messageLimits, readMessage } from "@cordon/messages";
import { createEncoder, decimalToString, schemaText } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { codesOf, saidAt } from "./fin-text.ts";

const options = { receivedAt: 7, format: "json" } as const;

const payment = {
  eventId: "p-1",
  createdAt: 1_000,
  money: { amount: "12.50", currency: "EUR" },
  parties: [
    { role: "DEBTOR", name: "Ann Baker", address: { town: "Bern", lines: ["c/o Zed"] } },
    { role: "CREDITOR", name: "Bob Carter", account: { kind: "IBAN", value: "GB29NWBK60161331926819" } },
  ],
  agents: [{ role: "DEBTOR_AGENT", bic: "COBADEFF" }],
  remittanceInformation: ["Rent"],
};

const remittance = {
  eventId: "r-1",
  createdAt: 1_000,
  sendMoney: { amount: "12.50", currency: "EUR" },
  fromCountry: "CH",
  toCountry: "KE",
  sender: { name: "Ann Baker" },
  beneficiary: { name: "Bob Carter" },
  message: ["Happy birthday"],
};

function convert(text: string, type: EventType = "payment"): readonly Converted[] {
  return convertMessage(new TextEncoder().encode(text), { ...options, type });
}

function event(made: readonly Converted[]) {
  const [one] = made;
  if (made.length !== 1 || one === undefined || one.kind === "error") throw new Error(JSON.stringify(made));
  return one;
}

interface Schema {
  readonly type: unknown;
  readonly name?: string;
  readonly fields?: readonly { readonly name: string; readonly type: unknown; readonly default?: unknown }[];
  readonly items?: unknown;
  readonly symbols?: readonly string[];
}

/** A value of a schema with a text of its own in every place that has one, and the paths of those texts. */
function filled(schema: unknown, path: string, known: Map<string, Schema>, paths: string[]): unknown {
  if (Array.isArray(schema))
    return filled(
      schema.find((branch) => branch !== "null"),
      path,
      known,
      paths,
    );
  if (typeof schema === "string" && known.has(schema)) return filled(known.get(schema), path, known, paths);
  const { type, name, fields, items, symbols } =
    typeof schema === "string" ? ({ type: schema } as Schema) : (schema as Schema);
  if (name !== undefined) known.set(name, schema as Schema);
  if (type === "record")
    return Object.fromEntries(
      fields!.map((field) => [
        field.name,
        filled(field.type, path === "" ? field.name : `${path}.${field.name}`, known, paths),
      ]),
    );
  if (type === "array") return [filled(items, `${path}[0]`, known, paths)];
  if (type === "enum") return symbols!.at(-1);
  if (type === "int" || type === "long") return 5;
  if (type === "bytes") return "12.5";
  if (typeof type === "object") return filled(type, path, known, paths);
  paths.push(path);
  return `text at ${path}`;
}

describe("an event in JSON", () => {
  test("is the event, with its amount as a number of money", () => {
    const made = event(convert(JSON.stringify(payment)));
    expect(made.event).toMatchObject({
      eventId: "p-1",
      rail: "OTHER",
      purpose: null,
      parties: [{ name: "Ann Baker", type: "UNKNOWN", identifiers: [] }, { name: "Bob Carter" }],
    });
    expect(made.kind === "payment" && decimalToString(made.event.money.amount)).toBe("12.5");
  });

  test("tells every text by its role and kind, and where it stands", () => {
    const text = JSON.stringify(payment, null, 2);
    const { fields } = event(convert(text));
    expect(fields.map(({ path, role, kind, text: said }) => `${path} ${role} ${kind} ${said}`)).toEqual([
      "parties[0].name DEBTOR NAME Ann Baker",
      "parties[0].address.town DEBTOR TOWN Bern",
      "parties[0].address.lines[0] DEBTOR ADDRESS c/o Zed",
      "parties[1].name CREDITOR NAME Bob Carter",
      "parties[1].account.value CREDITOR IBAN GB29NWBK60161331926819",
      "agents[0].bic DEBTOR_AGENT BIC COBADEFF",
      "remittanceInformation[0] REMITTANCE_INFORMATION TEXT Rent",
    ]);
    for (const field of fields) expect(text.slice(field.start, field.end)).toBe(field.text);
  });

  test("may be a remittance, whose parties have the roles of their places", () => {
    const { kind, fields } = event(convert(JSON.stringify(remittance), "remittance"));
    expect(kind).toBe("remittance");
    expect(fields.map(({ role, text }) => `${role} ${text}`)).toEqual([
      "OTHER CH",
      "OTHER KE",
      "SENDER Ann Baker",
      "BENEFICIARY Bob Carter",
      "REMITTANCE_INFORMATION Happy birthday",
    ]);
  });

  test.each(["payments.v1-value", "remittances.v1-value"] as const)(
    "of %s tells every text that its schema has, and is a record of it",
    (subject) => {
      const paths: string[] = [];
      const whole = filled(JSON.parse(schemaText(subject)), "", new Map(), paths);
      const type = subject === "payments.v1-value" ? "payment" : "remittance";
      const made = event(convert(JSON.stringify(whole), type));
      const told = new Set(made.fields.map(({ path }) => path));
      const references =
        /^(?:eventId|messageType|instructionId|endToEndId|uetr)$|currency$|^(?:source|origins|problems)\b/;
      expect(paths.filter((path) => !told.has(path) && !references.test(path))).toEqual([]);
      expect(createEncoder(subject).encode(made.event as never, 1).length).toBeGreaterThan(100);
    },
  );

  test("tells where each run of a text with escapes stands", () => {
    const text = JSON.stringify(payment).replace("Ann Baker", String.raw`\u0041nn \"the\/B\" \ud83d\ude00 Baker`);
    const { event: made, fields } = event(convert(text));
    const field = fields.find(({ path }) => path === "parties[0].name")!;
    expect(field.text).toBe('Ann "the/B" 😀 Baker');
    expect(saidAt(text, field)).toBe(String.raw`\u0041nn \"the\/B\" \ud83d\ude00 Baker`);
    expect("origins" in made && made.origins.find(({ path }) => path === "parties[0].name")?.pieces).toEqual(
      field.pieces,
    );
  });

  test("has the message as its source, unless it tells another", () => {
    const made = event(convert(JSON.stringify(payment))).event;
    expect(made).toMatchObject({ source: { format: "payment", messageId: "p-1", transactions: 1 } });
    const again = event(convert(JSON.stringify({ ...made, money: payment.money }))).event;
    expect(again).toEqual(made);
  });

  test("may be one of several, and what is wrong with one says nothing of the next", () => {
    const text = `${JSON.stringify(payment)}\n{"eventId": 5}\n\n${JSON.stringify({ ...payment, eventId: "p-2" }, null, 1)}\n`;
    const made = convert(text);
    expect(codesOf(made)).toEqual([[], "MESSAGE_MALFORMED", []]);
    expect(made[1]).toMatchObject({ where: { path: "eventId", line: 2, offset: JSON.stringify(payment).length + 13 } });
    const read = readMessage(new TextEncoder().encode(text), options);
    expect(read).toMatchObject({ kind: "refused", code: "MESSAGE_MALFORMED" });
  });
});

describe("what is no event", () => {
  const without = (name: keyof typeof payment) => JSON.stringify({ ...payment, [name]: undefined });
  const having = (more: object) => JSON.stringify({ ...payment, ...more });

  test.each([
    ["nothing", "", "MESSAGE_EMPTY", undefined],
    ["an array", `[${JSON.stringify(payment)}]`, "MESSAGE_MALFORMED", ""],
    ["cut off", JSON.stringify(payment).slice(0, -4), "MESSAGE_MALFORMED", undefined],
    ["a comma too many", '{"eventId":"a",}', "MESSAGE_MALFORMED", undefined],
    ["a comment", '{"eventId":"a"/* */}', "MESSAGE_MALFORMED", undefined],
    ["a name twice", JSON.stringify(payment).replace('"createdAt"', '"eventId"'), "MESSAGE_MALFORMED", undefined],
    ["half of a character", String.raw`{"eventId":"\ud83d"}`, "MESSAGE_MALFORMED", undefined],
    ["a member that nobody knows", having({ debtor: "Ann" }), "MESSAGE_MALFORMED", "debtor"],
    [
      "a member within one that nobody knows",
      having({ parties: [{ name: "A", alias: "B" }] }),
      "MESSAGE_MALFORMED",
      "parties[0].alias",
    ],
    [
      "a number for an amount",
      having({ money: { amount: 12.5, currency: "EUR" } }),
      "MESSAGE_MALFORMED",
      "money.amount",
    ],
    [
      "an amount that is none",
      having({ money: { amount: "12,50", currency: "EUR" } }),
      "MESSAGE_MALFORMED",
      "money.amount",
    ],
    [
      "a role that is none",
      having({ parties: [{ role: "PAYER", name: "A" }] }),
      "MESSAGE_MALFORMED",
      "parties[0].role",
    ],
    ["a time that is none", having({ createdAt: "2026-11-20" }), "MESSAGE_MALFORMED", "createdAt"],
    ["no money", without("money"), "MESSAGE_INCOMPLETE", "money"],
    ["no id", without("eventId"), "MESSAGE_INCOMPLETE", "eventId"],
    ["an empty id", having({ eventId: "" }), "MESSAGE_MALFORMED", "eventId"],
    ["the id of a canary", having({ eventId: "cordon-canary:1" }), "MESSAGE_MALFORMED", "eventId"],
    ["nested too deep", `{"a":${"[".repeat(70)}${"]".repeat(70)}}`, "MESSAGE_TOO_LARGE", undefined],
    ["a text too long", having({ purpose: "x".repeat(70_000) }), "MESSAGE_TOO_LARGE", "purpose"],
    [
      "too long",
      having({ remittanceInformation: Array.from({ length: 40 }, () => "x".repeat(60_000)) }),
      "MESSAGE_TOO_LARGE",
      undefined,
    ],
  ])("is refused with its place: %s", (_, text, code, path) => {
    const made = convert(text);
    expect(made).toMatchObject([{ kind: "error", code }]);
    expect(made[0]?.kind === "error" ? made[0].where.path : "").toBe(path);
    expect(JSON.stringify(made)).not.toContain("Baker");
  });

  test("is refused without its content being read on, however deep it is", () => {
    const deep = `{"a":${"[".repeat(messageLimits.maxElementChars / 2)}`;
    expect(codesOf(convert(deep))).toEqual(["MESSAGE_MALFORMED"]);
  });
});
