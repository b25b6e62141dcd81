const latin = "ABEKMHOPCTYXIJSABEZHIKMNOPTYX";
const others = "АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/** Capitals of other alphabets that print like a Latin one, as they stand in document numbers, by the Latin letter. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  Array.from(others, (other, at): [string, string] => [other, latin.charAt(at)]),
);

const plainAscii = /^[A-Z0-9]*$/;
const ascii = /^[\x20-\x7e]*$/;

/**
 * A number as it is compared: capitals and digits, in whichever script, width, spacing and punctuation it was written;
 * guard apostrophes go with the rest. `'000737` is `000737`, `ПАСПОРТ А-12 34` ends in `A1234`, `۱۲۳` is `123`.
 */
export function plainCharacters(value: string): string {
  if (plainAscii.test(value)) return value;
  const capitals = value.toUpperCase();
  if (ascii.test(value)) return capitals.replaceAll(/[^A-Z0-9]+/g, "");
  let plain = "";
  for (const character of capitals.normalize("NFKC").toUpperCase())
    if (/[\p{L}\p{N}]/u.test(character)) plain += lookalikes.get(character) ?? digitOf(character) ?? character;
  return plain;
}

/** The Latin letter of the same case that a letter of another alphabet prints like, as a capital or as it stands; or null. */
export function lookalikeOf(character: string): string | null {
  const capital = character.toUpperCase();
  const latinCapital = lookalikes.get(capital);
  if (latinCapital === undefined) return null;
  return capital === character ? latinCapital : latinCapital.toLowerCase();
}

/** Unicode has the ten digits of a script side by side, the zero first. Null for what is no decimal digit. */
export function digitOf(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (!isDigit(code)) return null;
  let value = 0;
  while (value < 9 && isDigit(code - value - 1)) value++;
  return String(value);
}

function isDigit(code: number): boolean {
  return /\p{Nd}/u.test(String.fromCodePoint(code));
}
