import { ask } from "./api.ts";
import { wentAway } from "./settle.ts";
import type { Desk, Remote } from "./state.ts";

const reading: Remote = { kind: "reading" };

/** What a GET of the path answers; asked once, and again after `forget`. */
export function remoteOf(desk: Desk, path: string): Remote {
  const known = desk.state.remotes.get(path);
  if (known !== undefined) return known;
  queueMicrotask(() => void read(desk, path));
  return reading;
}

async function read(desk: Desk, path: string): Promise<void> {
  if (desk.state.remotes.has(path)) return;
  keep(desk, path, reading);
  keep(desk, path, await answered(desk, path));
}

/** Asks again and shows what was known until the answer is there. */
export async function readAgain(desk: Desk, path: string): Promise<void> {
  keep(desk, path, await answered(desk, path));
}

async function answered(desk: Desk, path: string): Promise<Remote> {
  const answer = await ask("GET", path);
  switch (answer.kind) {
    case "ok":
      return { kind: "read", body: answer.body };
    case "none":
      return { kind: "read", body: {} };
    case "away":
      wentAway(desk);
      return { kind: "away" };
    case "refused":
      if (answer.status === 401) desk.update({ session: { kind: "out" } });
      return { kind: "refused", code: answer.code, message: answer.message };
  }
}

function keep(desk: Desk, path: string, remote: Remote): void {
  desk.update({ remotes: new Map(desk.state.remotes).set(path, remote) });
}

/** Everything is asked anew when it is next shown. */
export function forgetRemotes(desk: Desk): void {
  if (desk.state.remotes.size > 0) desk.update({ remotes: new Map() });
}

/** The `items` of an answer; none where it has none. */
export function itemsOf<T>(remote: Remote): readonly T[] {
  if (remote.kind !== "read") return [];
  const { items } = (remote.body ?? {}) as { readonly items?: unknown };
  return Array.isArray(items) ? (items as readonly T[]) : [];
}
