import {
  compilePolicy,
  paymentToScreen,
  type PolicyRule,
  remittanceToScreen,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import { compileSnapshot, type Designation, type ListedPlace, openSnapshot } from "@cordon/matching";
import {
  decimalFromString,
  type ScreenedAgent,
  type ScreenedParty,
  type ScreenedPayment,
  type ScreenedRemittance,
} from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { agent, party, payment, remittance } from "./events.ts";
import { listed } from "./fake-index.ts";

const place: ListedPlace = {
  kind: "TOWN",
  codes: [],
  elsewhere: [],
  rule: "hit",
  ruleInText: "hold",
  ruleOfOrigin: "tell",
};

function entry(key: string, names: readonly string[], more: Partial<ListedPlace>): Designation {
  return listed(`places:${key}`, names[0] ?? "", {
    type: "OTHER",
    names: names.map((text, at) => ({ text, kind: at === 0 ? "PRIMARY" : "VARIATION", strength: "STRONG" })),
    place: { ...place, ...more },
  });
}

const index = openSnapshot(
  compileSnapshot([
    listed("uk:1", "Goran Jalal Rasulov"),
    entry("T", ["Tirganta", "Tirganta Oblast", "Тырганта", "Tirgante"], {
      elsewhere: [{ spelling: "Tirgante", countries: ["US", "GB"] }],
    }),
    entry("C", ["Quendria", "Republic of Quendria"], { kind: "COUNTRY", codes: ["QD"] }),
    entry("W", ["yellow cake", "order 4711"], { kind: "WORD", rule: "hold" }),
  ]),
);

function screened(event: ReturnType<typeof paymentToScreen>, rules: readonly PolicyRule[] = []): ScreeningOutcome {
  return screenEvent(event, index, compilePolicy({ rules }), { indexAge: 0, at: 0 });
}

/** `hit places:T parties[0].address.town`, `hold LISTED_PLACE`, `clear place:places:T`. */
function told(outcome: ScreeningOutcome): string {
  if (outcome.kind === "hit")
    return `hit ${outcome.matches.map(({ designation, field, start, end }) => `${designation.id} ${field.path} "${field.text.slice(start, end)}"`).join(", ")}`;
  const aside = outcome.told
    .map(({ kind, designationId, path }) => ` ${kind} ${designationId ?? ""} ${path}`)
    .join(",");
  return `${outcome.kind}${outcome.kind === "hold" ? ` ${outcome.reason}` : ""}${aside}`;
}

const pays = (change: Partial<ScreenedPayment>, rules: readonly PolicyRule[] = []): string =>
  told(screened(paymentToScreen(payment(change)), rules));
const at = (
  address: Partial<NonNullable<ScreenedParty["address"]>>,
  more: Partial<ScreenedParty> = {},
): Partial<ScreenedPayment> => ({
  parties: [
    {
      ...party("DEBTOR", "Ann Baker"),
      ...more,
      address: { country: null, town: null, postCode: null, street: null, lines: [], region: null, ...address },
    },
    party("CREDITOR", "Bob Carter"),
  ],
});
const bank = (change: Partial<ScreenedAgent>): Partial<ScreenedPayment> => ({
  agents: [{ ...agent("CREDITOR_AGENT", null), ...change }],
});
const sends = (change: Partial<ScreenedRemittance>): string => told(screened(remittanceToScreen(remittance(change))));

describe("a listed town", () => {
  test.each([
    ["a town", { town: "TIRGANTA" }, "hit places:T parties[0].address.town"],
    ["a region", { region: "Tirganta obl." }, "hit places:T parties[0].address.region"],
    ["a line", { lines: ["5 Harbour", "TIRGANTA, 99000"] }, "hit places:T parties[0].address.lines[1]"],
    ["another script", { town: "Тырганта" }, "hit places:T parties[0].address.town"],
    ["letters apart", { town: "T I R G A N T A" }, "hit places:T parties[0].address.town"],
    ["one wrong letter", { town: "Tirgamta" }, "hit places:T parties[0].address.town"],
    ["two letters swapped", { town: "Tirgnata" }, "hit places:T parties[0].address.town"],
    ["one letter that looks Latin", { town: "Tirg\u0430nta" }, "hit places:T parties[0].address.town"],
    ["an entity", { town: "Tirg&#97;nta" }, "hit places:T parties[0].address.town"],
    ["a line's end", { lines: ["Building 5, Tirganta", "Oblast"] }, "hit places:T parties[0].address.lines[0]"],
  ])("is found in %s", (_, address, wanted) => {
    expect(pays(at(address))).toContain(wanted);
  });

  test("is nothing in another word, or with two letters wrong", () => {
    expect([pays(at({ town: "Tirgantasia" })), pays(at({ town: "Tirgumpa" }))]).toEqual(["clear", "clear"]);
  });

  test("that a road is called after is told, and so is a place of that name elsewhere", () => {
    expect(pays(at({ street: "12 Tirganta Road" }))).toBe("clear place places:T parties[0].address.street");
    expect(pays(at({ town: "Tirgante", country: "US" }))).toBe("clear place places:T parties[0].address.town");
    // Nobody says where, or another country does.
    expect(pays(at({ town: "Tirgante" }))).toContain("hit places:T");
    expect(pays(at({ town: "Tirgante", country: "RU" }))).toContain("hit places:T");
    // The listed name itself has no such excuse.
    expect(pays(at({ town: "Tirganta", country: "US" }))).toContain("hit places:T");
  });

  test("in a text does what its entry says of texts, and in a birth place what it says of origins", () => {
    expect(pays({ remittanceInformation: ["goods from Tirganta"] })).toBe(
      "hold LISTED_PLACE place places:T remittanceInformation[0]",
    );
    const born = { ...party("DEBTOR", "Ann Baker"), birthPlace: "Tirganta" };
    expect(pays({ parties: [born, party("CREDITOR", "Bob Carter")] })).toBe(
      "clear place places:T parties[0].birthPlace",
    );
    expect(pays({ parties: [party("DEBTOR", "Tirganta Coal"), party("CREDITOR", "Bob Carter")] })).toContain(
      "hold LISTED_PLACE",
    );
  });

  test("goes on from one line to the next", () => {
    const lines = ["all of it for Republic of", "Quendria"];
    expect(pays({ remittanceInformation: lines })).toContain("hold LISTED_PLACE");
  });
});

describe("a listed country", () => {
  test.each([
    ["its code in an address", at({ country: "QD" }), "parties[0].address.country"],
    ["a small code", at({ country: "qd" }), "parties[0].address.country"],
    [
      "a residence",
      { parties: [{ ...party("DEBTOR", "Ann Baker"), residence: "QD" }, party("CREDITOR", "Bob")] },
      "parties[0].residence",
    ],
    ["the BIC of a bank", bank({ bic: "TIDEQD2LXXX" }), 'agents[0].bic "QD"'],
    [
      "the IBAN of an account",
      {
        parties: [
          {
            ...party("DEBTOR", "Ann Baker"),
            account: { kind: "IBAN" as const, value: "QD12 0000 0000 0000", name: null },
          },
        ],
      },
      'parties[0].account.value "QD"',
    ],
    [
      "a BIC that identifies a party",
      {
        parties: [
          { ...party("DEBTOR", "Ann Baker"), identifiers: [{ kind: "BIC" as const, value: "TIDEQD2L", issuer: null }] },
        ],
      },
      'parties[0].identifiers[0].value "QD"',
    ],
    ["its name in a country's field", at({ country: "Quendria" }), "parties[0].address.country"],
    ["its name in a line", at({ lines: ["5 High Street", "Republic of Quendria"] }), "parties[0].address.lines[1]"],
  ])("is found by %s", (_, change, where) => {
    expect(pays(change)).toContain(`hit places:C ${where}`);
  });

  test("is found where a remittance comes from or goes to", () => {
    expect([sends({ toCountry: "QD" }), sends({ fromCountry: "qd" })]).toEqual([
      'hit places:C toCountry "QD"',
      'hit places:C fromCountry "qd"',
    ]);
  });

  test("as a nationality is where somebody comes from: told", () => {
    const national = { ...party("DEBTOR", "Ann Baker"), nationalities: ["QD"] };
    expect(pays({ parties: [national, party("CREDITOR", "Bob")] })).toBe(
      "clear place places:C parties[0].nationalities[0]",
    );
  });

  test("is nothing in a code that stands for something else", () => {
    expect(pays({ remittanceInformation: ["ref QD 12"], endToEndId: "QD" })).toBe("clear");
    expect(pays(bank({ bic: "QDQDGB2L" }))).toBe("clear");
  });
});

describe("a listed word", () => {
  test("holds wherever it stands, written together or apart, in any case", () => {
    for (const text of ["20 t YELLOW CAKE", "yellowcake", "Yellow-Cake"])
      expect(pays({ remittanceInformation: [text] })).toContain("hold LISTED_PLACE place places:W");
    expect(pays({ remittanceInformation: ["yellow birthday cake"] })).toBe("clear");
  });

  test("with a number in it is told apart from other numbers", () => {
    expect([pays({ remittanceInformation: ["order 4711"] }), pays({ remittanceInformation: ["order 4712"] })]).toEqual([
      "hold LISTED_PLACE place places:W remittanceInformation[0]",
      "clear",
    ]);
  });
});

const rule = (apply: PolicyRule["apply"], when: PolicyRule["when"] = {}): readonly PolicyRule[] => [
  { name: "r", because: "b", when, apply },
];

describe("the policy", () => {
  test("says what a place does, whatever its entry says", () => {
    const town = at({ town: "Tirganta" });
    expect(pays(town, rule({ places: "tell" }))).toBe("clear place places:T parties[0].address.town");
    expect(pays(town, rule({ places: "hold" }))).toContain("hold LISTED_PLACE");
    expect(pays({ remittanceInformation: ["to Tirganta"] }, rule({ places: "hit" }))).toContain("hit places:T");
    expect(pays(town, rule({ places: "listed" }))).toContain("hit places:T");
  });

  test("leaves a list of places out, and tells what it left out", () => {
    expect(pays(at({ country: "QD" }), rule({ lists: { except: ["places"] } }))).toBe(
      "clear list places:C parties[0].address.country",
    );
  });

  test("does not look at what is not screened", () => {
    expect(
      pays(at({ country: "QD", town: "Tirganta" }), rule({ screened: false }, { kind: ["COUNTRY", "TOWN"] })),
    ).toBe("clear");
  });
});

test("a place is nobody's name, and says in its alert what it is", () => {
  const outcome = screened(paymentToScreen(payment(at({ town: "Tirganta" }))));
  expect(outcome).toMatchObject({
    kind: "hit",
    matches: [{ score: 10_000, reasons: [{ kind: "place", points: 10_000 }] }],
  });
  expect(index.search("Tirganta", compilePolicy().search.any)).toEqual({ kind: "matches", matches: [] });
});

test("a country that is only told of holds the payments over an amount to it that a rule means, as docs/policy.md has it", () => {
  const quendria = entry("T", ["Quendria"], { kind: "COUNTRY", codes: ["QD"], rule: "tell", ruleInText: "tell" });
  const rules: readonly PolicyRule[] = [
    {
      name: "over 10,000 euros",
      because: "so the firm has decided",
      when: {
        event: "payment",
        toAny: ["QD"],
        amount: { currency: "EUR", atLeast: "10000.01" },
        kind: ["COUNTRY", "IBAN", "BIC"],
      },
      apply: { places: "hold" },
    },
  ];
  const ofCountry = openSnapshot(compileSnapshot([quendria]));
  const paid = (amount: string, currency: string, creditor: Partial<ScreenedParty>): string => {
    const event = payment({
      money: { amount: decimalFromString(amount), currency },
      parties: [party("DEBTOR", "Ann Baker"), { ...party("CREDITOR", "Bob Carter"), ...creditor }],
    });
    const outcome = screenEvent(paymentToScreen(event), ofCountry, compilePolicy({ rules }), { indexAge: 0, at: 0 });
    return outcome.kind === "hold" ? `hold ${outcome.reason}` : outcome.kind;
  };
  const address = { country: "QD", town: null, postCode: null, street: null, lines: [], region: null };
  expect(paid("10000.01", "EUR", { address })).toBe("hold LISTED_PLACE");
  expect(paid("10000.00", "EUR", { address })).toBe("clear");
  expect(paid("10000.01", "USD", { address })).toBe("clear");
  expect(paid("10000.01", "EUR", { nationalities: ["QD"] })).toBe("clear");
});
