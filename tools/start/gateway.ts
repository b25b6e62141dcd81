import { freePort } from "./free-port.ts";

/** What the gateway is told here, and where it will be. */
export interface GatewayPlan {
  readonly environment: NodeJS.ProcessEnv;
  readonly url: string;
}

/**
 * The gateway keeps one address however often it is started again. It asks nobody who he is unless the environment says how,
 * for it listens on this machine alone.
 */
export async function planGateway(given: NodeJS.ProcessEnv): Promise<GatewayPlan> {
  const port = given["GATEWAY_PORT"] ?? String(await freePort());
  const host = given["GATEWAY_HOST"] ?? "127.0.0.1";
  const named = given["GATEWAY_TOKENS_FILE"] !== undefined || given["GATEWAY_TLS_CLIENT_CA_FILE"] !== undefined;
  const scheme = given["GATEWAY_TLS_CERT_FILE"] === undefined ? "http" : "https";
  return {
    environment: {
      GATEWAY_HOST: host,
      GATEWAY_PORT: port,
      GATEWAY_AUTH: given["GATEWAY_AUTH"] ?? (named ? "required" : "none"),
    },
    url: `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`,
  };
}

/** Commands that send a payment and ask for its decision. */
export function gatewayExample(url: string): readonly string[] {
  const event = {
    eventId: "curl-1",
    rail: "SWIFT",
    money: { amount: "950.00", currency: "GBP" },
    parties: [
      { role: "DEBTOR", name: "Amelia Whitcombe" },
      { role: "CREDITOR", name: "Almir Jahovic" },
    ],
  };
  return [
    `curl -sS '${url}/v1/messages' -H 'content-type: application/json' -d '${JSON.stringify(event)}'`,
    `curl -sS '${url}/v1/decisions/curl-1?wait=10'`,
  ];
}
