/** Rows under a heading, columns as wide as they need to be, two spaces between; numbers stand to the right. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => padded(cell, widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function padded(cell: string, width: number): string {
  return /^[0-9][0-9,.]*$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}

export function counted(number: number): string {
  return number.toLocaleString("en");
}

/** `2026-11-23 18:20:05Z`; for people, so without fractions. */
export function moment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
