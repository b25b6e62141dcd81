import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createHttps, type Server } from "node:https";
import type { AddressInfo } from "node:net";

import type { Identity } from "./certificates.ts";

export interface RegistryUser {
  password: string;
  write: boolean;
}

/** TLS, basic authentication and a path before a registry, as a firm's gateway has them. */
export interface Guard {
  /** `https://localhost:PORT/registry/confluent`. */
  readonly url: string;
  /** Looked at anew with each request. */
  readonly users: Map<string, RegistryUser>;
  /** Requests so far, by method. */
  readonly asked: Map<string, number>;
  /** Takes another certificate for new connections. */
  present(identity: Identity): void;
  close(): Promise<void>;
}

const prefix = "/registry/confluent";

function refuse(answer: ServerResponse, status: number, message: string): void {
  const ask = status === 401 ? { "www-authenticate": 'Basic realm="registry"' } : {};
  answer.writeHead(status, { "content-type": "application/json", ...ask });
  answer.end(JSON.stringify({ error_code: status === 404 ? 404 : status * 100 + 1, message }));
}

function login({ headers }: IncomingMessage): readonly [user: string, password: string] {
  const [, encoded = ""] = /^Basic (\S+)$/.exec(headers.authorization ?? "") ?? [];
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? ["", ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

export async function startGuard(registry: URL, identity: Identity): Promise<Guard> {
  const users = new Map<string, RegistryUser>();
  const asked = new Map<string, number>();
  const server: Server = createHttps(identity, (incoming, answer) => {
    const { method = "GET", url = "/" } = incoming;
    asked.set(method, (asked.get(method) ?? 0) + 1);
    const [name, password] = login(incoming);
    const user = users.get(name);
    if (user === undefined || user.password !== password) return refuse(answer, 401, "Unauthorized");
    if (!user.write && method !== "GET") return refuse(answer, 403, "User is denied operation Write");
    if (!url.startsWith(`${prefix}/`)) return refuse(answer, 404, "no such path");
    const { authorization: _, host: __, ...headers } = incoming.headers;
    const onward = request(
      {
        host: registry.hostname,
        port: registry.port,
        path: registry.pathname + url.slice(prefix.length),
        method,
        headers,
      },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    onward.on("error", () => {
      refuse(answer, 502, "the registry behind does not answer");
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${String(port)}${prefix}`,
    users,
    asked,
    present: (next) => {
      server.setSecureContext(next);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
