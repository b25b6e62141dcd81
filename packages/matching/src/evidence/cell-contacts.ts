/** Words before an address or a phone number, which publishers glue to it. */
const contactLabel = "(?:e-?mails?|mail|phone|telephone|tel|fax|mobile|cell|website|web|www|https?|skype|telegram)";
const endOfAddress = new RegExp(String.raw`(?<=@[^\s@]{1,80}\.\p{L}{2,6})(?=${contactLabel}(?!\p{Ll}{3}))`, "giu");
const changeOfCase = /(?<=@[^\s@]{1,80}\.\p{Ll}{2,12})(?=\p{Lu})/gu;
const address = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;
/** `EMAILa@…`, `E-mail:a@…`, `TELa@…`; `mailbox@…` has none. */
const labelInFront = /^(?:e-?mails?[:._-]?|(?:mail|address|contact|web|tel|phone|fax)[:_])(?=.+@)/iu;
const capitalsInFront = /^(?:MAIL|ADDRESS|CONTACT|WEB|TEL|PHONE|FAX)(?=\p{Ll}.*@)/u;

/**
 * Every reading of the e-mail addresses in a cell: labels glued to them (`EMAILa@x.orgPHONE+7`) on and off, blanks within
 * (`info@example site.org`) taken out where nothing else would be an address.
 */
export function* addressesInCell(cell: string): Generator<string> {
  if (!/@|[([{](?:at|@)[)\]}]/i.test(cell)) return;
  const text = cell
    .replaceAll(/\s{0,3}[([{]\s?(?:at|@)\s?[)\]}]\s{0,3}/gi, "@")
    .replaceAll(/\s{0,3}[([{]\s?(?:dot|\.)\s?[)\]}]\s{0,3}/gi, ".")
    .replaceAll(/\s{0,3}@\s{0,3}/g, "@");
  const apart = text.replaceAll(endOfAddress, " ").replaceAll(changeOfCase, " ");
  for (const one of new Set([text, apart]))
    for (const [found] of one.matchAll(address)) {
      yield found;
      yield found.replace(labelInFront, "").replace(capitalsInFront, "");
      yield found.replace(/(?<=\.\p{L}{2,12})\d+$/u, "");
    }
  for (const part of apart.split(/[;,|<>]|\s(?:and|or|&)\s/i)) yield* withoutBlanks(part.trim());
}

/** An address that a blank parts: the word behind goes on with it if it is no address without. */
function* withoutBlanks(part: string): Generator<string> {
  const [, local = "", domain = ""] =
    /([\p{L}\p{N}._%+'-]{1,64})@([\p{L}\p{N}-]{1,63}(?:\s?[.\s]\s?[\p{L}\p{N}-]{1,63}){1,5})$/u.exec(part) ?? [];
  if (local === "" || !/\s/.test(domain)) return;
  yield `${local.replace(labelInFront, "")}@${domain.replaceAll(/\s/g, "")}`;
}

/** Where one phone number ends and the next begins. */
const phoneEnds = /[;,|\n]|\s\/\s|(?=\+)|(?!ext)(?<!\p{L})\p{L}{2,}[.:]*/iu;

/** The phone numbers in a cell as they are dialled, each by itself: `… 578/9` and `… 4410/4416` are two. */
export function* phonesInCell(cell: string): Generator<string> {
  const text = cell.replaceAll("(0)", "").replaceAll(/(?<=\d)(?=\p{L}{2})|(?<=\p{L}{2})(?=\d)/gu, " ");
  for (const part of text.split(phoneEnds)) {
    const [first = "", ...tails] = part.split("/");
    yield first;
    // `…7777-8` may be two extensions of a line.
    const lastOfMany = /^(.*\d)[-–]\d{1,2}\s*$/.exec(first)?.[1];
    if (lastOfMany !== undefined && lastOfMany.replaceAll(/\D/g, "").length >= 10) yield lastOfMany;
    for (const tail of tails) {
      const digits = tail.replaceAll(/\D/g, "");
      const whole = first.replaceAll(/[^\d+]/g, "");
      if (digits.length >= 7) yield tail;
      else if (digits !== "" && whole.length > digits.length) yield whole.slice(0, -digits.length) + digits;
    }
    if (part.replaceAll(/\D/g, "").length > 15) yield* part.split(/\s+/);
  }
}
