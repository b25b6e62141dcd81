import { compilePolicy } from "@cordon/decisions";
import { expect, test } from "vitest";

import { numberSeamTexts, partJudge, seamTexts } from "../src/judge-part.ts";
import { party } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const iban = "GB29NWBK60161331926819";
const index = fakeIndex([
  listed("uk:1", "Vile Smuggler", { identifiers: [{ kind: "IBAN", value: iban, note: null }] }),
]);
const judge = partJudge(index, compilePolicy());
const MOST = 1_000_000;
const debtor = { role: "DEBTOR", named: true } as const;
const text = { role: "MESSAGE", kind: "TEXT" } as const;

test("a part is clear where nothing matches and nothing holds it", () => {
  expect(judge.party(party("DEBTOR", "Ann Baker"), debtor, MOST)).toMatchObject({
    fieldsScreened: 1,
    namesScreened: 1,
    size: 1,
  });
  expect(judge.line("rent for May", text, MOST)).toMatchObject({ fieldsScreened: 1, namesScreened: 0, size: 1 });
});

test("a part that matches is not clear, though nothing holds it", () => {
  expect(judge.party(party("DEBTOR", "Vile Smuggler"), debtor, MOST)).toBe("not-clear");
  expect(judge.line("to Vile Smuggler", text, MOST)).toBe("not-clear");
});

test("a part that is held is not clear, though nothing matches", () => {
  expect(judge.party(party("DEBTOR", " "), debtor, MOST)).toBe("not-clear");
  expect(judge.line("Gor\uFFFDn", text, MOST)).toBe("not-clear");
});

test("a part that takes more work than is allowed is of no known outcome, whatever was found by then", () => {
  expect(judge.line("rent for May", text, 1)).toBe("unknown");
  expect(judge.line("BROAD", text, MOST)).toBe("unknown");
});

test("a line holds no identifier only where none that is listed stands in it", () => {
  expect(judge.noIdentifierIn("rent for May")).toBe(true);
  expect(judge.noIdentifierIn(`to ${iban}`)).toBe(false);
});

test("lines of one text are judged with what stands across their ends", () => {
  expect(seamTexts(["Vile", "Smuggler"])).toEqual(["Vile Smuggler"]);
  expect(numberSeamTexts(["GB29", "NWBK"])).toEqual([{ text: "GB29NWBK", work: 800 }]);
});
