import { CordonError } from "@cordon/errors";

const secretKey = /passw|secret|token|credential|authori[sz]ation|private.?key|^(?:key|sasl|auth)$/i;
const credentialsInAddress = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

const maxDepth = 6;
const maxEntries = 200;
const maxText = 8192;
const maxCauses = 5;

/**
 * A copy of a value that is fit for a log line: secrets and credentials blanked out, errors spelled out, depth, width
 * and length bounded, bytes counted rather than shown.
 */
export function printable(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return printableText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "symbol" || typeof value === "function") return `[${typeof value}]`;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return printableError(value);
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth >= maxDepth) return "[too deep]";
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((entry) => printable(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, maxEntries)
      .map(([key, entry]) => [
        key,
        secretKey.test(key) && entry !== null && entry !== undefined ? "[redacted]" : printable(entry, depth + 1),
      ]),
  );
}

/** Code, message, details, stack and causes of an error (neither of the last two where a person has to mend it), and nothing else of it: foreign errors carry requests. */
function printableError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return printable(error, 1);
  return {
    name: error.name,
    ...(error instanceof CordonError
      ? { code: error.code, details: printable(error.details, 1) }
      : "code" in error && (typeof error.code === "string" || typeof error.code === "number")
        ? { code: error.code }
        : {}),
    message: printableText(error.message),
    ...(error.stack === undefined || isForPeople(error) ? {} : { stack: printableText(framesOf(error.stack)) }),
    ...(error.cause === undefined || depth >= maxCauses || isForPeople(error)
      ? {}
      : { cause: printableError(error.cause, depth + 1) }),
  };
}

/** What a person mends needs no frames of ours; nor does the cause behind it. */
function isForPeople(error: Error): boolean {
  return error instanceof CordonError && error.code === "CONFIG_INVALID";
}

/** A stack begins with the message, which stands in the line already. */
function framesOf(stack: string): string {
  const first = stack.search(/^\s+at /m);
  return first === -1 ? "" : stack.slice(first).trim();
}

/** Bounded, and without the credentials of any address in it. */
export function printableText(text: string): string {
  const bounded = text.length > maxText ? `${text.slice(0, maxText)}…` : text;
  return bounded.replaceAll(credentialsInAddress, "$1[redacted]@");
}
