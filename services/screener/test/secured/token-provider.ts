import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// The package brings no types.
// @ts-expect-error TS7016
import { Provider as UntypedProvider } from "oidc-provider";

interface Token {
  readonly kind: string;
  readonly clientId: string;
}

/** What of a provider is used here. */
type ProviderClass = new (
  url: string,
  settings: object,
) => {
  on(event: string, listener: () => void): void;
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

const Provider = UntypedProvider as ProviderClass;

/** A real OpenID provider on loopback that gives signed tokens by client credentials. */
export interface TokenProvider {
  readonly issuer: { readonly issuer: string; readonly jwksUrl: string; readonly audience: string };
  /** What a service is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Tokens that were given. */
  readonly given: () => number;
  /** From now on tokens are refused, or given again. */
  refuse(isRefused: boolean): void;
  stop(): Promise<void>;
}

const audience = "kafka";
const lifeSeconds = 12;

export async function startTokenProvider(): Promise<TokenProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  let given = 0;
  let isRefused = false;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: "screener",
        client_secret: "a secret of the client's: 100% + more",
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ["kafka"],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${audience}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "kafka",
          audience,
          accessTokenTTL: lifeSeconds,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    ttl: { ClientCredentials: lifeSeconds },
    // Kafka takes the principal from the claim `sub`.
    extraTokenClaims: (_context: unknown, token: Token) => ({
      sub: token.kind === "ClientCredentials" ? token.clientId : undefined,
    }),
  });
  provider.on("client_credentials.issued", () => {
    given += 1;
  });
  const handle = provider.callback();
  server.on("request", (request, response) => {
    if (isRefused && request.url === "/token") {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: "invalid_client", error_description: "the client was locked" }));
      return;
    }
    void handle(request, response);
  });
  return {
    issuer: { issuer: url, jwksUrl: `${url}/jwks`, audience },
    env: {
      KAFKA_SASL_MECHANISM: "oauthbearer",
      KAFKA_SASL_USERNAME: "screener",
      KAFKA_SASL_PASSWORD: "a secret of the client's: 100% + more",
      KAFKA_SASL_PASSWORD_FILE: "",
      KAFKA_OAUTH_TOKEN_URL: `${url}/token`,
      KAFKA_OAUTH_SCOPE: "kafka",
      KAFKA_OAUTH_AUDIENCE: `urn:${audience}`,
    },
    given: () => given,
    refuse(refused) {
      isRefused = refused;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
