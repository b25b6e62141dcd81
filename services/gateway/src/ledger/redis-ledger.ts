import type { RedisConnection } from "@cordon/index-store";

import type { Adopted, Claim, KnownEvent, Ledger, NamedMessage, Registered } from "./port.ts";
import {
  adoptScript,
  beatScript,
  claimScript,
  deadScript,
  decidedScript,
  inheritedScript,
  registerScript,
  stateScript,
  trimScript,
} from "./scripts.ts";

export interface RedisLedgerOptions {
  readonly connection: RedisConnection;
  readonly keyPrefix: string;
  /** Names this process; no other one has had it. */
  readonly instance: string;
  readonly keptMs: number;
  /** A message may be in hand for so long; then another request may go on with it. */
  readonly claimMs: number;
  /** A replica that says nothing for so long is gone. */
  readonly deadMs: number;
}

/** Verdicts in one call: each may hold an alert. */
const verdictsACall = 50;

/** All keys share one hash tag, so that a script may touch several of them in a cluster. */
export function redisLedger(options: RedisLedgerOptions): Ledger {
  const { connection, instance, keptMs, claimMs, deadMs } = options;
  const base = `${options.keyPrefix}{gw}:`;
  const instances = `${base}instances`;
  const heirs = `${base}heirs`;
  const openOf = (name: string): string => `${base}open:${name}`;
  const messageKey = ({ key }: NamedMessage): string => `${base}m:${key}`;
  const eventKey = (eventId: string): string => `${base}e:${eventId}`;
  const script = <T>(doing: string, text: string, keys: readonly string[], args: readonly Argument[]): Promise<T> =>
    connection.run(doing, async (redis) => (await redis.eval(text, keys.length, ...keys, ...args)) as T);
  const setState = (message: NamedMessage, state: "claimed" | "done" | "partial", sent = ""): Promise<unknown> =>
    script(
      `noting a message as ${state}`,
      stateScript,
      [messageKey(message)],
      [instance, state, sent, keptMs, claimMs],
    );

  /** Messages that requests of this process have claimed, or are about to. */
  const inHand = new Set<string>();
  /** Replicas that are gone, and whose open events this one looks after. */
  const estates = new Set<string>();
  async function claimOnce(message: NamedMessage, here: "idle" | "busy"): Promise<Claim> {
    const keys = [messageKey(message), instances];
    const args = [message.print, instance, keptMs, claimMs, deadMs, here];
    const [kind, sent] = await script<[Claim["kind"], string]>("claiming a message", claimScript, keys, args);
    return kind === "claimed" ? { kind, sent: Number(sent) } : { kind };
  }

  /** Until it is noted nobody else may take it up. */
  async function lay(message: NamedMessage, state: "done" | "partial"): Promise<void> {
    try {
      await setState(message, state);
    } finally {
      inHand.delete(message.key);
    }
  }

  return {
    async claim(message) {
      if (inHand.has(message.key)) return claimOnce(message, "busy");
      inHand.add(message.key);
      let mine = false;
      try {
        const claim = await claimOnce(message, "idle");
        mine = claim.kind === "claimed";
        return claim;
      } finally {
        if (!mine) inHand.delete(message.key);
      }
    },
    async sent(message, events) {
      await setState(message, "claimed", String(events));
    },
    finish: (message) => lay(message, "done"),
    release: (message) => lay(message, "partial"),
    async register(events, client) {
      const [kind, said] = await script<[Registered["kind"], string]>(
        "registering events",
        registerScript,
        [openOf(instance), instances, ...events.map(({ eventId }) => eventKey(eventId))],
        [client, keptMs, instance, ...events.flatMap(({ eventId, print }) => [eventId, print])],
      );
      return kind === "registered" ? { kind, at: Number(said) } : { kind, eventId: said };
    },
    event: (eventId, client) =>
      connection.run("looking for an event", async (redis) =>
        knownEvent(await redis.hmgetBuffer(eventKey(eventId), "at", `c:${client}`, "outcome", "decision", "alert")),
      ),
    async decided(verdicts) {
      const all = [...verdicts];
      const sets = [instance, ...estates].map(openOf);
      for (let from = 0; from < all.length; from += verdictsACall) {
        const some = all.slice(from, from + verdictsACall);
        const keys = [...sets, ...some.map(([eventId]) => eventKey(eventId))];
        const args = some.flatMap(([eventId, { outcome, decision, alert }]) => [
          eventId,
          outcome,
          decision,
          alert ?? "",
        ]);
        await script("noting decisions", decidedScript, keys, [sets.length, ...args]);
      }
    },
    async beat(followedAt) {
      await script("saying that this replica lives", beatScript, [instances], [instance, Math.floor(followedAt)]);
    },
    async adopt(known = new Set()) {
      const adopted: Adopted[] = [];
      const asked = [instances, heirs];
      for (const from of await script<string[]>("looking for dead replicas", deadScript, asked, [instance, deadMs])) {
        if (known.has(from)) continue;
        const args = [instance, deadMs, from];
        try {
          const keys = [...asked, openOf(from)];
          const [followedAt, ...left] = await script<string[]>("adopting open events", adoptScript, keys, args);
          if (followedAt === undefined) continue;
          estates.add(from);
          adopted.push({ from, followedAt: Number(followedAt), events: scored(left) });
        } catch (error) {
          // What was taken in hand before is looked after; the others are asked for the next time.
          if (adopted.length === 0) throw error;
          break;
        }
      }
      return adopted;
    },
    async inherited(from) {
      const keys = [instances, heirs, openOf(from), openOf(instance)];
      await script("inheriting open events", inheritedScript, keys, [instance, from, keptMs]);
      estates.delete(from);
    },
    async trim() {
      await script("forgetting old events", trimScript, [openOf(instance)], [keptMs]);
    },
  };
}

type Argument = string | number | Buffer;

function knownEvent([at, mine, outcome, decision, alert]: readonly (Buffer | null | undefined)[]): KnownEvent | null {
  if (at === null || at === undefined) return null;
  const known = { at: Number(at.toString()), mine: mine !== null && mine !== undefined };
  if (outcome === null || outcome === undefined || decision === null || decision === undefined)
    return { ...known, verdict: null };
  const told = alert === null || alert === undefined || alert.length === 0 ? null : alert;
  return { ...known, verdict: { outcome: outcome.toString(), decision, alert: told } };
}

/** Members and scores, one after the other. */
function scored(flat: readonly string[]): Adopted["events"] {
  return Array.from({ length: flat.length / 2 }, (_, row) => ({
    eventId: flat[2 * row] ?? "",
    at: Number(flat[2 * row + 1]),
  }));
}
