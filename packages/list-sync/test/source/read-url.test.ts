import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

import { CordonError } from "@cordon/errors";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { readUrl, type ReadUrlOptions, withoutCredentials } from "../../src/source/read-url.ts";
import { noValidators } from "../../src/source/reading.ts";
import { type HttpSource, ok, stalled, startHttpSource, status, truncated } from "../../src/testing/http-source.ts";

let source: HttpSource;
let retries: string[];

beforeAll(async () => {
  source = await startHttpSource();
});
afterAll(() => source.close());
beforeEach(() => {
  retries = [];
});

async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

/** Takes what the source throws for a malformed list. */
async function parseTouchily(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  try {
    return await readText(chunks);
  } catch {
    throw new CordonError("LIST_MALFORMED", "cut short");
  }
}

/** Finds any list malformed. */
async function parseJunk(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  await readText(chunks);
  throw new CordonError("LIST_MALFORMED", "junk");
}

function options(more: Partial<ReadUrlOptions<string>> = {}): ReadUrlOptions<string> {
  return {
    url: source.url,
    validators: noValidators,
    limits: { maxBytes: 10_000, timeoutMs: 5000 },
    parse: readText,
    signal: new AbortController().signal,
    backOffMs: [1, 1],
    onRetry: ({ reason }) => retries.push(reason),
    ...more,
  };
}

