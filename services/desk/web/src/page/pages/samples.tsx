import { send } from "../alert/open.ts";
import { query } from "../api.ts";
import { NoteField } from "../parts/note-field.tsx";
import { Says } from "../parts/says.tsx";
import { Main, Missing } from "../parts/small.tsx";
import { itemsOf, readAgain, remoteOf } from "../remote.ts";
import { type Desk, fieldOf, setField, tell } from "../state.ts";
import type { Me, Sample } from "../wire.ts";
import { writtenTime } from "../words.ts";

export function Samples({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const state = fieldOf(desk.state, "samples.state") || "waiting";
  const path = `/samples${query({ state })}`;
  const remote = remoteOf(desk, path);
  const items = itemsOf<Sample>(remote);
  return (
    <Main title="Second look">
      <p class="lead">
        Chance picks some of the agreed releases, and of the payments that a good guy let pass. Somebody who had no part
        in the judgement reads the alert as if for the first time, and says whether it was right.
      </p>
      <label class="inline">
        Show
        <select value={state} onChange={({ currentTarget }) => setField(desk, "samples.state", currentTarget.value)}>
          <option value="waiting">To be looked at</option>
          <option value="looked-at">Looked at</option>
        </select>
      </label>
      <Says desk={desk} />
      <Missing remote={remote} what="samples" />
      {remote.kind === "read" && items.length === 0 ? <p class="quiet">None.</p> : null}
      <ul class="cards">
        {items.map((one) => (
          <li key={one.id} data-testid="sample" data-id={one.id} data-verdict={one.verdict ?? ""}>
            <Card desk={desk} me={me} one={one} path={path} />
          </li>
        ))}
      </ul>
    </Main>
  );
}

interface CardProps {
  readonly desk: Desk;
  readonly me: Me;
  readonly one: Sample;
  readonly path: string;
}

function Card({ desk, me, one, path }: CardProps) {
  const { kind, name, designationId, maker, checker, passedAt, alertId, eventId, verdict, lookedBy } = one;
  return (
    <>
      <div class="head">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <Verdict verdict={verdict} />
      </div>
      <p class="facts">
        {designationId === null ? null : <span>beside {designationId}</span>}
        <span>
          {kind === "release" ? "released" : "made a good guy"} by <bdi>{maker}</bdi>, agreed by <bdi>{checker}</bdi>
        </span>
        <span class="num">
          {kind === "release" ? "released" : `payment ${eventId} passed`} {writtenTime(passedAt, desk.state.now)}
        </span>
        {lookedBy === undefined ? null : (
          <span>
            looked at by <bdi>{lookedBy}</bdi>
          </span>
        )}
        <a href={`/alerts/${encodeURIComponent(alertId)}`}>the alert</a>
      </p>
      {verdict === undefined ? <Look desk={desk} me={me} one={one} path={path} /> : null}
    </>
  );
}

function Verdict({ verdict }: { readonly verdict: Sample["verdict"] }) {
  if (verdict === undefined) return <span class="pill">To be looked at</span>;
  return verdict === "RIGHT" ? <span class="pill ease">Right</span> : <span class="pill warn">Wrong</span>;
}

function Look({ desk, me, one, path }: CardProps) {
  if (!me.roles.includes("checker") || one.maker === me.userId || one.checker === me.userId) return null;
  const field = `sample.${one.id}`;
  const note = fieldOf(desk.state, field);
  const say = async (verdict: "RIGHT" | "WRONG", notice: string): Promise<void> => {
    if ((await send(desk, `/samples/${encodeURIComponent(one.id)}/look`, { verdict, note })) === null) return;
    setField(desk, field, "");
    tell(desk, notice);
    await readAgain(desk, path);
  };
  return (
    <div class="act">
      <NoteField desk={desk} field={field} placeholder="What you looked at, and what you find" />
      <button
        type="button"
        class="second"
        onClick={() => void say("WRONG", "Noted. Its good guys have ended. Tell your reporting officer at once.")}
      >
        Wrong
      </button>
      <button type="button" class="primary" onClick={() => void say("RIGHT", "Noted: it was right.")}>
        Right
      </button>
    </div>
  );
}
