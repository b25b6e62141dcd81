import type { ComponentChildren } from "preact";

import type { Alert, Happened } from "../wire.ts";
import { decisionVerbs, millisOf, reasonsInWords, writtenTime } from "../words.ts";

const answers: Readonly<Record<string, string>> = {
  "sent back": "sent it back",
  "evidence changed": "gave it back, for an entry was amended",
  agreed: "agreed",
};

/** The last that was proposed or escalated, in its maker's words, and what became of it: for whoever has the alert now, or reads it when it is over. */
export function MakersWords({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  const story = alert.timeline.toSorted((a, b) => (millisOf(a.at) ?? 0) - (millisOf(b.at) ?? 0));
  const at = story.findLastIndex(({ proposal }) => proposal);
  const made = story[at];
  const proposal = made?.proposal;
  if (made === undefined || !proposal) return null;
  const { decision, reasons, rationale } = proposal;
  const did = decision === "ESCALATE" ? "escalated it" : `proposed to ${decisionVerbs[decision]} it`;
  return (
    <section aria-labelledby="h-made" class="made" data-testid="made">
      <h3 id="h-made">What its maker wrote</h3>
      <Words one={made} did={did} now={now}>
        {reasons.length > 0 ? `${reasonsInWords(reasons)}. ` : ""}
        <q>
          <bdi>{rationale}</bdi>
        </q>
      </Words>
      {story.slice(at + 1).map((one) => {
        const answer = answers[one.action];
        return answer === undefined ? null : (
          <Words one={one} did={answer} now={now}>
            {one.note ? (
              <q>
                <bdi>{one.note}</bdi>
              </q>
            ) : null}
          </Words>
        );
      })}
    </section>
  );
}

interface WordsProps {
  readonly one: Happened;
  readonly did: string;
  readonly now: number;
  readonly children: ComponentChildren;
}

function Words({ one, did, now, children }: WordsProps) {
  return (
    <p class="words">
      <b>
        <bdi>{one.actor}</bdi>
      </b>{" "}
      {did} <span class="quiet num">{writtenTime(one.at, now)}</span>
      {children === null ? "." : <>: {children}</>}
    </p>
  );
}
