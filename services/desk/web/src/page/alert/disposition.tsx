import { Key, once } from "../parts/small.tsx";
import { TextLine } from "../parts/text-line.tsx";
import { type Desk, type Draft, draftOf, updateDraft } from "../state.ts";
import type { Alert, Decision } from "../wire.ts";
import { decisionWords, reasonsFor, reasonWords } from "../words.ts";
import { choose, propose, toggleReason } from "./judge.ts";
import { mayDecide, pairsOf } from "./rights.ts";

const decisions = [
  { decision: "RELEASE", key: "R" },
  { decision: "REJECT", key: "X" },
  { decision: "ESCALATE", key: "E" },
] as const;

const sends: Readonly<Record<Decision, string>> = {
  RELEASE: "Propose release",
  REJECT: "Propose rejection",
  ESCALATE: "Escalate",
};

/** The maker's form. Nothing in it is chosen before a person chooses. */
export function Disposition({ desk, alert }: { readonly desk: Desk; readonly alert: Alert }) {
  const draft = draftOf(desk.state, alert.alertId);
  const send = (event: Event): void => {
    event.preventDefault();
    void propose(desk, alert);
  };
  return (
    <form class="decide" aria-label="Disposition" data-testid="disposition" onSubmit={send} noValidate>
      <div class="line">
        <fieldset class="choice">
          <legend class="hidden">Who is it?</legend>
          {decisions.map(({ decision, key }) => (
            <label>
              <input
                type="radio"
                name="decision"
                value={decision}
                checked={draft.decision === decision}
                disabled={!mayDecide(alert, decision)}
                aria-keyshortcuts={key.toLowerCase()}
                onChange={() => choose(desk, alert, decision)}
              />
              {decisionWords[decision]} <Key>{key}</Key>
            </label>
          ))}
        </fieldset>
        <span class="hint">{hintOf(draft, alert)}</span>
      </div>
      <Reasons desk={desk} alert={alert} draft={draft} />
      <div class="line last">
        <Rationale desk={desk} alert={alert} draft={draft} />
        <Extras desk={desk} alert={alert} draft={draft} />
        <button
          type="submit"
          onClick={once()}
          class="primary"
          aria-keyshortcuts="Control+Enter"
          aria-disabled={desk.state.isSending ? "true" : undefined}
        >
          {draft.decision === null ? "Propose" : sends[draft.decision]} <Key>Ctrl ↵</Key>
        </button>
      </div>
    </form>
  );
}

function hintOf({ decision }: Draft, alert: Alert): string {
  if (decision === null && !mayDecide(alert, "RELEASE")) return "Rescreen it: nobody releases this by hand";
  if (decision === "ESCALATE") return "The second line looks at it; nothing is decided";
  if (decision === "REJECT") return "Nothing is paid; your reporting officer must be told";
  return "Money moves only when a second person agrees";
}

function Reasons({ desk, alert, draft }: { readonly desk: Desk; readonly alert: Alert; readonly draft: Draft }) {
  return (
    <fieldset class="why">
      <legend>because of</legend>
      {reasonsFor(draft.decision).map((reason, index) => (
        <label key={reason}>
          <input
            type="checkbox"
            value={reason}
            checked={draft.reasons.includes(reason)}
            aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
            onChange={() => toggleReason(desk, alert, reason)}
          />
          {reasonWords[reason]} {index < 9 ? <Key>{String(index + 1)}</Key> : null}
        </label>
      ))}
    </fieldset>
  );
}

function Rationale({ desk, alert, draft }: { readonly desk: Desk; readonly alert: Alert; readonly draft: Draft }) {
  return (
    <TextLine
      label="Rationale"
      placeholder="Why, in a sentence: it is kept for ten years"
      value={draft.rationale}
      onText={(rationale) => updateDraft(desk, alert.alertId, { rationale })}
      shortcut="t"
    />
  );
}

function Extras({ desk, alert, draft }: { readonly desk: Desk; readonly alert: Alert; readonly draft: Draft }) {
  if (draft.decision !== "RELEASE") return null;
  const pairs = pairsOf(alert).length;
  const others = alert.samePairOpen ?? 0;
  return (
    <div class="extras">
      {others > 0 ? (
        <label class="tick">
          <input
            type="checkbox"
            checked={draft.forPair}
            onChange={() => updateDraft(desk, alert.alertId, { forPair: !draft.forPair })}
          />
          Also for {others} alike
        </label>
      ) : null}
      {alert.matches.length === 0 ? null : (
        <label
          class="tick"
          title={pairs === 0 ? "Of this party only a name is known: that is not one person." : undefined}
        >
          <input
            type="checkbox"
            disabled={pairs === 0}
            checked={draft.isGoodGuy && pairs > 0}
            aria-keyshortcuts="g"
            onChange={() => updateDraft(desk, alert.alertId, { isGoodGuy: !draft.isGoodGuy })}
          />
          Good guy for {draft.days} days <Key>G</Key>
        </label>
      )}
    </div>
  );
}
