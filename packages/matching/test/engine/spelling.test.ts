import { expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import { compareTexts } from "../../src/engine/compare-texts.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { scanEverything } from "../../src/engine/scan-everything.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

const THRESHOLD = 8500;

function score(payment: string, listed: string, type: DesignationType): number {
  const compared = compareTexts(payment, listed, type);
  return compared.kind === "compared" ? compared.score : 0;
}

test.each<[why: string, payment: string, listed: string, type: DesignationType]>([
  ["a short word, where the rest fits", "OMA MAHMOUD UTHMAN", "OMAR MAHMOUD UTHMAN", "PERSON"],
  ["a word of a firm misspelt", "JUNOR INTERNATIONAL", "JUNIOR INTERNATIONAL", "ORGANISATION"],
  [
    "a field of 35 that cuts a word",
    "Wexcombe Marlow Research AND DEVELOP",
    "Wexcombe Marlow Research AND DEVELOPMENT",
    "ORGANISATION",
  ],
  ["a text that says that it is cut", "Quentin Marlowes...", "Quentin Marlowesky", "PERSON"],
  ["all vowels left out", "Njmddn Frj", "Najmuddin FARAJ", "PERSON"],
  ["letters misread", "Ournar Mahrnoud Selirn", "Oumar Mahmoud SELIM", "PERSON"],
  [
    "words of firms shortened",
    "Wexcombe Petrochem Mfg Co",
    "WEXCOMBE PETROCHEMICAL MANUFACTURING COMPANY",
    "ORGANISATION",
  ],
  ["two letters of a word of six, where the rest fits", "Wajih Mraluw Tabrek", "Wajih Marlow Tabrek", "PERSON"],
  ["a letter of each of two words", "Milahn MARTC", "Milan MARTIC", "PERSON"],
  ["a legal form misspelt at the end", "Wexcombe Trans LQC", "WEXCOMBE TRANS LLC", "ORGANISATION"],
  ["a legal form misspelt at the beginning", "JC Wexcombe", "JSC Wexcombe", "ORGANISATION"],
  ["a word of a form written out", "PUBLIC JOINT STOQK COMPANY WEXCOMBE", "PJSC WEXCOMBE", "ORGANISATION"],
  ["a rank within the name of a firm", "WEXCOMBE GRNERAL TRADING", "WEXCOMBE GENERAL TRADING", "ORGANISATION"],
  [
    "all words behind the end of a field of 35",
    "Institute of Wexcombe Research and D",
    "Institute of Wexcombe Research and Development in the Fields of Marlowesky",
    "ORGANISATION",
  ],
  ["Abd before a sun letter", "Syed Abdur Rehman Marlowes", "Sayed ABD AL-RAHMAN MARLOWES", "PERSON"],
  ["an article that stands apart", "Saraj ud-Din Marlowes", "Sirajuddin MARLOWES", "PERSON"],
  ["a placeholder before", "FNU Marlowesky", "MARLOWESKY", "PERSON"],
  ["a placeholder behind", "Marlowesky XXX", "MARLOWESKY", "PERSON"],
  ["a suffix of persons", "Robert Quentin Marlowesky III", "Robert Quentin MARLOWESKY", "PERSON"],
  ["a surname left out of two", "Nelson Albeiro Marlowes", "Palotio MARLOWES, Nelson Albeiro", "PERSON"],
  ["dots of braille", "⠟⠥⠑⠝⠞⠊⠝ ⠍⠁⠗⠇⠕⠺⠑⠎", "Quentin Marlowes", "PERSON"],
  ["a zero before a ship's number", "WEXCOMBE STAR 02", "WEXCOMBE STAR 2", "VESSEL"],
  ["the type of a ship", "LPG/C WEXCOMBE", "WEXCOMBE", "VESSEL"],
  ["a zone of a form", "Wexcombe Shipping FZ-LLC", "WEXCOMBE SHIPPING", "ORGANISATION"],
])("is the same: %s", (_, payment, listed, type) => {
  expect(score(payment.slice(0, 35), listed, type)).toBeGreaterThanOrEqual(THRESHOLD);
});

test.each<[why: string, payment: string, listed: string, type: DesignationType]>([
  ["a person beside an organisation of one word", "Isis Lopez", "ISIS", "ORGANISATION"],
  ["a short word, where another word differs", "OMA MAHMOUD SELIM", "OMAR MAHMOUD UTHMAN", "PERSON"],
  ["two letters of a word of six, where another word differs", "Wajih Mraluw Selim", "Wajih Marlow Tabrek", "PERSON"],
  ["two letters of a word beside a common one only", "Ahmed Mraluw", "Ahmed MARLOW", "PERSON"],
  ["two letters of a word, the first among them", "Wajih Arlouw", "Wajih MARLOW", "PERSON"],
  ["a family name that is one edit from a legal form", "Marlowes Hood", "MARLOWES", "PERSON"],
  ["a known name beside a name that is two letters from it", "Wajih Malik", "Wajih MARLIKO", "PERSON"],
  [
    "a field of 35 that ends before the name",
    "JOINT STOCK COMPANY FEDERAL SCIENTIFIC",
    "JOINT STOCK COMPANY FEDERAL SCIENTIFIC CENTRE OF WEXCOMBE",
    "ORGANISATION",
  ],
  [
    "a field of 35 that ends behind the form and a word of firms",
    "JOINT-STOCK COMPANY COMMERCIAL BANK MARLOWES",
    "JOINT-STOCK COMPANY COMMERCIAL BANK WEXCOMBE-BANK",
    "ORGANISATION",
  ],
  [
    "the beginning of a long name in a field that is not full",
    "Institute of Wexcombe Research",
    "Institute of Wexcombe Research and Development in the Fields of Marlowesky",
    "ORGANISATION",
  ],
  ["a short word beside a common one only", "Ali Kop", "Ali KOB", "PERSON"],
  ["the number of another ship", "WEXCOMBE STAR III", "WEXCOMBE STAR", "VESSEL"],
  ["the beginning of a word that is not cut", "Quentin Mar", "Quentin Marlowesky", "PERSON"],
  ["another word of firms shortened", "Orion Engg Ltd", "ORBIT ENGINEERING LIMITED", "ORGANISATION"],
])("is another: %s", (_, payment, listed, type) => {
  expect(score(payment.slice(0, 35), listed, type)).toBeLessThan(THRESHOLD);
});

test.each([
  ["Wajih Mraluw Tabrek", '"mraluw" is "marlow" but for two letters, and the other words fit'],
  ["Wajih Tbrk Pou", '"pou" is "pau" but for one letter, and the other words fit'],
])("the reason of a slip tells how many letters differ: %s", (payment, detail) => {
  const listed = payment.includes("Pou") ? "Wajih Tbrk Pau" : "Wajih Marlow Tabrek";
  const { reasons } = compareTexts(payment, listed, "PERSON") as { reasons: readonly { detail: string }[] };
  expect(reasons.map((reason) => reason.detail)).toContainEqual(expect.stringContaining(detail));
});

test("the reason of a name that its field cuts says so, in the search and in the scan alike", () => {
  const listed = "Institute of Wexcombe Research and Development in the Fields of Marlowesky";
  const text = listed.slice(0, 35);
  const reason = [expect.objectContaining({ kind: "cut-off", points: 9800 })];
  expect(compareTexts(text, listed, "ORGANISATION")).toMatchObject({ score: 9800, reasons: reason });
  const list = [designation("1", [listed], "ORGANISATION")];
  const found = openSnapshot(compileSnapshot(list)).search(text, compileSearchOptions());
  expect(found).toEqual(scanEverything(list, text, compileSearchOptions()));
  expect(found).toMatchObject({ kind: "matches", matches: [{ score: 9800, reasons: reason }] });
});

test.each<[why: string, payment: string, listed: string, type: DesignationType]>([
  [
    "initials on the list that are short for a word of another language",
    "National",
    "Nadir Trading Services Company NTSN",
    "ORGANISATION",
  ],
  ["a person's name that is", "Company Ali", "Ali KONY", "PERSON"],
  ["a number", "No. 1", "CONSTELLO NO. 1 CORPORATION", "ORGANISATION"],
  ["a number before another name", "1/Marlowe", "WEXCOMBE MARINE 1", "VESSEL"],
  ["two letters of a code", "BS40331570", "B S COMPANY", "ORGANISATION"],
  ["care of", "c/o Ratna", "SATNA COMPANY", "ORGANISATION"],
])("alone is nobody: %s", (_, payment, listed, type) => {
  expect(score(payment, listed, type)).toBeLessThan(THRESHOLD);
});

test.each<[why: string, payment: string, listed: string, type: DesignationType]>([
  ["a listed word that is short for the payment's", "Wexcombe Trading", "WEXCOMBE TRDG", "ORGANISATION"],
  ["a number with the name it belongs to", "Constello No. 1", "CONSTELLO NO. 1 CORPORATION", "ORGANISATION"],
  ["a unit by its number", "Unit 61398", "Unit 61398", "ORGANISATION"],
  ["digits beside a name", "9Marlowesky441", "MARLOWESKY", "PERSON"],
  ["letters with blanks between them", "E S Co", "E. S. Co.", "ORGANISATION"],
])("still is: %s", (_, payment, listed, type) => {
  expect(score(payment, listed, type)).toBeGreaterThanOrEqual(THRESHOLD);
});

test("the initials of a listed organisation are met by the same letters alone", () => {
  const listed = "Nadir Petroleum Production Association";
  expect(score("NPPA", listed, "ORGANISATION")).toBe(10_000);
  expect(score("N.P.P.A.", listed, "ORGANISATION")).toBe(10_000);
  for (const other of ["Pass no. 4211", "NPAP", "Napa", "N P A"])
    expect(
      score(other, other === "Pass no. 4211" ? "Polnar Petroleum Production Association Selm" : listed, "ORGANISATION"),
    ).toBeLessThan(THRESHOLD);
});
