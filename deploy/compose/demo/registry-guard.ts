import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer, get } from "node:https";

/*
 * TLS and passwords before the registry, for the secured compose file: `https://registry-guard:8443/registry` is the
 * registry's Confluent-compatible interface for the users in users.json. `--alive` asks whether it listens.
 */
const folder = "/run/cordon";
const behind = { host: "registry", port: 8080, path: "/apis/ccompat/v7" };
const prefix = "/registry";

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function refuse(answer: ServerResponse, status: number, message: string): void {
  const ask = status === 401 ? { "www-authenticate": 'Basic realm="registry"' } : {};
  answer.writeHead(status, { "content-type": "application/json", ...ask });
  answer.end(JSON.stringify({ error_code: status, message }));
}

/** Read at each request, so that a changed password counts at once. */
function isKnown({ headers }: IncomingMessage): boolean {
  const users = JSON.parse(readFileSync(`${folder}/users.json`, "utf8")) as Readonly<Record<string, string>>;
  const [, encoded = ""] = /^Basic (\S+)$/.exec(headers.authorization ?? "") ?? [];
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const password = Object.hasOwn(users, user) ? users[user] : undefined;
  return password !== undefined && timingSafeEqual(digest(password), digest(rest.join(":")));
}

function pass(incoming: IncomingMessage, answer: ServerResponse): void {
  const { method = "GET", url = "/", headers } = incoming;
  if (!isKnown(incoming)) return refuse(answer, 401, "unauthorized");
  if (!url.startsWith(`${prefix}/`)) return refuse(answer, 404, "no such path");
  const { authorization: _, host: __, ...onwardHeaders } = headers;
  const { host, port, path } = behind;
  const onward = request(
    { host, port, path: path + url.slice(prefix.length), method, headers: onwardHeaders, timeout: 10_000 },
    (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    },
  );
  onward.on("error", () => {
    if (answer.headersSent) answer.destroy();
    else refuse(answer, 502, "the registry does not answer");
  });
  incoming.pipe(onward);
}

if (process.argv.includes("--alive")) {
  const asked = get(
    { host: "127.0.0.1", port: 8443, path: "/", rejectUnauthorized: false, timeout: 3000 },
    ({ statusCode }) => {
      process.exit(statusCode === 401 ? 0 : 1);
    },
  );
  asked.on("error", () => process.exit(1));
} else {
  const identity = { cert: readFileSync(`${folder}/tls.crt`), key: readFileSync(`${folder}/tls.key`) };
  const server = createServer({ ...identity, headersTimeout: 5000, requestTimeout: 10_000 }, pass);
  server.listen(8443);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
}
