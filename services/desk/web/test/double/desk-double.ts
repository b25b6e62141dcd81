import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { createPage } from "../../src/index.ts";
import type { Alert, Decision, GoodGuy, Happened, Item, Sample, View } from "../../src/page/wire.ts";
import { heldEvent, sampleAlerts } from "./alerts.ts";
import { finishedJobs } from "./jobs.ts";
import { password, people, type Person } from "./people.ts";

/*
 * A desk in memory that answers by the contract: for the flows of the page, and for looking at it. It keeps no audit and
 * has no Kafka; the refusals that a page meets are those of the contract, in its order.
 */

export interface DeskDouble {
  readonly url: string;
  readonly alerts: Map<string, Alert>;
  readonly goodGuys: Map<string, GoodGuy>;
  /** Requests as `POST /alerts/…`, in order. */
  readonly requests: string[];
  /** Bodies of the writes by their path. */
  readonly bodies: Map<string, unknown>;
  /** Changes an alert as somebody else would, and tells the pages. */
  change(alertId: string, change: Partial<Alert>): void;
  add(alert: Alert): void;
  endSessions(): void;
  /** Pages that listen to what changes. */
  listeners(): number;
  /** What every request is refused with from now on; null: none. */
  refuseAll: { readonly status: number; readonly code: string; readonly message: string } | null;
  stop(): Promise<void>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly me: Person;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const finals = ["RELEASED", "REJECTED", "SUPERSEDED"];

const needRole = ({ me }: Asked, ...roles: readonly string[]): void => {
  if (!me.roles.some((role) => roles.includes(role)))
    throw new Refusal(403, "ROLE_MISSING", `This needs the role ${roles.join(" or ")}.`);
};

const isOf = (alert: Alert, view: View, me: string): boolean => {
  const { state, assignee, holdReason } = alert;
  if (finals.includes(state)) return view === "closed";
  if (view === "holds") return holdReason !== null && holdReason !== undefined;
  if (holdReason !== null && holdReason !== undefined) return false;
  const isQueued = state === "OPEN" || state === "TAKEN";
  return {
    queue: isQueued,
    mine: isQueued && assignee === me,
    check: state === "PROPOSED",
    escalated: state === "ESCALATED",
    closed: false,
  }[view];
};

const itemOf = ({
  alertId,
  eventId,
  state,
  version,
  name,
  designationId,
  list,
  score,
  dueAt,
  assignee,
  holdReason,
  matchedName,
  makers,
  timeline,
}: Alert): Item => ({
  alertId,
  eventId,
  state,
  version,
  name,
  designationId: designationId ?? null,
  list: list ?? null,
  score: score ?? null,
  dueAt: dueAt ?? null,
  assignee: assignee ?? null,
  holdReason: holdReason ?? null,
  matchedName: matchedName ?? null,
  ...(makers === undefined ? {} : { makers }),
  ...(timeline.find(({ action }) => action === "sent back" || action === "proposed")?.action === "sent back"
    ? { returned: "SENT_BACK" }
    : {}),
});

/** One of each kind that is drawn for a second look. */
const samples = (now: number): readonly Sample[] =>
  (["release", "good-guy"] as const).map((kind, n) => ({
    id: `${kind}-1`,
    kind,
    alertId: "a-1",
    eventId: "e-1",
    name: "Tamsin Orrell",
    designationId: "uk:TEST1",
    maker: "hanna",
    checker: "omar",
    passedAt: now - (n + 1) * 3_600_000,
  }));

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export async function startDeskDouble(): Promise<DeskDouble> {
  const page = await createPage({ signIn: ["local"], lists: ["uk", "un", "ofac", "eu", "own"] });
  const now = Date.now();
  const alerts = new Map(
    [...sampleAlerts(now), heldEvent(now, "NAME_UNREADABLE", 1), heldEvent(now, "INDEX_STALE", 2)].map((alert) => [
      alert.alertId,
      alert,
    ]),
  );
  const goodGuys = new Map<string, GoodGuy>();
  const sessions = new Map<string, Person>();
  const streams = new Set<ServerResponse>();
  const requests: string[] = [];
  const bodies = new Map<string, unknown>();

  const tell = (event: string, data: unknown): void => {
    for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const keep = (alert: Alert): Alert => {
    alerts.set(alert.alertId, alert);
    tell("alert", { alertId: alert.alertId, version: alert.version });
    return alert;
  };
  const next = (
    alert: Alert,
    action: string,
    actor: string,
    change: Partial<Alert>,
    told: Pick<Happened, "note" | "proposal"> = {},
  ): Alert =>
    keep({
      ...alert,
      ...change,
      version: alert.version + 1,
      timeline: [{ at: Date.now(), action, actor, ...told }, ...alert.timeline],
    });
  /** The state stays, and the version; as the service does, the pages are told that there is something to read. */
  const tellStory = (alert: Alert, action: string): void => {
    const timeline = [{ at: Date.now(), action, actor: "cordon" }, ...alert.timeline];
    alerts.set(alert.alertId, { ...alert, timeline });
    tell("alert", { alertId: alert.alertId });
  };
  const find = (id: string): Alert => {
    const alert = alerts.get(id);
    if (alert === undefined) throw new Refusal(404, "NOT_FOUND", "There is no such alert.");
    return alert;
  };
  const current = (alert: Alert, { body }: Asked): void => {
    if (finals.includes(alert.state)) throw new Refusal(409, "STATE_FINAL", "This alert is decided already.");
    if (body["evidenceHash"] !== alert.evidenceHash) {
      if (alert.state === "PROPOSED") next(alert, "sent back", "the desk", { state: "TAKEN", proposal: null });
      throw new Refusal(409, "EVIDENCE_CHANGED", "The evidence changed while you read it.");
    }
    if (body["version"] !== alert.version)
      throw new Refusal(409, "VERSION_CONFLICT", "Somebody else changed this alert.");
  };
  const counts = (me: string): Readonly<Record<View, number>> => {
    const count = (view: View): number => [...alerts.values()].filter((alert) => isOf(alert, view, me)).length;
    return {
      queue: count("queue"),
      mine: count("mine"),
      check: count("check"),
      escalated: count("escalated"),
      holds: count("holds"),
      closed: count("closed"),
    };
  };

  const listed = ({ search, me }: Asked): Answer => {
    const view = (search.get("view") ?? "queue") as View;
    const q = (search.get("q") ?? "").toLowerCase();
    const words = q.split(/\s+/).filter((word) => word !== "");
    const fits = (alert: Alert): boolean =>
      [alert.alertId, alert.eventId, alert.designationId].includes(q) ||
      words.every((word) => alert.name.toLowerCase().split(/\s+/).includes(word));
    const all = [...alerts.values()]
      .filter((alert) => isOf(alert, view, me.userId) && (q === "" || fits(alert)))
      .filter((alert) => search.get("list") === null || alert.list === search.get("list"))
      .toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt));
    const after = Number(search.get("after") ?? "0");
    const limit = Number(search.get("limit") ?? "50");
    const items = all.slice(after, after + limit).map(itemOf);
    const more = after + limit < all.length ? { next: String(after + limit) } : {};
    const isOwn = (alert: Alert): boolean => alert.makers?.includes(me.userId) === true;
    const own = { check: [...alerts.values()].filter((alert) => isOf(alert, "check", "") && isOwn(alert)).length };
    return { status: 200, body: { items, ...more, counts: counts(me.userId), own } };
  };

