import { type Answer, ask } from "./api.ts";
import type { Desk } from "./state.ts";
import type { Me } from "./wire.ts";

/**
 * Takes in what a request came to: a refusal is told, a lost session leads to the sign-in, a lost network is said and tried
 * again. True when it was carried out. What was typed stays in every case.
 */
export function settle(desk: Desk, answer: Answer<unknown>): boolean {
  switch (answer.kind) {
    case "ok":
    case "none":
      if (desk.state.isAway) desk.update({ isAway: false });
      return true;
    case "away":
      wentAway(desk);
      return false;
    case "refused":
      if (answer.status === 401) desk.update({ session: { kind: "out" } });
      else desk.update({ problem: { code: answer.code, message: answer.message, changes: [] } });
      return false;
  }
}

const pause = 2_000;
let probing = false;

/** Says that the desk cannot be reached and asks until it can. */
export function wentAway(desk: Desk): void {
  desk.update({ isAway: true });
  if (probing) return;
  probing = true;
  const probe = async (): Promise<void> => {
    const answer = await ask<Me>("GET", "/me");
    if (answer.kind === "away") {
      setTimeout(() => void probe(), pause);
      return;
    }
    probing = false;
    desk.update({ isAway: false });
    if (answer.kind === "refused" && answer.status === 401) desk.update({ session: { kind: "out" } });
    cameBack?.();
  };
  setTimeout(() => void probe(), pause);
}

let cameBack: (() => void) | null = null;

/** Called when the desk can be reached again: what is shown may be old. */
export function onReturn(then: () => void): void {
  cameBack = then;
}
