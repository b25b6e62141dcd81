import { Key, once } from "../parts/small.tsx";
import { type Desk, draftOf, updateDraft } from "../state.ts";
import type { Alert, Proposal } from "../wire.ts";
import { decisionVerbs, duration, millisOf, reasonsInWords, writtenMoney, writtenTime } from "../words.ts";
import { agree, sendBack } from "./judge.ts";

interface CheckProps {
  readonly desk: Desk;
  readonly alert: Alert;
  readonly proposal: Proposal;
}

/** The checker's form: the maker's words beside the evidence, and yes or no. */
export function Check({ desk, alert, proposal }: CheckProps) {
  const { note } = draftOf(desk.state, alert.alertId);
  const { decision, maker, reasons, rationale, proposedAt } = proposal;
  const at = millisOf(proposedAt);
  const money = decision === "RELEASE" && alert.money ? ` ${writtenMoney(alert.money)}` : "";
  return (
    <form
      class="decide"
      aria-label="Check"
      data-testid="check"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div class="line">
        <p class="proposal">
          <b>
            <bdi>{maker}</bdi>
          </b>{" "}
          proposes to <b>{decisionVerbs[decision]}</b>: {reasonsInWords(reasons)}.{" "}
          <q>
            <bdi>{rationale}</bdi>
          </q>
        </p>
        {at === null ? null : (
          <span class="hint num">
            proposed {writtenTime(at, desk.state.now)}, {duration(desk.state.now - at)} ago
          </span>
        )}
      </div>
      <div class="line last">
        <label class="grow">
          <span class="hidden">Note to the maker</span>
          <textarea
            rows={1}
            dir="auto"
            maxLength={4000}
            placeholder="Say why, when you send it back"
            aria-keyshortcuts="b"
            value={note}
            onInput={({ currentTarget }) => updateDraft(desk, alert.alertId, { note: currentTarget.value })}
          />
        </label>
        <button type="button" class="second" onClick={once(() => sendBack(desk, alert))}>
          Send back <Key>B</Key>
        </button>
        <button
          type="button"
          class="primary"
          aria-keyshortcuts="a"
          aria-disabled={desk.state.isSending ? "true" : undefined}
          onClick={once(() => agree(desk, alert))}
        >
          Agree, {decisionVerbs[decision]}
          {money} <Key>A</Key>
        </button>
      </div>
    </form>
  );
}
