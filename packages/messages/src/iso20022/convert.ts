import { CordonError } from "@cordon/errors";
import type { Rail } from "@cordon/schemas";

import type { Converted } from "../converted.ts";
import { type EventDraft, eventDraft } from "../event-draft.ts";
import { eventIdOf } from "../event-id.ts";
import type { MessageLimits } from "../limits.ts";
import { refused } from "../message-error.ts";
import { type SourceText, within } from "../text/source-text.ts";
import { BESIDE, childOf, childrenOf, nodeAt, type XmlNode } from "../xml/node.ts";
import { type XmlHandler, xmlReader } from "../xml/read-xml.ts";
import { readAgent, readParty } from "./actors.ts";
import { contentOf } from "./event-content.ts";
import { families, formatOf, readFacts } from "./facts.ts";
import { readElements, readUnread } from "./read-transaction.ts";

/** What a reading of a stream has told of one message in it. */
export interface SurveyedMessage {
  transactions: number;
  /**
   * What stands behind the first transaction, and texts beside elements, by the path of what it stands in: it belongs to all of them.
   * Of more than `LATE_MOST` only the number is kept, and none of them is converted. Nothing but the number is told by a reading that converts.
   */
  readonly late: Map<string, XmlNode[]>;
  lateCount: number;
  /** Whether its `Document` holds elements beside it, which nobody reads: it is not converted. */
  hasOther: boolean;
}

export interface IsoOptions {
  readonly limits: MessageLimits;
  /** Of the whole stream. */
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: number;
  readonly rail: Rail | null;
  readonly reference: string | null;
  /** Null while surveying: nothing is converted then. */
  readonly survey: readonly SurveyedMessage[] | null;
}

const transactionNames: ReadonlySet<string> = new Set(["CdtTrfTxInf", "CdtTrfTx", "TxInf"]);
const LATE_MOST = 1000;

interface Message {
  readonly root: XmlNode;
  readonly format: string;
  readonly header: XmlNode | null;
  readonly known: SurveyedMessage;
  /** What this reading has told of it. */
  readonly seen: SurveyedMessage;
  /** By what holds transactions: its children before the first of them. */
  readonly firsts: Map<XmlNode, number>;
  done: number;
  /** UTF-16 units that stand above the transactions, as often as they were read. */
  repeated: number;
}

