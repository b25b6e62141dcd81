/** UTF-16 code units looked at to tell a format: enough for a declaration, a comment and a root element. */
const headChars = 8 * 1024;

export interface FileHead {
  /** The first characters, those outside ASCII replaced: for telling the format, not for reading. */
  readonly head: string;
  /** The whole file, from its first byte. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** ASCII as it stands and everything else as `?`, without decoding: what is not UTF-8 is refused later, by the parser. */
function asciiOf(bytes: Uint8Array, longest: number): string {
  return Array.from(bytes.subarray(0, longest), (byte) => (byte < 0x80 ? String.fromCharCode(byte) : "?")).join("");
}

/** Looks at the beginning of a file without consuming it. */
export async function headOf(chunks: AsyncIterable<Uint8Array>): Promise<FileHead> {
  const iterator = chunks[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let head = "";
  let ended = false;
  while (head.length < headChars && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      read.push(next.value);
      head += asciiOf(next.value, headChars - head.length);
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of read.splice(0)) yield chunk;
      if (ended) return;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, chunks: whole() };
}

/** Name of the root element of XML (or HTML, in lower case or not), null for a file that is not markup. */
export function rootElementOf(head: string): string | null {
  if (!/^(?:\?{3})?\s*</.test(head)) return null;
  return (
    /<([a-z_][\w:.-]*)/i.exec(head.replaceAll(/<!--[^]*?(?:-->|$)|<\?[^]*?(?:\?>|$)|<![^>]*(?:>|$)/g, ""))?.[1] ?? ""
  );
}