describe("reading a list over HTTP", () => {
  test("gives what was parsed, the hash of the bytes, and the validators", async () => {
    source.answer(ok("the list", { etag: '"v1"', "last-modified": "Wed, 29 Apr 2026 10:00:00 GMT" }));
    expect(await readUrl(options())).toEqual({
      address: source.url,
      kind: "read",
      value: "the list",
      bytes: 8,
      contentHash: createHash("sha256").update("the list").digest("hex"),
      validators: { etag: '"v1"', lastModified: "Wed, 29 Apr 2026 10:00:00 GMT" },
    });
    expect(source.requests.at(-1)?.["user-agent"]).toContain("cordon");
    expect(source.requests.at(-1)?.["if-none-match"]).toBeUndefined();
  });

  test("asks only for what changed, and believes a 304", async () => {
    source.answer(status(304));
    const validators = { etag: '"v1"', lastModified: "Wed, 29 Apr 2026 10:00:00 GMT" };
    expect(await readUrl(options({ validators }))).toEqual({ kind: "unchanged" });
    expect(source.requests.at(-1)).toMatchObject({
      "if-none-match": '"v1"',
      "if-modified-since": "Wed, 29 Apr 2026 10:00:00 GMT",
    });
  });

  test("does not believe a 304 that it did not ask for", async () => {
    source.answer(status(304));
    await expect(readUrl(options())).rejects.toMatchObject({ code: "LIST_UNREACHABLE" });
  });

  test("tries again after 5xx, and takes the good answer", async () => {
    source.answer(status(500), status(503), ok("the list"));
    expect(await readUrl(options())).toMatchObject({ value: "the list" });
    expect(retries).toEqual(["the server answered 500", "the server answered 503"]);
  });

  test("tries again when the line is cut in the middle of the body", async () => {
    source.answer(truncated("the"), ok("the list"));
    expect(await readUrl(options())).toMatchObject({ value: "the list" });
    expect(retries).toHaveLength(1);
  });

  test("tries again when the line is cut, also if the parser took offence at it first", async () => {
    source.answer(truncated("the"), ok("the list"));
    expect(await readUrl(options({ parse: parseTouchily }))).toMatchObject({ value: "the list" });
  });

  test("gives up after the last back-off, and says how often it tried", async () => {
    source.answer(status(502));
    await expect(readUrl(options())).rejects.toMatchObject({ code: "LIST_UNREACHABLE", details: { attempts: 3 } });
  });

  test("gives up on a server that is not there", async () => {
    await expect(readUrl(options({ url: new URL("http://127.0.0.1:1/list.csv") }))).rejects.toThrow(
      expect.objectContaining({ code: "LIST_UNREACHABLE" }),
    );
    expect(retries).toHaveLength(2);
  });

  test("leaves a server alone for as long as it asks", async () => {
    source.answer((response) => response.writeHead(503, { "retry-after": "1" }).end(), ok("the list"));
    const startedAt = performance.now();
    expect(await readUrl(options())).toMatchObject({ value: "the list" });
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  test("keeps no validator that is longer than the store takes", async () => {
    source.answer(ok("the list", { etag: `"${"x".repeat(2000)}"` }));
    expect(await readUrl(options())).toMatchObject({ validators: { etag: null } });
  });

  test("unpacks what is gzip itself, and what was packed for the way", async () => {
    const packed = gzipSync("the list");
    source.answer((response) => response.writeHead(200, { "content-type": "application/gzip" }).end(packed));
    expect(await readUrl(options())).toMatchObject({ value: "the list", bytes: packed.byteLength });
    source.answer((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed));
    expect(await readUrl(options())).toMatchObject({ value: "the list", bytes: 8 });
  });

  test.each([{}, { "content-encoding": "gzip" }])("puts out a gzip bomb (headers %j)", async (headers) => {
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    source.answer((response) => response.writeHead(200, headers).end(bomb));
    await expect(readUrl(options({ limits: { maxBytes: 100_000, timeoutMs: 5000 } }))).rejects.toMatchObject({
      code: "LIST_TOO_LARGE",
    });
    expect(retries).toEqual([]);
  });

  test("bounds an answer that never ends", async () => {
    source.answer((response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write("one more line of the list\n".repeat(1000), more);
      };
      more();
    });
    await expect(readUrl(options())).rejects.toMatchObject({ code: "LIST_TOO_LARGE" });
  });

  test("says that a web page is no list", async () => {
    source.answer(ok("<!DOCTYPE html><title>We are mending it</title>"));
    await expect(readUrl(options())).rejects.toMatchObject({ code: "LIST_MALFORMED" });
    expect(retries).toEqual([]);
  });

  test("does not repeat a request that the server refuses", async () => {
    source.answer(status(403), ok("the list"));
    await expect(readUrl(options())).rejects.toMatchObject({ code: "LIST_UNREACHABLE", details: { status: 403 } });
    expect(retries).toEqual([]);
  });

  test("refuses a list larger than its bound, once", async () => {
    source.answer(ok("x".repeat(101)));
    const limits = { maxBytes: 100, timeoutMs: 5000 };
    await expect(readUrl(options({ limits }))).rejects.toMatchObject({ code: "LIST_TOO_LARGE" });
    expect(retries).toEqual([]);
  });

  test("bounds an attempt in time", async () => {
    source.answer(stalled("the"));
    const limits = { maxBytes: 100, timeoutMs: 50 };
    await expect(readUrl(options({ limits, backOffMs: [] }))).rejects.toMatchObject({ code: "LIST_UNREACHABLE" });
  });

  test("passes on what the parser refuses", async () => {
    source.answer(ok("junk"));
    await expect(readUrl(options({ parse: parseJunk }))).rejects.toMatchObject({ code: "LIST_MALFORMED" });
    expect(retries).toEqual([]);
  });

  test("refuses a parser that does not read to the end, for its hash would be that of a part", async () => {
    source.answer(ok("the list"));
    await expect(readUrl(options({ parse: () => Promise.resolve("early") }))).rejects.toMatchObject({
      code: "LIST_MALFORMED",
    });
  });

  test("ends at once when it is told to stop", async () => {
    source.answer(status(500));
    const controller = new AbortController();
    const reading = readUrl(
      options({
        signal: controller.signal,
        backOffMs: [60_000],
        onRetry: () => {
          controller.abort(new Error("stop"));
        },
      }),
    );
    await expect(reading).rejects.toThrow("aborted");
    expect(controller.signal.aborted).toBe(true);
  });

  test("sends a user and password from the address as basic authorisation, and shows them to nobody", async () => {
    source.answer(status(500));
    const url = new URL(source.url);
    url.username = "reader";
    url.password = "s3cret word";
    url.search = "?token=abc";
    const error: unknown = await readUrl(options({ url, backOffMs: [] })).catch((failure: unknown) => failure);
    const expected = Buffer.from("reader:s3cret word").toString("base64");
    expect(source.requests.at(-1)?.authorization).toBe(`Basic ${expected}`);
    expect(String(error)).toContain(source.url.host);
    expect(String(error)).not.toMatch(/reader|s3cret|abc/);
    expect(withoutCredentials(url)).toBe(source.url.href);
  });
});
