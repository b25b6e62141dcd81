import { send } from "../alert/open.ts";
import { query } from "../api.ts";
import { NoteField } from "../parts/note-field.tsx";
import { Says } from "../parts/says.tsx";
import { Main, Missing } from "../parts/small.tsx";
import { itemsOf, readAgain, remoteOf } from "../remote.ts";
import { type Desk, fieldOf, setField, tell } from "../state.ts";
import type { GoodGuy, GoodGuyState, Me } from "../wire.ts";
import { goodGuyWords, reasonsInWords, writtenTime } from "../words.ts";

const states = ["PROPOSED", "ACTIVE", "SUSPENDED", "EXPIRED", "REVOKED"] as const;

export function GoodGuys({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const state = fieldOf(desk.state, "good-guys.state");
  const path = `/good-guys${query({ state })}`;
  const remote = remoteOf(desk, path);
  const items = itemsOf<GoodGuy>(remote);
  return (
    <Main title="Good guys">
      <p class="lead">
        A good guy is one party beside one entry as both were when it was judged. It hides that pair alone, and ends
        when either changes.
      </p>
      <label class="inline">
        State
        <select value={state} onChange={({ currentTarget }) => setField(desk, "good-guys.state", currentTarget.value)}>
          <option value="">All</option>
          {states.map((one) => (
            <option value={one}>{goodGuyWords[one]}</option>
          ))}
        </select>
      </label>
      <Says desk={desk} />
      <Missing remote={remote} what="good guys" />
      {remote.kind === "read" && items.length === 0 ? <p class="quiet">None.</p> : null}
      <ul class="cards">
        {items.map((one) => (
          <li key={one.id} data-testid="good-guy" data-id={one.id} data-state={one.state}>
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
  readonly one: GoodGuy;
  readonly path: string;
}

function Card({ desk, me, one, path }: CardProps) {
  const { state, name, designationId, maker, checker, expiresAt, reasons = [], rationale, alertId, uses, why } = one;
  return (
    <>
      <div class="head">
        <h2>{name ? <bdi>{name}</bdi> : designationId}</h2>
        <span class={`pill ${toneOf(state)}`}>{goodGuyWords[state]}</span>
      </div>
      <p class="facts">
        {name ? <span>beside {designationId}</span> : null}
        <span>
          proposed by <bdi>{maker}</bdi>
          {checker ? (
            <>
              , checked by <bdi>{checker}</bdi>
            </>
          ) : null}
        </span>
        <span class="num">until {writtenTime(expiresAt, desk.state.now)}</span>
        {typeof uses === "number" ? <span class="num">used {uses} times</span> : null}
        {alertId ? <a href={`/alerts/${encodeURIComponent(alertId)}`}>the alert</a> : null}
      </p>
      {why && state !== "ACTIVE" ? <p>{why}</p> : null}
      {reasons.length > 0 || rationale ? (
        <p class="quiet">
          {reasonsInWords(reasons)}
          {rationale ? (
            <>
              :{" "}
              <q>
                <bdi>{rationale}</bdi>
              </q>
            </>
          ) : null}
        </p>
      ) : null}
      <Actions desk={desk} me={me} one={one} path={path} />
    </>
  );
}

function toneOf(state: GoodGuyState): string {
  if (state === "ACTIVE") return "ease";
  return state === "SUSPENDED" ? "warn" : "";
}

function Actions({ desk, me, one, path }: CardProps) {
  const checks = one.state === "PROPOSED" && me.roles.includes("checker") && one.maker !== me.userId;
  const revokes =
    (one.state === "ACTIVE" || one.state === "SUSPENDED") &&
    me.roles.some((role) => role === "handler" || role === "checker");
  if (!checks && !revokes) return null;
  const field = `good-guy.${one.id}`;
  const note = fieldOf(desk.state, field);
  const act = async (action: string, notice: string): Promise<void> => {
    const body = action === "agree" && note === "" ? {} : { note };
    if ((await send(desk, `/good-guys/${encodeURIComponent(one.id)}/${action}`, body)) === null) return;
    setField(desk, field, "");
    tell(desk, notice);
    await readAgain(desk, path);
  };
  return (
    <div class="act">
      <NoteField
        desk={desk}
        field={field}
        placeholder={checks ? "Say why, when you send it back" : "Why it must end"}
      />
      {checks ? (
        <>
          <button type="button" class="second" onClick={() => void act("send-back", "Sent back to its maker.")}>
            Send back
          </button>
          <button
            type="button"
            class="primary"
            onClick={() => void act("agree", "Agreed. Screeners know it within a minute.")}
          >
            Agree
          </button>
        </>
      ) : (
        <button type="button" class="second" onClick={() => void act("revoke", "Revoked. The pair alerts again.")}>
          Revoke
        </button>
      )}
    </div>
  );
}
