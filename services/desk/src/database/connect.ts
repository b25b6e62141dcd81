import type { Logger } from "@cordon/service";
import pg from "pg";

import { Refusal } from "../rules/refusal.ts";

/** What runs a statement: within a transaction, or each by itself. */
export interface Tx {
  query<R extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: R[]; rowCount: number | null }>;
}

export interface Database extends Tx {
  /** Runs `work` in one transaction. A serialisation failure or a deadlock is tried again, three times. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own for notifications; `onNotice` hears of each. Connects again when it is lost. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** int8 as a number: positions and counters here stay far below 2^53. A date stays text. */
const types = new pg.TypeOverrides();
types.setTypeParser(20, (text) => Number(text));
types.setTypeParser(1082, (text) => text);

/** Codes and classes of SQLSTATE that pass by themselves: no connection, shutting down, no room, cannot serialise. */
const passing = /^(?:08|53|57P|25006)/;
const triedAgain: ReadonlySet<string> = new Set(["40001", "40P01"]);

export interface DatabaseOptions {
  readonly url: string;
  /** The role to be; null: the login's own. */
  readonly role: string | null;
  readonly connections: number;
  readonly logger: Logger;
  /** The server ends a statement sooner: whoever hears nothing for so long, milliseconds, has no server any more. Default a minute. */
  readonly answerMs?: number;
}

async function query<R extends pg.QueryResultRow>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
) {
  try {
    return await on.query<R>(text, [...values]);
  } catch (error) {
    throw told(error);
  }
}

export function openDatabase({ url, role, connections, logger, answerMs = 60_000 }: DatabaseOptions): Database {
  const common = {
    connectionString: url,
    application_name: "cordon-desk",
    connectionTimeoutMillis: 5000,
    types,
    ...(role === null ? {} : { options: `-c role=${role}` }),
  };
  const pool = new pg.Pool({
    ...common,
    max: connections,
    statement_timeout: 30_000,
    query_timeout: answerMs,
    idle_in_transaction_session_timeout: 60_000,
  });
  // An idle connection that dies is replaced; who needs one hears of it.
  pool.on("error", (error) => {
    logger.warn("a connection to the database was lost", { state: stateOf(error) });
  });

  async function once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw told(error);
    }
    let broken = false;
    try {
      await client.query("BEGIN");
      const done = await work({ query: (text, values) => query(client, text, values) });
      await client.query("COMMIT");
      return done;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {
        broken = true;
      });
      throw told(error);
    } finally {
      client.release(broken);
    }
  }

  return {
    query: (text, values) => query(pool, text, values),
    async transaction(work) {
      for (let left = 3; ; left--) {
        try {
          return await once(work);
        } catch (error) {
          if (left <= 0 || !(error instanceof DatabaseError) || !triedAgain.has(error.state)) throw error;
        }
      }
    },
    async listen(channel, onNotice) {
      let closed = false;
      let client: pg.Client | null = null;
      const connect = async (): Promise<void> => {
        const next = new pg.Client(common);
        next.on("error", () => {});
        next.on("notification", ({ payload = "" }) => onNotice(payload));
        next.on("end", () => {
          if (!closed) setTimeout(() => void connect().catch(() => {}), 1000).unref();
        });
        try {
          await next.connect();
          await next.query(`LISTEN ${channel}`);
          client = next;
          onNotice("");
        } catch {
          await next.end().catch(() => {});
        }
      };
      await connect();
      return async () => {
        closed = true;
        await client?.end().catch(() => {});
      };
    },
    close: () => pool.end(),
  };
}

/** A failure of the database, without what the server quotes: rows and values may hold names. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly state: string;
  readonly constraint: string;

  constructor(state: string, constraint: string) {
    super(`the database refused: SQLSTATE ${state}${constraint === "" ? "" : `, ${constraint}`}`);
    this.state = state;
    this.constraint = constraint;
  }
}

function stateOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[A-Z0-9_]{1,20}$/.test(code) ? code : "unknown";
}

function told(error: unknown): unknown {
  if (error instanceof Refusal || error instanceof DatabaseError) return error;
  if (error instanceof pg.DatabaseError) {
    const state = stateOf(error);
    return passing.test(state) ? unavailable(state) : new DatabaseError(state, error.constraint ?? "");
  }
  if (!(error instanceof Error)) return error;
  const state = stateOf(error);
  const connection =
    /^(?:E[A-Z]+)$/.test(state) ||
    /connect|terminat|timeout exceeded|read timeout|client was closed|not queryable/i.test(error.message);
  return (connection && error.constructor === Error) || /^E(?:AI_|CONN|PIPE|HOST|TIMED|NET)/.test(state)
    ? unavailable(state)
    : error;
}

function unavailable(state: string): Refusal {
  return new Refusal("STORE_UNAVAILABLE", `the database gives no answer (${state}): nothing was done, try again soon`);
}
