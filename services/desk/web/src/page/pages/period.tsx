import { type Desk, fieldOf, setField } from "../state.ts";

const day = 86_400_000;

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The last thirty days until a person says otherwise. Dates are days of UTC, `to` with all of its day. */
export function periodOf(desk: Desk): Period {
  const { now } = desk.state;
  return { from: fieldOf(desk.state, "from", dayOf(now - 30 * day)), to: fieldOf(desk.state, "to", dayOf(now)) };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** As the API takes it: moments, `to` exclusive. */
export function momentsOf({ from, to }: Period): Period {
  const end = Date.parse(`${to}T00:00:00Z`);
  return { from: `${from}T00:00:00.000Z`, to: Number.isNaN(end) ? to : new Date(end + day).toISOString() };
}

export function PeriodFields({ desk }: { readonly desk: Desk }) {
  const period = periodOf(desk);
  return (
    <>
      {(["from", "to"] as const).map((name) => (
        <label class="inline">
          {name === "from" ? "From" : "To"}
          <input
            type="date"
            value={period[name]}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== "") setField(desk, name, currentTarget.value);
            }}
          />
        </label>
      ))}
    </>
  );
}
