import type { Report } from "../wire.ts";
import { duration } from "../words.ts";
import { Plot, unnumbered } from "./plot.tsx";

/** A report as bars, of its first figure, and as the table that they come from. */
export function ReportTable({ report, title }: { readonly report: Report; readonly title: string }) {
  const { columns, rows } = report;
  if (rows.length === 0) return <p class="quiet">Nothing in this period.</p>;
  const figure = columns.find(({ unit }) => unit !== "text")?.unit ?? "count";
  return (
    <>
      <Plot report={report} write={(value) => figureText(value, figure)} />
      <div class="wide" tabIndex={0} role="group" aria-label={`${title}, table`}>
        <table class="data">
          <thead>
            <tr>
              {columns.map(({ name, unit }) => (
                <th scope="col" class={unit === "text" ? undefined : "right"}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {columns.map(({ unit }, index) => (
                  <td class={unit === "text" ? undefined : "right num"}>{figureText(row[index] ?? null, unit)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function figureText(value: string | number | null, unit: Report["columns"][number]["unit"]): string {
  if (value === null) return "";
  if (typeof value === "string") return unnumbered(value);
  switch (unit) {
    case "share":
      return `${(value * 100).toFixed(1)} %`;
    case "seconds":
      return value < 60 ? `${value.toFixed(0)} s` : duration(value * 1000);
    case "count":
    case "text":
      return value.toLocaleString("en-GB");
  }
}
