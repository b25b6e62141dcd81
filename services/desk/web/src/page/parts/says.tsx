import type { Desk } from "../state.ts";

/** What the desk says of what a person did: done, refused, or not sent because nothing can be reached. */
export function Says({ desk }: { readonly desk: Desk }) {
  const { notice, problem, isAway, open } = desk.state;
  const other = notice?.of && notice.of.alertId !== open?.alertId ? notice.of.name : null;
  return (
    <div class="says">
      <div role="status" data-testid="offline" class="say away" hidden={!isAway}>
        {isAway ? "The desk cannot be reached. What you typed stays here; it is tried again and again." : ""}
      </div>
      {problem === null ? null : (
        <div role="alert" data-testid="problem" data-code={problem.code} class="say bad">
          <span>
            {problem.message}
            {problem.changes.map((change) => (
              <> {change}</>
            ))}
          </span>
          <button type="button" class="plain" onClick={() => desk.update({ problem: null })}>
            Dismiss
          </button>
        </div>
      )}
      <div role="status" data-testid="notice" class={notice === null ? "say empty" : "say good"}>
        <span>
          {other === null ? null : (
            <>
              <bdi>{other}</bdi>:{" "}
            </>
          )}
          {notice?.text}
        </span>
      </div>
    </div>
  );
}
