import { UsageError } from "./usage-error.ts";

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** The longest line that is read, in bytes. */
export const longestLine = 1024 * 1024;

const lf = 0x0a;

/**
 * Splits UTF-8 bytes, cut anywhere, into lines, and hands them on in groups: those that ended in one chunk. A CR before
 * the LF and a byte order mark are dropped; the last line needs no end. Throws UsageError with the number of a line
 * that is not UTF-8 or too long.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;

  const line = (bytes: Uint8Array): Line => {
    number += 1;
    if (bytes.length > longestLine) throw tooLong(number);
    try {
      const text = decoder.decode(bytes).replace(/\r$/, "");
      return { number, text: number === 1 ? text.replace(/^\uFEFF/, "") : text };
    } catch (error) {
      throw new UsageError(`line ${String(number)} is not UTF-8 text`, { cause: error });
    }
  };

  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const lines: Line[] = [];
    let fault: unknown = null;
    let from = 0;
    try {
      for (let at = bytes.indexOf(lf, rest.length); at >= 0; at = bytes.indexOf(lf, from)) {
        lines.push(line(bytes.subarray(from, at)));
        from = at + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > longestLine) throw tooLong(number + 1);
    } catch (error) {
      fault = error;
    }
    // Lines before a bad one are good, wherever the chunks were cut.
    if (lines.length > 0) yield lines;
    if (fault !== null) throw fault;
  }
  if (rest.length > 0) yield [line(rest)];
}

function tooLong(number: number): UsageError {
  return new UsageError(`line ${String(number)} is longer than ${String(longestLine)} bytes`);
}
