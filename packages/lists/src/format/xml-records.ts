import { CordonError } from "@cordon/errors";
import { SaxesParser } from "saxes";

import type { ParseLimits } from "../parse-options.ts";

export type XmlLimits = Pick<
  ParseLimits,
  "maxRows" | "maxFieldChars" | "maxRowChars" | "maxColumns" | "maxDepth" | "maxElements"
>;

/** One element with everything inside it. `text` is its own character data, its children's left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Line of its start tag, from 1. */
  readonly line: number;
}

export interface XmlStart {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
}

export interface XmlRecordsHandler {
  /** Start tags above the records: the root (depth 1) and, if there are any, its groups (2). May throw to refuse. */
  readonly onStart: (start: XmlStart, depth: number) => void;
  /** One whole element of the depth of records, and the name of the group (or root) it stands in. */
  readonly onRecord: (record: XmlElement, group: string) => void;
}

export interface XmlRecordsReader {
  readonly push: (text: string) => void;
  /** Throws LIST_MALFORMED unless the document was complete. */
  readonly end: () => void;
}

/** Where the records stand: 3 for root > group > record, 2 for root > record. */
export type RecordDepth = 2 | 3;

interface OpenElement {
  readonly name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: XmlElement[];
  readonly line: number;
}

/** What saxes found wrong, without anything quoted from the file: its messages are `line:column: reason: quotation`. */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? /^\d+:\d+: ([a-z -]+)/i.exec(error.message)?.[1] : undefined;
  return reason?.trim() ?? "not well formed";
}

/**
 * Reads XML of the shape root > group > record, or root > record, one record at a time, from text cut anywhere (at
 * most 16 Ki code units a piece). Only the record at hand is in memory. A DOCTYPE is refused, so there are no entities of the file's own to
 * expand. Throws LIST_MALFORMED for what is not well formed and LIST_TOO_LARGE past a limit, with the line.
 */
export function createXmlRecordsReader(
  limits: XmlLimits,
  handler: XmlRecordsHandler,
  recordDepth: RecordDepth = 3,
): XmlRecordsReader {
  const parser = new SaxesParser({ xmlns: false, position: true });
  /** The elements open now, from the root on; the ones above the records keep no text and no children. */
  const open: OpenElement[] = [];
  let records = 0;
  let recordChars = 0;
  let recordElements = 0;
  let attributes = 0;
  let charsSinceToken = 0;

  const malformed = (what: string): CordonError =>
    new CordonError("LIST_MALFORMED", `${what} at line ${String(parser.line)}`, { details: { line: parser.line } });
  const bound = (limit: keyof XmlLimits, value: number): void => {
    if (value > limits[limit])
      throw new CordonError("LIST_TOO_LARGE", `the XML at line ${String(parser.line)} goes over ${limit}`, {
        details: { line: parser.line, limit, max: limits[limit] },
      });
  };

  const addText = (text: string): void => {
    charsSinceToken = 0;
    bound("maxFieldChars", text.length);
    const element = open.at(-1);
    if (element === undefined || open.length < recordDepth) {
      if (text.trim() !== "") throw malformed("text outside a record");
      return;
    }
    recordChars += text.length;
    bound("maxRowChars", recordChars);
    element.text += text;
  };

  parser.on("doctype", (name) => {
    if (/^\s*html\b/i.test(name)) throw malformed("a web page came instead of the list: HTML");
    throw malformed("a DOCTYPE, whose entities could grow without bound");
  });
  parser.on("opentagstart", (tag) => {
    charsSinceToken = 0;
    attributes = 0;
    open.push({ name: tag.name, attributes: {}, text: "", children: [], line: parser.line });
    bound("maxDepth", open.length);
    if (open.length === recordDepth) {
      records += 1;
      recordChars = 0;
      recordElements = 0;
      bound("maxRows", records);
    }
    recordElements += 1;
    if (open.length >= recordDepth) bound("maxElements", recordElements);
  });
  parser.on("attribute", ({ name, value }) => {
    charsSinceToken = 0;
    attributes += 1;
    bound("maxColumns", attributes);
    if (open.length < recordDepth) return;
    recordChars += name.length + value.length;
    bound("maxRowChars", recordChars);
  });
  parser.on("opentag", (tag) => {
    charsSinceToken = 0;
    const element = open.at(-1);
    if (open.length >= recordDepth && element !== undefined) element.attributes = tag.attributes;
    else handler.onStart({ name: tag.name, attributes: tag.attributes, line: parser.line }, open.length);
  });
  parser.on("closetag", () => {
    charsSinceToken = 0;
    const closed = open.pop();
    const parent = open.at(-1);
    if (closed === undefined || parent === undefined) return;
    if (open.length >= recordDepth) parent.children.push(closed);
    else if (open.length === recordDepth - 1) handler.onRecord(closed, parent.name);
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("comment", () => {
    charsSinceToken = 0;
  });
  parser.on("processinginstruction", () => {
    charsSinceToken = 0;
  });
  parser.on("xmldecl", (declaration) => {
    if (declaration.encoding !== undefined && declaration.encoding.toUpperCase() !== "UTF-8")
      throw malformed("an encoding other than UTF-8");
  });

  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      throw error instanceof CordonError ? error : malformed(`XML that is wrong (${reasonOf(error)})`);
    }
  };

  let begun = false;
  /** Of a file that is no XML at all the parser would name a line far behind the first fault. */
  const requireMarkup = (text: string): void => {
    const first = begun ? "" : text.trimStart().charAt(0);
    if (first === "") return;
    begun = true;
    if (first !== "<") throw malformed('no XML: something other than "<" begins it');
  };

  return {
    push: (text) => {
      requireMarkup(text);
      // A token that never ends is held back inside the parser and no handler sees it, so its length is watched here.
      charsSinceToken += text.length;
      guarded(() => parser.write(text));
      bound("maxFieldChars", charsSinceToken);
    },
    end: () => {
      guarded(() => parser.close());
    },
  };
}
