import type { AlertState, Decision, GoodGuyState, Time, View } from "./wire.ts";

/* Wire names in the words of people. What is not in a table is shown as sent, in small letters: a new name is not lost. */

export const viewWords: Readonly<Record<View, string>> = {
  queue: "Queue",
  mine: "Mine",
  check: "To check",
  escalated: "Escalated",
  holds: "Held",
  closed: "Closed",
};

export const stateWords: Readonly<Record<AlertState, string>> = {
  OPEN: "Open",
  TAKEN: "Taken",
  PROPOSED: "To be checked",
  ESCALATED: "Escalated",
  RELEASED: "Released",
  REJECTED: "Rejected",
  SUPERSEDED: "No longer held",
};

export const goodGuyWords: Readonly<Record<GoodGuyState, string>> = {
  PROPOSED: "To be checked",
  ACTIVE: "Active",
  SUSPENDED: "Suspended",
  EXPIRED: "Expired",
  REVOKED: "Revoked",
};

export const decisionWords: Readonly<Record<Decision, string>> = {
  RELEASE: "Somebody else",
  REJECT: "The listed person",
  ESCALATE: "Cannot tell",
};

export const decisionVerbs: Readonly<Record<Decision, string>> = {
  RELEASE: "release",
  REJECT: "reject",
  ESCALATE: "escalate",
};

export const decisionDone: Readonly<Record<Decision, string>> = {
  RELEASE: "Released: somebody else",
  REJECT: "Rejected: the listed person",
  ESCALATE: "Escalated",
};

export const reasonWords: Readonly<Record<string, string>> = {
  BIRTH_DATE: "Birth date",
  NATIONALITY: "Nationality",
  COUNTRY: "Country",
  TYPE: "Type",
  IDENTIFIER: "Identifier",
  NAME_PARTS: "Parts of the name",
  DOCUMENTS: "Documents seen",
  KNOWN_CUSTOMER: "Known customer",
  ADDRESS: "Address",
  OTHER: "Other",
  SAME_IDENTIFIER: "Same identifier",
  SAME_BIRTH_DATE: "Same birth date",
  CONFIRMED: "Confirmed",
};

const toDiffer = ["BIRTH_DATE", "NATIONALITY", "COUNTRY", "TYPE", "IDENTIFIER", "NAME_PARTS", "DOCUMENTS"] as const;
const others = ["KNOWN_CUSTOMER", "ADDRESS", "OTHER"] as const;

/** In the order of their keys 1 to 9. What shows that it is the listed person comes first where that is the decision. */
export function reasonsFor(decision: Decision | null): readonly string[] {
  const all = [...toDiffer, ...others];
  return decision === "REJECT" ? ["SAME_IDENTIFIER", "SAME_BIRTH_DATE", "CONFIRMED", ...all] : all;
}

export function wordOf(code: string): string {
  const words = code.toLowerCase().replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function reasonsInWords(reasons: readonly string[]): string {
  const words = reasons.map((code) => (reasonWords[code] ?? wordOf(code)).toLowerCase());
  const last = words.pop();
  if (last === undefined) return "no reason named";
  return words.length === 0 ? last : `${words.join(", ")} and ${last}`;
}

const regions = new Intl.DisplayNames(["en-GB"], { type: "region", fallback: "code" });

/** `HR` is Croatia; what is no code stays as published. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return code === "XK" ? "Kosovo" : (regions.of(code) ?? code);
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

export interface WrittenDate {
  readonly text: string;
  /** What of it is not known. */
  readonly note: string | null;
}

/** A date of ISO 8601, possibly partial or a range; anything else as it came. */
export function writtenDate(date: string): WrittenDate {
  const [from = date, until] = date.split("/");
  if (until !== undefined && until !== "")
    return { text: `${writtenDate(from).text} to ${writtenDate(until).text}`, note: null };
  const [, year, monthPart, dayPart] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date.trim()) ?? [];
  if (year === undefined) return { text: date, note: null };
  const at = new Date(Date.UTC(Number(year), Number(monthPart ?? "1") - 1, Number(dayPart ?? "1")));
  if (Number.isNaN(at.getTime())) return { text: date, note: null };
  if (monthPart === undefined) return { text: year, note: "year only" };
  return dayPart === undefined ? { text: month.format(at), note: "month only" } : { text: day.format(at), note: null };
}

export function millisOf(time: Time | null | undefined): number | null {
  if (time === null || time === undefined || time === "") return null;
  const millis = typeof time === "number" ? time : /^-?\d+$/.test(time) ? Number(time) : Date.parse(time);
  return Number.isNaN(millis) ? null : millis;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const withYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** `14:02` today, `12 Oct, 14:02` this year, `12 Oct 2024` before. */
export function writtenTime(time: Time | null | undefined, now: number): string {
  const millis = millisOf(time);
  if (millis === null) return "";
  const at = new Date(millis);
  const today = new Date(now);
  if (at.toDateString() === today.toDateString()) return clock.format(at);
  if (at.getFullYear() === today.getFullYear()) return `${dayAndMonth.format(at)}, ${clock.format(at)}`;
  return withYear.format(at);
}

/** `4 min`, `3 h 12 min`, `2 days`. */
export function duration(millis: number): string {
  const minutes = Math.floor(Math.abs(millis) / 60_000);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes % 60)} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day" : `${String(days)} days`;
}

export interface Due {
  readonly kind: "late" | "soon" | "later";
  readonly text: string;
}

/** When an alert is due, as an hour before it: late, soon (within the hour) or later. */
export function dueOf(dueAt: Time | null | undefined, now: number): Due | null {
  const millis = millisOf(dueAt);
  if (millis === null) return null;
  const left = millis - now;
  if (left < 0) return { kind: "late", text: `late by ${duration(left)}` };
  if (left < 3_600_000) return { kind: "soon", text: `in ${duration(left)}` };
  return { kind: "later", text: writtenTime(millis, now) };
}

export function writtenMoney(money: { readonly amount: string | number | null; readonly currency: string }): string {
  if (money.amount === null) return money.currency;
  const [whole = "0", part = ""] = String(money.amount).split(".");
  const decimals = part.replace(/0+$/, "").padEnd(2, "0");
  return `${money.currency} ${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}.${decimals}`;
}

export function writtenScore(score: number): string {
  return score.toFixed(2).replace("-", "−");
}

/** `OFAC` of `ofac:306`. */
export function listName(list: string): string {
  return list.toUpperCase();
}
