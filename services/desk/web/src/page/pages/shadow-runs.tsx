import { send } from "../alert/open.ts";
import { Says } from "../parts/says.tsx";
import { Main } from "../parts/small.tsx";
import { readAgain } from "../remote.ts";
import { type Desk, fieldOf, setField } from "../state.ts";
import type { Me } from "../wire.ts";
import { Jobs } from "./jobs.tsx";

export function ShadowRuns({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  return (
    <Main title="Shadow runs">
      <p class="lead">
        What would another threshold or another rule have found in the last payments? Nothing is decided and nobody is
        alerted. True matches that it would lose must be none.
      </p>
      <Says desk={desk} />
      {me.roles.includes("checker") ? <Start desk={desk} /> : null}
      <Jobs desk={desk} path="/shadow-runs" what="shadow runs" />
    </Main>
  );
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
    desk.update({ notice: "The shadow run has begun." });
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
