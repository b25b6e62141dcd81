/**
 * Optimal string alignment distance (insert, delete, substitute, swap neighbours, no substring edited twice), or
 * `limit + 1` once it must exceed `limit`.
 * Hot: runs per candidate and allocates nothing; any length. Scratch: three bands of `2 * limit + 1` cells.
 * Invariant: after row `i`, cell `c` of `current` is min(limit + 1, distance of `a[0..i)` and `b[0..i + c - limit)`),
 * and `limit + 1` for a column outside `b`. Cells farther from the diagonal exceed `limit` and are never needed.
 */
export function boundedOsa(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return over;
  const width = 2 * limit + 1;
  let [older, previous, current] = bandsFor(width);
  for (let c = 0; c < width; c++) {
    older[c] = over;
    previous[c] = c < limit || c - limit > b.length ? over : c - limit;
  }

  for (let i = 1; i <= a.length; i++) {
    let least = over;
    for (let c = 0; c < width; c++) {
      const j = i + c - limit;
      let cell = over;
      if (j === 0) {
        cell = i;
      } else if (j > 0 && j <= b.length) {
        const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
        cell = previous[c]! + (same ? 0 : 1);
        if (c > 0) cell = Math.min(cell, current[c - 1]! + 1);
        if (c < width - 1) cell = Math.min(cell, previous[c + 1]! + 1);
        if (
          i > 1 &&
          j > 1 &&
          a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
          a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
        )
          cell = Math.min(cell, older[c]! + 1);
      }
      current[c] = cell < over ? cell : over;
      if (cell < least) least = cell;
    }
    // A row of cells that all exceed the limit can be left by a swap from the row before, hence both are looked at.
    if (least > limit && minimum(previous, width) > limit) return over;
    [older, previous, current] = [previous, current, older];
  }
  return previous[b.length - a.length + limit]!;
}

type Bands = [Int32Array, Int32Array, Int32Array];
const LARGEST_WIDTH = 9;
const scratch: Bands = [new Int32Array(LARGEST_WIDTH), new Int32Array(LARGEST_WIDTH), new Int32Array(LARGEST_WIDTH)];

function bandsFor(width: number): Bands {
  return width <= LARGEST_WIDTH ? scratch : [new Int32Array(width), new Int32Array(width), new Int32Array(width)];
}

function minimum(row: Int32Array, width: number): number {
  let least = row[0]!;
  for (let c = 1; c < width; c++) if (row[c]! < least) least = row[c]!;
  return least;
}