/** Reads the ISO 20022 messages of a stream of text. `emit` gets each transaction when it closes. */
export function isoReader(
  options: IsoOptions,
  emit: (converted: Converted) => void,
  payload: SourceText | null = null,
) {
  const { limits, survey } = options;
  const surveyed: SurveyedMessage[] = [];
  let header: XmlNode | null = null;
  let envelope: string | null = null;
  let message: Message | null = null;
  let count = 0;
  let others = 0;
  const handler: XmlHandler = {
    isRoot: (name, parent) => {
      if (parent?.startsWith("FedNow") === true) envelope = "FEDNOW";
      if (families.has(name)) return true;
      return false;
    },
    isHeader: (name) => name === "AppHdr",
    isTransaction: (name) => transactionNames.has(name),
    onHeader: (node) => {
      refuseWaitingHeader();
      header = node;
    },
    onMessage: (root, namespace) => {
      const seen: SurveyedMessage = { transactions: 0, late: new Map(), lateCount: 0, hasOther: false };
      const known = survey === null ? seen : survey[count];
      if (known === undefined)
        throw new CordonError("CONTRACT_VIOLATED", "a message is converted that was not surveyed before");
      if (known.lateCount > LATE_MOST)
        throw refused("MESSAGE_TOO_LARGE", "too much stands behind the transactions", { offset: root.start });
      if (known.hasOther)
        throw refused("MESSAGE_MALFORMED", "elements beside the message in its Document", { offset: root.start });
      count += 1;
      surveyed.push(seen);
      message = {
        root,
        format: formatOf(root.name, namespace, header),
        header,
        known,
        seen,
        firsts: new Map(),
        done: 0,
        repeated: 0,
      };
    },
    onTransaction: (transaction, above) => {
      if (message === null) return;
      const { firsts } = message;
      above.forEach((node, i) => {
        // Of the root the block that the transaction stands in is not before it.
        const isParent = i === above.length - 1;
        if (!firsts.has(node)) firsts.set(node, node.children.length - (isParent ? 0 : 1));
      });
      message.seen.transactions += 1;
      if (message.seen.transactions > message.known.transactions)
        throw new CordonError("CONTRACT_VIOLATED", "a transaction is converted that was not surveyed before");
      if (survey !== null) convert(message, transaction, above);
      message.done += 1;
      if (message.done > limits.maxTransactions)
        throw refused("MESSAGE_TOO_LARGE", "more transactions than are read", { offset: transaction.start });
    },
    onBlockEnd: (block) => {
      const first = message?.firsts.get(block);
      if (message === null || first === undefined) return false;
      keepLate(message, block, first);
      message.firsts.delete(block);
      return true;
    },
    onMessageEnd: (root) => {
      if (message === null) return;
      const first = message.firsts.get(root);
      if (first !== undefined) keepLate(message, root, first);
      if (survey !== null && message.done === 0) withoutTransactions(message, root);
      header = null;
      message = null;
    },
    onDocumentEnd: (document, hasOther) => {
      const last = surveyed.at(-1);
      if (last === undefined) return;
      keep(last, "", strayNodes(document));
      last.hasOther ||= hasOther;
    },
    onOther: (start) => {
      others += 1;
      header = null;
      if (survey !== null) unsupported(start);
    },
    onPayload: (text) => {
      if (payload !== null || !/<(?:[\w.-]+:)?(?:Document|AppHdr)[\s>]/.test(text.text)) return false;
      others += 1;
      if (survey === null) return true;
      // It is there as a whole: both readings of it are done at once.
      const read = (known: readonly SurveyedMessage[] | null) => {
        const inner = isoReader({ ...options, survey: known }, emit, text);
        inner.push(text.text);
        inner.end();
        return inner.surveyed();
      };
      try {
        read(read(null));
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        throw refused("MESSAGE_MALFORMED", "a message within the message is wrong", { offset: text.start });
      }
      return true;
    },
  };
  const reader = xmlReader(limits, handler, (text) => (payload === null ? text : within(payload, text)));
  return {
    push: (text: string): void => {
      reader.push(text);
    },
    end(): void {
      reader.end();
      // A header alone, or an envelope of nothing.
      if (count === 0 && others === 0 && survey !== null) unsupported(0);
      else refuseWaitingHeader();
    },
    surveyed: (): readonly SurveyedMessage[] => surveyed,
  };

  /** A header belongs to the message behind it: of one without, nobody would read who stands in it. */
  function refuseWaitingHeader(): void {
    if (header !== null)
      throw refused("MESSAGE_MALFORMED", "a header that no message follows", { offset: header.start });
  }

  function unsupported(offset: number): void {
    emit({ kind: "error", code: "MESSAGE_UNSUPPORTED", message: "no message that is read", where: { offset } });
  }

  /** What stands behind the transactions of the root or of a block, and its texts beside elements: they are there when it ends. */
  function keepLate({ seen }: Message, parent: XmlNode, first: number): void {
    keep(seen, parent.path, [...parent.children.slice(first), ...strayNodes({ ...parent, strange: [] })]);
  }

  function keep(seen: SurveyedMessage, path: string, late: readonly XmlNode[]): void {
    if (late.length === 0) return;
    seen.lateCount += late.length;
    if (survey === null && seen.lateCount <= LATE_MOST) seen.late.set(path, [...(seen.late.get(path) ?? []), ...late]);
  }

  function convert(of: Message, transaction: XmlNode | null, above: readonly XmlNode[]): void {
    const draft = eventDraft(of.format);
    // What stands above the transaction was read for the one before it, too.
    for (const level of above)
      for (const node of [level, ...(of.known.late.get(level.path) ?? [])]) of.repeated += forget(node);
    if (of.repeated > limits.maxRepeatedChars)
      throw refused("MESSAGE_TOO_LARGE", "too much stands above too many transactions", { offset: of.root.start });
    const levels = above.map((node) => ({ ...node, children: childrenAbove(of, node, above) }));
    if (of.header !== null) forget(of.header);
    if (of.header !== null) readHeader(of.header, draft);
    const headerSays = headerContentOf(draft);
    for (const level of levels) readElements(level, draft);
    if (transaction !== null) readElements(transaction, draft);
    const body = transaction ?? levels[0]!;
    readFacts(body, levels, of.header, draft);
    draft.rail ??= envelope === "FEDNOW" ? "FEDNOW" : options.rail;
    for (const level of levels) readUnread(level, draft);
    if (transaction !== null) readUnread(transaction, draft);
    countMatches(of, levels, draft);
    const incomplete = whatIsMissing(of, body, draft);
    const total = Math.max(of.known.transactions, of.done + 1);
    const content = [
      of.root.name,
      of.done,
      ...levels.map(contentOf),
      transaction === null ? null : contentOf(transaction),
      strangersOf(draft, headerSays),
    ];
    if (incomplete !== null && total === 1) {
      emit({
        kind: "error",
        code: "MESSAGE_INCOMPLETE",
        message: incomplete,
        where: { path: transaction?.path ?? "", offset: body.start },
        transaction: of.done,
      });
      return;
    }
    if (incomplete !== null) draft.problem("MESSAGE_INCOMPLETE", transaction?.path ?? null, incomplete);
    const { sender, receiver, messageId } = namesOf(of);
    const source = {
      format: of.format,
      messageId,
      sender,
      receiver,
      transaction: of.done,
      transactions: total,
      sha256: options.sha256,
      bytes: options.bytes,
      reference: options.reference,
    };
    emit({ kind: "payment", ...draft.finish(eventIdOf(content), source, options.receivedAt) });
  }

  /** Without the block that the transaction stands in, and with what stands behind the transactions. Blocks of others are gone already. */
  function childrenAbove(of: Message, node: XmlNode, above: readonly XmlNode[]): XmlNode[] {
    const first = of.firsts.get(node);
    const before = (first === undefined ? node.children : node.children.slice(0, first)).filter(
      (child) => !above.includes(child),
    );
    return [...before, ...(of.known.late.get(node.path) ?? [])];
  }

  function withoutTransactions(of: Message, root: XmlNode): void {
    const group = root.children
      .filter(({ name }) => name === "Undrlyg")
      .find((node) => childOf(node, "OrgnlGrpInfAndCxl"));
    if (families.get(root.name) === "camt.056" && group !== undefined) {
      convert(of, null, [root, group]);
      return;
    }
    emit({
      kind: "error",
      code: "MESSAGE_INCOMPLETE",
      message: "the message holds no transaction",
      where: { offset: root.start },
    });
  }
}

