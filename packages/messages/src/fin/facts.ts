import { type EventDraft, moneyOf } from "../event-draft.ts";
import { type FinField, lineText, valueOf } from "./field.ts";
import { timeOf } from "./headers.ts";
import { misplaced } from "./problems.ts";
import { readLines } from "./texts.ts";

/** What fields hold that no person fills, by their tag. What has another shape is a text, and breaks the field's format. */
const shapes: Readonly<Record<string, RegExp>> = {
  "13C": /^\/[A-Z]{1,8}\/\d{4}[+-]\d{4}$/,
  "13D": /^\d{10}[+-]\d{4}$/,
  "23B": /^[A-Z]{4}$/,
  "26T": /^[A-Z0-9]{3}$/,
  "30": /^\d{6}$/,
  "28D": /^\d{1,5}\/\d{1,5}$/,
  "32A": /^\d{6}[A-Z]{3}[\d,]{1,15}$/,
  "32B": /^[A-Z]{3}[\d,]{1,15}$/,
  "33B": /^[A-Z]{3}[\d,]{1,15}$/,
  "36": /^[\d,]{1,12}$/,
  "71A": /^(?:OUR|SHA|BEN)$/,
  "71F": /^[A-Z]{3}[\d,]{1,15}$/,
  "71G": /^[A-Z]{3}[\d,]{1,15}$/,
  "11R": /^\d{3}\n\d{6}(?:\n\d{4,10})?$/,
  "11S": /^\d{3}\n\d{6}(?:\n\d{4,10})?$/,
};

/** Money, dates, codes and references. False for a field that is none of these. */
export function readFact(field: FinField, draft: EventDraft): boolean {
  const { tag } = field;
  const shape = shapes[tag];
  if (shape !== undefined) {
    if (tag === "32A" || tag === "32B") readMoney(field, draft);
    if (!shape.test(valueOf(field))) {
      misplaced(draft, field.path, "content that breaks the field's format");
      readLines(field, draft);
    }
    return true;
  }
  if (tag === "20" || tag === "21") readReference(field, tag === "20" ? "instructionId" : "endToEndId", draft);
  else if (tag === "21R" || tag === "21F") readLines(field, draft, "ID");
  else return false;
  return true;
}

/** The first of each; more lines, and more of them, are texts. */
function readReference(field: FinField, into: "instructionId" | "endToEndId", draft: EventDraft): void {
  field.lines.forEach(({ raw }, i) => {
    if (raw.trim() === "") return;
    const text = lineText(field, i);
    if (draft[into] === null) draft.reference(into, text);
    else draft.line("instructions", "ID", text);
  });
}

/** The first amount is that of the transaction. */
function readMoney(field: FinField, draft: EventDraft): void {
  const parts = /^(\d{6})?([A-Z]{3})(\d[\d,]*)$/.exec(valueOf(field));
  const money = parts === null ? null : moneyOf(parts[3]!, parts[2]!);
  if (money === null) misplaced(draft, field.path, "an amount that cannot be read");
  draft.money ??= money;
}

/** The value date, or the date on which a request is to be carried out. */
export function dateIn(fields: readonly FinField[]): number | null {
  const field = fields.find(({ tag }) => tag === "32A") ?? fields.find(({ tag }) => tag === "30");
  return field === undefined ? null : timeOf(valueOf(field).slice(0, 6));
}

/** A date that is there and is none. */
export function tellBadDates(fields: readonly FinField[], draft: EventDraft): void {
  for (const field of fields)
    if ((field.tag === "32A" || field.tag === "30") && timeOf(valueOf(field).slice(0, 6)) === null)
      misplaced(draft, field.path, "a date that cannot be read");
}