  const propose = (asked: Asked, alert: Alert): Answer => {
    const { body, me } = asked;
    needRole(asked, "handler");
    const decision = body["decision"] as Decision;
    if (!["RELEASE", "REJECT", "ESCALATE"].includes(decision))
      throw new Refusal(400, "BAD_REQUEST", "No such decision.");
    const rationale = textOf(body["rationale"]);
    if (rationale.trim().length < 10) throw new Refusal(422, "RATIONALE_MISSING", "Say why in 10 to 4,000 characters.");
    const reasons = body["reasons"] as readonly string[];
    if (reasons.length === 0 && decision !== "ESCALATE")
      throw new Refusal(422, "REASON_UNKNOWN", "Name at least one reason.");
    current(alert, asked);
    if (
      !["OPEN", "TAKEN", "ESCALATED"].includes(alert.state) ||
      (alert.state === "TAKEN" && alert.assignee !== me.userId)
    )
      throw new Refusal(409, "VERSION_CONFLICT", "Somebody else works on this alert.");
    const makers = [...new Set([...(alert.makers ?? []), me.userId])];
    const told = { proposal: { decision, reasons, rationale } };
    if (decision === "ESCALATE")
      return {
        status: 201,
        body: next(alert, "escalated", me.userId, { state: "ESCALATED", assignee: null, makers }, told),
      };
    const proposal = { id: randomUUID(), decision, reasons, rationale, maker: me.userId, proposedAt: Date.now() };
    const goodGuy = body["goodGuy"] as { days: number } | undefined;
    if (goodGuy !== undefined) {
      const id = randomUUID();
      goodGuys.set(id, {
        id,
        state: "PROPOSED",
        designationId: alert.designationId ?? "",
        maker: me.userId,
        expiresAt: Date.now() + goodGuy.days * 86_400_000,
        name: alert.name,
        reasons,
        rationale,
        alertId: alert.alertId,
      });
    }
    return {
      status: 201,
      body: next(alert, "proposed", me.userId, { state: "PROPOSED", assignee: me.userId, proposal, makers }, told),
    };
  };

