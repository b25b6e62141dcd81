import { render } from "preact";

import { App } from "./app.tsx";
import { onKey } from "./keys.ts";
import { followLink, showAddress } from "./navigate.ts";
import { applyTheme, readKeysOn } from "./preferences.ts";
import { begin } from "./session.ts";
import { wentAway } from "./settle.ts";
import { type Desk, emptyList, type State } from "./state.ts";

/** How often times such as "in 38 min" are written anew. */
const minute = 20_000;

function createDesk(root: Element): Desk {
  let state: State = {
    session: { kind: "asking" },
    route: { page: "alerts", view: "queue", alertId: null },
    now: Date.now(),
    counts: {},
    own: {},
    list: emptyList("queue"),
    open: null,
    drafts: new Map(),
    remotes: new Map(),
    fields: new Map(),
    notice: null,
    problem: null,
    isAway: false,
    isSending: false,
    keysOn: readKeysOn(),
  };
  let isDue = false;
  const draw = (): void => {
    isDue = false;
    render(<App desk={desk} />, root);
  };
  const desk: Desk = {
    get state() {
      return state;
    },
    update(change) {
      state = { ...state, ...change };
      if (isDue) return;
      isDue = true;
      queueMicrotask(draw);
    },
    flush: draw,
  };
  return desk;
}

function start(root: Element): void {
  applyTheme();
  const desk = createDesk(root);
  desk.flush();
  document.addEventListener("keydown", (event) => {
    onKey(desk, event);
  });
  document.addEventListener("click", (event) => {
    followLink(desk, event);
  });
  addEventListener("popstate", () => {
    showAddress(desk);
  });
  addEventListener("offline", () => {
    wentAway(desk);
  });
  setInterval(() => {
    desk.update({ now: Date.now() });
  }, minute);
  void begin(desk);
}

const root = document.getElementById("desk");
if (root !== null) start(root);
