import { CordonError } from "@cordon/errors";
import { topics } from "@cordon/schemas";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createWorld, type Running, startGateway, type World } from "./support/gateway-world.ts";
import { idsOf, jsonPayment, pacs008, post } from "./support/messages.ts";

let world: World;
const running: Running[] = [];
const start = async (
  ...options: Parameters<typeof startGateway> extends [World, ...infer R] ? R : never
): Promise<Running> => {
  const one = await startGateway(world, ...options);
  running.push(one);
  return one;
};
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

describe("taking a message", () => {
  test("every transaction is an event in Kafka when the answer is 202, in the order of the message", async () => {
    const { url } = await start();
    const answer = await post(url, pacs008("M1", ["Jan Kowal", "Per Berg"]), {
      headers: { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` },
    });
    expect(answer).toMatchObject({
      status: 202,
      body: { messageId: "M1", format: "pacs.008.001.08", duplicate: false },
    });
    expect(answer.body.events?.map(({ transaction, endToEndId }) => [transaction, endToEndId])).toEqual([
      [0, "E0"],
      [1, "E1"],
    ]);
    expect(answer.headers.get("location")).toBe(answer.body.events?.[0]?.decision);
    const records = world.events();
    expect(new Set(records.map(({ key }) => key?.toString()))).toEqual(new Set(idsOf(answer)));
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record.header("cordon-client")?.toString()).toBe("anonymous");
      expect(record.header("traceparent")?.toString()).toMatch(/^00-a+-b+-01$/);
    }
  });

  test("a repeat produces nothing and answers the same ids, also in another envelope and after a restart", async () => {
    const first = await start();
    const sent = await post(first.url, pacs008("M1", ["Jan Kowal"]));
    const again = await post(first.url, `<Envelope>${pacs008("M1", ["Jan Kowal"])}</Envelope>`, { type: "text/xml" });
    expect(again).toMatchObject({ status: 200, body: { duplicate: true } });
    await first.stop();
    const second = await start();
    const later = await post(second.url, pacs008("M1", ["Jan Kowal"]));
    expect(later).toMatchObject({ status: 200, body: { duplicate: true } });
    for (const one of [again, later]) expect(idsOf(one)).toEqual(idsOf(sent));
    expect(world.events()).toHaveLength(1);
  });

  test("another content, or another rail, under the same message id is refused and produces nothing", async () => {
    const { url } = await start();
    await post(url, pacs008("M1", ["Jan Kowal"]));
    const other = await post(url, pacs008("M1", ["Per Berg"]));
    expect(other).toMatchObject({ status: 409, body: { code: "MESSAGE_ID_REUSED" } });
    expect(other.headers.get("content-type")).toContain("application/problem+json");
    expect((await post(url, pacs008("M1", ["Jan Kowal"]), { query: "?rail=FPS" })).status).toBe(409);
    expect(world.events()).toHaveLength(1);
  });

  test("the same event with another rail, under another key, is refused: a decision for the one must not be told for the other", async () => {
    const { url } = await start();
    const keyed = (rail: string, key: string) =>
      post(url, pacs008("M1", ["Jan Kowal"]), { query: `?rail=${rail}`, headers: { "idempotency-key": key } });
    expect((await keyed("CHAPS", "k1")).status).toBe(202);
    expect((await keyed("CHAPS", "k2")).status).toBe(202);
    expect(await keyed("FPS", "k3")).toMatchObject({ status: 409, body: { code: "MESSAGE_ID_REUSED" } });
  });

  test("events in JSON that were made from one message are taken each, and a repeat of one is one", async () => {
    const { url } = await start();
    const source = {
      format: "pacs.008.001.08",
      messageId: "M1",
      transaction: 0,
      transactions: 2,
      sha256: "",
      bytes: 1,
    };
    const json = (eventId: string) =>
      post(url, JSON.stringify({ ...jsonPayment(eventId), source }), { type: "application/json" });
    for (const id of ["pay-1", "pay-2"])
      expect(await json(id)).toMatchObject({ status: 202, body: { messageId: id, format: "pacs.008.001.08" } });
    expect(await json("pay-2")).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(world.events()).toHaveLength(2);
  });

  test("an idempotency key stands for the message's id", async () => {
    const { url } = await start();
    const keyed = (key: string, name: string) =>
      post(url, pacs008("M1", [name]), { headers: { "idempotency-key": key } });
    expect((await keyed("k1", "Jan Kowal")).status).toBe(202);
    expect((await keyed("k1", "Jan Kowal")).status).toBe(200);
    expect((await keyed("k1", "Per Berg")).status).toBe(409);
    expect((await keyed("k2", "Per Berg")).status).toBe(202);
    expect(world.events()).toHaveLength(2);
  });

  test("JSON is one event; its id with another content is refused under any key, the same content is a repeat however it is laid out", async () => {
    const { url } = await start();
    const json = (event: unknown, headers = {}) =>
      post(url, JSON.stringify(event), { type: "application/json", headers });
    const event = jsonPayment("pay-1");
    expect(await json(event)).toMatchObject({ status: 202, body: { messageId: "pay-1", format: "payment" } });
    expect((await json(Object.fromEntries(Object.entries(event).toReversed()))).status).toBe(200);
    expect((await json(jsonPayment("pay-1", "Per Berg"))).status).toBe(409);
    const keyed = await json(jsonPayment("pay-1", "Per Berg"), { "idempotency-key": "another" });
    expect(keyed).toMatchObject({ status: 409, body: { code: "MESSAGE_ID_REUSED" } });
    expect(
      (
        await post(url, `${JSON.stringify(jsonPayment("a"))}${JSON.stringify(jsonPayment("b"))}`, {
          type: "application/json",
        })
      ).status,
    ).toBe(400);
    expect(world.events()).toHaveLength(1);
  });

  test("of the same message sent twenty times at once, one produces and nobody is told a falsehood", async () => {
    const [one, other] = [await start(), await start()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        post(number % 2 === 0 ? one.url : other.url, pacs008("M1", ["Jan Kowal"])),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    const told = answers.map(
      ({ status, body, headers }) => `${String(status)} ${body.code ?? ""} ${headers.get("retry-after") ?? ""}`,
    );
    for (const answer of told) expect(["202  ", "200  ", "409 IN_PROGRESS 1"]).toContain(answer);
    expect(world.events()).toHaveLength(1);
  });

  test("what Kafka does not take is 503, and the repeat completes it", async () => {
    const { url } = await start();
    world.kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "no broker answers"));
    const refused = await post(url, pacs008("M1", ["Jan Kowal", "Per Berg"]));
    expect(refused).toMatchObject({ status: 503, body: { code: "KAFKA_UNAVAILABLE" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(world.events()).toHaveLength(0);
    world.kafka.failSends(null);
    expect(await post(url, pacs008("M1", ["Jan Kowal", "Per Berg"]))).toMatchObject({
      status: 202,
      body: { duplicate: false },
    });
    expect(world.events()).toHaveLength(2);
  });

  test("a file whose first part was acknowledged goes on behind it", async () => {
    const names = Array.from({ length: 700 }, (_, number) => `Jan Kowal ${String(number)}`);
    let calls = 0;
    const kafka = {
      ...world.kafka,
      producer: async () => {
        const producer = await world.kafka.producer();
        const send: typeof producer.send = async (records) => {
          calls += 1;
          if (calls === 2) throw new CordonError("KAFKA_UNAVAILABLE", "too few replicas");
          await producer.send(records);
        };
        return { ...producer, send };
      },
    };
    const { url } = await start({ kafka });
    expect((await post(url, pacs008("M1", names))).status).toBe(503);
    const part = world.events().length;
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(700);
    const whole = await post(url, pacs008("M1", names));
    expect(whole.status).toBe(202);
    expect(world.events()).toHaveLength(700);
    expect(new Set(world.events().map(({ key }) => key?.toString()))).toEqual(new Set(idsOf(whole)));
  });

  test("a process that is killed between two events of a file leaves a message that the next one completes", async () => {
    const names = Array.from({ length: 600 }, (_, number) => `Jan Kowal ${String(number)}`);
    let calls = 0;
    const kafka = {
      ...world.kafka,
      producer: async () => {
        const producer = await world.kafka.producer();
        const send: typeof producer.send = async (records) => {
          calls += 1;
          if (calls === 2) await new Promise(() => undefined); // it is gone
          await producer.send(records);
        };
        return { ...producer, send };
      },
    };
    const first = await start({ kafka });
    void post(first.url, pacs008("M1", names)).catch(() => undefined);
    await vi.waitFor(() => {
      expect(calls).toBe(2);
    });
    first.kill();
    const second = await start();
    const whole = await vi.waitFor(
      async () => {
        const answer = await post(second.url, pacs008("M1", names));
        expect(answer.status).toBe(202);
        return answer;
      },
      { timeout: 8000, interval: 200 },
    );
    expect(new Set(world.events().map(({ key }) => key?.toString()))).toEqual(new Set(idsOf(whole)));
    expect(world.events()).toHaveLength(600);
  });

  test("what is in hand when it is told to end is finished", async () => {
    const kafka = {
      ...world.kafka,
      producer: async () => {
        const producer = await world.kafka.producer();
        const send: typeof producer.send = async (records) => {
          await new Promise((resolve) => setTimeout(resolve, 400));
          await producer.send(records);
        };
        return { ...producer, send };
      },
    };
    const one = await startGateway(world, { kafka });
    const answer = post(one.url, pacs008("M1", ["Jan Kowal"]));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await one.stop()).toBeNull();
    expect((await answer).status).toBe(202);
    expect(world.events()).toHaveLength(1);
    const next = await start();
    expect((await post(next.url, pacs008("M1", ["Jan Kowal"]))).status).toBe(200);
  });

  test("without Redis nothing is taken, and nothing produced", async () => {
    const { url } = await start();
    world.backend.away = true;
    expect(await post(url, pacs008("M1", ["Jan Kowal"]))).toMatchObject({
      status: 503,
      body: { code: "REDIS_UNAVAILABLE" },
    });
    expect(world.events()).toHaveLength(0);
    world.backend.away = false;
    expect((await post(url, pacs008("M1", ["Jan Kowal"]))).status).toBe(202);
  });

  test("decideBy, rail and reference go into the event", async () => {
    const { url } = await start();
    await post(url, pacs008("M1", ["Jan Kowal"]), {
      query: "?rail=CHAPS&decideBy=2030-01-01T00:00:00%2B01:00&reference=vault%2F1",
    });
    const text = world.kafka.records(topics.payments)[0]?.value?.toString("latin1") ?? "";
    expect(text).toContain("vault/1");
  });
});

describe("a message that is not taken", () => {
  const malformed = "<Document><FIToFICstmrCdtTrf>";
  const deep = `<Document>${"<a>".repeat(100)}${"</a>".repeat(100)}</Document>`;
  const cases = [
    ["no content", "", "application/xml", 400, "MESSAGE_EMPTY"],
    ["blanks only", " \n ", "text/plain", 400, "MESSAGE_EMPTY"],
    ["an element that does not end", malformed, "application/xml", 400, "MESSAGE_MALFORMED"],
    ["a DOCTYPE", `<!DOCTYPE a [<!ENTITY b "c">]>${pacs008("M", ["Jan"])}`, "text/xml", 400, "MESSAGE_MALFORMED"],
    [
      "bytes of another encoding",
      Buffer.from(pacs008("M", ["J\u00e1n"]), "latin1"),
      "application/xml",
      400,
      "MESSAGE_ENCODING",
    ],
    ["elements within elements", deep, "application/xml", 413, "MESSAGE_TOO_LARGE"],
    ["an unknown root", "<Hello/>", "application/xml", 422, "MESSAGE_UNSUPPORTED"],
    ["a type that is not read", "<Document><BkToCstmrStmt/></Document>", "application/xml", 422, "MESSAGE_UNSUPPORTED"],
    ["no transaction", pacs008("M", []), "application/xml", 422, "MESSAGE_INCOMPLETE"],
    ["a picture", "x", "image/png", 415, "MEDIA_UNSUPPORTED"],
    ["JSON that is none", "{", "application/json", 400, "MESSAGE_MALFORMED"],
  ] as const;
  test.each(cases)("%s is refused", async (_what, body, type, status, code) => {
    const { url } = await start();
    const answer = await post(url, body, { type });
    expect(answer).toMatchObject({ status, body: { code, status, type: `urn:cordon:error:${code}` } });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(world.events()).toHaveLength(0);
  });

  test("no answer quotes the message", async () => {
    const { url } = await start();
    const name = "Zebulon Quetzal";
    for (const body of [
      `<${name.replace(" ", "")}/>`,
      pacs008("M1", [name]).slice(0, -10),
      `{"eventId":"x","${name}":1}`,
      `{"eventId":"x","parties":"${name}"}`,
    ]) {
      const answer = await post(url, body, { type: body.startsWith("{") ? "application/json" : "application/xml" });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(answer.body)).not.toMatch(/zebulon|quetzal/i);
    }
  });

  test.each([
    "?rial=FPS",
    "?rail=NONE",
    "?rail=FPS&rail=CHAPS",
    "?decideBy=tomorrow",
    "?decideBy=2016-12-31T23:59:60Z",
    "?decideBy=2030-01-01T00:00:00%2B02",
    "?reference=",
    "?type=other",
  ])("a query that is not understood is refused: %s", async (query) => {
    const { url } = await start();
    expect(await post(url, pacs008("M1", ["Jan"]), { query })).toMatchObject({
      status: 400,
      body: { code: "REQUEST_INVALID" },
    });
    expect(world.events()).toHaveLength(0);
  });

  test("more bytes than are taken are refused at once, announced or not", async () => {
    const { url } = await start({ env: { GATEWAY_MAX_BYTES: "2048" } });
    const large = "x".repeat(4096);
    expect(await post(url, large)).toMatchObject({ status: 413, body: { code: "MESSAGE_TOO_LARGE" } });
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode("x".repeat(1024)));
        if (pulled > 2000) controller.close();
      },
    });
    const chunked = await post(url, endless).catch(() => null);
    expect(chunked?.status ?? 413).toBe(413);
    expect((await post(url, pacs008("M1", ["Jan Kowal"]))).status).toBe(202);
  });

  test("a packed body, and a charset that is not the message's, are refused", async () => {
    const { url } = await start();
    expect((await post(url, pacs008("M1", ["Jan"]), { headers: { "content-encoding": "gzip" } })).status).toBe(415);
    const said = await post(url, pacs008("M1", ["Jan"]), { type: "application/xml; charset=iso-8859-1" });
    expect(said.body.code).toBe("MESSAGE_ENCODING");
    const declared = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${pacs008("M1", ["J\u00e1n Kowal"])}`,
      "latin1",
    );
    expect((await post(url, declared, { type: "application/xml; charset=iso-8859-1" })).status).toBe(202);
  });

  test("an event larger than its topic takes is refused, and what stands once for all does not grow without bound", async () => {
    const { url } = await start({ env: { GATEWAY_MAX_BYTES: "200000" } });
    const many = Array.from({ length: 150 }, (_, number) => `P${String(number)}`);
    const wide = pacs008("M1", many).replace(
      "</GrpHdr>",
      `<SttlmInf><InstgRmbrsmntAgt><FinInstnId><Nm>${"A ".repeat(20_000)}</Nm></FinInstnId></InstgRmbrsmntAgt></SttlmInf></GrpHdr>`,
    );
    expect(await post(url, wide)).toMatchObject({ status: 413, body: { code: "MESSAGE_TOO_LARGE" } });
    expect(world.events()).toHaveLength(0);
  });
});
