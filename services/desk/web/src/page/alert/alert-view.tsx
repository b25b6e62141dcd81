import { Says } from "../parts/says.tsx";
import { Back } from "../parts/small.tsx";
import { moveCursor } from "../queue/cursor.ts";
import { type Desk, draftOf } from "../state.ts";
import type { Alert, Me } from "../wire.ts";
import { dueOf, listName, stateWords, viewWords, wordOf, writtenMoney, writtenTime } from "../words.ts";
import { Aside } from "./aside.tsx";
import { Check } from "./check.tsx";
import { Disposition } from "./disposition.tsx";
import { Evidence } from "./evidence.tsx";
import { holdOf } from "./holds.ts";
import { giveBack, take } from "./open.ts";
import { mayPropose, showsCheck, showsDisposition } from "./rights.ts";

/** An alert with all that its judgement needs, and the form to judge it. */
export function AlertView({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  const { open } = desk.state;
  const draft = draftOf(desk.state, alert.alertId);
  const proposal = open?.proposal ?? null;
  return (
    <main class="alert" id="alert" tabIndex={-1} data-testid="alert" aria-busy={desk.state.isSending}>
      <Top desk={desk} me={me} alert={alert} />
      <div class="body" tabIndex={0} role="group" aria-label="Evidence">
        <Evidence desk={desk} alert={alert} me={me} />
        <Aside desk={desk} me={me} alert={alert} />
      </div>
      <div class="foot">
        <Says desk={desk} />
        {proposal !== null && showsCheck(me, alert, { draft, proposal }) ? (
          <Check desk={desk} alert={alert} proposal={proposal} />
        ) : null}
        {showsDisposition(me, alert, draft) ? <Disposition desk={desk} alert={alert} /> : null}
        <Standing me={me} alert={alert} now={desk.state.now} />
      </div>
    </main>
  );
}

function Top({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  const due = dueOf(alert.dueAt, desk.state.now);
  const isFinal = ["RELEASED", "REJECTED", "SUPERSEDED"].includes(alert.state);
  const best = alert.matches[desk.state.open?.match ?? 0];
  return (
    <div class="top">
      {/* Where one pane is shown at a time, the heading of the list is not there. */}
      <h1 class="hidden narrow-only">{viewWords[desk.state.list.view]}</h1>
      <div class="crumb">
        <Back desk={desk} />
        <span class={`pill ${alert.state.toLowerCase()}`} data-testid="state" data-state={alert.state}>
          {stateInWords(alert, me)}
        </span>
        {isFinal || due === null ? null : (
          <span class={`pill due ${due.kind} num`}>{due.kind === "late" ? wordOf(due.text) : `Due ${due.text}`}</span>
        )}
        {alert.sent === false ? <span class="pill warn">Not sent yet</span> : null}
        <span class="mono" title={alert.alertId}>
          {alert.alertId.slice(0, 8)}
        </span>
        <Hold desk={desk} me={me} alert={alert} />
        <Neighbours desk={desk} alert={alert} />
      </div>
      <div class="headline">
        <h2>
          <bdi>{alert.name}</bdi>
        </h2>
        {best === undefined ? null : (
          <p>
            may be <bdi>{best.primaryName}</bdi>
          </p>
        )}
      </div>
      <Facts alert={alert} now={desk.state.now} />
    </div>
  );
}

function stateInWords({ state, assignee }: Alert, { userId }: Me): string {
  if (state !== "TAKEN") return stateWords[state];
  if (!assignee) return stateWords.TAKEN;
  return assignee === userId ? "Taken, yours" : `Taken by ${assignee}`;
}

/** Taking and giving back: who works on it. */
function Hold({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  if (!me.roles.includes("handler")) return null;
  if (alert.state === "OPEN")
    return (
      <button type="button" class="small" onClick={() => void take(desk, alert)}>
        Take
      </button>
    );
  if (alert.state !== "TAKEN" || alert.assignee !== me.userId) return null;
  return (
    <button type="button" class="small" onClick={() => void giveBack(desk, alert)}>
      Give back
    </button>
  );
}

function Neighbours({ desk, alert }: { readonly desk: Desk; readonly alert: Alert }) {
  const { rows } = desk.state.list;
  const at = rows.findIndex(({ alertId }) => alertId === alert.alertId);
  if (at < 0) return null;
  const step = (by: 1 | -1) => () => {
    moveCursor(desk, by);
    const { cursor } = desk.state.list;
    if (cursor !== null) document.querySelector<HTMLElement>(`[data-alert-id="${CSS.escape(cursor)}"]`)?.click();
  };
  return (
    <div class="neighbours" role="group" aria-label="Alerts before and after">
      <span class="num">
        {at + 1} of {Math.max(rows.length, desk.state.counts[desk.state.list.view] ?? 0)}
      </span>
      <button type="button" class="icon" aria-label="Previous alert" disabled={at === 0} onClick={step(-1)}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 10l4-4 4 4" fill="none" stroke="currentColor" stroke-width="1.75" />
        </svg>
      </button>
      <button type="button" class="icon" aria-label="Next alert" disabled={at >= rows.length - 1} onClick={step(1)}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6l4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.75" />
        </svg>
      </button>
    </div>
  );
}

const origins: Readonly<Record<string, string>> = {
  LOOK_BACK: "Found by looking back: the money has gone",
  CUSTOMER: "A customer of ours",
};

function Facts({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  const first = alert.matches[0];
  const origin = origins[alert.origin ?? ""];
  const raised = writtenTime(alert.raisedAt, now);
  const regimes = [...new Set(alert.matches.map(({ regime }) => regime))];
  return (
    <div class="facts">
      {origin === undefined ? null : <span>{origin}</span>}
      {first === undefined ? null : (
        <span>
          {wordOf(first.field.role)}
          {alert.rail ? (
            <>
              {" of a "}
              <b>{railName(alert.rail)}</b> payment
            </>
          ) : null}
        </span>
      )}
      {alert.money ? <b class="num">{writtenMoney(alert.money)}</b> : null}
      {raised === "" ? null : (
        <span>
          held since <b class="num">{raised}</b>
        </span>
      )}
      {regimes.length === 0 ? null : (
        <span>
          {[...new Set(alert.matches.map(({ list }) => listName(list)))].join(", ")} list, <b>{regimes.join("; ")}</b>
        </span>
      )}
      {alert.holdReason ? <span>{holdOf(alert.holdReason).why}</span> : null}
    </div>
  );
}

function railName(rail: string): string {
  return rail.length <= 7 ? rail : wordOf(rail);
}

/** In place of a form for who has none here: where the alert stands. */
function Standing({ me, alert, now }: { readonly me: Me; readonly alert: Alert; readonly now: number }) {
  const { state, proposal } = alert;
  if (state === "PROPOSED" && proposal?.maker === me.userId)
    return (
      <p class="standing">
        You proposed this{proposal.proposedAt ? ` at ${writtenTime(proposal.proposedAt, now)}` : ""}. Somebody else must
        agree.
      </p>
    );
  if (
    state === "TAKEN" &&
    me.roles.includes("handler") &&
    !mayPropose(me, alert) &&
    alert.assignee !== me.userId &&
    alert.assignee
  )
    return (
      <p class="standing">
        <bdi>{alert.assignee}</bdi> works on this.
      </p>
    );
  return null;
}
