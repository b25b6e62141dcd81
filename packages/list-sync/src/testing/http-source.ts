import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { ListName } from "@cordon/lists";

import type { EnabledList } from "../sync/look-at-list.ts";
import { parseTextList } from "./text-list.ts";

export type Respond = (response: ServerResponse, headers: IncomingHttpHeaders) => void;

/** A publisher's web server for tests. Each request takes the next answer; the last one stays. */
export interface HttpSource {
  readonly url: URL;
  readonly requests: readonly IncomingHttpHeaders[];
  answer(...answers: readonly Respond[]): void;
  close(): Promise<void>;
}

export async function startHttpSource(): Promise<HttpSource> {
  const requests: IncomingHttpHeaders[] = [];
  let answers: readonly Respond[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.headers);
    const [next, ...later] = answers;
    if (later.length > 0) answers = later;
    if (next === undefined) response.writeHead(404).end();
    else next(response, request.headers);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${String(port)}/list.csv`),
    requests,
    answer(...next) {
      answers = next;
    },
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => {
        closed.resolve();
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** A whole body with validators. */
export function ok(body: string, headers: Readonly<Record<string, string>> = {}): Respond {
  return (response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(body), ...headers }).end(body);
  };
}

export function status(code: number): Respond {
  return (response) => {
    response.writeHead(code).end("sorry");
  };
}

/** Promises more than it sends, and cuts the line. */
export function truncated(body: string): Respond {
  return (response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(body) + 1000 });
    response.write(body, () => response.destroy());
  };
}

/** Sends a part and then nothing more. */
export function stalled(body: string): Respond {
  return (response) => {
    response.writeHead(200);
    response.write(body);
  };
}

/** A list that is read from there, as `textList` writes it. */
export function fromHttp(list: ListName, { url }: HttpSource): EnabledList {
  return { list, location: { kind: "url", url }, parse: parseTextList(list) };
}
