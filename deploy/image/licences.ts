/** Licences that may be shipped with Cordon. Copyleft, and none stated, need a person's decision. */
const allowed = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
]);

/** Whether an SPDX expression can be met with allowed licences: one side of OR, both sides of AND. */
export function mayShip(expression: string): boolean {
  const text = expression.trim().replace(/^\((.*)\)$/s, "$1");
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some((part) => mayShip(part));
  if (/\sAND\s/.test(text)) return text.split(/\sAND\s/).every((part) => mayShip(part));
  return allowed.has(text);
}
