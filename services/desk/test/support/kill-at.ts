import { writeSync } from "node:fs";

import pg from "pg";

/*
 * Loaded before the desk's own program (`node --import`), this halts the process at one step of its work, as DESK_HALT says. Each step of
 * ingest, agreement and outbox stands between two statements to the database.
 */

export interface Halt {
  /** Of which transactions: those that say this in a statement, or as the first value of one. */
  readonly within: string;
  /** Part of the statement's text. */
  readonly statement: string;
  /** Before the database hears of it, or when it has answered. */
  readonly when: "before" | "after";
  /** SIGKILL, or SIGSTOP, after which the process goes on with SIGCONT; that it was stopped is told in a line, with its id. */
  readonly signal: "SIGKILL" | "SIGSTOP";
}

const wanted = JSON.parse(process.env["DESK_HALT"] ?? "null") as Halt | null;
if (wanted !== null) watch(wanted);

function watch({ within, statement, when, signal }: Halt): void {
  const named = new WeakSet<pg.Client>();
  let halted = false;
  const halt = (): void => {
    if (halted) return;
    halted = true;
    writeSync(1, `${JSON.stringify({ msg: "halted", pid: process.pid })}\n`);
    process.kill(process.pid, signal);
    // The signal is on its way: nothing may be done meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  };
  const prototype = pg.Client.prototype as unknown as { query: (this: pg.Client, ...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function halting(this: pg.Client, ...args) {
    const [text, values] = args;
    if (typeof text !== "string") return query.apply(this, args);
    if (text === "BEGIN") named.delete(this);
    if (text.includes(within) || (Array.isArray(values) && values[0] === within)) named.add(this);
    const here = text.includes(statement) && named.has(this);
    if (here && when === "before") halt();
    const answer = query.apply(this, args);
    return here && when === "after" && answer instanceof Promise ? answer.then((told) => (halt(), told)) : answer;
  };
}
