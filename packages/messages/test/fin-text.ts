import {
  type Converted,
  type ConvertedEvent,
  converter,
  convertMessage,
  type ConvertOptions,
  surveyor,
} from "@cordon/messages";

/** A message of SWIFT FIN as its sender has it; `lines` are those of block 4. */
export function fin(
  type: string,
  lines: readonly string[],
  { user = "", end = "\r\n-}", newline = "\r\n", trailer = "" } = {},
): string {
  return `{1:F01COBADEFFAXXX0001000001}{2:I${type}NWBKGB2LXXXXN}${user}{4:${newline}${lines.join(newline)}${end.replace("\r\n", newline)}${trailer}`;
}

export const debtor = ":50K:/DE89370400440532013000\r\nANN BAKER\r\nHAUPTSTRASSE 7\r\nBERLIN DE";
export const creditor = ":59:/GB29NWBK60161331926819\r\nBOB CARTER\r\n1 HIGH STREET\r\nLONDON GB";
export const amount = ":32A:261123EUR12,50";

/** Lines of an MT103, some of them others. */
export function transfer({ pays = debtor, gets = creditor, more = [] as readonly string[] } = {}): readonly string[] {
  return [":20:REF1", ":23B:CRED", amount, pays, gets, ...more, ":71A:SHA"];
}

export function convert(text: string, options: Partial<ConvertOptions> = {}): readonly Converted[] {
  return convertMessage(new TextEncoder().encode(text), { receivedAt: 1, ...options });
}

/** The same, from a stream that is cut every so many bytes. */
export function inPieces(text: string, size: number): readonly Converted[] {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const first = surveyor({ receivedAt: 1 });
  for (const piece of pieces) first.push(piece);
  const second = converter(first.end(), { receivedAt: 1 });
  return [...pieces.flatMap((piece) => second.push(piece)), ...second.end()];
}

export function only(converted: readonly Converted[]): Extract<ConvertedEvent, { readonly kind: "payment" }> {
  const [one] = converted;
  if (converted.length !== 1 || one?.kind !== "payment") throw new Error(`no payment: ${JSON.stringify(converted)}`);
  return one;
}

export function codesOf(converted: readonly Converted[]): readonly (string | readonly string[])[] {
  return converted.map((one) =>
    one.kind === "payment" ? one.event.problems.map(({ code }) => code) : one.kind === "error" ? one.code : [],
  );
}

/** What the pieces of a field, or its start and end, are in the message. */
export function saidAt(
  text: string,
  field: { start: number; end: number; pieces?: readonly { start: number; end: number }[] },
) {
  return (field.pieces ?? [field]).map(({ start, end }) => text.slice(start, end)).join("");
}
