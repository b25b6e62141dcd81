import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * First `digits` hexadecimal digits of SHA-256 over the value's JSON text in UTF-8. JSON, because its quoting lets no
 * two different lists of strings become one text.
 */
export function shortHash(value: unknown, digits: number): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(value)))).slice(0, digits);
}
