import { CordonError } from "@cordon/errors";

import type { ParseLimits } from "../parse-options.ts";

export type JsonLinesLimits = Pick<ParseLimits, "maxRows" | "maxRowChars" | "maxDepth">;

/** `line` counts from 1, blank lines too. */
export type OnJsonLine = (value: unknown, line: number) => void;

export interface JsonLines {
  readonly push: (text: string) => void;
  /** Reads a last line without a line end. Throws LIST_MALFORMED when it was cut off inside its value. */
  readonly end: () => void;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** Where the string that begins at a quote ends: behind its closing quote, or at the end of the text. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Whether a colon comes next, behind white space or not. */
function isBeforeColon(text: string, from: number): boolean {
  let at = from;
  // Space, tab, LF and CR are JSON's white space; nothing else is below 0x21 in it.
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === colon;
}

/** The member that a string names when a colon follows it, else null. */
function memberAt(text: string, from: number, to: number): string | null {
  const written = isBeforeColon(text, to) ? text.slice(from, to) : null;
  if (written === null || !written.includes("\\")) return written;
  try {
    return JSON.stringify(JSON.parse(written));
  } catch {
    return written;
  }
}

/**
 * What is wrong with the shape of a line, before it is parsed: `deep` when brackets and braces outside strings nest
 * deeper than `maxDepth`; `repeated` when one object has a member twice, of which a parser would drop the first, and a
 * name with it. Takes JSON and anything else.
 */
function faultOf(text: string, maxDepth: number): "deep" | "repeated" | null {
  /** The members of each object that is open, null for an array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      const members = open.at(-1);
      const member = members === null || members === undefined ? null : memberAt(text, at, end);
      if (member !== null && members?.has(member) === true) return "repeated";
      if (member !== null) members?.add(member);
      at = end - 1;
      // `[` is 0x5b and `{` is 0x7b; the closing ones are two further on.
    } else if (code === 0x5b || code === 0x7b) {
      open.push(code === 0x7b ? new Set() : null);
      if (open.length > maxDepth) return "deep";
    } else if (code === 0x5d || code === 0x7d) open.pop();
  }
  return null;
}

/**
 * Reads newline-delimited JSON (https://github.com/ndjson/ndjson-spec), one value a line, from text cut anywhere;
 * blank lines are skipped. Only the line at hand is in memory. Throws LIST_MALFORMED for a line that is not JSON and
 * LIST_TOO_LARGE past a limit, with the line and never its text.
 */
export function createJsonLines(limits: JsonLinesLimits, onLine: OnJsonLine): JsonLines {
  let held = "";
  let line = 1;
  let rows = 0;

  const tooLarge = (limit: keyof JsonLinesLimits): CordonError =>
    new CordonError("LIST_TOO_LARGE", `the JSON at line ${String(line)} goes over ${limit}`, {
      details: { line, limit, max: limits[limit] },
    });

  const parse = (text: string): unknown => {
    const fault = faultOf(text, limits.maxDepth);
    if (fault === "deep") throw tooLarge("maxDepth");
    if (fault === "repeated")
      throw new CordonError("LIST_MALFORMED", `an object with one member twice, at line ${String(line)}`, {
        details: { line },
      });
    try {
      return JSON.parse(text);
    } catch {
      const what = text.startsWith("<") ? "markup (an error page?) where JSON should be" : "what is not one JSON value";
      throw new CordonError("LIST_MALFORMED", `${what}, at line ${String(line)}; is it cut off?`, {
        details: { line },
      });
    }
  };

  const take = (text: string): void => {
    held += text;
    if (held.length > limits.maxRowChars) throw tooLarge("maxRowChars");
  };

  const endLine = (): void => {
    const text = held.trim();
    held = "";
    if (text === "") return;
    rows += 1;
    if (rows > limits.maxRows) throw tooLarge("maxRows");
    onLine(parse(text), line);
  };

  return {
    push: (text) => {
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        take(text.slice(from, at));
        endLine();
        line += 1;
        from = at + 1;
      }
      take(text.slice(from));
    },
    end: endLine,
  };
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object that is no array, or null. */
export function jsonObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as an array of strings, or null. */
export function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}
