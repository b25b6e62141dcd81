import { setImmediate as turn } from "node:timers/promises";

import { CordonError, errorCatalogue, type ErrorCode } from "@cordon/errors";
import {
  type Converted,
  type ConvertedEvent,
  converter,
  convertMessage,
  type ConvertOptions,
  identityOf,
  type MessageNames,
  namesOf,
  surveyor,
  type Where,
} from "@cordon/messages";

export interface MessageRead {
  readonly names: MessageNames;
  /** The same for the same senders and ids of all messages in it. */
  readonly identity: string;
  readonly events: number;
}

export interface ReadingLimits {
  /** Milliseconds that reading one message may take. */
  readonly mostMs: number;
  readonly now: () => number;
}

/** So much is read before others have their turn: some milliseconds. */
const sliceBytes = 8 * 1024;
/** Messages of many slices that are read at a time: each has a slice in every turn of the event loop. */
const mostAtOnce = 2;

/**
 * Reads a whole message and hands out its events one by one, in its order; nothing may be done with them before it resolves.
 * A large message is read in slices, so that probes and other messages are answered meanwhile.
 * Throws the code of what is wrong with the message, its place in `details`.
 */
export async function readBytes(
  bytes: Uint8Array,
  options: ConvertOptions,
  { onEvent, limits }: { readonly onEvent: (one: ConvertedEvent) => void; readonly limits: ReadingLimits },
): Promise<MessageRead> {
  if (bytes.length <= sliceBytes) return readSlices(bytes, options, { onEvent, limits });
  await turnstile.enter();
  try {
    return await readSlices(bytes, options, { onEvent, limits });
  } finally {
    turnstile.leave();
  }
}

async function readSlices(
  bytes: Uint8Array,
  options: ConvertOptions,
  { onEvent, limits }: { readonly onEvent: (one: ConvertedEvent) => void; readonly limits: ReadingLimits },
): Promise<MessageRead> {
  const until = limits.now() + limits.mostMs;
  const breathe = async (): Promise<void> => {
    if (limits.now() > until)
      throw new CordonError("MESSAGE_TOO_LARGE", "the message takes longer to read than is allowed");
    await turn();
  };
  const names: MessageNames[] = [];
  let last = "";
  let events = 0;
  const take = (made: readonly Converted[]): void => {
    for (const one of made) {
      if (one.kind === "error") throw refusal(one);
      const said = namesOf(one, options.format ?? null);
      const name = `${said.format} ${said.sender ?? ""} ${said.messageId}`;
      if (name !== last) names.push(said);
      last = name;
      events += 1;
      onEvent(one);
    }
  };

  if (bytes.length <= sliceBytes) take(convertMessage(bytes, options));
  else {
    const first = surveyor(options);
    for (const slice of slices(bytes)) {
      first.push(slice);
      await breathe();
    }
    const second = converter(first.end(), options);
    for (const slice of slices(bytes)) {
      take(second.push(slice));
      await breathe();
    }
    take(second.end());
  }
  const [name] = names;
  if (name === undefined) throw new CordonError("MESSAGE_INCOMPLETE", "the message holds no transaction");
  return { names: name, identity: identityOf(names), events };
}

const turnstile = createTurnstile(mostAtOnce);

/** Lets so many in at a time; the others wait in line. */
function createTurnstile(places: number) {
  const line: (() => void)[] = [];
  let inside = 0;
  return {
    async enter(): Promise<void> {
      if (inside < places) inside += 1;
      else await new Promise<void>((resolve) => void line.push(resolve));
    },
    leave(): void {
      const next = line.shift();
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
}

function refusal({ code, message, where, transaction }: Extract<Converted, { readonly kind: "error" }>): CordonError {
  if (!isCode(code)) throw new CordonError("CONTRACT_VIOLATED", `a message was refused with an unknown code ${code}`);
  return new CordonError(code, message, {
    details: { ...placeOf(where), ...(transaction === undefined ? {} : { transaction }) },
  });
}

function placeOf({ path, line, offset }: Where): Record<string, string | number> {
  return {
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(offset === undefined ? {} : { offset }),
  };
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
