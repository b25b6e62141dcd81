import { get } from "node:http";

/*
 * `health.ts [PATH]`: exit code 0 when this container's service answers PATH with 200, 1 when not; why goes to standard
 * output, where the engine keeps it. /readyz by default: healthy then means that it does its work.
 */
const path = process.argv[2] ?? "/readyz";
const host = process.env["HTTP_HOST"] ?? "127.0.0.1";
const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

function end(code: number, why: string): void {
  process.stdout.write(`${why}\n`);
  process.exit(code);
}

const request = get(
  { host: everywhere[host] ?? host, port: process.env["HTTP_PORT"] ?? "9464", path, timeout: 4000 },
  (response) => {
    let body = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => {
      body = `${body}${part}`.slice(0, 2000);
    });
    response.on("end", () => {
      end(response.statusCode === 200 ? 0 : 1, `${String(response.statusCode)} ${body.trim()}`);
    });
  },
);
request.on("timeout", () => {
  end(1, "no answer within 4 s");
});
request.on("error", (error) => {
  end(1, error.message);
});
