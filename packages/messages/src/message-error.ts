import { CordonError } from "@cordon/errors";

export type RefusalCode =
  | "MESSAGE_EMPTY"
  | "MESSAGE_MALFORMED"
  | "MESSAGE_ENCODING"
  | "MESSAGE_UNSUPPORTED"
  | "MESSAGE_INCOMPLETE"
  | "MESSAGE_TOO_LARGE";

/** Where in the message it is wrong. */
export interface Where {
  readonly path?: string;
  readonly line?: number;
  readonly offset?: number;
}

/** A message that is not taken, and why; nothing of it is quoted. */
export function refused(code: RefusalCode, message: string, where: Where = {}): CordonError {
  return new CordonError(code, message, { details: { ...where } });
}
