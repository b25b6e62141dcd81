import type { Tally } from "../tally.ts";

/**
 * The IMO numbers in a cell that has no other: `IMO9562233` and `9562233` are one, `IMO9221970, IMO 9412347` are two. A
 * cell without seven digits stays as published and is counted.
 */
export function imoValues(cell: string, unknown: Tally): readonly string[] {
  if (cell === "") return [];
  const numbers = [...new Set(cell.match(/(?<!\d)\d{7}(?!\d)/g) ?? [])];
  const rest = numbers.reduce((text, number) => text.replaceAll(number, ""), cell);
  if (numbers.length > 0 && !/\d{4}/.test(rest)) return numbers;
  unknown.count("IMO number that is not seven digits");
  return [...numbers, cell];
}
