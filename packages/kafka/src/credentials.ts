import { type SaslLogin, subjectOf, type TlsFiles } from "@cordon/service";

import { createTokenSource, type TokenSource } from "./token-source.ts";

/** What proves who a client is, and whom it trusts. */
export interface KafkaSecrets {
  readonly tls: TlsFiles | null;
  readonly sasl: SaslLogin | null;
}

/** The secrets as they are when they are looked at, and what is known of how they were taken. */
export interface Credentials {
  /** Each field as it is now. Null for plain connections. */
  readonly tls: TlsFiles | null;
  readonly sasl: LiveSasl | null;
  /** Who this client is to Kafka, for messages. */
  readonly who: () => string;
  /** Whether Kafka let this client in once: then a refusal may pass, by a secret that is on its way. */
  worked: boolean;
}

/** What an adapter hands to its library. `password` is as it is now. */
export type LiveSasl =
  | {
      readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
      readonly username: string;
      readonly password: string;
    }
  | { readonly mechanism: "oauthbearer"; readonly tokens: TokenSource };

/**
 * Whether there is TLS and by which mechanism stays as it was at the start; what the files hold is read through `now`, which
 * both libraries ask for each connection and each time that they prove themselves again.
 */
export function liveCredentials(start: KafkaSecrets, now: () => KafkaSecrets): Credentials {
  const { tls, sasl } = start;
  return {
    tls: tls === null ? null : liveTls(tls, now),
    sasl: sasl === null ? null : liveSasl(sasl, now),
    who: () => nameOf(now()),
    worked: false,
  };
}

/** Enumerable getters: both libraries copy the fields when they connect. */
function liveTls(start: TlsFiles, now: () => KafkaSecrets): TlsFiles {
  return {
    get ca() {
      return now().tls?.ca ?? start.ca;
    },
    get cert() {
      return now().tls?.cert ?? start.cert;
    },
    get key() {
      return now().tls?.key ?? start.key;
    },
  };
}

function liveSasl(start: SaslLogin, now: () => KafkaSecrets): LiveSasl {
  const { mechanism } = start;
  if (mechanism === "oauthbearer")
    return { mechanism, tokens: createTokenSource(() => ({ ...start, ...tokenLoginOf(now()) })) };
  return {
    mechanism,
    get username() {
      return now().sasl?.username ?? start.username;
    },
    get password() {
      return now().sasl?.password ?? start.password;
    },
  };
}

function tokenLoginOf({ sasl }: KafkaSecrets): Partial<Extract<SaslLogin, { mechanism: "oauthbearer" }>> {
  return sasl?.mechanism === "oauthbearer" ? sasl : {};
}

function nameOf({ tls, sasl }: KafkaSecrets): string {
  if (sasl !== null) return `user ${sasl.username}`;
  const subject = tls?.cert === null || tls === null ? null : subjectOf(tls.cert);
  return subject === null ? "this client, which does not say who it is," : `user ${subject}`;
}

/** What is set of the TLS files, for a library that takes absent ones as its own defaults. */
export function tlsFields(tls: TlsFiles): { readonly ca?: string; readonly cert?: string; readonly key?: string } {
  const fields: { ca?: string; cert?: string; key?: string } = {};
  for (const name of ["ca", "cert", "key"] as const)
    if (tls[name] !== null)
      Object.defineProperty(fields, name, { enumerable: true, get: () => tls[name] ?? undefined });
  return fields;
}
