import { CordonError } from "@cordon/errors";
import type { MessageSource, Origin, Payment } from "@cordon/schemas";

import type { Converted } from "../converted.ts";
import type { MessageLimits } from "../limits.ts";
import { refused } from "../message-error.ts";
import { paymentReader, remittanceReader } from "./event-members.ts";
import type { EventType } from "./event-type.ts";
import { parseJson } from "./parse.ts";
import type { Reading } from "./readers.ts";

export interface JsonOptions {
  readonly limits: MessageLimits;
  readonly type: EventType;
  /** Of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: number;
  readonly reference: string | null;
}

/** Reads events in JSON, one behind the other: objects with blanks between. What is wrong with one says nothing of the next. */
export function jsonReader(options: JsonOptions, emit: (converted: Converted) => void) {
  const { limits } = options;
  let waiting = "";
  let base = 0;
  let line = 1;
  let at = 0;
  let depth = 0;
  let inText = false;
  let count = 0;

  return {
    push(text: string): void {
      waiting += text;
      scan();
      if (waiting.length > limits.maxElementChars)
        throw refused("MESSAGE_TOO_LARGE", "an event is longer than is read", { offset: base, line });
    },
    end(): void {
      if (waiting.trim() !== "")
        throw refused("MESSAGE_MALFORMED", "the event ends before its last brace", { offset: base, line });
    },
  };

  /** Braces and brackets outside of texts tell where an event ends. */
  function scan(): void {
    let begun = 0;
    for (; at < waiting.length; at++) {
      const unit = waiting.charAt(at);
      if (inText) {
        if (unit === "\\") at++;
        else if (unit === '"') inText = false;
        continue;
      }
      if (unit === '"') inText = depth > 0;
      else if (unit === "{" || unit === "[") depth++;
      else if (unit === "}" || unit === "]") depth--;
      if (depth < 0 || (depth === 0 && unit !== "}" && unit !== "]" && !/\s/.test(unit)))
        throw refused("MESSAGE_MALFORMED", "no object where an event must stand", { offset: base + at - begun, line });
      if (depth > 0 || (unit !== "}" && unit !== "]")) continue;
      one(waiting.slice(begun, at + 1), base);
      base += at + 1 - begun;
      begun = at + 1;
    }
    waiting = waiting.slice(begun);
    at -= begun;
  }

  function one(text: string, offset: number): void {
    count++;
    if (count > limits.maxTransactions)
      throw refused("MESSAGE_TOO_LARGE", "more events than are read", { offset, line });
    if (text.length > limits.maxElementChars)
      throw refused("MESSAGE_TOO_LARGE", "an event is longer than is read", { offset, line });
    try {
      emit(eventIn(text, offset, options));
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      const { code, message, details } = error;
      const where: { readonly offset?: number } = details;
      const upTo = text.slice(0, Math.max(0, (where.offset ?? offset) - offset));
      emit({ kind: "error", code, message, where: { ...where, line: line + linesIn(upTo) } });
    }
    line += linesIn(text);
  }
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

function eventIn(text: string, offset: number, options: JsonOptions): Converted {
  const value = parseJson(text, offset, options.limits);
  const reading: Reading = { fields: [], texts: [] };
  const place = { path: "", role: "OTHER" } as const;
  const inOrder = () => reading.fields.toSorted((a, b) => a.start - b.start);
  if (options.type === "remittance") {
    const event = remittanceReader(options.receivedAt)(value, place, reading);
    return { kind: "remittance", event, fields: inOrder() };
  }
  const event = paymentReader(options.receivedAt)(value, place, reading);
  return { kind: "payment", event: withSource(event, reading, options), fields: inOrder() };
}

/** An event that tells no message that it was made from was made from this one. */
function withSource(event: Payment, { texts }: Reading, { sha256, bytes, reference }: JsonOptions): Payment {
  if (event.source !== null) return event;
  const source: MessageSource = {
    format: "payment",
    messageId: event.eventId,
    sender: null,
    receiver: null,
    transaction: 0,
    transactions: 1,
    sha256,
    bytes,
    reference,
  };
  const origins: readonly Origin[] = texts.map(({ path, start, end, pieces }) => ({
    path,
    sourcePath: path,
    start,
    end,
    pieces: [...pieces],
  }));
  return { ...event, source, origins };
}
