import { Pieces } from "../parts/small.tsx";
import { type Desk, draftOf } from "../state.ts";
import type { Alert, Match, Me } from "../wire.ts";
import { listName, writtenScore } from "../words.ts";
import { inWords } from "./changes.ts";
import { type Aspect, comparisonOf, unsaidOf } from "./comparison.ts";
import { Held } from "./held.tsx";
import { MakersWords } from "./makers-words.tsx";
import { Message } from "./message.tsx";
import { chooseMatch } from "./open.ts";
import { showsCheck } from "./rights.ts";
import { remarksOf, scoreRows, segmentsOf } from "./score-bar.ts";

/** In the order of a judgement: the sentence, the two side by side, the score, the payment as it came. */
export function Evidence({ desk, alert, me }: { readonly desk: Desk; readonly alert: Alert; readonly me: Me }) {
  const index = Math.min(desk.state.open?.match ?? 0, alert.matches.length - 1);
  const match = alert.matches[index];
  const entry = alert.entries.find(({ id }) => id === match?.designationId) ?? null;
  const aspects = match === undefined ? [] : comparisonOf(match, alert.event, entry);
  return (
    <div>
      {showsCheck(me, alert, {
        draft: draftOf(desk.state, alert.alertId),
        proposal: desk.state.open?.proposal ?? null,
      }) ? null : (
        <MakersWords alert={alert} now={desk.state.now} />
      )}
      {alert.holdReason ? <Held desk={desk} alert={alert} me={me} /> : null}
      {(alert.evidenceChanged ?? []).map(({ designationId, fields }) => (
        <p class="note warn">
          <b>{designationId} has changed</b> since this alert was raised: {inWords(fields)}. What you see below is what
          matched then.
        </p>
      ))}
      {alert.matches.length > 1 ? <Matches desk={desk} alert={alert} chosen={index} /> : null}
      {match === undefined ? null : (
        <>
          <section aria-labelledby="h-said">
            <h3 id="h-said">Why this is an alert</h3>
            <p class="said">{match.summary}</p>
          </section>
          <SideBySide aspects={aspects} />
          <Score match={match} threshold={alert.threshold ?? null} />
        </>
      )}
      <Message alert={alert} chosen={match ?? null} now={desk.state.now} />
    </div>
  );
}

function Matches({ desk, alert, chosen }: { readonly desk: Desk; readonly alert: Alert; readonly chosen: number }) {
  return (
    <section aria-labelledby="h-matches">
      <h3 id="h-matches">
        {alert.matches.length} matches <span>each is judged together with the others</span>
      </h3>
      <ul class="matches">
        {alert.matches.map((match, index) => (
          <li>
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => chooseMatch(desk, alert.alertId, index)}
            >
              <span class="list">{listName(match.list)}</span> <bdi>{match.primaryName}</bdi>
              <span class="num">{writtenScore(match.score)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SideBySide({ aspects }: { readonly aspects: readonly Aspect[] }) {
  const unsaid = unsaidOf(aspects);
  return (
    <section aria-labelledby="h-compare">
      <h3 id="h-compare">Side by side</h3>
      <table class="compare" data-testid="comparison">
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">Aspect</span>
            </th>
            <th scope="col">In the payment</th>
            <th scope="col">On the list</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {aspects.map((aspect) => (
            <AspectRow {...aspect} />
          ))}
        </tbody>
      </table>
      {unsaid.length > 0 ? (
        <p class="quiet hint">What could still tell them apart, and is not said: {unsaid.join(", ")}.</p>
      ) : null}
    </section>
  );
}

function AspectRow({ aspect, label, payment, list, verdict, said, why }: Aspect) {
  return (
    <tr data-aspect={aspect} data-verdict={verdict} title={why ?? undefined}>
      <th scope="row">{label}</th>
      {[payment, list].map((values) => (
        <td class={aspect === "name" ? "big" : undefined}>
          {values.length === 0 ? <span class="quiet">not given</span> : null}
          {values.map(({ pieces, note }) => (
            <span class="value">
              <Pieces pieces={pieces} />
              {note === null ? null : <span class="more">{note}</span>}
            </span>
          ))}
        </td>
      ))}
      <td>
        <span class={`verdict ${verdict} num`}>
          <i />
          {said}
        </span>
      </td>
    </tr>
  );
}

function Score({ match, threshold }: { readonly match: Match; readonly threshold: number | null }) {
  return (
    <section aria-labelledby="h-score">
      <h3 id="h-score">
        How the score comes about
        <span class="num">
          {writtenScore(match.score)}
          {threshold === null ? "" : `, an alert from ${String(threshold)}`}
        </span>
      </h3>
      <div class="scale" aria-hidden="true">
        {segmentsOf(match).map(({ label, width }) => (
          <b style={{ width: `${String(width)}%` }}>{label}</b>
        ))}
        {threshold === null ? null : <i style={{ left: `${String(threshold)}%` }} />}
      </div>
      {threshold === null ? null : (
        <div class="threshold num" aria-hidden="true">
          <span style={{ left: `${String(threshold)}%` }}>{threshold}</span>
        </div>
      )}
      <table class="reasons" data-testid="reasons">
        <caption class="hidden">The points of the score</caption>
        <thead class="hidden">
          <tr>
            <th scope="col">What</th>
            <th scope="col">How it counts</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {scoreRows(match).map(({ what, how, points }) => (
            <tr>
              <td>
                <bdi>{what}</bdi>
              </td>
              <td>{how}</td>
              <td class="num">{writtenScore(points)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Score</th>
            <td />
            <td class="num">{writtenScore(match.score)}</td>
          </tr>
        </tfoot>
      </table>
      {remarksOf(match).map((remark) => (
        <p class="quiet hint">{remark}</p>
      ))}
    </section>
  );
}
