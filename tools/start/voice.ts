import type { LiveState } from "./live-state.ts";
import type { Screen } from "./screen.ts";

/** Says things to the person at the terminal: in the live view while there is one, else as lines that stay. */
export interface Voice {
  say(text: string): void;
  /** What is said goes into this view, until the returned function is called. */
  into(state: LiveState): () => void;
}

export function createVoice(screen: Screen): Voice {
  let view: LiveState | null = null;
  return {
    say(text) {
      if (view === null || !screen.live) screen.say([text]);
      else view.notice(text, Date.now());
    },
    into(state) {
      view = state;
      return () => {
        view = null;
      };
    },
  };
}
