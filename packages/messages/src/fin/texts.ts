import type { EventDraft, LineArray } from "../event-draft.ts";
import { isBic } from "../event-draft.ts";
import { refused } from "../message-error.ts";
import type { SourceText } from "../text/source-text.ts";
import { filledLines, type FinField, lineText } from "./field.ts";
import { behind, joinLines, type JoinedLines, LINE, ownWidth, type TextLine, wholeLines } from "./lines.ts";
import { misplaced, tellCut } from "./problems.ts";

/** A field of free text. `width`: characters of its lines; null: lines are as long as they are. `most`: how many it has. */
export interface TextShape {
  readonly array: LineArray;
  readonly width: number | null;
  readonly most: number;
}

/** All lines of a field as one text. */
export function readText(
  field: FinField,
  { array, width, most }: TextShape,
  draft: EventDraft,
  maxChars: number,
): void {
  const lines = wholeLines(field);
  if (lines.length > most) misplaced(draft, field.path, "more lines than the field has");
  if (width !== null) tellCut(field, width, draft);
  putJoined(joinLines(field, lines, width ?? ownWidth(field)), { array, draft, maxChars });
}

/** As long as `72` is; what it says of people and agents is told by a code in front of it. */
export interface CodedShape {
  readonly array: LineArray;
  readonly most: number;
}

/** Codes between slashes that say how a text is meant; one that is not here is text itself. */
const senderCodes: ReadonlySet<string> = new Set(
  `ACC INS INT REC BNF INTA CHGS REJT RETN MREF TREF TEXT TELE TELEBEN TELEIBK PHON PHONBEN PHONIBK HOLD CHEQUE OCMT EXCH
  RCB UDLC CHRQ TSU ROC INV IPI RFB UETR CORR CUST DUPL`.split(/\s+/),
);

/** Each code begins a text, which goes on in the lines behind `//` or without a code. */
export function readCoded(field: FinField, { array, most }: CodedShape, draft: EventDraft, maxChars: number): void {
  if (filledLines(field).length > most) misplaced(draft, field.path, "more lines than the field has");
  tellCut(field, LINE, draft);
  for (const { code, lines } of itemsOf(field)) {
    const joined = joinLines(field, lines, LINE);
    if (code === "INS") putInstructing(joined.text, draft);
    putJoined(joined, { array, draft, maxChars });
  }
}

interface Item {
  readonly code: string | null;
  readonly lines: TextLine[];
}

function itemsOf(field: FinField): readonly Item[] {
  const items: Item[] = [];
  for (const index of filledLines(field)) {
    const { raw } = field.lines[index]!;
    const code = /^\s*\/([A-Z0-9]{1,8})\//.exec(raw);
    const last = items.at(-1);
    if (code !== null) {
      const isKnown = senderCodes.has(code[1]!);
      items.push({ code: code[1]!, lines: [{ index, skipped: isKnown ? code[0].length : 0 }] });
      continue;
    }
    const line = { index, skipped: /^\s*\/\//.exec(raw)?.[0].length ?? 0 };
    if (last === undefined) items.push({ code: null, lines: [line] });
    else last.lines.push(line);
  }
  return items;
}

/** `/INS/`: an institution by its BIC or its name; it is among the texts, too. */
function putInstructing(source: SourceText, draft: EventDraft): void {
  if (source.text === "") return;
  const { agent, path } = draft.agent("PREVIOUS_INSTRUCTING");
  const put = (field: "bic" | "name", kind: "BIC" | "NAME") =>
    draft.put({ path: `${path}.${field}`, role: "PREVIOUS_INSTRUCTING" }, [{ kind, source }]);
  if (isBic(source.text)) agent.bic = put("bic", "BIC");
  else agent.name = put("name", "NAME");
}

/** `77B`: `/ORDERRES/CC//text`. The country stands in a line of its own. */
export function readReporting(field: FinField, draft: EventDraft, maxChars: number): void {
  const array = "regulatoryReporting";
  const indexes = filledLines(field);
  if (indexes.length > MOST_REPORTING) misplaced(draft, field.path, "more lines than the field has");
  tellCut(field, LINE, draft);
  let lines: TextLine[] = [];
  const end = (): void => {
    if (lines.length > 0) putJoined(joinLines(field, lines, LINE), { array, draft, maxChars });
    lines = [];
  };
  for (const index of indexes) {
    const { raw, start } = field.lines[index]!;
    const code = /^\s*\/(?:ORDERRES|BENEFRES)\/(?:([A-Z]{2})(?:\/\/|$))?/.exec(raw);
    if (code === null) {
      lines.push({ index, skipped: /^\s*\/\//.exec(raw)?.[0].length ?? 0 });
      continue;
    }
    end();
    if (code[1] !== undefined) {
      const from = raw.indexOf(code[1], "/ORDERRES/".length - 1);
      const line = { text: code[1], path: `${field.path}[${String(index)}]`, start: start + from, pieces: [] };
      draft.line(array, "COUNTRY", { ...line, end: line.start + 2 });
    }
    if (raw.slice(code[0].length).trim() !== "") lines.push({ index, skipped: code[0].length });
  }
  end();
}

const MOST_REPORTING = 3;

/** `23E`: `HOLD/text`. A code that is none is text itself. */
export function readInstruction(field: FinField, draft: EventDraft): void {
  const codes =
    /^(?:CHQB|CMSW|CMTO|CMZB|CORT|EQUI|HOLD|INTC|NETS|OTHR|PHOB|PHOI|PHON|REPA|RTGS|SDVA|TELB|TELE|TELI|URGP)(?:\/|$)/;
  filledLines(field).forEach((index, i) => {
    const line = lineText(field, index);
    const code = i === 0 ? codes.exec(line.text) : null;
    if (code === null) misplaced(draft, line.path, "what stands in the place of a code is none");
    const text = code === null ? line : behind(line, code[0].length);
    if (text.text !== "") draft.line("instructions", "TEXT", text);
  });
}

/** Every line of a field by itself. */
export function readLines(field: FinField, draft: EventDraft, kind: "TEXT" | "ACCOUNT" | "ID" = "TEXT"): void {
  for (const index of filledLines(field)) draft.line("instructions", kind, lineText(field, index));
}

interface Putting {
  readonly array: LineArray;
  readonly draft: EventDraft;
  readonly maxChars: number;
}

function putJoined({ text, spaced }: JoinedLines, { array, draft, maxChars }: Putting): void {
  if (text.text.length > maxChars)
    throw refused("MESSAGE_TOO_LARGE", "a text is longer than is read", { path: text.path, offset: text.start });
  if (text.text !== "") draft.line(array, "TEXT", text);
  if (spaced !== null) draft.line(array, null, spaced);
}
