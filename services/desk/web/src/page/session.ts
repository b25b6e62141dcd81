import { changeNotice } from "./alert/changes.ts";
import { readAgainLive } from "./alert/open.ts";
import { ask } from "./api.ts";
import { showAddress } from "./navigate.ts";
import { forgetFailed, partOf } from "./parts/parts.ts";
import { forgetRemotes } from "./remote.ts";
import { onReturn, settle, wentAway } from "./settle.ts";
import { type Desk, draftOf, dropDraft, emptyList, tell } from "./state.ts";
import { listen } from "./stream.ts";
import type { Me } from "./wire.ts";

let stop: (() => void) | null = null;

/** Asks who is signed in, and shows the page or the sign-in. */
export async function begin(desk: Desk): Promise<void> {
  onReturn(() => {
    if (desk.state.session.kind === "asking") void begin(desk);
    else if (desk.state.session.kind === "in") {
      forgetFailed(desk);
      forgetRemotes(desk);
      enter(desk, desk.state.session.me);
      void catchUp(desk, desk.state.session.me);
    }
  });
  const answer = await ask<Me>("GET", "/me");
  if (answer.kind === "ok") enter(desk, answer.body);
  else if (answer.kind === "away") wentAway(desk);
  else desk.update({ session: { kind: "out" } });
}

/** A request whose answer was lost may have been carried out: the alert that is open tells. */
async function catchUp(desk: Desk, { userId }: Me): Promise<void> {
  const alertId = desk.state.open?.alertId;
  if (alertId === undefined) return;
  const changes = await readAgainLive(desk, alertId);
  const alert = desk.state.open?.alert ?? null;
  if (changes.length === 0 || alert === null) return;
  const { proposal } = alert;
  const isOurs = proposal?.maker === userId && proposal.rationale === draftOf(desk.state, alertId).rationale;
  if (isOurs) dropDraft(desk, alertId);
  tell(desk, isOurs ? "What you sent had arrived." : changeNotice(changes, alert), alert);
}

function enter(desk: Desk, me: Me): void {
  stop?.();
  const { session, list } = desk.state;
  const isOther = session.kind === "in" && session.me.userId !== me.userId;
  desk.update({ session: { kind: "in", me }, problem: null, list: { ...list, status: "unread" } });
  if (isOther) desk.update({ drafts: new Map(), list: emptyList(list.view) });
  if (location.pathname === "/sign-in" || location.pathname === "/")
    history.replaceState(null, "", "/alerts?view=queue");
  showAddress(desk);
  // It comes while the list is read: the first alert opens without waiting for it.
  partOf(desk, "alert");
  stop = listen(desk);
}

/** Who typed what is unsent: another person who signs in on this page must not find it. */
let lastUser: string | null = null;

export async function signIn(desk: Desk, user: string, password: string): Promise<boolean> {
  desk.update({ isSending: true, problem: null });
  const answer = await ask<Me>("POST", "/session", { user, password });
  desk.update({ isSending: false });
  if (answer.kind === "ok") {
    if (lastUser !== null && lastUser !== answer.body.userId) desk.update({ drafts: new Map(), open: null });
    lastUser = answer.body.userId;
    enter(desk, answer.body);
    return true;
  }
  if (answer.kind === "refused" && answer.status === 401)
    desk.update({ problem: { code: answer.code, message: "User or password is wrong.", changes: [] } });
  else settle(desk, answer);
  return false;
}

export async function signOut(desk: Desk): Promise<void> {
  const answer = await ask("DELETE", "/session");
  if (!settle(desk, answer)) return;
  stop?.();
  stop = null;
  desk.update({
    session: { kind: "out" },
    open: null,
    drafts: new Map(),
    list: emptyList("queue"),
    counts: {},
    own: {},
    notice: null,
  });
  history.replaceState(null, "", "/sign-in");
}
