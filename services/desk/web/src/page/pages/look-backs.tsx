import { send } from "../alert/open.ts";
import { Says } from "../parts/says.tsx";
import { Main } from "../parts/small.tsx";
import { readAgain } from "../remote.ts";
import { type Desk, fieldOf, setField, tell } from "../state.ts";
import type { Me } from "../wire.ts";
import { Jobs } from "./jobs.tsx";

export function LookBacks({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const isChecker = me.roles.includes("checker");
  return (
    <Main title="Look-backs">
      <p class="lead">
        When entries are added or amended, payments of the last days are compared with them again. What is found becomes
        an alert; money that went stays gone, and is to be reported.
      </p>
      <Says desk={desk} />
      {isChecker ? <Start desk={desk} /> : null}
      <Jobs desk={desk} kind="look-backs" />
      <h2>Customers</h2>
      <p class="lead">
        A file of your customers is compared with the lists as they are now: one JSON object a line, or comma-separated
        values with the names of the columns in the first line.
      </p>
      {isChecker ? <Customers desk={desk} /> : null}
      <Jobs desk={desk} kind="customer-files" />
    </Main>
  );
}

function Start({ desk }: { readonly desk: Desk }) {
  const days = fieldOf(desk.state, "look-back.days", "30");
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    if ((await send(desk, "/look-backs", { days: Number(days) })) === null) return;
    tell(desk, "The look-back has begun.");
    await readAgain(desk, "/look-backs");
  };
  return (
    <form class="act" aria-label="Start a look-back" onSubmit={(event) => void start(event)}>
      <label class="inline">
        Days back
        <input
          type="number"
          min={1}
          max={365}
          required
          value={days}
          onInput={({ currentTarget }) => setField(desk, "look-back.days", currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Start a look-back
      </button>
    </form>
  );
}

function Customers({ desk }: { readonly desk: Desk }) {
  const start = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const file = new FormData(form).get("file");
    if (!(file instanceof File) || file.size === 0) return;
    const body = { name: file.name.replaceAll(/[^A-Za-z0-9._-]/g, "-").slice(-64), customers: await file.text() };
    if ((await send(desk, "/customer-files", body)) === null) return;
    form.reset();
    tell(desk, "The customers are being screened.");
    await readAgain(desk, "/customer-files");
  };
  return (
    <form class="act" aria-label="Screen customers" onSubmit={(event) => void start(event)}>
      <label class="inline">
        Customers
        <input type="file" name="file" accept=".ndjson,.jsonl,.csv" required />
      </label>
      <button type="submit" class="second">
        Screen them
      </button>
    </form>
  );
}
