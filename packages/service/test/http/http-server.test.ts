import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { type HttpServer, type HttpServerOptions, startHttpServer } from "@cordon/service";
import { afterEach, describe, expect, test } from "vitest";

describe("the http server", () => {
  const servers: HttpServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  const start = async (options: Partial<HttpServerOptions> = {}): Promise<HttpServer> => {
    const server = await startHttpServer({
      host: "127.0.0.1",
      port: 0,
      metrics: () => Promise.resolve({ contentType: "text/plain; version=0.0.4", body: "cordon_up 1\n" }),
      health: () => ({ ok: true }),
      ready: () => ({ ok: true }),
      ...options,
    });
    servers.push(server);
    return server;
  };

  test("answers probes with 200 and says so in JSON", async () => {
    const { url } = await start({ ready: () => ({ ok: true, reasons: ["generation 3"] }) });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    expect(health.headers.get("content-type")).toBe("application/json");
    expect(health.headers.get("cache-control")).toBe("no-store");
    expect(await health.json()).toEqual({ ok: true, reasons: [] });
    expect(await (await fetch(`${url}/readyz?verbose`)).json()).toEqual({ ok: true, reasons: ["generation 3"] });
  });

  test("answers a probe within a second while one address holds 210 slow connections", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const slow = Array.from({ length: 210 }, (_, at) => {
      const socket = connect(port, "127.0.0.1", () => {
        // Some say nothing, some begin a request, some never read what they asked for.
        if (at % 3 === 1) socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n");
        if (at % 3 === 2) socket.write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50));
      });
      socket.pause();
      socket.on("error", () => undefined);
      return socket;
    });
    const waits: number[] = [];
    for (let probe = 0; probe < 4; probe++) {
      const startedAt = performance.now();
      const response = await fetch(`${url}/healthz`, { headers: { connection: "close" } });
      waits.push(performance.now() - startedAt);
      expect(response.status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    for (const socket of slow) socket.destroy();
    expect(Math.max(...waits)).toBeLessThan(1_000);
  });

  test("answers 503 with the reasons when a probe says no", async () => {
    const { url } = await start({ ready: async () => Promise.resolve({ ok: false, reasons: ["no index yet"] }) });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ok: false, reasons: ["no index yet"] });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("a probe that throws or hangs is a 503 that tells no inside", async () => {
    const { url } = await start({
      answerTimeoutMs: 50,
      health: () => {
        throw new Error("hunter2");
      },
      ready: () => Promise.withResolvers<never>().promise,
    });
    for (const path of ["/healthz", "/readyz"]) {
      const response = await fetch(`${url}${path}`);
      expect(response.status).toBe(503);
      expect(await response.text()).not.toContain("hunter2");
    }
  });

  test("serves the metrics with their content type", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4");
    expect(await response.text()).toBe("cordon_up 1\n");
  });

  test("answers 503 when the metrics cannot be collected", async () => {
    const { url } = await start({ metrics: () => Promise.reject(new Error("hunter2")) });
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("hunter2");
  });

  test("answers HEAD without a body", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/metrics`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe("12");
    expect(await response.text()).toBe("");
  });

  test.each(["/", "/healthz/", "/metrics.json", "//healthz", "/healthz%20"])("has nothing at %s", async (path) => {
    const { url } = await start();
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const { url } = await start();
    const response = await fetch(`${url}/healthz`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  test("survives what is not HTTP", async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    socket.on("close", () => {
      resolve();
    });
    socket.on("error", () => {});
    socket.write("\u0000\u0001 not http\r\n\r\n");
    await closed;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("names the settings when the port is taken", async () => {
    const other = createServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    other.listen(0, "127.0.0.1", resolve);
    await promise;
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("HTTP_PORT"),
    });
    other.close();
  });

  test("closes though a client keeps its connection open, cuts off a slow one, and may be closed twice", async () => {
    const server = await start({ answerTimeoutMs: 60_000, ready: () => Promise.withResolvers<never>().promise });
    await (await fetch(`${server.url}/healthz`)).text();
    const hanging = fetch(`${server.url}/readyz`).catch((error: unknown) => error);
    await fetch(`${server.url}/healthz`);
    const startedAt = performance.now();
    await server.close();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(await hanging).toBeInstanceOf(Error);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow("fetch failed");
  });
});
