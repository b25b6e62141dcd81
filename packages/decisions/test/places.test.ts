import {
  compilePolicy,
  paymentToScreen,
  type PolicyRule,
  remittanceToScreen,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import { compileSnapshot, decodeText, type Designation, type ListedPlace, openSnapshot } from "@cordon/matching";
import {
  decimalFromString,
  type ScreenedAgent,
  type ScreenedParty,
  type ScreenedPayment,
  type ScreenedRemittance,
} from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { placeJudge } from "../src/places/judge-places.ts";
import { placesOf } from "../src/places/place-book.ts";
import type { ScreenableField } from "../src/screenable-field.ts";
import { meterOf, workOfReading } from "../src/work-meter.ts";
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
    entry("C7", ["Republic Merev", "Republic of Merev", "Pelandria"], { kind: "COUNTRY", codes: ["MV"] }),
    entry("L", ["Larnova", "Ostrel", "Oruk", "Zel"], {}),
    entry("W", ["yellow cake", "order 4711"], { kind: "WORD", rule: "hold" }),
    entry("X", ["black powder"], { kind: "WORD", rule: "hit", ruleInText: "tell" }),
  ]),
);

function screened(event: ReturnType<typeof paymentToScreen>, rules: readonly PolicyRule[] = []): ScreeningOutcome {
  // Each event has an index of its own, so that each test makes its book.
  return screenEvent(event, { ...index }, compilePolicy({ rules }), { indexAge: 0, at: 0 });
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

/** Of what was found in a town's field. */
function detailOf(town: string, rules: readonly PolicyRule[] = []): string | undefined {
  const outcome = screened(paymentToScreen(payment(at({ town }))), rules);
  return outcome.kind === "hit" ? outcome.matches[0].reasons[0]?.detail : outcome.told[0]?.detail;
}

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

  test.each(["Tirgantasia", "Tirgumpa", "Birganta", "Tiganrta", "Tirgxata", "Tirgnxta"])(
    "is nothing in another word, with another beginning or with two letters wrong: %s",
    (town) => {
      expect(pays(at({ town }))).toBe("clear");
    },
  );

  test.each(["Larnova", "Larnava", "Larnva", "Larnnova", "Larnvoa", "Larnov", "Larnovaa"])(
    "of seven letters is found with one wrong, missing, too many or swapped: %s",
    (town) => {
      expect(pays(at({ town }))).toBe(`hit places:L parties[0].address.town "${town}"`);
    },
  );

  test("of fewer letters is not, and neither are a country and a word", () => {
    expect(pays(at({ town: "Ostrel" }))).toContain("hit places:L");
    for (const text of ["Ostrol", "Ostre", "Orok", "Quemdria", "Pelamdria", "yellow", "blackpowdar"])
      expect(pays(at({ town: text }))).toBe("clear");
  });

  test("is found with four or more of its letters apart, whatever stands around them", () => {
    expect(pays(at({ town: "at T I R G A N T A now" }))).toContain('"T I R G A N T A"');
    expect(pays(at({ town: "O R U K" }))).toContain('"O R U K"');
    expect(pays(at({ town: "Republic of M E R E V, here" }))).toContain('"Republic of M E R E V"');
    expect(pays(at({ town: "Z E L" }))).toBe("clear");
  });

  test("is told by its first and longest spelling in a text", () => {
    expect(pays(at({ town: "TIRGANTA, tirganta" }))).toContain('"TIRGANTA"');
    expect(pays(at({ town: "Tirganta, Tirganta Oblast, Tirganta" }))).toContain('"Tirganta Oblast"');
    expect(pays(at({ town: "Tirganta of Tirg&#97;nta" }))).toContain('"Tirganta"');
  });

  test("is told in words for who reads the alert, with what was found and by which spelling", () => {
    expect(detailOf("north of TIRGANTE 1")).toBe('"TIRGANTE" is a listed town or region, "Tirganta"');
    expect(detailOf("north of Tirgannta")).toBe(
      '"Tirgannta" is a listed town or region, "Tirganta", but for one letter, the spelling "Tirganta"',
    );
  });

  test("that a road is called after is told, and so is a place of that name elsewhere", () => {
    expect(pays(at({ street: "12 Tirganta Road" }))).toBe("clear place places:T parties[0].address.street");
    expect(pays(at({ town: "Tirgante", country: "US" }))).toBe("clear place places:T parties[0].address.town");
    // Nobody says where, or another country does.
    expect(pays(at({ town: "Tirgante" }))).toContain("hit places:T");
    expect(pays(at({ town: "Tirgante", country: "RU" }))).toContain("hit places:T");
    // All that is told must be elsewhere.
    expect(pays(at({ town: "Tirgante", country: "US" }, { residence: "GB" }))).toContain("clear place");
    expect(pays(at({ town: "Tirgante", country: "US" }, { residence: "RU" }))).toContain("hit places:T");
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

  test("is no road's where nobody expects an address", () => {
    expect(pays({ remittanceInformation: ["paid at 12 Tirganta Road"] })).toContain("hold LISTED_PLACE");
  });

  test("counts where it stands for itself, though a road is called after it beside", () => {
    const street = "Tirganta Road, Tirg&#97;nta Oblast";
    const outcome = screened(paymentToScreen(payment(at({ street }))));
    expect(outcome).toMatchObject({ kind: "hit", told: [] });
    const held = screened(paymentToScreen(payment(at({ street }))), rule({ places: "hold" }));
    expect(held).toMatchObject({ kind: "hold", told: [{ detail: expect.stringContaining("is held for it") }] });
    const both = screened(paymentToScreen(payment(at({ street: "Tirgante Road, Tirg&#97;nta Oblast Lane" }))));
    expect(both).toMatchObject({
      kind: "clear",
      told: [{ detail: '"Tirgante" is a listed town or region, "Tirganta"' }],
    });
  });

  test("is no text's that can name no place: a number of a telephone or an account", () => {
    const account = { kind: "OTHER" as const, value: "Tirganta", name: null };
    expect(pays(at({}, { contact: "Tirganta", account }))).toBe("clear");
  });

  test("goes on from one line to the next", () => {
    const lines = ["all of it for Republic of", "Quendria"];
    expect(pays({ remittanceInformation: lines })).toContain("hold LISTED_PLACE");
    expect(pays({ remittanceInformation: ["20 t of yellow", "cake"] })).toBe(
      "hold LISTED_PLACE place places:W remittanceInformation[0]",
    );
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
    ["a BIC with a blank before it", bank({ bic: " TIDEQD2L" }), 'agents[0].bic "QD"'],
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
    expect(pays(bank({ bic: null, name: "Tide Bank" }))).toBe("clear");
    const identifiers = [{ kind: "OTHER" as const, value: "TIDEQD2L", issuer: null }];
    expect(pays({ parties: [{ ...party("DEBTOR", "Ann Baker"), identifiers }, party("CREDITOR", "Bob")] })).toBe(
      "clear",
    );
    const account = { kind: "OTHER" as const, value: "QD12 0000 0000 0000", name: null };
    expect(pays({ parties: [{ ...party("DEBTOR", "Ann Baker"), account }, party("CREDITOR", "Bob")] })).toBe("clear");
  });
});

describe("a listed word", () => {
  test("holds wherever it stands, written together or apart, in any case", () => {
    for (const text of ["20 t YELLOW CAKE", "yellowcake", "Yellow-Cake"])
      expect(pays({ remittanceInformation: [text] })).toContain("hold LISTED_PLACE place places:W");
    expect(pays({ remittanceInformation: ["yellow birthday cake"] })).toBe("clear");
  });

  test("does the same in every text, and no road excuses it", () => {
    expect(pays({ remittanceInformation: ["black powder"] })).toContain("hit places:X remittanceInformation[0]");
    expect(pays(at({ street: "12 Yellow Cake Road" }))).toContain("hold LISTED_PLACE");
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

  test("tells of what it holds for that it does, and of nothing else", () => {
    expect(detailOf("Tirganta", rule({ places: "tell" }))).toBe('"Tirganta" is a listed town or region, "Tirganta"');
    expect(detailOf("Tirganta", rule({ places: "hold" }))).toBe(
      '"Tirganta" is a listed town or region, "Tirganta"; the event is held for it',
    );
  });

  test("leaves a list of places out, and tells what it left out", () => {
    const left = screened(
      paymentToScreen(payment(at({ street: "12 Tirganta Lane" }))),
      rule({ lists: { except: ["places"] } }),
    );
    expect(left.told[0]?.detail).toMatch(/^"Tirganta" matches an entry of the list places/);
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

const indexOf = (...entries: readonly Designation[]) => openSnapshot(compileSnapshot(entries));

describe("the book of places", () => {
  test("is made once for each index, and there is none for an index without places", () => {
    const own = { ...index };
    expect(placesOf(own)).toBe(placesOf(own));
    expect(placesOf(own)).not.toBeNull();
    expect(placesOf(indexOf(listed("uk:1", "Goran Jalal Rasulov")))).toBeNull();
  });

  test("knows whether numbers tell its words apart", () => {
    expect(placesOf({ ...index })?.hasNumbers).toBe(true);
    expect(placesOf(indexOf(entry("T", ["Tirganta"], {})))?.hasNumbers).toBe(false);
  });

  test("knows every entry of a country's code", () => {
    const both = ["one", "two"].map((key) => entry(key, [`Quendria ${key}`], { kind: "COUNTRY", codes: ["QD"] }));
    const found = placesOf(indexOf(...both))?.country("QD");
    expect(found?.map(({ designation }) => designation.id)).toEqual(["places:one", "places:two"]);
  });
});

test("a text that would take more work than is allowed is not looked at, and neither is what it stands for", () => {
  const field = { text: "Tirg&#97;nta", path: "purpose", role: "PURPOSE", kind: "TEXT" } as unknown as ScreenableField;
  const { texts } = compilePolicy().usual;
  const found = (most: number): number => {
    const meter = meterOf(index, most);
    const judge = placeJudge(placesOf({ ...index })!, { texts, bearers: [], meter, decode: decodeText });
    judge.field(field);
    judge.field({ ...field, text: "Larnova" });
    return judge.told().length;
  };
  const [raw, read, next] = ["Tirg&#97;nta", "Tirganta", "Larnova"].map(workOfReading) as [number, number, number];
  expect([raw - 1, raw, raw + read - 1, raw + read, raw + read + next].map(found)).toEqual([0, 0, 0, 1, 2]);
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
