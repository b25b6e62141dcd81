import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyInstance } from "fastify";

import type { Database } from "../database/connect.ts";
import type { Session } from "../people/sessions.ts";
import { countsFor, ownFor } from "../work/list-alerts.ts";
import { apiBase, type Checks } from "./server.ts";

/** Tells open pages what happens. */
export interface Streams {
  readonly attach: (app: FastifyInstance, checks: Checks) => void;
  /** A notice of the database: an alert that moved, a job, or that counts did. */
  readonly notice: (payload: string) => void;
  readonly open: () => number;
  readonly close: () => void;
}

interface Client {
  readonly reply: FastifyReply;
  readonly person: Session;
  countsDue: boolean;
}

const mostStreams = 500;
const countsEveryMs = 1000;
const aliveEveryMs = 20_000;

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Counts go out once a second at most, however many alerts arrive; a page that is slow is told no more than it takes. */
export function createStreams(database: Database): Streams {
  const clients = new Set<Client>();

  const write = (client: Client, text: string): void => {
    const { raw } = client.reply;
    // Who does not read is let go: the page connects again and asks.
    if (raw.writableLength > 256 * 1024) raw.destroy();
    else raw.write(text);
  };
  /** Checkers are told, too, how many of those they may not check. */
  const countsTold = async ({ userId, roles }: Session): Promise<string> => {
    const counts = event("counts", await countsFor(database, userId));
    if (!roles.includes("checker")) return counts;
    return counts + event("own", await ownFor(database, userId));
  };
  const counting = setInterval(() => {
    for (const client of clients) {
      if (!client.countsDue) continue;
      client.countsDue = false;
      countsTold(client.person).then(
        (text) => write(client, text),
        () => {
          client.countsDue = true;
        },
      );
    }
  }, countsEveryMs).unref();
  const living = setInterval(() => {
    for (const client of clients) write(client, ": alive\n\n");
    void endEnded();
  }, aliveEveryMs).unref();

  /** Whose session is over hears no more. */
  async function endEnded(): Promise<void> {
    const ids = [...clients].map(({ person }) => Buffer.from(person.id, "hex"));
    if (ids.length === 0) return;
    try {
      const { rows } = await database.query<{ token_hash: Buffer }>(
        "SELECT token_hash FROM session WHERE token_hash = ANY($1::bytea[])",
        [ids],
      );
      const open = new Set(rows.map((row) => row.token_hash.toString("hex")));
      for (const client of clients) if (!open.has(client.person.id)) client.reply.raw.end();
    } catch {
      // The database is away: asked again in a while.
    }
  }

  return {
    attach(app, checks) {
      app.get(`${apiBase}/stream`, async (request: FastifyRequest, reply) => {
        let person: Session;
        try {
          person = await checks.person(request);
        } catch (error) {
          return checks.refuse(request, reply, error);
        }
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store, no-transform",
          "x-accel-buffering": "no",
          "x-content-type-options": "nosniff",
        });
        raw.on("error", () => {});
        if (clients.size >= mostStreams) [...clients][0]?.reply.raw.end();
        const client: Client = { reply, person, countsDue: true };
        clients.add(client);
        raw.on("close", () => void clients.delete(client));
        write(client, "retry: 2000\n\n");
        return reply;
      });
    },
    notice(payload) {
      const read =
        payload === ""
          ? {}
          : (JSON.parse(payload) as { alertId?: string; version?: number; job?: string; changed?: readonly string[] });
      for (const client of clients) {
        client.countsDue = true;
        if (read.alertId !== undefined) write(client, event("alert", { alertId: read.alertId, version: read.version }));
        for (const alertId of read.changed ?? []) write(client, event("alert", { alertId }));
        if (read.job !== undefined) write(client, event("job", { id: read.job }));
      }
    },
    open: () => clients.size,
    close() {
      clearInterval(counting);
      clearInterval(living);
      for (const { reply } of clients) reply.raw.end();
    },
  };
}