/** Texts that stand beside elements, and in attributes, as elements that nobody knows. */
function strayNodes({ text, strange, path, start }: XmlNode): readonly XmlNode[] {
  const texts = text === null ? strange : [...strange, text];
  return texts.map((one) => ({
    name: BESIDE,
    path,
    start,
    currency: null,
    strange: [],
    text: one,
    children: [],
    seen: false,
  }));
}

/** Makes an element be read anew. Tells about how much there is to read. */
function forget(node: XmlNode): number {
  node.seen = false;
  let chars = node.name.length + (node.text?.text.length ?? 0);
  for (const child of node.children) chars += forget(child);
  return chars;
}

/**
 * Institutions of the header; a firm there is a related party. An earlier header within it is about another message: its institutions have
 * no role in this one. What else it holds are codes and times, or texts.
 */
function readHeader(header: XmlNode, draft: EventDraft): void {
  for (const [name, role] of [
    ["Fr", "INSTRUCTING"],
    ["To", "INSTRUCTED"],
  ] as const)
    readSide(childOf(header, name), role, draft);
  for (const related of childrenOf(header, "Rltd"))
    for (const name of ["Fr", "To"]) readSide(childOf(related, name), "OTHER", draft);
  const said = { ...header, children: header.children.filter(({ name }) => name !== "Sgntr") };
  readElements(said, draft, "instructions");
  readUnread(said, draft);
}

