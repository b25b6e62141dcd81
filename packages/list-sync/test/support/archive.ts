import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A publisher's archive: every version has a folder, `latest` redirects to the newest one. */
export interface Archive {
  /** Of the whole list. */
  readonly url: URL;
  /** Files asked for since the last time this was called, as `VERSION/FILE`. */
  asked(): readonly string[];
  /** A further version: its whole list, and what changed since the one before. `null`: no changes are offered. */
  publish(version: string, whole: string, delta: string | null): void;
  /** Answers for one file with this body instead; `null`: not found. */
  spoil(file: string, body: string | null): void;
  /** Makes `latest` answer by itself, as a mirror does. */
  mirror(): void;
  close(): Promise<void>;
}

export async function startArchive(): Promise<Archive> {
  const versions: string[] = [];
  const files = new Map<string, string>();
  const indexed: string[] = [];
  let asked: string[] = [];
  let redirects = true;

  const server = createServer(({ url = "", headers }, response) => {
    const [, folder = "", file = ""] = /\/([^/]+)\/([^/?]+)(?:\?.*)?$/.exec(url) ?? [];
    const newest = versions.at(-1) ?? "";
    if (folder === "latest" && redirects) {
      response.writeHead(302, { location: `/artifacts/${newest}/${file}` }).end();
      return;
    }
    const name = `${folder === "latest" ? newest : folder}/${file}`;
    asked.push(name);
    const body = files.get(name);
    if (body === undefined) response.writeHead(404).end();
    else if (headers["if-none-match"] === `"${name}"`) response.writeHead(304).end();
    else response.writeHead(200, { etag: `"${name}"` }).end(body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  return {
    url: new URL(`${origin}/latest/entities.ftm.json`),
    asked() {
      const since = asked;
      asked = [];
      return since;
    },
    publish(version, whole, delta) {
      versions.push(version);
      files.set(`${version}/entities.ftm.json`, whole);
      if (delta !== null) {
        indexed.push(version);
        files.set(`${version}/entities.delta.json`, delta);
      }
      const index = Object.fromEntries(
        indexed.map((each) => [each, `${origin}/artifacts/${each}/entities.delta.json`]),
      );
      files.set(`${version}/delta.json`, JSON.stringify({ versions: index, updated_at: "2026-01-01T00:00:00Z" }));
    },
    spoil(file, body) {
      if (body === null) files.delete(file);
      else files.set(file, body);
    },
    mirror() {
      redirects = false;
    },
    async close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => {
        closed.resolve();
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
