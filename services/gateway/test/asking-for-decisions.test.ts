import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createWorld, type Running, startGateway, type StartOptions, type World } from "./support/gateway-world.ts";
import { get, idsOf, jsonPayment, pacs008, post, type Posted } from "./support/messages.ts";

let world: World;
const running: Running[] = [];
const start = async (options: StartOptions = {}): Promise<Running> => {
  const one = await startGateway(world, options);
  running.push(one);
  return one;
};
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const sent = async (url: string, id: string): Promise<string> =>
  idsOf(await post(url, pacs008(id, ["Jan Kowal"])))[0] ?? "";
const asked = (url: string, id: string, wait = 0): Promise<Posted> =>
  get(url, `/v1/decisions/${id}?wait=${String(wait)}`);

const row = (name: string, token: string): string =>
  `${name} sha256:${createHash("sha256").update(token).digest("hex")}\n`;
const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe("asking for a decision", () => {
  test("an event that nobody has sent is unknown; one without a decision is pending, which is no CLEAR", async () => {
    const { url } = await start();
    expect(await asked(url, "msg-none")).toMatchObject({ status: 404, body: { code: "EVENT_UNKNOWN" } });
    const id = await sent(url, "M1");
    expect(await asked(url, id)).toMatchObject({ status: 202, body: { eventId: id, outcome: "PENDING" } });
    const begun = Date.now();
    expect((await asked(url, id, 0.3)).status).toBe(202);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(290);
  });

  test("who waits is answered as soon as the decision is there", async () => {
    const { url } = await start();
    const id = await sent(url, "M1");
    const waiting = asked(url, id, 20);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begun = Date.now();
    await world.decide(id, "CLEAR");
    expect(await waiting).toMatchObject({ status: 200, body: { eventId: id, outcome: "CLEAR" } });
    expect(Date.now() - begun).toBeLessThan(2000);
    expect(await asked(url, id)).toMatchObject({ status: 200, body: { outcome: "CLEAR" } });
  });

  test("a hit comes with its alert, whichever of both is seen first", async () => {
    const { url } = await start();
    const [one, other] = [await sent(url, "M1"), await sent(url, "M2")];
    await world.alert(one);
    await world.decide(one, "HIT");
    await world.decide(other, "HIT");
    const waiting = asked(url, other, 20);
    expect(await asked(url, one, 20)).toMatchObject({
      status: 200,
      body: { outcome: "HIT", alert: { alertId: "alert-1", money: { amount: "0.00256" } } },
    });
    await world.alert(other);
    expect(await waiting).toMatchObject({ status: 200, body: { outcome: "HIT", alert: { eventId: other } } });
  });

  test("a hit whose alert does not come is told without it", async () => {
    const { url } = await start();
    const id = await sent(url, "M1");
    await world.decide(id, "HIT");
    const answer = await asked(url, id, 20);
    expect(answer).toMatchObject({ status: 200, body: { outcome: "HIT" } });
    expect(answer.body.alert).toBeUndefined();
  });

  test("a HOLD may be replaced later; a CLEAR gives way to a HIT only", async () => {
    const { url } = await start();
    const id = await sent(url, "M1");
    await world.decide(id, "HOLD");
    expect(await asked(url, id, 5)).toMatchObject({
      status: 200,
      body: { outcome: "HOLD", holdReason: "NAME_UNREADABLE" },
    });
    await world.decide(id, "CLEAR");
    await vi.waitFor(async () => {
      expect((await asked(url, id)).body.outcome).toBe("CLEAR");
    });
    await world.decide(id, "HOLD");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await asked(url, id)).body.outcome).toBe("CLEAR");
  });

  test("a HIT that comes after a CLEAR was told is told from then on, by every replica", async () => {
    const [one, other] = [await start(), await start()];
    const id = await sent(one.url, "M1");
    await world.decide(id, "CLEAR");
    expect((await asked(one.url, id, 5)).body.outcome).toBe("CLEAR");
    await vi.waitFor(async () => {
      expect((await asked(other.url, id)).body.outcome).toBe("CLEAR");
    });
    await world.alert(id);
    await world.decide(id, "HIT");
    await vi.waitFor(async () => {
      for (const { url } of [one, other])
        expect((await asked(url, id)).body).toMatchObject({ outcome: "HIT", alert: { alertId: "alert-1" } });
    });
  });

  test.each([
    ["without a header", {}],
    ["whose header is a word that nobody knows", { "cordon-outcome": "RELEASE" }],
    ["whose header says HOLD", { "cordon-outcome": "HOLD" }],
  ])("a record that says CLEAR and %s clears nothing", async (_what, headers) => {
    const { url, log } = await start();
    const id = await sent(url, "M1");
    await world.decide("nobody", "CLEAR", { eventId: id });
    const topic = "screening.decisions.v1";
    const [record] = world.kafka.records(topic);
    const producer = await world.kafka.producer();
    await producer.send([{ topic, key: Buffer.from(id), value: record?.value ?? null, headers }]);
    const answer = await asked(url, id, 5);
    expect(answer.status).toBe(500);
    expect(answer.body.outcome).toBeUndefined();
    expect(log.some(({ msg }) => msg === "a request failed")).toBe(true);
  });

  test("a record under the key of another event clears nothing", async () => {
    const { url } = await start();
    const [id, other] = [await sent(url, "M1"), await sent(url, "M2")];
    await world.decide(id, "CLEAR", { eventId: other });
    const answer = await asked(url, id, 5);
    expect([answer.status, answer.body.outcome]).toEqual([500, undefined]);
  });

  test("two hundred who wait cost no reading of Kafka each", async () => {
    let opened = 0;
    const { kafka } = world;
    const { url } = await start({
      kafka: {
        ...kafka,
        reader: async () => {
          opened += 1;
          return kafka.reader();
        },
      },
    });
    const ids = idsOf(
      await post(
        url,
        pacs008(
          "M1",
          Array.from({ length: 200 }, (_, number) => `Jan Kowal ${String(number)}`),
        ),
      ),
    );
    const waiting = Promise.all(ids.map((id) => asked(url, id, 20)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const id of ids) await world.decide(id, "CLEAR");
    for (const { body } of await waiting) expect(body.outcome).toBe("CLEAR");
    expect(opened).toBe(1);
  });

  test("more who wait than are allowed are told so", async () => {
    const { url } = await start({ env: { GATEWAY_MAX_WAITING: "4" } });
    const id = await sent(url, "M1");
    const waiting = [asked(url, id, 1), asked(url, id, 1)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await asked(url, id, 1)).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
    expect((await asked(url, id)).status).toBe(202);
    await Promise.all(waiting);
  });

  test("a stop answers who waits: pending", async () => {
    const one = await startGateway(world);
    const id = await sent(one.url, "M1");
    const waiting = asked(one.url, id, 30);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begun = Date.now();
    expect(await one.stop()).toBeNull();
    expect((await waiting).body.outcome).toBe("PENDING");
    expect(Date.now() - begun).toBeLessThan(3000);
  });
});

