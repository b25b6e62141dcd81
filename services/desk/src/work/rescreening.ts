import { setTimeout as sleep } from "node:timers/promises";

import type { Logger } from "@cordon/service";

import { Refusal } from "../rules/refusal.ts";
import type { CordonRun, RunCordon } from "./run-cordon.ts";
import type { HeldStill } from "./tell-held.ts";

/** Screens held events again, one run at a time; those that are asked for meanwhile are in the next. */
export interface Rescreening {
  /**
   * Notes what was asked for, and then screens the event again; resolves once it is noted. Throws TOO_MANY, and nothing is noted, while too
   * many wait; and what `note` throws, and then nothing is screened.
   */
  ask(eventId: string, note: () => Promise<unknown>): Promise<void>;
  /** What was asked for and not done is told: those events are held still. */
  close(): Promise<void>;
}

/** `failed`: given up, `left`: not done when the desk ended. Such events are held still, and whoever wants it asks again. */
export type RescreenEnd = "done" | "failed" | "refused" | "left";

export interface RescreeningOptions {
  readonly run: RunCordon;
  readonly logger: Pick<Logger, "warn" | "error">;
  readonly onEnd: (how: RescreenEnd, events: number) => void;
  /** Told of what was asked for and is held still, so that nobody waits for an answer. */
  readonly tell: (held: readonly HeldStill[]) => Promise<unknown>;
  readonly mostWaiting?: number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const eventsARun = 100;
/** What is away may come back: half a minute, one, two and four are waited. */
const pausesMs = [30_000, 60_000, 120_000, 240_000] as const;

export function createRescreening({
  run,
  logger,
  onEnd,
  tell,
  mostWaiting = 10_000,
  pause = timer,
}: RescreeningOptions): Rescreening {
  const waiting = new Set<string>();
  /** Those that are being noted: each has its place already. */
  let entering = 0;
  /** Those that a run has in hand: whoever asks for one of them anew has it screened once more. */
  let inRun: readonly string[] = [];
  const closing = new AbortController();
  const { signal } = closing;
  let running: Promise<void> | null = null;

  /** Null when the desk ends before it is known. Code 1: some are held still. */
  async function screen(events: readonly string[]): Promise<CordonRun | null> {
    for (let tried = 0; ; tried++) {
      const ran = await run(["rescreen", "--held", ...events.map((one) => `--event=${one}`), "--json"], { signal });
      if (ran.code <= 1) return ran;
      if (signal.aborted) return null;
      const nextInMs = pausesMs[tried];
      if (nextInMs === undefined) return ran;
      logger.warn("a rescreen failed: it is tried again", { code: ran.code, said: ran.said, nextInMs });
      await pause(nextInMs, signal);
      if (signal.aborted) return null;
    }
  }

  async function say(held: () => readonly HeldStill[]): Promise<void> {
    try {
      const told = held();
      if (told.length > 0) await tell(told);
    } catch (error) {
      logger.warn("what is held still after a rescreen could not be told", { error });
    }
  }

  async function work(): Promise<void> {
    try {
      while (waiting.size > 0 && !signal.aborted) {
        inRun = [...waiting].slice(0, eventsARun);
        for (const one of inRun) waiting.delete(one);
        const ran = await screen(inRun);
        if (ran === null) return;
        const asked = inRun;
        const events = asked.length;
        inRun = [];
        onEnd(ran.code <= 1 ? "done" : "failed", events);
        await say(() => (ran.code <= 1 ? heldAfter(ran, asked) : failed(asked)));
        if (ran.code > 1)
          logger.error("a rescreen is given up: its events are held still, ask for them again", {
            events,
            code: ran.code,
            said: ran.said,
          });
      }
    } finally {
      // In one step with the last look at who waits: who comes from now on begins anew.
      running = null;
    }
  }

  return {
    async ask(eventId, note) {
      if (!waiting.has(eventId) && waiting.size + entering >= mostWaiting) {
        onEnd("refused", 1);
        throw new Refusal(
          "TOO_MANY",
          `${String(mostWaiting)} events wait to be screened again: this one is held still, ask again when fewer wait, or run \`cordon rescreen --held\``,
        );
      }
      entering += 1;
      try {
        await note();
        waiting.add(eventId);
      } finally {
        entering -= 1;
      }
      running ??= work();
    },
    async close() {
      closing.abort();
      await running;
      const left = [...new Set([...inRun, ...waiting])];
      const events = left.length;
      if (events === 0) return;
      onEnd("left", events);
      await say(() => failed(left));
      logger.error("the desk ended before all events were screened again: they are held still, ask for them again", {
        events,
      });
    },
  };
}

function failed(events: readonly string[]): readonly HeldStill[] {
  return events.map((eventId) => ({ eventId, how: "rescreen failed" }));
}

/** What the command says of those that it did not free. Of the others decisions come, which tell. */
function heldAfter({ stdout }: CordonRun, asked: readonly string[]): readonly HeldStill[] {
  const { heldStill, gone } = reportIn(stdout);
  return asked.flatMap((eventId): readonly HeldStill[] => {
    if (gone?.some((one) => one.eventId === eventId) === true) return [{ eventId, how: "record gone" }];
    return heldStill?.includes(eventId) === true ? [{ eventId, how: "held still" }] : [];
  });
}

interface Report {
  readonly heldStill?: readonly string[] | null;
  readonly gone?: readonly { readonly eventId: string }[];
}

function reportIn(stdout: string): Report {
  const [line = ""] = stdout.split("\n");
  return line === "" ? {} : (JSON.parse(line) as Report);
}

async function timer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