  const check = (asked: Asked, id: string, verb: string): Answer => {
    const alert = [...alerts.values()].find(({ proposal }) => proposal?.id === id);
    needRole(asked, "checker");
    if (alert?.proposal === undefined || alert.proposal === null)
      throw new Refusal(404, "NOT_FOUND", "There is no such proposal.");
    if (alert.makers?.includes(asked.me.userId) === true)
      throw new Refusal(403, "SAME_PERSON", "Maker and checker must be two people.");
    if (verb === "send-back" && textOf(asked.body["note"]).length < 10)
      throw new Refusal(422, "RATIONALE_MISSING", "Say why in 10 to 4,000 characters.");
    current(alert, asked);
    const note = asked.body["note"] === undefined ? {} : { note: textOf(asked.body["note"]) };
    if (verb === "send-back")
      return { status: 200, body: next(alert, "sent back", asked.me.userId, { state: "TAKEN", proposal: null }, note) };
    const state = alert.proposal.decision === "RELEASE" ? "RELEASED" : "REJECTED";
    next(alert, "agreed", asked.me.userId, { state, proposal: null }, note);
    return { status: 200, body: { dispositionId: randomUUID(), decision: alert.proposal.decision } };
  };

  const onAlert = (asked: Asked, id: string, verb: string | undefined): Answer => {
    const alert = find(id);
    const { me, body } = asked;
    switch (verb) {
      case undefined:
        return { status: 200, body: alert };
      case "take":
        needRole(asked, "handler");
        if (alert.state !== "OPEN") throw new Refusal(409, "VERSION_CONFLICT", "Somebody else has it.");
        return { status: 200, body: next(alert, "taken", me.userId, { state: "TAKEN", assignee: me.userId }) };
      case "give-back":
        needRole(asked, "handler");
        return { status: 200, body: next(alert, "given back", me.userId, { state: "OPEN", assignee: null }) };
      case "notes":
        needRole(asked, "handler");
        if (textOf(body["note"]).length < 10)
          throw new Refusal(422, "RATIONALE_MISSING", "A note has 10 to 4,000 characters.");
        return { status: 200, body: next(alert, "note", me.userId, {}) };
      case "proposals":
        return propose(asked, alert);
      case "replay":
        return { status: 200, body: { same: true, differences: [] } };
      default:
        throw new Refusal(404, "NOT_FOUND", "There is no such address.");
    }
  };

  const onGoodGuy = (asked: Asked, id: string, verb: string | undefined): Answer => {
    const one = goodGuys.get(id);
    if (one === undefined) throw new Refusal(404, "NOT_FOUND", "There is no such good guy.");
    if (verb === undefined) return { status: 200, body: one };
    if (verb !== "revoke" && one.maker === asked.me.userId)
      throw new Refusal(403, "SAME_PERSON", "Maker and checker must be two people.");
    if (verb !== "agree" && textOf(asked.body["note"]).length < 10)
      throw new Refusal(422, "RATIONALE_MISSING", "Say why in 10 to 4,000 characters.");
    const state = verb === "agree" ? "ACTIVE" : "REVOKED";
    goodGuys.set(id, { ...one, state, checker: asked.me.userId });
    return { status: 200, body: goodGuys.get(id) };
  };

