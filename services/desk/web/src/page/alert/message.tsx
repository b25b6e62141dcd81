import { Pieces } from "../parts/small.tsx";
import type { Alert, Match } from "../wire.ts";
import { type EventField, type EventGroup, groupsOf } from "./event-fields.ts";
import { marked } from "./marked.ts";

/** Everything the event says, in its own words; in each field that matched the matched part is marked. */
export function Message({
  alert,
  chosen,
  now,
}: {
  readonly alert: Alert;
  readonly chosen: Match | null;
  readonly now: number;
}) {
  const groups = withMatched(groupsOf(alert.event, now), alert.matches);
  const { sourceTopic, sourcePartition, sourceOffset } = alert;
  const matchOf = (path: string): Match | null =>
    chosen?.field.path === path ? chosen : (alert.matches.find(({ field }) => field.path === path) ?? null);
  return (
    <section aria-labelledby="h-pay">
      <h3 id="h-pay">
        As it came
        {sourceTopic ? (
          <span class="num">
            {sourceTopic}, {sourcePartition} / {sourceOffset}
          </span>
        ) : null}
      </h3>
      <div class="message">
        {groups.map(({ title, fields }) => (
          <div class="part">
            <h4>{title}</h4>
            <dl>
              {fields.map((field) => (
                <Field field={field} match={matchOf(field.path)} />
              ))}
            </dl>
          </div>
        ))}
        {groups.length === 0 ? <p class="quiet">The event is not kept with this alert.</p> : null}
      </div>
    </section>
  );
}

function Field({ field, match }: { readonly field: EventField; readonly match: Match | null }) {
  if (match === null)
    return (
      <>
        <dt>{field.label}</dt>
        <dd>
          <bdi>{field.text}</bdi>
        </dd>
      </>
    );
  const { text, start, end, sourcePath = null } = match.field;
  return (
    <>
      <dt>{field.label}</dt>
      <dd>
        <span data-testid="field-text" data-path={field.path}>
          <Pieces pieces={marked(text, start, end)} />
        </span>
        {sourcePath === null ? null : <small class="mono">{sourcePath}</small>}
      </dd>
    </>
  );
}

/** An alert may have come without its event, and a text may have been made of several: what matched is shown all the same. */
function withMatched(groups: readonly EventGroup[], matches: readonly Match[]): readonly EventGroup[] {
  const shown = new Set(groups.flatMap(({ fields }) => fields.map(({ path }) => path)));
  const fields: EventField[] = [];
  for (const { field } of matches) {
    if (shown.has(field.path)) continue;
    shown.add(field.path);
    fields.push({ path: field.path, label: field.path, text: field.text });
  }
  return fields.length === 0 ? groups : [...groups, { title: "What matched", fields }];
}
