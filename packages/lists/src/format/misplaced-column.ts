/** Where a column stands in this file; undefined for one that it does not have. */
export type PositionOf<Column extends string> = (column: Column) => number | undefined;

/**
 * The first column that stands before one that the publisher documents ahead of it, or null. New columns between are
 * none of its business. A header that was put in another order without its data moves every name into another column,
 * and nothing else in the file tells.
 */
export function misplacedColumn<Column extends string>(
  documented: readonly Column[],
  positionOf: PositionOf<Column>,
): Column | null {
  let last = -1;
  for (const column of documented) {
    const at = positionOf(column);
    if (at === undefined) continue;
    if (at < last) return column;
    last = at;
  }
  return null;
}
