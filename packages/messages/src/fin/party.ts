import type { PartyRole } from "@cordon/schemas";

import { type EventDraft, isBic, isNoName } from "../event-draft.ts";
import { filledLines, type FinField, lineText } from "./field.ts";
import { behind, joinLines, LINE, type TextLine } from "./lines.ts";
import { addressLines, nameLines } from "./name-lines.ts";
import { readNumbered } from "./numbered-party.ts";
import { addLine, type DraftedParty, isIban, putAccount, putName } from "./party-texts.ts";
import { misplaced, tellCut } from "./problems.ts";

/** Reads a 50a or 59a by its option: A, C and G a BIC, F numbered lines, L a name alone, all others name and address. */
export function readParty(field: FinField, role: PartyRole, draft: EventDraft): void {
  const drafted = draft.party(role);
  tellCut(field, LINE, draft);
  switch (field.option) {
    case "A":
    case "C":
    case "G":
      readCoded(field, drafted, draft);
      break;
    case "F":
      readNumbered(field, drafted, draft);
      break;
    default:
      readNamed(field, drafted, draft);
  }
  const { party } = drafted;
  if (isNoName(party.name) && party.name !== "")
    draft.problem("FIELD_MISSING", field.path, "what stands in the place of a name is none");
  if (TELEGRAPH_CODES.test(party.name))
    draft.problem("NAME_UNREADABLE", field.path, "a name in telegraph codes, four digits a character");
}

/** Chinese characters as telegraph codes. */
const TELEGRAPH_CODES = /^\s*\d{4}(?:[\s,.]+\d{4})+\s*$/;

/** An account line; tells the lines that are left. */
function readAccount(field: FinField, { party, path }: DraftedParty, draft: EventDraft): readonly number[] {
  const [first, ...others] = filledLines(field);
  if (first === undefined) return [];
  const line = lineText(field, first);
  if (!line.text.startsWith("/")) return [first, ...others];
  putAccount({ party, path }, behind(line, /^\/+/.exec(line.text)![0].length), draft);
  return others;
}

/** What stands in the place of a BIC and is none is a name, for it may be one. */
function readCoded(field: FinField, drafted: DraftedParty, draft: EventDraft): void {
  const [first, ...others] = readAccount(field, drafted, draft);
  if (first === undefined) return;
  const line = lineText(field, first);
  if (isBic(line.text)) draft.identifier(drafted, "BIC", { kind: "BIC", source: line });
  else {
    misplaced(draft, line.path, "what stands in the place of a BIC is none");
    putName(drafted, line, draft);
  }
  if (others.length === 0) return;
  misplaced(draft, field.path, "more lines than an account and a BIC");
  for (const index of others) addLine(drafted, "ADDRESS", lineText(field, index), draft);
}

/**
 * Name and address, and nobody says where the one ends: the name goes on behind a full line, or one that ends as no name does. All lines
 * are searched as one text, too, and for that stand in the address.
 */
function readNamed(field: FinField, drafted: DraftedParty, draft: EventDraft): void {
  const lines = readAccount(field, drafted, draft);
  const named = withoutBareAccount(field, lines, drafted, draft);
  if (named.length > (field.option === "L" ? 1 : MOST_LINES))
    misplaced(draft, field.path, "more lines than the field has");
  if (named.length === 0) return;
  const count = nameLines(field, named);
  putName(drafted, joinLines(field, named.slice(0, count).map(asLine), LINE).text, draft);
  for (const { index, isName } of addressLines(field, named, count))
    addLine(drafted, isName ? null : "ADDRESS", lineText(field, index), draft);
}

const asLine = (index: number): TextLine => ({ index, skipped: 0 });

const MOST_LINES = 4;

/** An account without its slash, or a line of digits in the place of the name: the name is in the next line. */
function withoutBareAccount(
  field: FinField,
  lines: readonly number[],
  drafted: DraftedParty,
  draft: EventDraft,
): readonly number[] {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0) return lines;
  const line = lineText(field, first);
  if (/\p{L}/u.test(line.text) && !isIban(line.text)) return lines;
  if (TELEGRAPH_CODES.test(line.text)) return lines;
  misplaced(draft, line.path, "a number in the place of a name");
  if (drafted.party.account === null) putAccount(drafted, line, draft);
  else draft.line("instructions", "ACCOUNT", line);
  return others;
}
