import { CordonError } from "@cordon/errors";
import { SaxesParser } from "saxes";

import type { MessageLimits } from "../limits.ts";
import { refused } from "../message-error.ts";
import { plainSource, type SourceText } from "../text/source-text.ts";
import { elementText, type TextRun } from "./element-text.ts";
import type { XmlNode } from "./node.ts";
import { makeRoomForListeners } from "./saxes-listeners.ts";

/** Which elements of a stream of documents are read, and what becomes of them. */
export interface XmlHandler {
  /** Whether a message begins with this element, which stands in an envelope or alone. */
  readonly isRoot: (name: string, within: string | null) => boolean;
  /** Whether an element stands beside messages and belongs to the one behind it. */
  readonly isHeader: (name: string) => boolean;
  /** Whether an element of a message is a transaction, handed on as soon as it closes, and then forgotten. */
  readonly isTransaction: (name: string) => boolean;
  readonly onHeader: (header: XmlNode) => void;
  /** `above`: the elements that it stands in, from the root on, as far as they were read; its parent last. */
  readonly onTransaction: (transaction: XmlNode, above: readonly XmlNode[]) => void;
  /**
   * An element right below the root closes. True if it held transactions, each with all that stands above it: then it is forgotten, so that
   * a message of many blocks takes no more memory than one of few.
   */
  readonly onBlockEnd: (block: XmlNode) => boolean;
  readonly onMessage: (root: XmlNode, namespace: string | null) => void;
  readonly onMessageEnd: (root: XmlNode) => void;
  /** A `Document` that held a message, with its text and its attributes, which no schema has; and whether it held other elements beside it. */
  readonly onDocumentEnd: (document: XmlNode, hasOther: boolean) => void;
  /** A document that holds no message that is read. */
  readonly onOther: (start: number) => void;
  /** A text of an envelope; true if it is a message by itself. */
  readonly onPayload: (payload: SourceText) => boolean;
}

/** Elements whose `[0]` is told, too. */
const REPEATED = new Set(["PmtInf", "CdtTrfTxInf", "CdtTrfTx", "TxInf", "Undrlyg"]);

/** A file in base 64, which is no text of a person; as the signature of a header is not. */
const FILE = "Nclsr";
const SIGNATURE = "Sgntr";

interface Open {
  readonly node: XmlNode;
  readonly counts: Map<string, number>;
  readonly runs: TextRun[];
  readonly inMessage: boolean;
  readonly binary: boolean;
  chars: number;
  /** How many messages had begun when it did. */
  readonly messagesBefore: number;
}

/** Where a root ends, the next document begins: the parser is left by this. */
const ROOT_ENDED = Symbol("the root ended");

/** The parser's own slices: its positions are exact whatever they are, and its look at long tokens needs small ones. */
const SLICE = 16 * 1024;

/**
 * Reads XML documents that follow each other, cut anywhere. Holds one transaction and what stands above it. Refuses a DOCTYPE, so that
 * nothing is expanded. Throws MESSAGE_MALFORMED and MESSAGE_TOO_LARGE with the offset.
 */
