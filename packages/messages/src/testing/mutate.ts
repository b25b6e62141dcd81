import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Marks that readers of messages look for, and what spoils them. */
const marks: readonly string[] = [
  "<",
  ">",
  "</",
  "/>",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  '<?xml version="1.0"?>',
  "<!DOCTYPE x>",
  "&amp;",
  "&#65;",
  "&#x0;",
  "&e;",
  'xmlns="x"',
  "<Dbtr>",
  "</Dbtr>",
  "<Nm>",
  "<Document>",
  "<AppHdr>",
  "<CdtTrfTxInf>",
  "</CdtTrfTxInf>",
  "{1:F01COBADEFFAXXX0001000001}",
  "{2:I103NWBKGB2LXXXXN}",
  "{4:",
  "-}",
  "-",
  "{5:{TNG:}}",
  "\r\n:59:",
  "\r\n:50K:/1",
  "\r\n:21:",
  "\r\n:70:",
  "\r\n//",
  "\r\n1/",
  "\r\n",
  "\n",
  "\r",
  "@@",
  "$",
  "\u0001",
  "\u0003",
  "{",
  "}",
  "[",
  "]",
  '"',
  "\\",
  "\\u0041",
  "\\ud83d",
  "null",
  ",",
  ":",
  '"name":',
  "\uFEFF",
  "\uFFFD",
  "\u0000",
  " ",
  "+",
  "A".repeat(40),
  "NOTPROVIDED",
];

/** Changes bytes here and there, as a bad line, a bad converter or somebody with bad intent would. `other` is spliced in. */
export function mutated(bytes: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  let made = bytes;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) made = mutatedOnce(made, other, random);
  return made;
}

function mutatedOnce(bytes: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const at = below(bytes.length + 1);
  const length = below(Math.min(64, bytes.length - at) + 1);
  switch (below(8)) {
    case 0:
      return joined(bytes.subarray(0, at), Uint8Array.of(below(256)), bytes.subarray(at + 1));
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 2:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at, at + length), bytes.subarray(at + length));
    case 3:
      return bytes.subarray(0, at);
    case 4: {
      const from = below(other.length + 1);
      return joined(bytes.subarray(0, at), other.subarray(from, from + below(512)), bytes.subarray(at));
    }
    case 5: {
      const to = below(bytes.length + 1);
      return joined(bytes.subarray(0, at), bytes.subarray(to, to + length), bytes.subarray(at + length));
    }
    default:
      return joined(
        bytes.subarray(0, at),
        utf8ToBytes(marks[below(marks.length)]!),
        bytes.subarray(at + (below(2) === 0 ? 0 : length)),
      );
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
