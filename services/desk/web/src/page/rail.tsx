import { Key } from "./parts/small.tsx";
import { switchTheme } from "./preferences.ts";
import { signOut } from "./session.ts";
import type { Desk } from "./state.ts";
import { type Me, type View, views } from "./wire.ts";
import { duration, millisOf, viewWords, wordOf } from "./words.ts";

const others = [
  { page: "good-guys", name: "Good guys" },
  { page: "samples", name: "Second look" },
  { page: "look-backs", name: "Look-backs" },
  { page: "shadow-runs", name: "Shadow runs" },
  { page: "reports", name: "Reports" },
  { page: "audit", name: "Audit trail" },
  { page: "keys", name: "Keys" },
] as const;

export function Rail({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const { route } = desk.state;
  return (
    <nav class="rail" aria-label="Desk" data-testid="rail">
      <div class="brand">
        <Ring />
        Cordon
      </div>
      <div class="group">
        <p id="rail-work">Work</p>
        <ul aria-labelledby="rail-work">
          {views.map((view) => (
            <li>
              <ViewLink desk={desk} me={me} view={view} />
            </li>
          ))}
        </ul>
      </div>
      <div class="group">
        <p id="rail-after">Look after</p>
        <ul aria-labelledby="rail-after">
          {others.map(({ page, name }) => (
            <li>
              <a href={`/${page}`} aria-current={route.page === page ? "page" : undefined}>
                {name}
                {page === "keys" ? <Key>?</Key> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <Who desk={desk} me={me} />
    </nav>
  );
}

function ViewLink({ desk, me, view }: { readonly desk: Desk; readonly me: Me; readonly view: View }) {
  const { route, counts, own, list, now } = desk.state;
  const isShown = route.page === "alerts" && list.view === view;
  const late = isShown && view === "queue" ? list.rows.filter(({ dueAt }) => (millisOf(dueAt) ?? now) < now).length : 0;
  const count = counts[view];
  const yours = me.roles.includes("checker") ? (own[view] ?? 0) : 0;
  return (
    <a href={`/alerts?view=${view}`} aria-current={isShown ? "page" : undefined}>
      {viewWords[view]}
      <span class="count num">
        {late > 0 ? <b>{late}&nbsp;late</b> : null}
        {yours > 0 ? <i>{yours}&nbsp;yours</i> : null}
        {count ?? ""}
      </span>
    </a>
  );
}

function Who({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  return (
    <div class="who">
      <div>
        <bdi>{me.name}</bdi>
        <span>{me.roles.map(wordOf).join(", ")}</span>
      </div>
      <button type="button" class="icon" aria-label="Light or dark" title="Light or dark" onClick={switchTheme}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </svg>
      </button>
      <button type="button" class="icon" aria-label="Sign out" title="Sign out" onClick={() => void signOut(desk)}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M6.5 2.5h-4v11h4M7 8h7M11 5l3 3-3 3" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
      </button>
    </div>
  );
}

export function Ring() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7.25" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M1.5 9h15" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}

/** `214, up to 3 h 12 min late`. */
export function headline(desk: Desk): string {
  const { list, counts, now } = desk.state;
  const count = list.q === "" && list.list === "" ? (counts[list.view] ?? list.rows.length) : list.rows.length;
  const more = list.next !== null && (list.q !== "" || list.list !== "") ? "+" : "";
  const due = list.rows.map(({ dueAt }) => millisOf(dueAt)).filter((at) => at !== null);
  const oldest = Math.min(...due);
  const late = due.length > 0 && oldest < now && list.view !== "closed" ? `, up to ${duration(now - oldest)} late` : "";
  return `${String(count)}${more}${late}`;
}