export function xmlReader(
  limits: MessageLimits,
  handler: XmlHandler,
  place: (text: SourceText) => SourceText = (text) => text,
): { push(text: string): void; end(): void } {
  let parser: SaxesParser | null = null;
  /** Offset of the message at which the parser began. */
  let base = 0;
  /** The text that is not yet told, and where it begins. */
  let window = "";
  let windowAt = 0;
  let tokenEnd = 0;
  let open: Open[] = [];
  /** Messages that began in this document, and those of them that began in the `Document` that is open. */
  let hasMessage = false;
  let inDocument = false;
  let messages = 0;
  /** Whether the `Document` that is open holds something else, which nobody reads. */
  let hasOther = false;
  /** While one is open, its root is `open[messageDepth]`. */
  let messageDepth = -1;
  /** Elements that are held as a whole: the root, a block of it, a transaction; `spent` units of each are held no longer. */
  let held: { readonly depth: number; readonly start: number; spent: number }[] = [];
  let waiting = "";
  let total = 0;

  const offset = (): number => base + (parser?.position ?? 0);
  const malformed = (what: string, at = offset()): CordonError => refused("MESSAGE_MALFORMED", what, { offset: at });
  const tooLarge = (what: string): CordonError => refused("MESSAGE_TOO_LARGE", what, { offset: tokenEnd });
  const raw = (from: number, to: number): string => window.slice(from - windowAt, to - windowAt);

  function addRun(end: number, isCdata: boolean): void {
    const top = open.at(-1);
    const from = tokenEnd;
    tokenEnd = end;
    if (top === undefined || top.binary) return;
    const run = { raw: raw(from, end), start: from, isCdata };
    top.chars += run.raw.length;
    const most = top.inMessage ? limits.maxTextChars : limits.maxElementChars;
    if (top.chars > most) throw tooLarge("a text is longer than is read");
    top.runs.push(run);
  }

  function openTag(fullName: string, attributes: Readonly<Record<string, string>>): void {
    const start = tokenEnd;
    tokenEnd = offset();
    const name = localName(fullName);
    const parent = open.at(-1);
    if (open.length >= limits.maxDepth) throw tooLarge("elements are nested deeper than is read");
    const inMessage = parent?.inMessage === true;
    if (!inMessage && name === "Document") {
      inDocument = false;
      if (!open.some(isDocument)) hasOther = false;
    }
    const isRoot = !inMessage && handler.isRoot(name, parent?.node.name ?? null);
    const isHeader = !inMessage && !isRoot && handler.isHeader(name);
    const path = isRoot ? "" : isHeader ? name : inMessage ? pathOf(parent, name) : "";
    const tag = raw(start, tokenEnd);
    const node = newNode(name, path, { start, attributes, tag, place });
    if (inMessage) parent?.node.children.push(node);
    open.push({
      node,
      counts: new Map(),
      runs: [],
      inMessage: inMessage || isRoot || isHeader,
      binary: parent?.binary === true || name === FILE || (name === SIGNATURE && isOfHeader(parent)),
      chars: 0,
      messagesBefore: messages,
    });
    const below = messageDepth < 0 ? -1 : open.length - 1 - messageDepth;
    if (isRoot || isHeader || below === 1 || (below === 2 && handler.isTransaction(name)))
      held.push({ depth: open.length, start, spent: 0 });
    if (!isRoot) return;
    hasMessage = true;
    inDocument = true;
    messages += 1;
    messageDepth = open.length - 1;
    handler.onMessage(node, namespaceOf(fullName, open, attributes));
  }

  function isOfHeader(parent: Open | undefined): boolean {
    return parent !== undefined && messageDepth < 0 && handler.isHeader(parent.node.name);
  }

  /** What is held of an element must not be longer than an element may be. */
  function checkHeld(): void {
    const last = held.at(-1);
    if (last !== undefined && tokenEnd - last.start - last.spent > limits.maxElementChars)
      throw tooLarge("an element is longer than is read");
  }

  function closeTag(): void {
    tokenEnd = offset();
    checkHeld();
    const leaves = held.at(-1)?.depth === open.length ? held.pop() : undefined;
    const closed = open.pop();
    if (closed === undefined) return;
    const { node, runs, inMessage } = closed;
    hasOther ||= isBesideMessage(closed);
    if (inMessage) {
      const text = elementText(runs, node.path);
      if (text !== null) node.text = place(text);
    } else if (runs.length > 0 && isPayload(closed)) {
      hasMessage = true;
      inDocument = true;
    } else if (node.name === "Document" && inDocument) {
      const text = elementText(runs, node.path);
      if (text !== null) node.text = place(text);
      handler.onDocumentEnd(node, hasOther);
    } else if (node.name === "Document") {
      hasMessage = true;
      handler.onOther(node.start);
    }
    if (messageDepth === open.length) {
      messageDepth = -1;
      handler.onMessageEnd(node);
    } else if (inMessage && messageDepth < 0 && handler.isHeader(node.name)) handler.onHeader(node);
    else if (messageDepth >= 0 && handler.isTransaction(node.name) && open.length - messageDepth <= 2) {
      const parent = open.at(-1)!.node;
      parent.children.pop();
      forget(leaves);
      handler.onTransaction(
        node,
        open.slice(messageDepth).map((one) => one.node),
      );
    } else if (messageDepth >= 0 && open.length - messageDepth === 1 && handler.onBlockEnd(node)) {
      open.at(-1)!.node.children.pop();
      forget(leaves);
    }
    if (open.length > 0) return;
    if (handler.isHeader(node.name)) hasMessage = true;
    throw ROOT_ENDED;
  }

  function forget(leaves: (typeof held)[number] | undefined): void {
    const around = held.at(-1);
    if (leaves !== undefined && around !== undefined) around.spent += tokenEnd - leaves.start;
  }

  /** Right below a `Document`: no message, none around one, and no header of one that is still to come. */
  function isBesideMessage({ node, runs, inMessage, messagesBefore }: Open): boolean {
    const parent = open.at(-1);
    if (parent === undefined || parent.inMessage || !isDocument(parent)) return false;
    if (handler.isHeader(node.name)) return inDocument;
    return messages === messagesBefore || (!inMessage && elementText(runs, node.path) !== null);
  }

  /** Within a document of another kind it is a text of that, however it looks. */
  function isPayload({ runs, node }: Open): boolean {
    if (open.some(isDocument)) return false;
    const text = elementText(runs, node.path);
    return text !== null && text.text.startsWith("<") && text.text.endsWith(">") && handler.onPayload(text);
  }

  function newParser(): SaxesParser {
    const made = new SaxesParser({ xmlns: false, position: true });
    makeRoomForListeners(made);
    made.on("doctype", () => {
      throw malformed("a DOCTYPE, whose entities could grow without bound");
    });
    made.on("opentag", (tag) => {
      openTag(tag.name, tag.attributes);
    });
    made.on("closetag", closeTag);
    made.on("text", () => {
      addRun(offset() - 1, false);
    });
    made.on("cdata", () => {
      addRun(offset(), true);
    });
    // It is told before its last character.
    made.on("comment", () => {
      tokenEnd = offset() + 1;
    });
    for (const silent of ["processinginstruction", "xmldecl"] as const)
      made.on(silent, () => {
        tokenEnd = offset();
      });
    return made;
  }

  /** Blanks, marks and comments before a document; false when more text is needed to tell. */
  function skipToDocument(): boolean {
    for (;;) {
      const blanks = /^[\s\uFEFF\p{Cc}]*/u.exec(waiting)![0].length;
      base += blanks;
      waiting = waiting.slice(blanks);
      if (!waiting.startsWith("<!--")) break;
      const end = waiting.indexOf("-->", 4);
      if (end < 0) {
        if (waiting.length > limits.maxElementChars)
          throw refused("MESSAGE_TOO_LARGE", "a comment is longer than is read", { offset: base });
        return false;
      }
      base += end + 3;
      waiting = waiting.slice(end + 3);
    }
    return waiting !== "" && (waiting.length >= 4 || !"<!--".startsWith(waiting));
  }

  function feed(slice: string): void {
    try {
      parser!.write(slice);
    } catch (error) {
      if (error === ROOT_ENDED || error instanceof CordonError) throw error;
      throw malformed(reasonOf(error));
    }
  }

  function readOn(): void {
    while (waiting !== "") {
      if (parser === null) {
        if (!skipToDocument()) return;
        if (!waiting.startsWith("<"))
          throw refused("MESSAGE_MALFORMED", "text outside of a document", { offset: base });
        parser = newParser();
        open = [];
        hasMessage = false;
        messageDepth = -1;
        held = [];
        tokenEnd = base;
        window = "";
        windowAt = base;
      }
      const slice = waiting.slice(0, SLICE);
      // A comment's end is told before its last character has come.
      const told = Math.min(tokenEnd, windowAt + window.length);
      window = window.slice(told - windowAt) + slice;
      windowAt = told;
      if (window.length > limits.maxElementChars + SLICE)
        throw tooLarge("a part of the message is longer than is read");
      try {
        feed(slice);
        checkHeld();
        waiting = waiting.slice(slice.length);
      } catch (error) {
        if (error !== ROOT_ENDED) throw error;
        const consumed = tokenEnd;
        const fed = windowAt + window.length - slice.length;
        waiting = waiting.slice(consumed - fed);
        base = consumed;
        parser = null;
        if (!hasMessage) handler.onOther(consumed);
      }
    }
  }

  return {
    push(text) {
      total += text.length;
      waiting += text;
      readOn();
    },
    end() {
      waiting = waiting.replace(/^[\s\uFEFF\p{Cc}]+$/u, "");
      if (parser === null && waiting === "") return;
      if (parser === null)
        throw refused("MESSAGE_MALFORMED", "the last document ends before it begins", { offset: base });
      throw malformed("the message ends before its last element does", total);
    },
  };

  function pathOf(parent: Open | undefined, name: string): string {
    const counts = parent!.counts;
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    const step = index > 0 || REPEATED.has(name) ? `${name}[${String(index)}]` : name;
    return parent!.node.path === "" ? step : `${parent!.node.path}/${step}`;
  }
}

