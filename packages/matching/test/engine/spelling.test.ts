import { expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import { compareTexts } from "../../src/engine/compare-texts.ts";

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
  ["a short word beside a common one only", "Ali Kop", "Ali KOB", "PERSON"],
  ["the number of another ship", "WEXCOMBE STAR III", "WEXCOMBE STAR", "VESSEL"],
  ["the beginning of a word that is not cut", "Quentin Mar", "Quentin Marlowesky", "PERSON"],
  ["another word of firms shortened", "Orion Engg Ltd", "ORBIT ENGINEERING LIMITED", "ORGANISATION"],
])("is another: %s", (_, payment, listed, type) => {
  expect(score(payment, listed, type)).toBeLessThan(THRESHOLD);
});
