import { CordonError } from "@cordon/errors";

/** The part of the WHATWG TextDecoder used here: it is in every runtime, but in no type library without I/O. */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { readonly decode: (bytes?: Uint8Array, options?: { readonly stream: boolean }) => string };

/** UTF-16 code units handed on at a time: bounds what a parser sees between two checks of its limits. */
const pieceChars = 16 * 1024;

/** Whether a file begins with the byte order mark of UTF-16. */
function isUtf16(start: Uint8Array | null): boolean {
  const [one, two] = start ?? [];
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
}

/**
 * Decodes UTF-8 bytes, cut anywhere, into pieces of text of at most 16 Ki code units; a byte order mark is dropped.
 * Throws LIST_TOO_LARGE past `maxBytes`, LIST_MALFORMED for bytes that are not UTF-8 or zero (what a file system leaves
 * where nothing was written), LIST_EMPTY if there was no text but white space.
 */
export async function* textPieces(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let blank = true;
  let first: Uint8Array | null = null;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      const what = isUtf16(first) ? "the list is UTF-16 text, and only UTF-8 is read" : "the list is not UTF-8 text";
      throw new CordonError("LIST_MALFORMED", what, { details: { bytes } });
    }
  };

  for await (const chunk of chunks) {
    first ??= chunk;
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new CordonError("LIST_TOO_LARGE", "the list is larger than maxBytes", { details: { maxBytes } });
    const text = decode(chunk);
    if (text.includes("\0"))
      throw new CordonError("LIST_MALFORMED", "the list has zero bytes: it is no text, or was not written to its end", {
        details: { bytes },
      });
    blank &&= text.trim() === "";
    for (let from = 0; from < text.length; from += pieceChars) yield text.slice(from, from + pieceChars);
  }
  decode();
  if (blank) throw new CordonError("LIST_EMPTY", "the list has no content", { details: { bytes } });
}