function isDocument({ node }: Open): boolean {
  return node.name === "Document";
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Told without a quotation: the parser's messages are `line:column: reason: quotation`. */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? /^\d+:\d+: ([a-z -]+)/i.exec(error.message)?.[1] : undefined;
  return `XML that is wrong (${reason?.trim() ?? "not well formed"})`;
}

function namespaceOf(name: string, open: readonly Open[], attributes: Readonly<Record<string, string>>): string | null {
  const prefix = name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
  const key = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  const own = attributes[key];
  if (own !== undefined) return own;
  return (
    open
      .toReversed()
      .map(({ node }) => namespaces.get(node)?.[key])
      .find((found) => found !== undefined) ?? null
  );
}

/** Declarations of elements that are open: few, and gone with them. */
const namespaces = new WeakMap<XmlNode, Readonly<Record<string, string>>>();

interface Tag {
  readonly start: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tag: string;
  readonly place: (text: SourceText) => SourceText;
}

function newNode(name: string, path: string, { start, attributes, tag, place }: Tag): XmlNode {
  let currency: string | null = null;
  let strange: ReturnType<typeof plainSource>[] | null = null;
  let declared = false;
  for (const key in attributes) {
    const value = attributes[key]!;
    if (key === "Ccy") currency = value;
    const isNamespace = key === "xmlns" || key.startsWith("xmlns:");
    declared ||= isNamespace;
    if (value.trim() === "" || isForMachines(isNamespace ? "xmlns" : key, value)) continue;
    (strange ??= []).push(place(attributeText(value, path, { start, tag })));
  }
  const node: XmlNode = {
    name,
    path,
    start,
    currency,
    strange: strange ?? NONE,
    text: null,
    children: [],
    seen: false,
  };
  if (declared) namespaces.set(node, attributes);
  return node;
}

/** Where an attribute has entities its place is its tag. */
function attributeText(value: string, path: string, { start, tag }: Pick<Tag, "start" | "tag">): SourceText {
  const at = tag.indexOf(value);
  if (at >= 0) return plainSource(value, path, start + at);
  const end = start + tag.length;
  return { text: value.trim(), path, start, end, pieces: [{ at: 0, sourcePath: path, start, end }] };
}

/** What attributes hold that no person writes: a currency, a namespace, where schemas are. */
function isForMachines(key: string, value: string): boolean {
  if (key === "Ccy") return value.length <= 3;
  if (/(?:^|:)schemaLocation$/.test(key))
    return value
      .trim()
      .split(/\s+/)
      .every((part) => /[:/.]/.test(part));
  return /^xmlns$|(?:^|:)(?:type|noNamespaceSchemaLocation|lang)$/.test(key) && !/\s/.test(value.trim());
}

const NONE: readonly never[] = Object.freeze([]);
