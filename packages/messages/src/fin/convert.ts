import { CordonError } from "@cordon/errors";
import type { Rail } from "@cordon/schemas";

import type { Converted } from "../converted.ts";
import { eventDraft, type EventDraft } from "../event-draft.ts";
import { eventIdOf } from "../event-id.ts";
import type { MessageLimits } from "../limits.ts";
import { refused } from "../message-error.ts";
import { plainSource, type SourceText } from "../text/source-text.ts";
import { type FinBlocks, readBlocks } from "./blocks.ts";
import { dateIn, tellBadDates } from "./facts.ts";
import { type FinField, valueOf } from "./field.ts";
import { type Frame, frames } from "./frames.ts";
import { type FinHeaders, headersOf } from "./headers.ts";
import { misplaced } from "./problems.ts";
import { readFields } from "./read-fields.ts";
import { type FinType, sequencesOf, typeOf } from "./types.ts";

export interface FinOptions {
  readonly limits: MessageLimits;
  /** Of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: number;
  readonly rail: Rail | null;
  readonly reference: string | null;
}

/** Reads the SWIFT FIN messages of a stream of text. `emit` gets each message's transactions, or its error, when it ends. */
export function finReader(options: FinOptions, emit: (converted: Converted) => void) {
  const { limits } = options;
  let messages = 0;
  const splitter = frames(limits.maxFinChars, (frame) => {
    for (const convert of conversionsIn(frame, options)) {
      messages++;
      if (messages > limits.maxTransactions)
        throw refused("MESSAGE_TOO_LARGE", "more messages than are read", { offset: frame.offset });
      convert(emit);
    }
  });
  return {
    push: (text: string): void => {
      splitter.push(text);
    },
    end(): void {
      splitter.end();
      if (messages === 0)
        emit({
          kind: "error",
          code: "MESSAGE_UNSUPPORTED",
          message: "acknowledgements and marks, but no message",
          where: { offset: 0, line: 1 },
        });
    },
  };
}

type Conversion = (emit: (converted: Converted) => void) => void;

/** What is wrong with one message is told in its place, and says nothing of the next. */
function conversionsIn(frame: Frame, options: FinOptions): readonly Conversion[] {
  const blamed =
    (step: Conversion): Conversion =>
    (emit) => {
      try {
        step(emit);
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        emit({ kind: "error", code: error.code, message: error.message, where: error.details });
      }
    };
  try {
    return readBlocks(frame).map((blocks) =>
      blamed((emit) => {
        convertBlocks(blocks, options, emit);
      }),
    );
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return [
      blamed(() => {
        throw error;
      }),
    ];
  }
}

interface Message {
  readonly blocks: FinBlocks;
  readonly headers: FinHeaders;
  readonly type: FinType;
  readonly shared: readonly FinField[];
  readonly transactions: number;
}

function convertBlocks(blocks: FinBlocks, options: FinOptions, emit: (converted: Converted) => void): void {
  const headers = headersOf(blocks);
  const at = { offset: blocks.offset, line: blocks.line };
  if (headers.unreadable.length > 0) throw refused("MESSAGE_MALFORMED", "a header that cannot be read", at);
  const type = typeOf(headers, blocks);
  const { shared, transactions } = sequencesOf(type, blocks.fields);
  if (transactions.length === 0) throw refused("MESSAGE_INCOMPLETE", "the message holds no transaction", at);
  if (charsOf(shared) * transactions.length > MOST_REPEATED * options.limits.maxFinChars)
    throw refused("MESSAGE_TOO_LARGE", "too much stands above too many transactions", at);
  const message = { blocks, headers, type, shared, transactions: transactions.length };
  transactions.forEach((own, index) => {
    emit(converted(message, { own, index }, options));
  });
}

/** How many messages of the longest kind that may be which stands above transactions, counted for each of them. */
const MOST_REPEATED = 16;

function charsOf(fields: readonly FinField[]): number {
  return fields.flatMap(({ lines }) => lines).reduce((sum, { raw }) => sum + raw.length + 1, 0);
}

interface Transaction {
  readonly own: readonly FinField[];
  readonly index: number;
}

function converted(message: Message, transaction: Transaction, options: FinOptions): Converted {
  const { blocks, headers, type, shared } = message;
  const { own, index } = transaction;
  const fields = [...shared, ...own];
  const draft = eventDraft(type.format);
  draft.rail = options.rail ?? "SWIFT";
  draft.createdAt = headers.sentAt ?? dateIn(fields);
  readHeaders(message, draft);
  const context = { type, isBank: isBetweenBanks(type, fields), maxChars: options.limits.maxTextChars };
  readFields(shared, { ...context, sequence: "A" }, draft);
  readFields(own, { ...context, sequence: "B" }, draft);
  tellTwoCustomers(message, transaction, draft);
  tellBadDates(fields, draft);
  if (draft.money === null && type.kind !== "free") misplaced(draft, "32A", "no amount");
  readStrays(blocks.strays, draft);
  standIn(message, draft);
  const incomplete = whatIsMissing(type, draft);
  if (incomplete !== null && message.transactions === 1)
    throw refused("MESSAGE_INCOMPLETE", incomplete, { offset: blocks.offset, line: blocks.line });
  if (incomplete !== null) draft.problem("MESSAGE_INCOMPLETE", own[0]?.path ?? null, incomplete);
  const source = {
    format: type.format,
    messageId: messageIdOf(shared),
    sender: headers.sender?.text ?? null,
    receiver: headers.receiver?.text ?? null,
    transaction: index,
    transactions: message.transactions,
    sha256: options.sha256,
    bytes: options.bytes,
    reference: options.reference,
  };
  return { kind: "payment", ...draft.finish(eventIdOf(contentOf(message, transaction)), source, options.receivedAt) };
}

function messageIdOf(fields: readonly FinField[]): string {
  const reference = fields.find(({ tag }) => tag === "20");
  return reference === undefined ? "" : valueOf(reference);
}

/** What says the same wherever the message is kept: no times, sessions and checksums of networks. */
function contentOf({ type, headers, blocks, shared }: Message, { own, index }: Transaction): readonly unknown[] {
  return [
    "FIN",
    type.format,
    index,
    headers.sender?.text ?? "",
    headers.receiver?.text ?? "",
    [...blocks.user].map(([tag, { value }]) => [tag, value.trim()]),
    said(shared),
    said(own),
    blocks.strays.map(({ text }) => text),
  ];
}

function said(fields: readonly FinField[]): readonly unknown[] {
  return fields.map(({ tag, lines }) => [tag, lines.map(({ raw }) => raw.trimEnd())]);
}

/** Tags of block 3 that networks fill. */
const codedTags: Readonly<Record<string, RegExp>> = {
  "103": /^[A-Z]{3}$/,
  "113": /^[A-Z0-9]{4}$/,
  "111": /^\d{3}$/,
  "119": /^[A-Z0-9]{1,8}$/,
  "121": /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "106": /^\d{6}[A-Z0-9]{12}\d{10}$/,
  "423": /^\d{12,14}$/,
};

/** Who sent it to whom, and what people write into headers. Training is no payment. */
function readHeaders({ headers, blocks }: Message, draft: EventDraft): void {
  for (const [role, bic] of [
    ["INSTRUCTING", headers.sender],
    ["INSTRUCTED", headers.receiver],
  ] as const)
    if (bic !== null) putInstitution(role, bic, draft);
  const isTraining = blocks.trailers.has("TNG") || (headers.service !== null && !/^F\d\d$/.test(headers.service));
  if (isTraining) misplaced(draft, "{1}", "a message for training");
  for (const [tag, { value, start }] of blocks.user) {
    const text = plainSource(value, `{3}:${tag}`, start);
    if (tag === "121") draft.reference("uetr", text);
    if (text.text !== "" && codedTags[tag]?.test(text.text) !== true) draft.line("instructions", "TEXT", text);
  }
}

function putInstitution(
  role: "INSTRUCTING" | "INSTRUCTED" | "DEBTOR_INSTITUTION" | "CREDITOR_INSTITUTION",
  source: SourceText,
  draft: EventDraft,
): void {
  const { agent, path } = draft.agent(role);
  agent.bic = draft.put({ path: `${path}.bic`, role }, [{ kind: "BIC", source }]);
}

/** What stands between and behind the blocks is screened, and is no part of a message. */
function readStrays(strays: readonly SourceText[], draft: EventDraft): void {
  for (const text of strays) {
    draft.problem("FIELD_UNREAD", text.path, "a text outside of all fields");
    draft.line("remittanceInformation", "TEXT", text);
  }
}

/** Of queries and answers the type of the message that they are about tells, else their own number. */
function isBetweenBanks({ kind, format }: FinType, fields: readonly FinField[]): boolean {
  if (kind === "bank" || kind === "cover") return true;
  if (kind === "credit") return !fields.some(({ number }) => number === "50");
  if (kind !== "free") return false;
  const about = fields.find(({ number }) => number === "11");
  return (about === undefined ? format.slice(2) : valueOf(about)).startsWith("2");
}

/** The sender of a bank's transfer that names no other pays itself; a credit is on an account of the receiver. */
function standIn({ type, headers }: Message, draft: EventDraft): void {
  const has = (role: string): boolean => draft.agents.some((agent) => agent.role === role);
  const { sender, receiver } = headers;
  const isBank = type.kind === "bank" || type.kind === "cover";
  if (isBank && sender !== null && !has("DEBTOR_INSTITUTION")) putInstitution("DEBTOR_INSTITUTION", sender, draft);
  if (type.kind !== "credit" || receiver === null) return;
  const credited = draft.agents.findIndex(({ role }) => role === "CREDITOR_INSTITUTION");
  if (credited < 0) putInstitution("CREDITOR_INSTITUTION", receiver, draft);
  else if (draft.agents[credited]!.bic === null)
    draft.agents[credited]!.bic = draft.put({ path: `agents[${String(credited)}].bic`, role: "CREDITOR_INSTITUTION" }, [
      { kind: "BIC", source: receiver },
    ]);
}

function pays({ number, option }: FinField): boolean {
  return number === "50" && option !== "C" && option !== "L";
}

/** Who pays stands once for all, or in each transaction. */
function tellTwoCustomers({ shared, type }: Message, { own }: Transaction, draft: EventDraft): void {
  if (type.kind !== "request") return;
  const second = own.find(pays);
  if (shared.some(pays) && second !== undefined)
    misplaced(draft, second.path, "who pays stands in the transaction and above it");
}

/** Null when all are there that a message of the type is about. */
function whatIsMissing({ kind }: FinType, { parties, agents }: EventDraft): string | null {
  const party = (role: string): boolean => parties.some((one) => one.role === role);
  const agent = (role: string): boolean => agents.some((one) => one.role === role);
  switch (kind) {
    case "free":
      return null;
    case "customer":
    case "request":
      return party("DEBTOR") ? (party("CREDITOR") ? null : "no beneficiary") : "no ordering customer";
    case "bank":
      return agent("DEBTOR_INSTITUTION") ? (agent("CREDITOR_INSTITUTION") ? null : "no beneficiary") : "nobody pays";
    case "cover":
      if (!agent("CREDITOR_INSTITUTION")) return "no beneficiary";
      return party("DEBTOR")
        ? party("CREDITOR")
          ? null
          : "an underlying payment without a beneficiary"
        : "an underlying payment without an ordering customer";
    case "credit":
      return party("DEBTOR") || agent("DEBTOR_INSTITUTION") ? null : "nobody pays";
  }
}
