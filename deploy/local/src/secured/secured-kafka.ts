import { join } from "node:path";

import { kafkaAnswers } from "../answering.ts";
import { fetchKafka } from "../processes/fetch.ts";
import { freePorts } from "../processes/free-ports.ts";
import { newestJava } from "../processes/java.ts";
import { newClusterId, nodeCommand } from "../processes/kafka.ts";
import { noJava } from "../processes/no-java.ts";
import { runProcess } from "../processes/run-process.ts";
import type { Starting } from "../service.ts";
import { kafkaJava, kafkaVersion } from "../versions.ts";

/** A token issuer that the brokers believe. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly audience: string;
}

export interface SecuredKafkaOptions {
  /** Key and certificate of the broker. */
  readonly bundle: string;
  readonly ca: string;
  /** Clients prove themselves again after that time, milliseconds; 0: never. */
  readonly reauthenticateMs: number;
  /** Users of SASL PLAIN, with their passwords. */
  readonly plainUsers: Readonly<Record<string, string>>;
  readonly issuer: TokenIssuer | null;
}

export interface SecuredKafka {
  /** SASL over TLS. */
  readonly sasl: string;
  /** Mutual TLS. */
  readonly mutual: string;
  /** Whoever comes here is the administrator. */
  readonly admin: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
}

/** One node with permissions: nothing is allowed but what was granted. */
export async function startSecuredKafka(starting: Starting, options: SecuredKafkaOptions): Promise<SecuredKafka> {
  const java = await newestJava(starting.env);
  if (java === undefined || java.version < kafkaJava) throw noJava(`kafka: Kafka ${kafkaVersion}`, kafkaJava, java);
  const classpath = join(await fetchKafka(java, starting), "*");
  let ports: readonly number[] = [];
  const service = await runProcess(
    "kafka",
    async (folder) => {
      ports = await freePorts(4);
      const [broker = 0, controller = 0, sasl = 0, mutual = 0] = ports;
      const node = { id: 1, broker, controller };
      const settings = settingsOf(options, { broker, controller, sasl, mutual });
      const spec = nodeCommand({ node, nodes: [node], folder, clusterId: newClusterId(), java, classpath, settings });
      const { issuer } = options;
      const allowed =
        issuer === null ? [] : [`JDK_JAVA_OPTIONS=-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${issuer.jwksUrl}`];
      return { ...spec, args: [...allowed, ...spec.args], answers: () => kafkaAnswers({ brokers: [spec.address] }) };
    },
    starting,
  );
  const [broker = 0, , sasl = 0, mutual = 0] = ports;
  return {
    sasl: `localhost:${String(sasl)}`,
    mutual: `localhost:${String(mutual)}`,
    admin: { host: "127.0.0.1", port: broker },
    stop: () => service.stop(),
  };
}

const at = (name: string, host: string, port: number): string => `${name}://${host}:${String(port)}`;

type Ports = Readonly<Record<"broker" | "controller" | "sasl" | "mutual", number>>;

function settingsOf(
  { bundle, ca, reauthenticateMs, plainUsers, issuer }: SecuredKafkaOptions,
  { broker, controller, sasl, mutual }: Ports,
): Readonly<Record<string, string | number>> {
  const users = Object.entries(plainUsers).map(([user, password]) => ` user_${user}="${password}"`);
  const scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
  const mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", ...(issuer === null ? [] : ["OAUTHBEARER"])];
  return {
    listeners: [
      at("PLAINTEXT", "127.0.0.1", broker),
      at("CLIENTS", "127.0.0.1", sasl),
      at("MUTUAL", "127.0.0.1", mutual),
      at("CONTROLLER", "127.0.0.1", controller),
    ].join(","),
    "advertised.listeners": [
      at("PLAINTEXT", "127.0.0.1", broker),
      at("CLIENTS", "localhost", sasl),
      at("MUTUAL", "localhost", mutual),
    ].join(","),
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CLIENTS:SASL_SSL,MUTUAL:SSL,CONTROLLER:PLAINTEXT",
    "sasl.enabled.mechanisms": mechanisms.join(","),
    "listener.name.clients.plain.sasl.jaas.config": `org.apache.kafka.common.security.plain.PlainLoginModule required${users.join("")};`,
    "listener.name.clients.scram-sha-256.sasl.jaas.config": scram,
    "listener.name.clients.scram-sha-512.sasl.jaas.config": scram,
    ...(issuer === null ? {} : tokenSettings(issuer)),
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": bundle,
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": ca,
    "listener.name.mutual.ssl.client.auth": "required",
    "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": "User:ANONYMOUS",
    "connections.max.reauth.ms": reauthenticateMs,
  };
}

function tokenSettings({ issuer, jwksUrl, audience }: TokenIssuer): Readonly<Record<string, string>> {
  const security = "org.apache.kafka.common.security.oauthbearer";
  return {
    "listener.name.clients.oauthbearer.sasl.jaas.config": `${security}.OAuthBearerLoginModule required;`,
    "listener.name.clients.oauthbearer.sasl.server.callback.handler.class": `${security}.OAuthBearerValidatorCallbackHandler`,
    "listener.name.clients.oauthbearer.sasl.oauthbearer.jwks.endpoint.url": jwksUrl,
    "listener.name.clients.oauthbearer.sasl.oauthbearer.expected.audience": audience,
    "listener.name.clients.oauthbearer.sasl.oauthbearer.expected.issuer": issuer,
  };
}