  const answer = (asked: Asked): Answer => {
    const { method, path, me, search } = asked;
    const [, first = "", id, verb] = path.split("/").map(decodeURIComponent);
    if (first === "me") return { status: 200, body: me };
    if (first === "alerts" && id === undefined) return listed(asked);
    if (first === "alerts" && id === "next") {
      needRole(asked, "handler");
      const open = [...alerts.values()]
        .filter((alert) => alert.state === "OPEN" && isOf(alert, "queue", ""))
        .toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt))[0];
      return open === undefined
        ? { status: 204 }
        : { status: 200, body: next(open, "taken", me.userId, { state: "TAKEN", assignee: me.userId }) };
    }
    if (first === "alerts" && id !== undefined) return onAlert(asked, id, verb);
    if (first === "proposals" && id !== undefined && verb !== undefined) return check(asked, id, verb);
    if (first === "events") {
      const held = [...alerts.values()].find(({ eventId }) => eventId === id);
      if (held === undefined) throw new Refusal(404, "NOT_FOUND", "There is no such event.");
      // What only waiting mends is freed by it; what is wrong with the record stays wrong.
      const freed = held.holdReason === "INDEX_STALE" || held.holdReason === "DEADLINE_PASSED";
      setTimeout(() => {
        if (freed) next(held, "rescreened", "the desk", { state: "SUPERSEDED" });
        else tellStory(held, "held still");
      }, 200);
      return { status: 202, body: {} };
    }
    if (first === "good-guys" && id !== undefined) return onGoodGuy(asked, id, verb);
    if (first === "good-guys")
      return {
        status: 200,
        body: {
          items: [...goodGuys.values()].filter(
            ({ state }) => search.get("state") === null || state === search.get("state"),
          ),
        },
      };
    if (first === "samples") return { status: 200, body: { items: samples(now) } };
    if (["look-backs", "shadow-runs", "customer-files"].includes(first)) return jobs(asked, first);
    if (first === "reports") {
      needRole(asked, "auditor");
      return { status: 200, body: report(id ?? "") };
    }
    if (first === "audit" && id === "verify") return { status: 200, body: { ok: true, rows: 1234 } };
    if (first === "audit") {
      needRole(asked, "auditor");
      return { status: 200, body: { items: auditRows() } };
    }
    throw new Refusal(404, "NOT_FOUND", `${method} ${path} is not here.`);
  };

  const running: unknown[] = [...finishedJobs(Date.now())];
  const jobs = (asked: Asked, kind: string): Answer => {
    if (asked.method === "GET")
      return { status: 200, body: { items: running.filter((job) => (job as { kind: string }).kind === kind) } };
    needRole(asked, "checker");
    running.unshift({
      kind,
      id: randomUUID(),
      state: "RUNNING",
      startedAt: Date.now(),
      progress: 0.4,
      by: asked.me.userId,
      settings: asked.body,
      result: { alerts: 3 },
    });
    return { status: 202, body: {} };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://desk.invalid");
    const sent = (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (!url.pathname.startsWith("/api/v1/")) {
      const file = page({ path: url.pathname, acceptEncoding: request.headers["accept-encoding"]?.toString() });
      if (file === null) return sent(404, { code: "NOT_FOUND", message: "no page" });
      response.writeHead(file.status, file.headers);
      response.end(file.body);
      return;
    }
    const path = url.pathname.slice("/api/v1".length);
    const method = request.method ?? "GET";
    requests.push(`${method} ${path}`);
    const cookie = /__Host-desk-session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
    const me = sessions.get(cookie);
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    if (method !== "GET") bodies.set(path, body);
    if (double.refuseAll !== null) return sent(double.refuseAll.status, double.refuseAll);
    if (method !== "GET" && request.headers["x-desk"] !== "1")
      return sent(403, { code: "CROSS_SITE", message: "Not from the desk's own page." });
    if (path === "/session" && method === "POST") {
      const person = people.find(({ userId }) => userId === body["user"]);
      if (person === undefined || body["password"] !== password)
        return sent(401, { code: "SIGN_IN_NEEDED", message: "Wrong." });
      const id = createHash("sha256").update(randomUUID()).digest("hex");
      sessions.set(id, person);
      return sent(200, person, { "set-cookie": `__Host-desk-session=${id}; Path=/; HttpOnly; Secure; SameSite=Lax` });
    }
    if (me === undefined) return sent(401, { code: "SIGN_IN_NEEDED", message: "Sign in first." });
    if (path === "/session") {
      sessions.delete(cookie);
      return sent(204);
    }
    if (path === "/stream") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": here\n\n");
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return;
    }
    try {
      const result = answer({ method, path, search: url.searchParams, body, me });
      sent(result.status, result.body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sent(error.status, { code: error.code, message: error.message });
    }
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "application/json" });
      response.end(JSON.stringify({ code: "BROKEN", message: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const double: DeskDouble = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    alerts,
    goodGuys,
    requests,
    bodies,
    change: (alertId, change) => {
      const alert = find(alertId);
      keep({ ...alert, ...change, version: alert.version + 1 });
    },
    add: (alert) => {
      keep(alert);
    },
    endSessions: () => {
      sessions.clear();
    },
    listeners: () => streams.size,
    refuseAll: null,
    stop: async () => {
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

function report(name: string): unknown {
  return {
    name,
    columns: [
      { name: "Age", unit: "text" },
      { name: "Alerts", unit: "count" },
      { name: "Late", unit: "share" },
      { name: "Median", unit: "seconds" },
    ],
    rows: [
      ["under an hour", 128, 0.01, 45],
      ["1 to 4 hours", 64, 0.2, 320],
      ["4 to 24 hours", 18, 0.61, 5400],
      ["over a day", 4, 1, 93_000],
      ["uk, The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025", 2, 0, 60],
    ],
  };
}

function auditRows(): readonly unknown[] {
  return Array.from({ length: 30 }, (_, index) => ({
    seq: index + 1,
    at: Date.now() - index * 60_000,
    actor: people[index % people.length]?.userId,
    action: ["alert-read", "taken", "proposed", "agreed"][index % 4],
    subject: "5f3a91c2".repeat(4),
    hash: createHash("sha256").update(String(index)).digest("hex"),
  }));
}
