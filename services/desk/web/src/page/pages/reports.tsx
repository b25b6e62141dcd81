import { query } from "../api.ts";
import { Main, Missing } from "../parts/small.tsx";
import { remoteOf } from "../remote.ts";
import type { Desk } from "../state.ts";
import type { Me, Report } from "../wire.ts";
import { momentsOf, PeriodFields, type Period, periodOf } from "./period.tsx";
import { ReportTable } from "./report-table.tsx";

const reports = [
  { name: "backlog", title: "Backlog by age" },
  { name: "flow", title: "In and out by day" },
  { name: "times", title: "Time to first look, to proposal, to money" },
  { name: "outcomes", title: "True and false, by list" },
  { name: "makers", title: "Sent back, by maker" },
  { name: "haste", title: "Decided too fast" },
  { name: "repeats", title: "Pairs that alert again and again" },
  { name: "good-guys", title: "Good guys by use" },
  { name: "samples", title: "Second looks" },
] as const;

export function Reports({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  if (!me.roles.includes("auditor"))
    return (
      <Main title="Reports">
        <p class="quiet">Reports are for auditors and managers. Your role does not see them.</p>
      </Main>
    );
  const period = momentsOf(periodOf(desk));
  return (
    <Main title="Reports">
      <div class="act">
        <PeriodFields desk={desk} />
      </div>
      {reports.map(({ name, title }) => (
        <ReportView desk={desk} name={name} title={title} period={period} />
      ))}
    </Main>
  );
}

interface ReportProps {
  readonly desk: Desk;
  readonly name: string;
  readonly title: string;
  readonly period: Period;
}

function ReportView({ desk, name, title, period }: ReportProps) {
  const remote = remoteOf(desk, `/reports/${name}${query({ ...period })}`);
  const report = remote.kind === "read" ? asReport(remote.body) : null;
  const heading = `report-${name}`;
  return (
    <section class="report" aria-labelledby={heading} data-testid="report" data-name={name}>
      <h2 id={heading}>
        {report?.title ?? title}
        <a
          href={`/api/v1/reports/${name}${query({ ...period, format: "csv" })}`}
          download={`${name}.csv`}
          aria-label={`${title} as CSV`}
        >
          CSV
        </a>
      </h2>
      <Missing remote={remote} what={title.toLowerCase()} />
      {remote.kind === "read" && report === null ? <p class="quiet">The service sent no table.</p> : null}
      {report === null ? null : <ReportTable report={report} title={title} />}
    </section>
  );
}

function asReport(body: unknown): Report | null {
  const { columns, rows } = (body ?? {}) as Partial<Report>;
  return Array.isArray(columns) && Array.isArray(rows) ? (body as Report) : null;
}
