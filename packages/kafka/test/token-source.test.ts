import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, test } from "vitest";

import { createTokenSource, type TokenLogin } from "../src/token-source.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Asked {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

async function endpoint(answer: (asked: Asked) => { readonly status?: number; readonly body: unknown }) {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      asked.push({ authorization: request.headers.authorization, form: new URLSearchParams(text) });
      const { status = 200, body } = answer(asked.at(-1)!);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const tokenUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`;
  const login: TokenLogin = {
    username: "a client",
    password: "s&cret",
    tokenUrl,
    scope: "kafka",
    audience: null,
    ca: null,
  };
  return { asked, login };
}

const token = (life: number) => () => ({ body: { access_token: "abc.def", token_type: "bearer", expires_in: life } });

describe("a source of tokens", () => {
  test("asks by client credentials, form-encoded as RFC 6749 wants it, with its scope", async () => {
    const { asked, login } = await endpoint(token(300));
    expect(await createTokenSource(() => login).token()).toBe("abc.def");
    const encoded = Buffer.from(asked[0]?.authorization?.slice(6) ?? "", "base64").toString();
    expect(encoded).toBe("a+client:s%26cret");
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({ grant_type: "client_credentials", scope: "kafka" });
  });

  test.each([
    [300, 240],
    [60, 45],
    [20, 10],
  ])("uses a token that lives for %d s for %d s, however many ask", async (life, used) => {
    const { asked, login } = await endpoint(token(life));
    let now = 0;
    const source = createTokenSource(
      () => login,
      () => now,
    );
    await Promise.all([source.token(), source.token()]);
    now = used * 1000 - 1;
    await source.token();
    expect(asked).toHaveLength(1);
    now = used * 1000;
    await source.token();
    expect(asked).toHaveLength(2);
  });

  test("asks anew when its secret has changed", async () => {
    const { asked, login } = await endpoint(token(300));
    let password = "old";
    const source = createTokenSource(() => ({ ...login, password }));
    await source.token();
    password = "new";
    await source.token();
    expect(asked).toHaveLength(2);
  });

  test.each<[string, RegExp, () => { status?: number; body: unknown }]>([
    [
      "a refusal",
      /status 401 \(invalid_client: locked\)/,
      () => ({ status: 401, body: { error: "invalid_client", error_description: "locked" } }),
    ],
    ["a page", /status 502/, () => ({ status: 502, body: "<html>s&cret</html>" })],
    ["no token", /no access_token/, () => ({ body: { token_type: "bearer" } })],
    ["a token that would end SASL's line", /no access_token/, () => ({ body: { access_token: "a\u0001b" } })],
    ["a token of another type", /expected Bearer/, () => ({ body: { access_token: "a", token_type: "mac" } })],
  ])("says what is wrong with %s, never the secret, and remembers it until it gets one", async (_, message, answer) => {
    const { login } = await endpoint(answer);
    const source = createTokenSource(() => login);
    const error = await source.token().then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toMatchObject({ code: "TOKEN_UNAVAILABLE", message: expect.stringMatching(message) });
    expect(error?.message).toContain("a client");
    expect(error?.message).not.toContain("s&cret");
    expect(source.failure).toBe(error);
  });
});
