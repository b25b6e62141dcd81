import { CordonError } from "@cordon/errors";
import type { Rail } from "@cordon/schemas";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

import type { Converted } from "./converted.ts";
import { finReader } from "./fin/convert.ts";
import { isoReader, type SurveyedMessage } from "./iso20022/convert.ts";
import { jsonReader } from "./json/convert.ts";
import type { EventType } from "./json/event-type.ts";
import { type MessageLimits, messageLimits } from "./limits.ts";
import { refused, type Where } from "./message-error.ts";
import { bytesDecoder } from "./text/decode-bytes.ts";

export type MessageFormat = "xml" | "fin" | "json";

export interface ConvertOptions {
  /** Milliseconds since the epoch: when the message came. */
  readonly receivedAt: number;
  /** For messages that do not tell theirs. */
  readonly rail?: Rail | null;
  /** Null: told by the first character. */
  readonly format?: MessageFormat | null;
  readonly reference?: string | null;
  /** What JSON is an event of. */
  readonly type?: EventType;
  readonly limits?: MessageLimits;
}

/** What a first reading of the bytes has told: needed before the first event, for each tells the hash and the count. */
export interface Survey {
  readonly sha256: string;
  readonly bytes: number;
  readonly messages: readonly SurveyedMessage[];
}

export interface Surveyor {
  push(bytes: Uint8Array): void;
  end(): Survey;
}

/** Takes bytes that are cut anywhere and gives what became of them, in the order of the message. Throws nothing that the bytes are to blame for. */
export interface Converter {
  push(bytes: Uint8Array): readonly Converted[];
  end(): readonly Converted[];
}

const NOTHING_TO_LEARN: TextReader = { push: () => undefined, end: () => undefined };

interface TextReader {
  push(text: string): void;
  end(): void;
}

/** Reads the bytes once: what is wrong with them is told by the converter. */
export function surveyor(options: ConvertOptions): Surveyor {
  const limits = options.limits ?? messageLimits;
  const hash = sha256.create();
  let bytes = 0;
  const iso = isoReader({ ...isoOptions(options, limits), survey: null }, () => undefined);
  // A message of SWIFT FIN knows by itself how many transactions it has.
  const reading = guarded(options, (format) => (format === "xml" ? iso : NOTHING_TO_LEARN));
  return {
    push(some) {
      hash.update(some);
      bytes += some.length;
      reading.push(some);
    },
    end() {
      reading.end();
      return { sha256: bytesToHex(hash.digest()), bytes, messages: iso.surveyed() };
    },
  };
}

export function converter(survey: Survey, options: ConvertOptions): Converter {
  return converting(survey, options).converter;
}

function converting(survey: Survey, options: ConvertOptions) {
  let iso: ReturnType<typeof isoReader> | null = null;
  const limits = options.limits ?? messageLimits;
  let emitted: Converted[] = [];
  const emit = (one: Converted): void => {
    emitted.push(one);
  };
  const taken = (): readonly Converted[] => {
    const all = emitted;
    emitted = [];
    return all;
  };
  const shared = { ...isoOptions(options, limits), sha256: survey.sha256, bytes: survey.bytes };
  const reading = guarded(options, (format) => {
    if (format === "xml") return (iso = isoReader({ ...shared, survey: survey.messages }, emit));
    if (format === "fin") return finReader(shared, emit);
    return jsonReader({ ...shared, type: options.type ?? "payment" }, emit);
  });
  const made: Converter = {
    push(bytes) {
      reading.push(bytes);
      return taken();
    },
    end() {
      reading.end();
      const { fault } = reading;
      if (fault !== null) emit({ kind: "error", code: fault.code, message: fault.message, where: whereOf(fault) });
      else if (reading.isEmpty())
        emit({ kind: "error", code: "MESSAGE_EMPTY", message: "the message has no content", where: { offset: 0 } });
      return taken();
    },
  };
  /** Of messages of ISO 20022, what this reading has told of them; null for another format. */
  return { converter: made, surveyed: () => iso?.surveyed() ?? null };
}

/** A whole message at once. */
export function convertMessage(bytes: Uint8Array, options: ConvertOptions): readonly Converted[] {
  const usual = convertUsual(bytes, options);
  if (usual !== null) return usual;
  const first = surveyor(options);
  first.push(bytes);
  const made = converter(first.end(), options);
  return [...made.push(bytes), ...made.end()];
}

/** What most messages are: one, of one transaction, with nothing behind it. */
const usualMessages: readonly SurveyedMessage[] = [{ transactions: 1, late: new Map(), lateCount: 0, hasOther: false }];

/** Reads once what is as most messages are: what a survey would have told shows while it is converted. Null for others, and for any fault. */
function convertUsual(bytes: Uint8Array, options: ConvertOptions): readonly Converted[] | null {
  const survey: Survey = { sha256: bytesToHex(sha256(bytes)), bytes: bytes.length, messages: usualMessages };
  const { converter: once, surveyed } = converting(survey, options);
  const made = [...once.push(bytes), ...once.end()];
  if (made.some(({ kind }) => kind === "error")) return null;
  const messages = surveyed();
  if (messages === null) return made;
  // A second one was no part of the survey, so that it is a fault.
  const [message] = messages;
  const isUsual = message?.transactions === 1 && message.lateCount === 0 && !message.hasOther;
  return isUsual ? made : null;
}

function isoOptions({ receivedAt, rail = null, reference = null }: ConvertOptions, limits: MessageLimits) {
  return { limits, receivedAt, rail, reference, sha256: "", bytes: 0 };
}

function whereOf({ details }: CordonError): Where {
  return details;
}

/** Decodes bytes, finds the format, and stops at the first fault, which is kept. */
function guarded(
  { format = null, limits = messageLimits }: ConvertOptions,
  readerOf: (format: MessageFormat) => TextReader,
) {
  const decoder = bytesDecoder();
  let reader: TextReader | null = null;
  let head = "";
  let bytes = 0;
  const state = {
    fault: null as CordonError | null,
    isEmpty: () => reader === null,
    push(some: Uint8Array): void {
      attempt(() => {
        bytes += some.length;
        if (bytes > limits.maxBytes) throw refused("MESSAGE_TOO_LARGE", "more bytes than are read");
        onText(decoder.decode(some));
      });
    },
    end(): void {
      attempt(() => {
        onText(decoder.finish());
        reader?.end();
      });
    },
  };
  return state;

  function onText(text: string): void {
    if (reader !== null) {
      reader.push(text);
      return;
    }
    head += text;
    if (head.trim() === "" && head.length < limits.maxElementChars) return;
    reader = readerOf(format ?? formatOfText(head));
    reader.push(head);
    head = "";
  }

  function attempt(step: () => void): void {
    if (state.fault !== null) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      state.fault = error;
    }
  }
}

function formatOfText(head: string): MessageFormat {
  const text = head.replace(/^[\s\uFEFF\p{Cc}$]+/u, "");
  if (text.startsWith("<")) return "xml";
  if (/^(?:\[\s*)?\{\s*"/.test(text)) return "json";
  if (/^(?:\{|:\d\d)/.test(text)) return "fin";
  throw refused("MESSAGE_MALFORMED", "neither XML nor SWIFT FIN nor JSON", { offset: 0 });
}
