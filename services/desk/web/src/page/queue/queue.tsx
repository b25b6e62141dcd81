import { Key } from "../parts/small.tsx";
import { headline } from "../rail.tsx";
import { type Desk, meOf, updateList } from "../state.ts";
import { dueOf, listName, viewWords, writtenScore } from "../words.ts";
import { headingsOf } from "./groups.ts";
import { filterBy, filterByList, readList, readMore } from "./list.ts";
import type { Row } from "./merge.ts";
import { tagOf } from "./tag.ts";
import { windowOf } from "./window.ts";

export function Queue({ desk }: { readonly desk: Desk }) {
  const { list } = desk.state;
  return (
    <section class="queue" aria-label="Alerts" data-testid="queue">
      <header>
        <h1>{viewWords[list.view]}</h1>
        <p class="num">{headline(desk)}</p>
      </header>
      <Tools desk={desk} />
      {list.waiting > 0 ? (
        <button type="button" class="fresh" data-testid="new-alerts" onClick={() => void showNew(desk)}>
          {list.waiting} new
        </button>
      ) : null}
      <Own desk={desk} />
      <Rows desk={desk} />
    </section>
  );
}

/** What one has proposed stands among what waits to be checked, and is no work of one's own. */
function Own({ desk }: { readonly desk: Desk }) {
  const { list, own } = desk.state;
  const count = own[list.view] ?? 0;
  if (count === 0 || meOf(desk.state)?.roles.includes("checker") !== true) return null;
  return (
    <p class="apart">
      <b class="num">{count}</b> of these {count === 1 ? "is" : "are"} yours: another person checks{" "}
      {count === 1 ? "it" : "them"}.
    </p>
  );
}

async function showNew(desk: Desk): Promise<void> {
  await readList(desk);
  desk.flush();
  const rows = document.querySelector<HTMLElement>(".rows");
  if (rows === null) return;
  rows.scrollTop = 0;
  rows.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
}

/** As the service knows them. */
function knownLists(): readonly string[] {
  return document.querySelector<HTMLMetaElement>('meta[name="desk-lists"]')?.content.split(" ") ?? [];
}

function Tools({ desk }: { readonly desk: Desk }) {
  const { list } = desk.state;
  const seen = list.rows.flatMap((row) => (row.list ? [row.list] : []));
  const offered = [...new Set([...knownLists(), ...seen, ...(list.list === "" ? [] : [list.list])])];
  return (
    <div class="tools" role="search" aria-label="Alerts">
      <label class="find">
        <span class="hidden">Filter alerts</span>
        <input
          type="search"
          data-testid="filter"
          placeholder="Name, entry, event"
          autocomplete="off"
          spellcheck={false}
          aria-keyshortcuts="/"
          maxLength={200}
          value={list.q}
          onInput={({ currentTarget }) => filterBy(desk, currentTarget.value)}
        />
        <Key>/</Key>
      </label>
      <label>
        <span class="hidden">List</span>
        <select
          class="pick"
          value={list.list}
          onChange={({ currentTarget }) => filterByList(desk, currentTarget.value)}
        >
          <option value="">All lists</option>
          {offered.map((one) => (
            <option value={one}>{listName(one)}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

function look(desk: Desk, rows: HTMLElement): void {
  const seen = { top: rows.scrollTop, height: rows.clientHeight };
  const { list } = desk.state;
  if (seen.top !== list.seen.top || seen.height !== list.seen.height) updateList(desk, { seen });
  if (rows.scrollTop + 2 * rows.clientHeight > rows.scrollHeight) void readMore(desk);
}

let watched: HTMLElement | null = null;

/** The height of the list decides which rows are drawn. */
function watch(desk: Desk, rows: HTMLElement | null): void {
  if (rows === watched) return;
  watched = rows;
  if (rows === null) return;
  new ResizeObserver(() => {
    if (rows.isConnected) look(desk, rows);
  }).observe(rows);
}

function Rows({ desk }: { readonly desk: Desk }) {
  const { list, counts, now } = desk.state;
  const { rows, status, next } = list;
  const headings = list.view === "closed" ? new Map<number, string>() : headingsOf(rows, now);
  const { from, to, before, after } = windowOf(rows.length, headings, list.seen);
  const isFiltered = list.q !== "" || list.list !== "";
  const size = next === null || isFiltered ? rows.length : Math.max(rows.length, counts[list.view] ?? 0);
  return (
    <div
      class="rows"
      ref={(element) => watch(desk, element)}
      onScroll={({ currentTarget }) => look(desk, currentTarget)}
    >
      {rows.length === 0 ? <p class="none">{emptyWords(status === "read", isFiltered)}</p> : null}
      <ol style={{ paddingTop: `${String(before)}px`, paddingBottom: `${String(after)}px` }}>
        {rows.slice(from, to).map((row, index) => (
          <li key={row.alertId} aria-setsize={next !== null && isFiltered ? -1 : size} aria-posinset={from + index + 1}>
            {headings.has(from + index) ? <p class="day">{headings.get(from + index)}</p> : null}
            <RowLink desk={desk} row={row} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function emptyWords(isRead: boolean, isFiltered: boolean): string {
  if (!isRead) return "Reading …";
  return isFiltered ? "Nothing fits the filter." : "Nothing here.";
}

function RowLink({ desk, row }: { readonly desk: Desk; readonly row: Row }) {
  const { list, now, open } = desk.state;
  const current = (list.cursor ?? open?.alertId) === row.alertId;
  const due = list.view === "closed" || row.gone === true ? null : dueOf(row.dueAt, now);
  const tag = tagOf(row, meOf(desk.state)?.userId ?? "");
  return (
    <a
      href={`/alerts/${encodeURIComponent(row.alertId)}`}
      class={row.gone === true ? "gone" : undefined}
      data-testid="queue-row"
      data-alert-id={row.alertId}
      aria-current={current ? "true" : undefined}
    >
      <span class="name">
        <bdi>{row.name}</bdi>
      </span>
      <span class="score num">{typeof row.score === "number" ? writtenScore(row.score) : ""}</span>
      <span class="like">
        {row.list ? <span class="list">{listName(row.list)} </span> : null}
        <bdi>{row.matchedName ?? row.designationId ?? row.holdReason ?? ""}</bdi>
      </span>
      <span class={`due num ${due?.kind ?? ""}`}>{due?.text ?? tag.text}</span>
      {tag.text !== "" && due !== null ? (
        <span class={`tag ${tag.kind}`}>
          {tag.kind === "" ? null : <i />}
          {tag.text}
        </span>
      ) : null}
    </a>
  );
}
