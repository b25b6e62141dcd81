import { type Disposition, type ErrorCode, errorCatalogue } from "./catalogue.ts";

/** Facts for the reader of the log. Never a party name, never a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface CordonErrorOptions {
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/** An error whose code decides what happens next. The message says what is wrong, where, and what to do. */
export class CordonError extends Error {
  override readonly name = "CordonError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, { details = {}, cause }: CordonErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** What we did not raise ourselves is a bug or an unknown outage: stop rather than skip a payment. */
export function dispositionOf(error: unknown): Disposition {
  return error instanceof CordonError ? errorCatalogue[error.code].disposition : "halt";
}
