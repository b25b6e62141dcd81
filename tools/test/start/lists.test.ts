import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { listNames, listSources } from "@cordon/lists";
import { describe, expect, test } from "vitest";

import { planLists, probeAddress } from "../../start/lists.ts";

const off = Object.fromEntries(listNames.map((list) => [list, "off"]));
const excerpt = "the excerpt";
const reached = (): Promise<null> => Promise.resolve(null);
const unreachable = (): Promise<string> => Promise.resolve("ENOTFOUND");
const unasked = (): Promise<never> => Promise.reject(new Error("must not be asked"));

async function answering(status: number, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(status).end("a list");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/list`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("the lists that are on", () => {
  test("given files alone, and nobody is asked for others", async () => {
    const plan = await planLists({ given: { un: "a.xml" }, environment: { LIST_UK: "x" }, excerpt, probe: unasked });
    expect(plan).toEqual({ sources: { ...off, un: "a.xml" }, notes: [] });
  });

  test("the official addresses where they answer", async () => {
    const plan = await planLists({ given: null, environment: {}, excerpt, probe: reached });
    expect(plan).toEqual({ sources: { ...off, uk: listSources.uk.url, un: listSources.un.url }, notes: [] });
  });

  test("the excerpt where they do not, and it is said", async () => {
    const plan = await planLists({ given: null, environment: {}, excerpt, probe: unreachable });
    expect(plan.sources).toEqual({ ...off, uk: excerpt });
    expect(plan.notes).toHaveLength(2);
    expect(plan.notes[0]).toContain("ENOTFOUND");
  });

  test("a list that is off by default only where the environment switches it on", async () => {
    const environment = { LIST_UK: "f.csv", LIST_UN: "off", LIST_OFAC: "folder" };
    const plan = await planLists({ given: null, environment, excerpt, probe: unasked });
    expect(plan.sources).toEqual({ ...off, uk: "f.csv", ofac: "folder" });
  });

  test("what the environment says comes before the official addresses", async () => {
    const plan = await planLists({
      given: null,
      environment: { LIST_UK: "f.csv", LIST_UN: "off" },
      excerpt,
      probe: unasked,
    });
    expect(plan.sources).toEqual({ ...off, uk: "f.csv" });
  });
});

describe("the probe", () => {
  const { signal } = new AbortController();

  test("finds nothing wrong with an address that answers", async () => {
    await answering(200, async (url) => {
      expect(await probeAddress(url, signal)).toBeNull();
    });
  });

  test("tells the status that a server refuses with", async () => {
    await answering(403, async (url) => {
      expect(await probeAddress(url, signal)).toBe("status 403");
    });
  });

  test("tells the code of a connection that failed", async () => {
    let gone = "";
    await answering(200, (url) => {
      gone = url;
      return Promise.resolve();
    });
    expect(await probeAddress(gone, signal)).toBe("ECONNREFUSED");
  });
});
