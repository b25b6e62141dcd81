import { Key } from "../parts/small.tsx";
import { type Desk, draftOf, updateDraft } from "../state.ts";
import type { Alert, Decision, Entry, Happened, Match, Me } from "../wire.ts";
import {
  decisionDone,
  decisionVerbs,
  goodGuyWords,
  millisOf,
  reasonsInWords,
  reasonWords,
  wordOf,
  writtenDate,
  writtenTime,
} from "../words.ts";
import { suggestionOf, useSuggestion } from "./judge.ts";
import { addNote, replay } from "./open.ts";
import { mayPropose } from "./rights.ts";

/** Beside the evidence: what was judged before, the entry, and what happened. */
export function Aside({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  const match = alert.matches[desk.state.open?.match ?? 0] ?? null;
  const entry = alert.entries.find(({ id }) => id === match?.designationId) ?? null;
  return (
    <div class="beside" role="group" aria-label="Entry and history">
      <Suggestion desk={desk} me={me} alert={alert} />
      {match === null ? null : <EntryFacts match={match} entry={entry} />}
      <EarlierOnes alert={alert} now={desk.state.now} />
      <GoodGuys alert={alert} now={desk.state.now} />
      <Timeline alert={alert} now={desk.state.now} />
      <Tools desk={desk} me={me} alert={alert} />
    </div>
  );
}

const judgedAs: Readonly<Record<Decision, string>> = {
  RELEASE: "released as somebody else",
  REJECT: "rejected as the listed person",
  ESCALATE: "escalated",
};

function Suggestion({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  const suggestion = suggestionOf(alert);
  if (suggestion === null || !mayPropose(me, alert)) return null;
  const times = alert.earlier.filter(({ decision }) => decision === suggestion.decision).length;
  return (
    <div class="note" data-testid="suggestion" onClick={() => useSuggestion(desk, alert)}>
      <p>
        <b>Judged before.</b> This party and this entry were {judgedAs[suggestion.decision]}{" "}
        {times > 1 ? `${String(times)} times` : "once"}. Neither has changed since.
      </p>
      <button type="button" aria-keyshortcuts="u">
        Use that reasoning <Key>U</Key>
      </button>
    </div>
  );
}

/** A publisher may list an entry under a hundred names. */
const mostNames = 8;

function EntryFacts({ match, entry }: { readonly match: Match; readonly entry: Entry | null }) {
  const names = (entry?.names ?? []).map(({ text }) => text).filter((text) => text !== match.primaryName);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Regime", match.regime],
    ["Since", written(match.designatedOn ?? entry?.designatedOn)],
    ["Changed", written(entry?.updatedOn)],
    ["Born in", (entry?.birthPlaces ?? []).join("; ")],
  ];
  return (
    <section>
      <h3>
        The entry <span class="num">{match.designationId}</span>
      </h3>
      <dl class="kv">
        {facts.map(([label, text]) =>
          text ? (
            <>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </>
          ) : null,
        )}
        {match.measures.length > 0 ? (
          <>
            <dt>Measures</dt>
            <dd>
              <ul class="tags">
                {match.measures.map((measure) => (
                  <li>{measure}</li>
                ))}
              </ul>
            </dd>
          </>
        ) : null}
        {names.length > 0 ? (
          <>
            <dt>Also</dt>
            <dd>
              {names.slice(0, mostNames).map((name) => (
                <bdi class="line">{name}</bdi>
              ))}
              {names.length > mostNames ? <span class="quiet">and {names.length - mostNames} more</span> : null}
            </dd>
          </>
        ) : null}
        {(entry?.addresses ?? []).slice(0, 3).map(({ text }) => (
          <>
            <dt>Address</dt>
            <dd>{text}</dd>
          </>
        ))}
        {(entry?.remarks ?? []).slice(0, 4).map(({ label, text }) => (
          <>
            <dt>{label}</dt>
            <dd>{text.length > 300 ? `${text.slice(0, 300)} …` : text}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function written(date: string | null | undefined): string | null {
  return date ? writtenDate(date).text : null;
}

function EarlierOnes({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  if (alert.earlier.length === 0) return null;
  return (
    <section>
      <h3>
        Earlier on this pair <span>{alert.earlier.length}</span>
      </h3>
      <ol class="past">
        {alert.earlier.map(({ decision, decidedAt, maker, checker, rationale, reasons = [] }) => (
          <li>
            <i class={`dot ${decision.toLowerCase()}`} />
            {decisionDone[decision]}
            <small class="num">
              {[writtenTime(decidedAt, now), maker, checker ? `checked by ${checker}` : ""].filter(Boolean).join(", ")}
            </small>
            {reasons.length > 0 ? <small>{reasonsInWords(reasons)}</small> : null}
            {rationale ? (
              <small>
                <q>
                  <bdi>{rationale}</bdi>
                </q>
              </small>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function GoodGuys({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  if (alert.goodGuys.length === 0) return null;
  return (
    <section>
      <h3>Good guys of this party</h3>
      <ol class="past">
        {alert.goodGuys.map(({ state, designationId, maker, checker, expiresAt }) => (
          <li>
            <i class="dot open" />
            {goodGuyWords[state]}: {designationId}
            <small class="num">
              {maker}
              {checker ? `, ${checker}` : ""}, until {writtenTime(expiresAt, now)}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function latestFirst(a: Happened, b: Happened): number {
  return (millisOf(b.at) ?? 0) - (millisOf(a.at) ?? 0);
}

function Timeline({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  return (
    <section>
      <h3>What happened</h3>
      <ol class="past" data-testid="timeline">
        {alert.timeline.toSorted(latestFirst).map(({ at, action, actor, note, proposal }) => (
          <li>
            <i class="dot open" />
            {reasonWords[action] ?? wordOf(action)}
            {actor ? (
              <>
                {" by "}
                <bdi>{actor}</bdi>
              </>
            ) : null}
            <small class="num">{writtenTime(at, now)}</small>
            {proposal ? <small>{proposedWords(proposal)}</small> : null}
            {[note, proposal?.rationale].map((text) =>
              text ? (
                <small>
                  <q>
                    <bdi>{text}</bdi>
                  </q>
                </small>
              ) : null,
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** `release: birth date and nationality`. */
function proposedWords({ decision, reasons }: NonNullable<Happened["proposal"]>): string {
  return reasons.length === 0 ? decisionVerbs[decision] : `${decisionVerbs[decision]}: ${reasonsInWords(reasons)}`;
}

type Replay = NonNullable<NonNullable<Desk["state"]["open"]>["replay"]>;

/** What is seldom needed. */
function Tools({ desk, me, alert }: { readonly desk: Desk; readonly me: Me; readonly alert: Alert }) {
  const { record } = draftOf(desk.state, alert.alertId);
  const shown = desk.state.open?.replay ?? null;
  const keep = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await addNote(desk, alert, record)) updateDraft(desk, alert.alertId, { record: "" });
  };
  return (
    <section class="tools-more">
      {me.roles.includes("handler") ? (
        <details>
          <summary>Add a note</summary>
          <form aria-label="Note" onSubmit={(event) => void keep(event)}>
            <label>
              <span class="hidden">Note for the record</span>
              <textarea
                rows={3}
                maxLength={4000}
                value={record}
                onInput={({ currentTarget }) => updateDraft(desk, alert.alertId, { record: currentTarget.value })}
              />
            </label>
            <button type="submit" class="small">
              Keep the note
            </button>
          </form>
        </details>
      ) : null}
      {alert.matches.length > 0 ? (
        <details>
          <summary>Decide it again</summary>
          <p class="quiet">The same event, lists and settings as then: does the same come out?</p>
          <button type="button" class="small" onClick={() => void replay(desk, alert)}>
            Replay
          </button>
          {shown === null ? null : <p data-testid="replayed">{replayText(shown)}</p>}
        </details>
      ) : null}
    </section>
  );
}

function replayText({ same, differences, notReplayed }: Replay): string {
  if (notReplayed !== null) return `It cannot be decided again here: ${notReplayed}`;
  return same ? "The same comes out." : `It differs: ${differences.map(differenceText).join("; ")}`;
}

function differenceText(difference: unknown): string {
  return typeof difference === "string" ? difference : JSON.stringify(difference);
}
