import { setTimeout as sleep } from "node:timers/promises";

import { keepConnections } from "./kept-connections.ts";

/** What became of one message. */
export interface Told {
  /** Milliseconds from when the message was due to be sent. */
  readonly takenMs: number;
  readonly decidedMs: number;
  readonly outcome: string;
}

export interface LoadOptions {
  readonly url: string;
  readonly rate: number;
  readonly messages: readonly string[];
}

export interface Load {
  readonly told: readonly Told[];
  /** Requests that came to nothing, by what was answered. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Sends at a fixed rate, whether or not answers come: a slow gateway is not spared. */
export async function sendAtRate({ url, rate, messages }: LoadOptions): Promise<Load> {
  const { host } = new URL(url);
  const connections = keepConnections(new URL(url));
  const posts = messages.map((message) => postOf(host, message));
  const told: Told[] = [];
  const failures = new Map<string, number>();
  const fail = (what: string): void => void failures.set(what, (failures.get(what) ?? 0) + 1);
  const under: Promise<void>[] = [];

  async function one(post: Uint8Array, due: number): Promise<void> {
    const sent = await connections.send(post);
    const takenMs = performance.now() - due;
    if (sent.status !== 202) return fail(`POST ${String(sent.status)}`);
    const { events } = JSON.parse(sent.body) as { readonly events: readonly [{ readonly decision: string }] };
    const asked = await connections.send(getOf(host, `${events[0].decision}?wait=30`));
    if (asked.status !== 200) return fail(`GET ${String(asked.status)}`);
    const { outcome } = JSON.parse(asked.body) as { readonly outcome: string };
    told.push({ takenMs, decidedMs: performance.now() - due, outcome });
  }

  const zero = performance.now();
  for (const [number, post] of posts.entries()) {
    const due = zero + (number / rate) * 1000;
    while (performance.now() < due) await sleep(1);
    under.push(
      one(post, due).catch((error: unknown) => {
        fail(error instanceof Error ? error.message : "failed");
      }),
    );
  }
  await Promise.all(under);
  connections.close();
  return { told, failures };
}

function postOf(host: string, message: string): Uint8Array {
  const length = Buffer.byteLength(message);
  const head = `POST /v1/messages HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/xml\r\ncontent-length: ${String(length)}\r\n\r\n`;
  return Buffer.from(head + message);
}

function getOf(host: string, path: string): Uint8Array {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
}
