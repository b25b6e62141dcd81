/** Bytes of a text in a character set; null where the set lacks one of its characters. */
export function bytesIn(charset: string, text: string): Buffer | null {
  if (charset === "utf-8") return Buffer.from(text, "utf8");
  if (charset === "utf-16le") return Buffer.from(text, "utf16le");
  const table = tableOf(charset);
  const bytes: number[] = [];
  for (const character of text) {
    const found = table.get(character);
    if (found === undefined) return null;
    bytes.push(...found);
  }
  return Buffer.from(bytes);
}

/** Bytes read in the wrong set. `latin1` gives each byte its own character; the others as browsers read them. */
export function readAs(charset: string, bytes: Buffer): string {
  return charset === "latin1" ? bytes.toString("latin1") : new TextDecoder(charset).decode(bytes);
}

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();
const twoBytes = new Set(["gbk", "big5", "shift_jis", "euc-kr", "euc-jp"]);

/** The decoder of the runtime turned round. */
function tableOf(charset: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(charset);
  const add = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(text).length === 1 && text !== "\uFFFD" && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add([byte]);
  if (twoBytes.has(charset))
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add([lead, trail]);
  tables.set(charset, table);
  return table;
}
