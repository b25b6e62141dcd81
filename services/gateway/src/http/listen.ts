import { createServer as createPlain, type Server } from "node:http";
import { createServer as createSecure, type Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { SecureContextOptions } from "node:tls";

import { CordonError } from "@cordon/errors";

import type { GatewayConfig } from "../config.ts";
import type { ServerFactory } from "./app.ts";
import { type Connections, limitConnections } from "./connections.ts";

export interface HttpSide {
  readonly serverFactory: ServerFactory;
  readonly connections: () => Connections | null;
  /** New connections are made with these certificates. */
  renew(tls: SecureContextOptions): void;
}

export interface HttpSideOptions {
  readonly limits: GatewayConfig["limits"];
  readonly tls: SecureContextOptions | null;
  /** Whether clients are asked for a certificate; whether it is needed is decided for each request, so that probes need none. */
  readonly certificates: boolean;
  readonly onDropped: (why: "all" | "address") => void;
}

/** Whoever waits for a decision is silent for half a minute. */
const silenceMs = 60_000;

export function httpSide({ limits, tls, certificates, onDropped }: HttpSideOptions): HttpSide {
  let server: Server | SecureServer | null = null;
  let connections: Connections | null = null;
  const times = {
    requestTimeout: limits.requestSeconds * 1000,
    headersTimeout: Math.min(5000, limits.requestSeconds * 1000),
    keepAliveTimeout: 10_000,
    // Node looks every 30 s unless told otherwise, whatever the limits are.
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 16 * 1024,
  };
  return {
    serverFactory: (handler) => {
      const made =
        tls === null
          ? createPlain(times, handler as never)
          : createSecure(
              { ...times, ...tls, handshakeTimeout: 5000, requestCert: certificates, rejectUnauthorized: false },
              handler as never,
            );
      made.maxHeadersCount = 100;
      made.setTimeout(silenceMs);
      server = made;
      const room = { all: limits.maxConnections, perAddress: limits.maxConnectionsPerAddress, onDropped };
      connections = limitConnections(made, room);
      return made;
    },
    connections: () => connections,
    renew(next) {
      if (server !== null && "setSecureContext" in server) server.setSecureContext(next);
    },
  };
}

/** Where it listens. Throws CONFIG_INVALID when it cannot. */
export function urlOf(address: AddressInfo | string | null, secure: boolean): string {
  if (address === null || typeof address === "string")
    throw new CordonError("CONFIG_INVALID", "GATEWAY_HOST and GATEWAY_PORT: there is no such address here");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `${secure ? "https" : "http"}://${host}:${String(address.port)}`;
}
