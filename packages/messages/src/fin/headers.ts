import type { SourceText } from "../text/source-text.ts";
import type { BlockValue, FinBlocks } from "./blocks.ts";

/** What the headers of a message tell. All null where there are none. */
export interface FinHeaders {
  /** `103`. */
  readonly type: string | null;
  /** `F01`; another application or service is no payment. */
  readonly service: string | null;
  readonly sender: SourceText | null;
  readonly receiver: SourceText | null;
  /** When it was sent, as block 2 of the output form tells; milliseconds since the epoch. */
  readonly sentAt: number | null;
  /** Headers that are there and cannot be read, by their block. */
  readonly unreadable: readonly string[];
}

const BASIC = /^([A-Z]\d\d)([A-Z0-9]{12})\d*$/;
const INPUT = /^I(\d{3})([A-Z0-9]{8,12})([SUN]?\d*)?$/;
const OUTPUT = /^O(\d{3})(\d{4})(\d{6})([A-Z0-9]{12})\d*[SUN]?$/;

export function headersOf({ basic, application }: FinBlocks): FinHeaders {
  const first = basic === null ? null : BASIC.exec(basic.value.trim());
  const unreadable = basic !== null && first === null ? ["1"] : [];
  const service = first?.[1] ?? null;
  const own = first === null ? null : bicOf(basic!, first[2]!, "{1}");
  if (application === null) return { type: null, service, sender: own, receiver: null, sentAt: null, unreadable };
  const value = application.value.trim();
  const input = INPUT.exec(value);
  if (input !== null) {
    const receiver = bicOf(application, input[2]!, "{2}");
    return { type: input[1]!, service, sender: own, receiver, sentAt: null, unreadable };
  }
  const output = OUTPUT.exec(value);
  if (output === null)
    return { type: null, service, sender: own, receiver: null, sentAt: null, unreadable: [...unreadable, "2"] };
  const [, type = "", time = "", date = "", terminal = ""] = output;
  const sender = bicOf(application, terminal, "{2}");
  return { type, service, sender, receiver: own, sentAt: timeOf(date, time), unreadable };
}

/** A terminal's address without its letter; a branch of `XXX` is none. */
function bicOf({ value, start }: BlockValue, terminal: string, path: string): SourceText {
  const from = start + value.indexOf(terminal);
  const bank = terminal.slice(0, 8);
  const branch = terminal.length === 12 ? terminal.slice(9) : terminal.length === 11 ? terminal.slice(8) : "XXX";
  if (branch === "XXX") return { text: bank, path, start: from, end: from + 8, pieces: [] };
  const behind = from + terminal.length - 3;
  const pieces = [
    { at: 0, sourcePath: path, start: from, end: from + 8 },
    { at: 8, sourcePath: path, start: behind, end: behind + 3 },
  ];
  return { text: bank + branch, path, start: from, end: behind + 3, pieces: behind === from + 8 ? [] : pieces };
}

/** `YYMMDD` and `HHMM` in UTC. Null for what is no day. */
export function timeOf(date: string, time = "0000"): number | null {
  const parts = /^(\d\d)(\d\d)(\d\d)$/.exec(date);
  if (parts === null) return null;
  const [, yy = "", month = "", day = ""] = parts;
  const century = Number(yy) >= FIRST_YEAR ? "19" : "20";
  const iso = `${century}${yy}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z`;
  const at = Date.parse(iso);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(iso.slice(0, 10)) ? at : null;
}

/** SWIFT's rule for years of two digits. */
const FIRST_YEAR = 80;
