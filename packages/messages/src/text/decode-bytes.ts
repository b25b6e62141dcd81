import { refused } from "../message-error.ts";

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

/** The part of the WHATWG TextDecoder used here: it is in every runtime, but in no type library without I/O. */
declare const TextDecoder: new (encoding: string, options: { fatal: boolean; ignoreBOM: boolean }) => Decoder;

/** Bytes that are waited for before the encoding is told. */
const HEAD = 256;

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** Text of bytes that are cut anywhere: by byte order mark, then by the XML declaration, else UTF-8. Throws MESSAGE_ENCODING. */
export function bytesDecoder(): { decode(bytes: Uint8Array): string; finish(): string } {
  let head: Uint8Array | null = new Uint8Array(0);
  let decoder: Decoder | null = null;
  let encoding = "utf-8";
  let decoded = 0;
  /** The last bytes before, of which a character may be unfinished. */
  let last: Uint8Array = new Uint8Array(0);

  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      const text = decoder!.decode(bytes, { stream: bytes !== undefined });
      decoded += text.length;
      if (bytes !== undefined && bytes.length > 0) last = bytes.slice(-LONGEST);
      return text;
    } catch {
      const offset = decoded + readable(encoding, last, bytes ?? new Uint8Array(0));
      throw refused("MESSAGE_ENCODING", "bytes that are not of the message's encoding", { offset });
    }
  };
  const begin = (): string => {
    const bytes = head!;
    head = null;
    const told = encodingOf(bytes);
    encoding = told.encoding;
    const { skip } = told;
    try {
      decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    } catch {
      throw refused("MESSAGE_ENCODING", "an encoding that is not read", { offset: 0 });
    }
    return decode(bytes.subarray(skip));
  };

  return {
    decode(bytes) {
      if (head === null) return decode(bytes);
      const joined = new Uint8Array(head.length + bytes.length);
      joined.set(head);
      joined.set(bytes, head.length);
      head = joined;
      return head.length < HEAD ? "" : begin();
    },
    finish() {
      const text = head === null ? "" : begin();
      return text + decode(undefined);
    },
  };
}

/** Bytes of the longest character, without its last one. */
const LONGEST = 3;

/** UTF-16 units that can be read of bytes that cannot all be, behind what was read before. */
function readable(encoding: string, before: Uint8Array, bytes: Uint8Array): number {
  const unitsOf = (some: Uint8Array): number | null => {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(some, { stream: true }).length;
    } catch {
      return null;
    }
  };
  const unfinished = [3, 2, 1].find((count) => count <= before.length && unitsOf(before.slice(-count)) === 0) ?? 0;
  const whole = new Uint8Array(unfinished + bytes.length);
  whole.set(before.slice(before.length - unfinished));
  whole.set(bytes, unfinished);
  let good = 0;
  let bad = whole.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (unitsOf(whole.subarray(0, middle)) === null) bad = middle;
    else good = middle;
  }
  return unitsOf(whole.subarray(0, good)) ?? 0;
}

function encodingOf(bytes: Uint8Array): { readonly encoding: string; readonly skip: number } {
  const mark = marks.find(([some]) => some.every((byte, i) => bytes[i] === byte));
  const declared = declaredIn(bytes);
  if (mark === undefined) {
    if (bytes[0] === 0x3c && bytes[1] === 0) return { encoding: "utf-16le", skip: 0 };
    if (bytes[0] === 0 && bytes[1] === 0x3c) return { encoding: "utf-16be", skip: 0 };
    if (declared !== null && /^utf-?16/.test(declared))
      throw refused("MESSAGE_ENCODING", "the declaration says UTF-16 of bytes that are not", { offset: 0 });
    return { encoding: declared ?? "utf-8", skip: 0 };
  }
  const [marked, encoding] = mark;
  if (declared !== null && !agree(declared, encoding))
    throw refused("MESSAGE_ENCODING", "the declaration contradicts the byte order mark", { offset: 0 });
  return { encoding, skip: marked.length };
}

function agree(declared: string, encoding: string): boolean {
  const plain = declared.replaceAll("-", "");
  return plain === encoding.replaceAll("-", "") || (plain === "utf16" && encoding.startsWith("utf-16"));
}

function declaredIn(bytes: Uint8Array): string | null {
  let ascii = "";
  for (const byte of bytes.subarray(0, HEAD)) if (byte > 0 && byte < 0x80) ascii += String.fromCharCode(byte);
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(ascii)?.[1]?.toLowerCase() ?? null;
}
