import type { FinField } from "./field.ts";
import { LINE } from "./lines.ts";

/**
 * How many of the lines of name and address are the name: it goes on behind a line that ends as no name does, and behind a full one, unless
 * that ends with a legal form, the next has a number, as streets do, or is the last, which mostly is a town or country.
 */
export function nameLines(field: FinField, lines: readonly number[]): number {
  const rawOf = (i: number): string => field.lines[lines[i]!]!.raw;
  let count = 1;
  while (count < lines.length && goesOn(rawOf(count - 1), rawOf(count), count === lines.length - 1)) count++;
  return count;
}

function goesOn(raw: string, next: string, isLast: boolean): boolean {
  const isFull = raw.length >= LINE && !isLast && !isWhole(raw) && !/\d/.test(next);
  return isFull || /(?:[&,/\p{Pd}]|\b(?:AND|OR|OF))$/iu.test(raw.trim());
}

export interface AddressLine {
  readonly index: number;
  /** Told as a name already; it stands there for what is read across the end of a line. */
  readonly isName: boolean;
}

/**
 * The lines of an address, and the name in front of them, so that a name that goes on where nobody can tell it is found. Behind a legal form
 * no name goes on, but `LTD` and the first word of a street may be another firm's name: then lines of one name stand behind the address.
 */
export function addressLines(field: FinField, lines: readonly number[], named: number): readonly AddressLine[] {
  const names = lines.slice(0, named).map((index) => ({ index, isName: true }));
  const others = lines.slice(named).map((index) => ({ index, isName: false }));
  if (lines.length < 2) return [];
  if (!isWhole(field.lines[lines[named - 1]!]!.raw)) return [...names, ...others];
  return named > 1 ? [...others, ...names] : others;
}

/** Whether a name ends with a legal form. */
function isWhole(raw: string): boolean {
  const words = raw
    .toUpperCase()
    .replaceAll(/[.,]/g, "")
    .trim()
    .split(/[\s/]+/);
  return words.length > 1 && legalForms.has(words.at(-1)!);
}

const legalForms: ReadonlySet<string> = new Set(
  `LTD LIMITED LTDA LLC LLP LP INC INCORPORATED CORP CORPORATION CO COMPANY PLC GMBH AG KG KGAA OHG UG EG EV BV NV CV VOF SA SAS SASU
  SARL SRL SPA SNC SL SLU SLL SC SCA EURL EIRL AB AS ASA OY OYJ APS KFT ZRT RT SRO DOO DD AD EOOD OOD OOO OAO ZAO PAO AO TOO PJSC
  OJSC CJSC JSC FZE FZCO FZC WLL PTE PTY PVT BHD TBK KK GK SE`.split(/\s+/),
);
