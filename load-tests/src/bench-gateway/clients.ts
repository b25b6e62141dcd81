import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

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
  readonly count: number;
  readonly messageAt: (number: number) => string;
}

export interface Load {
  readonly told: readonly Told[];
  /** Requests that came to nothing, by what was answered. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Sends at a fixed rate, whether or not answers come: a slow gateway is not spared. */
export async function sendAtRate({ url, rate, count, messageAt }: LoadOptions): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  const told: Told[] = [];
  const failures = new Map<string, number>();
  const fail = (what: string): void => void failures.set(what, (failures.get(what) ?? 0) + 1);
  const under: Promise<void>[] = [];
  const zero = performance.now();

  async function one(number: number, due: number): Promise<void> {
    const sent = await call(agent, `${url}/v1/messages`, messageAt(number));
    const takenMs = performance.now() - due;
    const [event] = (sent.body as { readonly events?: readonly { readonly decision: string }[] }).events ?? [];
    if (sent.status !== 202 || event === undefined) return fail(`POST ${String(sent.status)}`);
    const asked = await call(agent, `${url}${event.decision}?wait=30`, null);
    if (asked.status !== 200) return fail(`GET ${String(asked.status)}`);
    const { outcome } = asked.body as { readonly outcome: string };
    told.push({ takenMs, decidedMs: performance.now() - due, outcome });
  }

  for (let number = 0; number < count;) {
    const now = performance.now();
    for (; number < count && zero + (number / rate) * 1000 <= now; number++)
      under.push(
        one(number, zero + (number / rate) * 1000).catch((error: unknown) => {
          fail(error instanceof Error ? error.message : "failed");
        }),
      );
    await sleep(1);
  }
  await Promise.all(under);
  agent.destroy();
  return { told, failures };
}

function call(
  agent: Agent,
  url: string,
  body: string | null,
): Promise<{ readonly status: number; readonly body: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        method: body === null ? "GET" : "POST",
        headers: body === null ? {} : { "content-type": "application/xml", "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString()) });
        });
      },
    );
    asked.once("error", reject);
    asked.end(body ?? undefined);
  });
}

/** A gateway that is too busy to read a request in time answers 408 without a word. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