describe("replicas", () => {
  test("a decision on what another replica took is found, before and after it was made", async () => {
    const [one, other] = [await start(), await start()];
    const [first, second] = [await sent(one.url, "M1"), await sent(one.url, "M2")];
    const waiting = asked(other.url, first, 20);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.decide(first, "CLEAR");
    expect((await waiting).body.outcome).toBe("CLEAR");
    await world.decide(second, "CLEAR");
    await vi.waitFor(async () => {
      expect((await asked(other.url, second)).body.outcome).toBe("CLEAR");
    });
  });

  test("a decision made while no gateway ran is found by the next one", async () => {
    const one = await startGateway(world);
    const id = await sent(one.url, "M1");
    one.kill();
    await one.stop();
    await world.decide(id, "CLEAR");
    const next = await start();
    expect((await asked(next.url, id)).body.outcome).toBe("PENDING");
    expect((await asked(next.url, id, 20)).body.outcome).toBe("CLEAR");
  });

  test("the open events of a replica that is gone go to one that lives", async () => {
    const [one, other] = [await startGateway(world), await start()];
    const id = await sent(one.url, "M1");
    one.kill();
    await vi.waitFor(
      async () => {
        expect(await other.metrics()).toMatch(/cordon_gateway_events_adopted_total 1/);
      },
      { timeout: 10_000 },
    );
    await world.decide(id, "HIT");
    await world.alert(id);
    expect((await asked(other.url, id, 20)).body.outcome).toBe("HIT");
    await one.stop();
  });

  test("after a loss of Redis an id that is used again has no decision of before", async () => {
    const { url } = await start();
    const json = (name: string) => post(url, JSON.stringify(jsonPayment("pay-1", name)), { type: "application/json" });
    expect((await json("Jan Kowal")).status).toBe(202);
    await world.decide("pay-1", "CLEAR");
    expect((await asked(url, "pay-1", 5)).body.outcome).toBe("CLEAR");
    world.backend.flush();
    expect((await asked(url, "pay-1")).status).toBe(404);
    expect((await json("Per Berg")).status).toBe(202);
    expect((await asked(url, "pay-1")).body.outcome).toBe("PENDING");
    await world.decide("pay-1", "HIT");
    await world.alert("pay-1");
    expect((await asked(url, "pay-1", 5)).body.outcome).toBe("HIT");
  });

  test("while Redis is away verdicts wait in memory, and are noted when it is back", async () => {
    const [one, other] = [await start(), await start()];
    const id = await sent(one.url, "M1");
    world.backend.away = true;
    await world.decide(id, "CLEAR");
    expect(await asked(one.url, id)).toMatchObject({ status: 503, body: { code: "REDIS_UNAVAILABLE" } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    world.backend.away = false;
    expect((await asked(one.url, id, 5)).body.outcome).toBe("CLEAR");
    await vi.waitFor(async () => {
      expect((await asked(other.url, id)).body.outcome).toBe("CLEAR");
    });
  });
});

describe("who may come in", () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-gateway-"));
  const file = join(folder, "tokens");
  const env = { GATEWAY_AUTH: "required", GATEWAY_TOKENS_FILE: file };
  beforeEach(() => {
    writeFileSync(
      file,
      `# clients\n${row("acme", "token-of-acme")}${row("acme", "next-token-of-acme")}${row("bank", "token-of-bank")}`,
    );
  });
  afterEach(() => {
    rmSync(join(folder, "none"), { force: true });
  });

  test("without a known token nothing is read, and the probes answer all the same", async () => {
    const { url } = await start({ env });
    for (const headers of [{}, as("wrong").headers, { authorization: "Basic YTpi" }, { authorization: "Bearer " }]) {
      const refused = await post(url, pacs008("M1", ["Jan"]), { headers });
      expect(refused).toMatchObject({ status: 401, body: { code: "CLIENT_UNKNOWN" } });
      expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect(await get(url, "/v1/decisions/x")).toMatchObject({ status: 401 });
    for (const path of ["/healthz", "/readyz", "/openapi.json"]) expect((await get(url, path)).status).toBe(200);
    expect(world.events()).toHaveLength(0);
  });

  test("a client has its name on its events, and sees its own events only", async () => {
    const { url } = await start({ env });
    const [id = ""] = idsOf(await post(url, pacs008("M1", ["Jan Kowal"]), as("token-of-acme")));
    expect(world.events()[0]?.header("cordon-client")?.toString()).toBe("acme");
    await world.decide(id, "CLEAR");
    const path = `/v1/decisions/${id}?wait=5`;
    expect((await get(url, path, as("next-token-of-acme").headers)).body.outcome).toBe("CLEAR");
    expect(await get(url, path, as("token-of-bank").headers)).toMatchObject({
      status: 404,
      body: { code: "EVENT_UNKNOWN" },
    });
  });

  test("the file is read again when it changes; one that cannot be read leaves the last good one", async () => {
    const { url, log } = await start({ env });
    const status = async (token: string): Promise<number> =>
      (await get(url, "/v1/decisions/x", as(token).headers)).status;
    writeFileSync(file, row("acme", "the-new-token"));
    await vi.waitFor(
      async () => {
        expect([await status("the-new-token"), await status("token-of-acme")]).toEqual([404, 401]);
      },
      { timeout: 8000, interval: 100 },
    );
    writeFileSync(file, "acme the-token-itself\n");
    await vi.waitFor(
      () => {
        expect(log.some(({ msg }) => msg.includes("cannot be read"))).toBe(true);
      },
      { timeout: 8000 },
    );
    expect(JSON.stringify(log)).not.toContain("the-token-itself");
    expect(await status("the-new-token")).toBe(404);
  });

  test("it does not start without knowing clients, unless it is told to know none", async () => {
    await expect(startGateway(world, { env: { GATEWAY_AUTH: "required" } })).rejects.toThrow(/GATEWAY_TOKENS_FILE/);
    await expect(startGateway(world, { env: { ...env, GATEWAY_TOKENS_FILE: join(folder, "none") } })).rejects.toThrow(
      /cannot be read/,
    );
    writeFileSync(join(folder, "none"), "acme sha256:1234\n");
    await expect(startGateway(world, { env: { ...env, GATEWAY_TOKENS_FILE: join(folder, "none") } })).rejects.toThrow(
      /line 1/,
    );
  });
});
