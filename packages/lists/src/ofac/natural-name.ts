/** What follows a name and belongs to neither given nor family name. */
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * `SURNAME, Given Names` as it would be written in a payment: `Given Names SURNAME`, with `Jr.` and its like at the
 * end. Null for a name without a comma.
 */
export function naturalOrder(published: string): string | null {
  const [family = "", ...rest] = published
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (rest.length === 0) return null;
  const given = rest.filter((part) => !suffix.test(part));
  return [...given, family, ...rest.filter((part) => suffix.test(part))].join(" ");
}
