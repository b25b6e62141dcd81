import type { Report } from "../wire.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Rows that are ordered by a number before their name are called by the name. */
export function unnumbered(text: string): string {
  return text.replace(/^\d+: /, "");
}

/** The first figure of each row by the row's name: what a report is about. */
export function barsOf({ columns, rows }: Report): readonly Bar[] {
  const figure = columns.findIndex(({ unit }) => unit !== "text");
  if (figure < 0) return [];
  return rows.flatMap((row) => {
    const value = row[figure];
    const names = row
      .filter((_, index) => columns[index]?.unit === "text")
      .map((text) => unnumbered(String(text ?? "")));
    return typeof value === "number" ? [{ label: names.filter((name) => name !== "").join(", "), value }] : [];
  });
}

const rowHeight = 26;
const labelWidth = 180;
const width = 510;
const valueWidth = 70;
const mostBars = 24;
/** What fits into `labelWidth`; the whole name stands in the table below. */
const longestLabel = 22;

/** Bars side by side, from zero, each with its figure in words: a plot that can be read without colour. */
export function Plot({ report, write }: { readonly report: Report; readonly write: (value: number) => string }) {
  const bars = barsOf(report).slice(0, mostBars);
  const most = Math.max(0, ...bars.map(({ value }) => value));
  if (bars.length === 0 || most === 0) return null;
  const space = width - labelWidth - valueWidth;
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${String(width)} ${String(bars.length * rowHeight)}`}
      role="img"
      aria-label={`Bars: ${bars.map(({ label, value }) => `${label} ${write(value)}`).join(", ")}`}
    >
      {bars.map(({ label, value }, index) => (
        <g transform={`translate(0 ${String(index * rowHeight)})`}>
          <text x={labelWidth - 10} y={17} text-anchor="end">
            {label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label}
          </text>
          <rect x={labelWidth} y={4} height={18} width={Math.max(1, (space * value) / most)} rx={3} />
          <text class="figure" x={labelWidth + (space * value) / most + 8} y={17}>
            {write(value)}
          </text>
        </g>
      ))}
    </svg>
  );
}
