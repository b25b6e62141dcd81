import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const DIGITS = 32;

/** The same content gives the same id, whatever it stands in and however it is laid out. */
export function eventIdOf(parts: readonly unknown[]): string {
  return `msg-${bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, DIGITS)}`;
}
