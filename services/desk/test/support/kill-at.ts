import pg from "pg";

/*
 * Loaded before the desk's own program (`node --import`), this kills the process, as `kill -9` does, at one step of its work: at a statement to
 * the database that has the text DESK_KILL_AT, or at the COMMIT of the transaction that had it. Every step of ingest and of the outbox
 * stands between two of its statements.
 */

export interface KillPoint {
  /** Part of a statement's text. */
  readonly statement: string;
  /** At the statement itself, or at the end of its transaction. */
  readonly at: "statement" | "commit";
  /** Before the database hears of it, or after it has answered. */
  readonly when: "before" | "after";
}

const point = JSON.parse(process.env["DESK_KILL_AT"] ?? "null") as KillPoint | null;

function die(): never {
  process.kill(process.pid, "SIGKILL");
  // The signal is on its way; nothing may be done meanwhile.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

if (point !== null) {
  const { statement, at, when } = point;
  const within = new WeakSet<pg.Client>();
  const prototype = pg.Client.prototype as unknown as {
    query: (this: pg.Client, ...args: unknown[]) => unknown;
  };
  const original = prototype.query;
  prototype.query = function query(this: pg.Client, ...args) {
    const [text] = args;
    if (typeof text !== "string") return original.apply(this, args);
    if (text === "BEGIN") within.delete(this);
    const named = text.includes(statement);
    if (named) within.add(this);
    const here = at === "statement" ? named : text === "COMMIT" && within.has(this);
    if (here && when === "before") die();
    const answer = original.apply(this, args);
    if (here && answer instanceof Promise) return answer.then(die);
    return answer;
  };
}
