let columnUsed = new Uint8Array(64);

/**
 * Greatest-weight matching of `m` rows to `n` columns, each used at most once, none obliged, for the easy case that no
 * row and no column has two positive edges: then all are taken. `gain[i * n + j]` is the weight of an edge. Fills
 * `match[i]` with the column of row i, or -1, and returns the weight, or -1 if the case is not easy.
 */
export function takeAllIfFree(gain: Float64Array, m: number, n: number, match: Int32Array): number {
  if (columnUsed.length < n) columnUsed = new Uint8Array(n * 2);
  columnUsed.fill(0, 0, n);
  let total = 0;
  for (let i = 0; i < m; i++) {
    match[i] = -1;
    for (let j = 0; j < n; j++) {
      const weight = gain[i * n + j]!;
      if (weight <= 0) continue;
      if (match[i] !== -1 || columnUsed[j] === 1) return -1;
      match[i] = j;
      columnUsed[j] = 1;
      total += weight;
    }
  }
  return total;
}

interface HungarianScratch {
  readonly capacity: number;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  readonly slack: Float64Array;
  readonly rowOf: Int32Array;
  readonly cameFrom: Int32Array;
  readonly visited: Uint8Array;
}

let scratch = makeScratch(64);

function makeScratch(capacity: number): HungarianScratch {
  return {
    capacity,
    rowPotential: new Float64Array(capacity),
    columnPotential: new Float64Array(capacity),
    slack: new Float64Array(capacity),
    rowOf: new Int32Array(capacity),
    cameFrom: new Int32Array(capacity),
    visited: new Uint8Array(capacity),
  };
}

/** Fills `rows` with those of the `m` rows that have a positive edge, and answers how many; the others stay free in any matching. */
export function edgedRows(gain: Float64Array, m: number, n: number, rows: Int32Array): number {
  let count = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      if (gain[i * n + j]! <= 0) continue;
      rows[count++] = i;
      break;
    }
  }
  return count;
}

/**
 * The same matching for any case, of the rows that `edgedRows` gave; edges that are not positive are never taken. Integers
 * below 2^53 in, exact integers out. The Hungarian method on the matrix with `k` empty columns added, so that a row may stay
 * free, costs being minus the gains: O(k * k * (n + k)). Rows and columns count from 1; column 0 is the root.
 * Invariant before row i: rows 1..i-1 are matched at least cost, and cost - potentials is never negative and is zero
 * on matched edges.
 */
export function bestAssignment(gain: Float64Array, rows: Int32Array, k: number, n: number, match: Int32Array): number {
  const columns = n + k;
  if (scratch.capacity <= columns + 1) scratch = makeScratch((columns + 1) * 2);
  const { rowPotential, columnPotential, slack, rowOf, cameFrom, visited } = scratch;
  rowPotential.fill(0, 0, k + 1);
  columnPotential.fill(0, 0, columns + 1);
  rowOf.fill(0, 0, columns + 1);

  for (let i = 1; i <= k; i++) {
    rowOf[0] = i;
    slack.fill(Number.POSITIVE_INFINITY, 0, columns + 1);
    visited.fill(0, 0, columns + 1);
    let column = 0;
    do {
      visited[column] = 1;
      const row = rowOf[column]!;
      let delta = Number.POSITIVE_INFINITY;
      let nearest = 0;
      for (let j = 1; j <= columns; j++) {
        if (visited[j] === 1) continue;
        const weight = j <= n ? gain[rows[row - 1]! * n + j - 1]! : 0;
        const reduced = (weight > 0 ? -weight : 0) - rowPotential[row]! - columnPotential[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if (slack[j]! < delta) {
          delta = slack[j]!;
          nearest = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (visited[j] === 1) {
          rowPotential[rowOf[j]!]! += delta;
          columnPotential[j]! -= delta;
        } else {
          slack[j]! -= delta;
        }
      }
      column = nearest;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = cameFrom[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    }
  }
  match.fill(-1);
  let total = 0;
  for (let j = 1; j <= n; j++) {
    const row = rowOf[j]!;
    if (row === 0) continue;
    const i = rows[row - 1]!;
    const weight = gain[i * n + j - 1]!;
    if (weight <= 0) continue;
    match[i] = j - 1;
    total += weight;
  }
  return total;
}
