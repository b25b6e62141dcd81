import type { Converted } from "@cordon/messages";

/** What would move a terminal's cursor or turn its writing round: controls, lone surrogates, directions. */
const commands = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text of a message as a terminal may show it. */
export function shown(text: string): string {
  return text.replace(commands, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** For a person: each field of a transaction in a line. */
export function plainText(one: Converted): string {
  if (one.kind === "error") return errorText(one);
  const rows = one.fields.map(
    ({ path, role, kind, text }) => `  ${role.padEnd(22)} ${kind.padEnd(11)} ${shown(text)}    (${path})\n`,
  );
  return `${headOf(one)}${rows.join("")}${problemsOf(one)}`;
}

export function errorText({ code, message, where }: Extract<Converted, { readonly kind: "error" }>): string {
  const at =
    where.path !== undefined && where.path !== ""
      ? ` at ${where.path}`
      : where.offset === undefined
        ? ""
        : ` at ${String(where.offset)}`;
  return `${code}: ${message}${at}\n`;
}

export function headOf(one: Exclude<Converted, { readonly kind: "error" }>): string {
  const { event } = one;
  return one.kind === "payment"
    ? `${one.event.messageType ?? "payment"}, transaction ${String((one.event.source?.transaction ?? 0) + 1)}: ${event.eventId}\n`
    : `remittance: ${event.eventId}\n`;
}

export function problemsOf(one: Converted): string {
  if (one.kind !== "payment") return "";
  return one.event.problems
    .map(({ code, sourcePath, detail }) => `  ${code}: ${detail} (${sourcePath ?? "the message"})\n`)
    .join("");
}
