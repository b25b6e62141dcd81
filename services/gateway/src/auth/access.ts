import type { IncomingMessage } from "node:http";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";

import { CordonError } from "@cordon/errors";

import type { GatewayConfig } from "../config.ts";
import { bearerToken, type ClientName, isClientName, type TokenBook, tokenBook } from "./clients.ts";
import { watchFiles } from "./watched-file.ts";

/** Who may come in, as the files say now. */
export interface Access {
  /** Throws CLIENT_UNKNOWN. With `GATEWAY_AUTH=none` everybody is `anonymous`. */
  identify(request: IncomingMessage): ClientName;
  /** What the server shows and trusts; null without TLS. */
  tls(): SecureContextOptions | null;
  close(): void;
}

export interface AccessEvents {
  readonly changed: (event: { readonly what: "tokens" | "certificates" }) => void;
  readonly faulty: (event: { readonly what: "tokens" | "certificates"; readonly error: unknown }) => void;
  /** New connections are to be made with these. */
  readonly renewed: (tls: SecureContextOptions) => void;
}

export const anonymous = "anonymous";

/** Reads what names clients, and again when it changes. Throws CONFIG_INVALID. */
export function openAccess({ open, tokensFile, tls }: GatewayConfig["access"], events: AccessEvents): Access {
  const tokens =
    tokensFile === null
      ? null
      : watchFiles<TokenBook>({
          paths: { GATEWAY_TOKENS_FILE: tokensFile },
          read: (texts) => tokenBook(texts["GATEWAY_TOKENS_FILE"] ?? ""),
          onChange: () => {
            events.changed({ what: "tokens" });
          },
          onFault: (error) => {
            events.faulty({ what: "tokens", error });
          },
        });
  const certificates = tls === null ? null : watchCertificates(tls, events);
  return {
    identify(request) {
      if (open) return anonymous;
      const { authorization } = request.headers;
      // Who shows a token means it: a wrong one is not made good by a certificate.
      const client =
        authorization === undefined || tokens === null ? certified(request) : known(tokens.current, authorization);
      if (client !== null) return client;
      throw new CordonError("CLIENT_UNKNOWN", "no token or certificate of a known client came with the request");
    },
    tls: () => certificates?.current ?? null,
    close() {
      tokens?.close();
      certificates?.close();
    },
  };
}

function known(book: TokenBook, authorization: string): ClientName | null {
  const token = bearerToken(authorization);
  return token === null ? null : book.clientOf(token);
}

/** The common name of a certificate that a trusted authority signed. */
function certified({ socket }: IncomingMessage): ClientName | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return typeof name === "string" && isClientName(name) ? name : null;
}

function watchCertificates(tls: NonNullable<GatewayConfig["access"]["tls"]>, events: AccessEvents) {
  const { certFile, keyFile, clientCaFile } = tls;
  return watchFiles<SecureContextOptions>({
    paths: {
      GATEWAY_TLS_CERT_FILE: certFile,
      GATEWAY_TLS_KEY_FILE: keyFile,
      ...(clientCaFile === null ? {} : { GATEWAY_TLS_CLIENT_CA_FILE: clientCaFile }),
    },
    read: (texts) => {
      const options: SecureContextOptions = {
        cert: texts["GATEWAY_TLS_CERT_FILE"],
        key: texts["GATEWAY_TLS_KEY_FILE"],
        minVersion: "TLSv1.2",
        ...(clientCaFile === null ? {} : { ca: texts["GATEWAY_TLS_CLIENT_CA_FILE"] }),
      };
      try {
        createSecureContext(options);
      } catch (cause) {
        throw new CordonError(
          "CONFIG_INVALID",
          "GATEWAY_TLS_CERT_FILE, GATEWAY_TLS_KEY_FILE or GATEWAY_TLS_CLIENT_CA_FILE holds no PEM, or the key is not the certificate's",
          { cause },
        );
      }
      return options;
    },
    onChange: (now) => {
      events.changed({ what: "certificates" });
      events.renewed(now);
    },
    onFault: (error) => {
      events.faulty({ what: "certificates", error });
    },
  });
}
