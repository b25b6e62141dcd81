import { changeNotice } from "./alert/changes.ts";
import { readAgainLive } from "./alert/open.ts";
import { refreshSoon } from "./queue/list.ts";
import { readAgain } from "./remote.ts";
import { wentAway } from "./settle.ts";
import { type Desk, tell } from "./state.ts";
import type { Counts } from "./wire.ts";

/**
 * Listens to what changes elsewhere while the page can be seen; ends when called. A browser has few connections for one
 * host, so a page behind others gives its own back, and catches up when it is seen again.
 */
export function listen(desk: Desk): () => void {
  let stream: EventSource | null = document.hidden ? null : connect(desk);
  const onVisible = (): void => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (stream === null) {
      stream = connect(desk);
      catchUp(desk);
    }
  };
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    document.removeEventListener("visibilitychange", onVisible);
    stream?.close();
  };
}

/** The browser connects again by itself when the connection breaks. */
function connect(desk: Desk): EventSource {
  const stream = new EventSource("/api/v1/stream");
  let wasLost = false;
  stream.addEventListener("open", () => {
    if (wasLost) catchUp(desk);
    wasLost = false;
  });
  stream.addEventListener("error", () => {
    wasLost = true;
    // Closed for good: no session, or no service. Asking tells which.
    if (desk.state.session.kind !== "in") stream.close();
    else if (stream.readyState === EventSource.CLOSED) wentAway(desk);
  });
  stream.addEventListener("counts", ({ data }) => {
    const counts = read<Counts>(data);
    if (counts !== null) takeCounts(desk, counts);
  });
  stream.addEventListener("own", ({ data }) => {
    const own = read<Counts>(data);
    if (own !== null) desk.update({ own });
  });
  stream.addEventListener("alert", ({ data }) => {
    const told = read<{ readonly alertId: string; readonly version?: number }>(data);
    refreshSoon(desk);
    const { open } = desk.state;
    if (told === null || open?.alert === null || open?.alertId !== told.alertId) return;
    if (open.alert.version !== told.version) void follow(desk, told.alertId);
  });
  stream.addEventListener("job", () => {
    for (const path of desk.state.remotes.keys())
      if (/^\/(?:look-backs|shadow-runs|customer-files)/.test(path)) void readAgain(desk, path);
  });
  return stream;
}

function takeCounts(desk: Desk, counts: Counts): void {
  const { view } = desk.state.list;
  const isOther = counts[view] !== undefined && counts[view] !== desk.state.counts[view];
  desk.update({ counts: { ...desk.state.counts, ...counts } });
  // In a flood the numbers change each second; the list is asked for when its own does.
  if (isOther) refreshSoon(desk);
}

/** What was not heard is asked for. */
function catchUp(desk: Desk): void {
  refreshSoon(desk);
  const alertId = desk.state.open?.alertId;
  if (alertId !== undefined && desk.state.open?.alert !== null) void follow(desk, alertId);
}

async function follow(desk: Desk, alertId: string): Promise<void> {
  // What this page sends itself comes back as news: its own answer tells it.
  if (desk.state.isSending) return;
  const changes = await readAgainLive(desk, alertId);
  const alert = desk.state.open?.alert ?? null;
  if (changes.length > 0 && alert !== null) tell(desk, changeNotice(changes, alert), alert);
}

function read<T>(data: unknown): T | null {
  try {
    return typeof data === "string" ? (JSON.parse(data) as T) : null;
  } catch {
    return null;
  }
}