function readSide(side: XmlNode | undefined, role: "INSTRUCTING" | "INSTRUCTED" | "OTHER", draft: EventDraft): void {
  if (side === undefined) return;
  const institution = childOf(side, "FIId");
  if (institution !== undefined) readAgent(institution, role, undefined, draft);
  const firm = childOf(side, "OrgId");
  if (firm !== undefined && firm.children.length > 0) readParty(firm, "RELATED_PARTY", undefined, draft);
}

function keyOf({ role, bic, lei, name, clearingId }: EventDraft["agents"][number]): string {
  return JSON.stringify([role, bic, lei, name, clearingId]);
}

/** What a header says beside the codes and the name of who sends and receives, before anything else is read. */
function headerContentOf({ parties, agents, lines, purposes }: EventDraft): readonly string[] {
  const more = agents.flatMap((agent): readonly unknown[] =>
    isSide(agent) ? [agent.address, agent.account] : [agent],
  );
  return [
    ...Object.values(lines).flat(),
    ...purposes.map(({ text }) => text),
    ...[...parties, ...more].filter((one) => one !== null).map((one) => JSON.stringify(one)),
  ];
}

function isSide({ role }: EventDraft["agents"][number]): boolean {
  return role === "INSTRUCTING" || role === "INSTRUCTED";
}

/** Agents of the header, as far as the body does not name them: they are content, too, as is what else it says. */
function strangersOf({ agents }: EventDraft, headerSays: readonly string[]): unknown {
  return [...headerSays, ...new Set(agents.filter(isSide).map(keyOf))].toSorted();
}

function countMatches(of: Message, levels: readonly XmlNode[], draft: EventDraft): void {
  const root = levels[0];
  if (root === undefined || of.known.transactions === 0) return;
  const told = nodeAt(root, "GrpHdr", "NbOfTxs") ?? nodeAt(root, "CtrlData", "NbOfTxs");
  if (told?.text && Number(told.text.text) !== of.known.transactions)
    draft.problem("COUNT_MISMATCH", told.path, "the message says another number of transactions than it holds");
}

/** Null when there is a debtor and a creditor. A request to cancel need not name them. */
function whatIsMissing(of: Message, body: XmlNode, { parties, agents }: EventDraft): string | null {
  const family = families.get(of.root.name);
  if (family === "camt.056") return null;
  const has = (role: string): boolean =>
    parties.some((one) => one.role === role) || agents.some((one) => one.role === `${role}_INSTITUTION`);
  if (!has("DEBTOR") && family !== "pain.013") return "a transaction without a debtor";
  if (!has("CREDITOR")) return "a transaction without a creditor";
  if (childOf(body, "UndrlygCstmrCdtTrf") !== undefined) {
    if (!parties.some(({ role }) => role === "DEBTOR")) return "an underlying payment without a debtor";
    if (!parties.some(({ role }) => role === "CREDITOR")) return "an underlying payment without a creditor";
  }
  return null;
}

function textAt(node: XmlNode | null, ...path: readonly string[]): string | null {
  return node === null ? null : (nodeAt(node, ...path)?.text?.text ?? null);
}

function namesOf({ root, header }: Message) {
  const side = (name: string): string | null =>
    textAt(header, name, "FIId", "FinInstnId", "BICFI") ??
    textAt(header, name, "FIId", "FinInstnId", "ClrSysMmbId", "MmbId") ??
    textAt(header, name, "OrgId", "Id", "OrgId", "AnyBIC");
  return {
    messageId: textAt(root, "GrpHdr", "MsgId") ?? textAt(root, "Assgnmt", "Id") ?? textAt(header, "BizMsgIdr") ?? "",
    sender: side("Fr") ?? textAt(root, "GrpHdr", "InstgAgt", "FinInstnId", "BICFI"),
    receiver: side("To") ?? textAt(root, "GrpHdr", "InstdAgt", "FinInstnId", "BICFI"),
  };
}
