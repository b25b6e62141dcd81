import { describe, expect, test } from "vitest";

import { comparisonOf, unsaidOf } from "../../../src/page/alert/comparison.ts";
import type { Match } from "../../../src/page/wire.ts";
import { sampleAlerts } from "../../double/alerts.ts";

const alert = sampleAlerts(Date.parse("2026-10-12T14:00:00Z"))[2];
if (alert === undefined) throw new Error("no sample");
const [first] = alert.matches;
if (first === undefined) throw new Error("no match");
const match: Match = first;
const entry = alert.entries[0] ?? null;

function aspect(name: string, over: Partial<Match> = {}, event: unknown = alert?.event) {
  const found = comparisonOf({ ...match, ...over }, event, entry).find((one) => one.aspect === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function texts(values: readonly { readonly pieces: readonly { readonly text: string }[] }[]): readonly string[] {
  return values.map(({ pieces }) => pieces.map(({ text }) => text).join(""));
}

describe("a match beside its entry", () => {
  test("the verdicts are the screener's own, whatever the values look like", () => {
    const agreeing = [{ kind: "birth-date-agree", detail: "both may mean one day", points: 0 }];
    expect(aspect("birth-date").verdict).toBe("differs");
    expect(aspect("birth-date", { reasons: agreeing }).verdict).toBe("same");
    expect(aspect("birth-date", { reasons: [] }).verdict).toBe("unsaid");
    expect(aspect("nationality", { reasons: agreeing }).verdict).toBe("unsaid");
  });

  test("what the party says comes from the party of the path, in words", () => {
    expect(texts(aspect("birth-date").payment)).toEqual(["3 July 1991"]);
    expect(texts(aspect("nationality").payment)).toEqual(["Croatia"]);
    expect(texts(aspect("country").payment)).toEqual(["Croatia"]);
    expect(texts(aspect("birth-date").list)).toEqual(["1980"]);
    expect(aspect("birth-date").list[0]?.note).toBe("year only");
  });

  test("a line of text has no bearer, so it says nothing of one", () => {
    const inLine = {
      field: { path: "remittanceInformation[0]", role: "REMITTANCE_INFORMATION", text: "RENT", start: 0, end: 4 },
    };
    expect(texts(aspect("birth-date", inLine).payment)).toEqual([]);
    expect(texts(aspect("type", inLine).payment)).toEqual([]);
  });

  test("of a remittance the sender and the beneficiary are bearers", () => {
    const event = {
      sender: { role: "SENDER", name: "A", birthDate: "1970-01" },
      beneficiary: { role: "BENEFICIARY", name: "B", birthDate: "1971" },
    };
    const of = (path: string) =>
      texts(aspect("birth-date", { field: { path, role: "X", text: "A", start: 0, end: 1 } }, event).payment);
    expect(of("sender.name")).toEqual(["January 1970"]);
    expect(of("beneficiary.account.name")).toEqual(["1971"]);
  });

  test("without its event and its entry a match still shows what it holds itself", () => {
    const aspects = comparisonOf({ ...match, birthDates: ["1970/1972"] }, null, null);
    const born = aspects.find((one) => one.aspect === "birth-date");
    expect(texts(born?.list ?? [])).toEqual(["1970 to 1972"]);
    expect(texts(born?.payment ?? [])).toEqual([]);
  });

  test("where an identifier matched, it is the same, and the name is compared but for case and accents", () => {
    const identifier = { kind: "PASSPORT", value: "XX 0418823" };
    const field = { path: "parties[1].identifiers[0].value", role: "CREDITOR", text: "XX0418823", start: 0, end: 9 };
    expect(aspect("identifier", { identifier, field }).verdict).toBe("same");
    expect(aspect("name", { identifier, field }).verdict).toBe("differs");
    expect(aspect("name", { identifier, field, primaryName: "Mirela Dragović" }).verdict).toBe("same");
    expect(aspect("name", { identifier, field, primaryName: "Mirela Drago" }).verdict).toBe("differs");
  });

  test("what could still tell them apart is what one side does not say", () => {
    expect(unsaidOf(comparisonOf(match, alert?.event, entry))).toEqual(["identifier"]);
  });
});
