import { setTimeout as sleep } from "node:timers/promises";

/** What people at work met. */
export interface Work {
  /** Milliseconds that the queue's first page took, each time it was asked for. */
  readonly firstPage: number[];
  /** Alerts by whoever was given them as the next. */
  readonly taken: string[];
  readonly deeds: Map<string, number>;
}

const betweenDeeds = 5000;

/** Until aborted: asks for the first page and does something, once in five seconds. Every third checks what the others propose. */
export async function workAsPerson(
  { url, cookie, number }: { readonly url: string; readonly cookie: string; readonly number: number },
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  const call = async (
    method: "GET" | "POST",
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Answer }> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, "x-desk": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Answer };
  };
  const note = (what: string, status: number): void => {
    const key = `${what} ${String(status)}`;
    work.deeds.set(key, (work.deeds.get(key) ?? 0) + 1);
  };
  await sleep((number * 97) % betweenDeeds, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    const began = performance.now();
    const page = await call("GET", "/alerts?view=queue");
    work.firstPage.push(performance.now() - began);
    note("queue", page.status);
    await (number % 3 === 2 ? check(call, note) : propose(call, note, work));
    await sleep(Math.max(0, betweenDeeds - (performance.now() - began)), undefined, { signal }).catch(() => {});
  }
}

interface Answer {
  readonly alertId?: string;
  readonly version?: number;
  readonly evidenceHash?: string;
  readonly items?: readonly { readonly alertId: string }[];
  readonly proposal?: { readonly id: string };
}

type Call = (method: "GET" | "POST", path: string, body?: object) => Promise<{ status: number; body: Answer }>;
type Note = (what: string, status: number) => void;

async function propose(call: Call, note: Note, work: Work): Promise<void> {
  const { status, body } = await call("POST", "/alerts/next", {});
  note("next", status);
  if (status !== 200 || body.alertId === undefined) return;
  work.taken.push(body.alertId);
  const made = await call("POST", `/alerts/${body.alertId}/proposals`, {
    decision: "RELEASE",
    reasons: ["OTHER"],
    rationale: "Said by a made-up person of the bench.",
    version: body.version,
    evidenceHash: body.evidenceHash,
  });
  note("propose", made.status);
}

async function check(call: Call, note: Note): Promise<void> {
  const { body: page } = await call("GET", "/alerts?view=check&limit=20");
  const { items = [] } = page;
  const one = items[Math.floor(Math.random() * items.length)];
  if (one === undefined) return;
  const { body } = await call("GET", `/alerts/${one.alertId}`);
  if (body.proposal === undefined) return;
  const { version, evidenceHash } = body;
  note("agree", (await call("POST", `/proposals/${body.proposal.id}/agree`, { version, evidenceHash })).status);
}
