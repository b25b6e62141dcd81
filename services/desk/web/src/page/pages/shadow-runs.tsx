import { send } from "../alert/open.ts";
import { Says } from "../parts/says.tsx";
import { Main } from "../parts/small.tsx";
import { readAgain } from "../remote.ts";
import { type Desk, fieldOf, setField, tell } from "../state.ts";
import type { Me } from "../wire.ts";
import { writtenTime } from "../words.ts";
import { Jobs, jobsOf } from "./jobs.tsx";
import { ReportTable } from "./report-table.tsx";
import { shadowReports } from "./results.ts";

export function ShadowRuns({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  return (
    <Main title="Shadow runs">
      <p class="lead">
        What would another threshold or another rule have found in the last payments? Nothing is decided and nobody is
        alerted. True matches that it would lose must be none.
      </p>
      <Says desk={desk} />
      {me.roles.includes("checker") ? <Start desk={desk} /> : null}
      <Jobs desk={desk} kind="shadow-runs" />
      <LastOne desk={desk} />
    </Main>
  );
}

/** The newest run that is done, by what people ask for. */
function LastOne({ desk }: { readonly desk: Desk }) {
  const last = jobsOf(desk, "shadow-runs").find(({ state }) => state === "DONE");
  if (last === undefined) return null;
  return shadowReports(last).map((report) => (
    <section class="report" key={report.name} aria-labelledby={`shadow-${report.name}`}>
      <h2 id={`shadow-${report.name}`}>
        {report.title}
        <small class="quiet">
          {report.columns[1]?.name.toLowerCase()}, run of {writtenTime(last.startedAt, desk.state.now)}
        </small>
      </h2>
      <ReportTable report={report} title={report.title ?? ""} />
    </section>
  ));
}

function Start({ desk }: { readonly desk: Desk }) {
  const threshold = fieldOf(desk.state, "shadow.threshold", "85");
  const events = fieldOf(desk.state, "shadow.events", "100000");
  const weakAliases = fieldOf(desk.state, "shadow.weak");
  const hardConflicts = fieldOf(desk.state, "shadow.hard");
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = {
      threshold: Number(threshold),
      events: Number(events),
      ...(weakAliases === "" ? {} : { weakAliases }),
      ...(hardConflicts === "" ? {} : { hardConflicts }),
    };
    if ((await send(desk, "/shadow-runs", body)) === null) return;
    tell(desk, "The shadow run has begun.");
    await readAgain(desk, "/shadow-runs");
  };
  return (
    <form class="act" aria-label="Start a shadow run" onSubmit={(event) => void start(event)}>
      <label class="inline">
        Threshold
        <input
          type="number"
          min={50}
          max={100}
          step={1}
          required
          value={threshold}
          onInput={({ currentTarget }) => setField(desk, "shadow.threshold", currentTarget.value)}
        />
      </label>
      <label class="inline">
        Payments
        <input
          type="number"
          min={1}
          max={10_000_000}
          required
          value={events}
          onInput={({ currentTarget }) => setField(desk, "shadow.events", currentTarget.value)}
        />
      </label>
      <label class="inline">
        Weak aliases
        <select
          value={weakAliases}
          onChange={({ currentTarget }) => setField(desk, "shadow.weak", currentTarget.value)}
        >
          <option value="">as now</option>
          <option value="confirm">only confirm</option>
          <option value="raise">raise alerts</option>
        </select>
      </label>
      <label class="inline">
        Hard conflicts
        <select
          value={hardConflicts}
          onChange={({ currentTarget }) => setField(desk, "shadow.hard", currentTarget.value)}
        >
          <option value="">as now</option>
          <option value="explain">only explain</option>
          <option value="clear">clear</option>
        </select>
      </label>
      <button type="submit" class="primary">
        Start a shadow run
      </button>
    </form>
  );
}
