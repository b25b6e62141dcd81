import type { OutRecord } from "./port.ts";

/** Resolves when every record is acknowledged. The signal ends what nobody waits for any more. */
export type SendAll = (records: readonly OutRecord[], signal: AbortSignal) => Promise<void>;

interface Asked {
  readonly records: readonly OutRecord[];
  readonly signal: AbortSignal;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Sends together what is asked for in one turn of the event loop: batches of several partitions that came in one fetch are screened in
 * one turn, and a call to a broker costs more than a small batch. When they fail together each is sent by itself, so that
 * who asked hears of his own records; a record may then be written twice, as after any failed call. No call begins with the records of
 * who has given up: he may have sent them again, and others of the same key behind them.
 */
export function gathering(send: SendAll): SendAll {
  let waiting: Asked[] = [];

  function sendWaiting(): void {
    const asked = waiting;
    waiting = [];
    const together = asked.filter(({ signal }) => !signal.aborted);
    if (together.length > 1) void sendTogether(together);
    for (const one of asked) if (together.length === 1 || one.signal.aborted) settle(one);
  }

  function settle({ records, signal, done }: Asked): void {
    if (signal.aborted) done.reject(signal.reason);
    else send(records, signal).then(done.resolve, done.reject);
  }

  async function sendTogether(asked: readonly Asked[]): Promise<void> {
    const records = asked.flatMap((one) => one.records);
    const { signal, forget } = whenAllGaveUp(asked.map((one) => one.signal));
    try {
      await send(records, signal);
      for (const { done } of asked) done.resolve();
    } catch {
      for (const one of asked) settle(one);
    } finally {
      forget();
    }
  }

  return (records, signal) => {
    const done = Promise.withResolvers<void>();
    waiting.push({ records, signal, done });
    if (waiting.length === 1) setImmediate(sendWaiting);
    return done.promise;
  };
}

/** Aborted once all of them are. */
function whenAllGaveUp(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; readonly forget: () => void } {
  const all = new AbortController();
  const check = (): void => {
    if (signals.every(({ aborted }) => aborted)) all.abort(new Error("nobody waits for these records any more"));
  };
  for (const signal of signals) signal.addEventListener("abort", check, { once: true });
  return {
    signal: all.signal,
    forget: () => {
      for (const signal of signals) signal.removeEventListener("abort", check);
    },
  };
}
