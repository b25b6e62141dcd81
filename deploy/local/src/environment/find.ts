import { readFileSync } from "node:fs";

import type { KafkaConfig } from "kafkajs";

import { kafkaAnswers, postgresAnswers, redisAnswers, registryAnswers } from "../answering.ts";
import type { Finding, Service, ServiceName } from "../service.ts";
import { StackError } from "../stack-error.ts";
import { untilAnswering } from "../until-answering.ts";

type Env = Finding["env"];

const variables = {
  kafka: "KAFKA_BROKERS",
  registry: "SCHEMA_REGISTRY_URL",
  redis: "REDIS_URL",
  postgres: "DESK_DATABASE_URL",
} as const satisfies Record<ServiceName, string>;

const checks = {
  kafka: (address, env) => {
    const ssl = kafkaTls(env);
    const sasl = kafkaSasl(env);
    const brokers = address.split(",").map((broker) => broker.trim());
    return () =>
      kafkaAnswers({ brokers, ...(ssl === undefined ? {} : { ssl }), ...(sasl === undefined ? {} : { sasl }) });
  },
  registry: (url, env) => {
    const connection = {
      url,
      username: valueOf(env, "SCHEMA_REGISTRY_USERNAME"),
      password: valueOf(env, "SCHEMA_REGISTRY_PASSWORD"),
      ca: fileOf(env, "SCHEMA_REGISTRY_TLS_CA_FILE"),
    };
    return () => registryAnswers(connection);
  },
  redis: (url, env) => {
    const username = valueOf(env, "REDIS_USERNAME");
    const password = valueOf(env, "REDIS_PASSWORD");
    const ca = fileOf(env, "REDIS_TLS_CA_FILE");
    return () =>
      redisAnswers(url, {
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...(ca === undefined ? {} : { tls: { ca } }),
      });
  },
  postgres: (url) => () => postgresAnswers(url),
} as const satisfies Record<ServiceName, (address: string, env: Env) => () => Promise<void>>;

/** How long an address from the environment may stay silent: its service may be starting beside us. */
const patienceMs = 30_000;

export function isInEnvironment(name: ServiceName, env: Env): boolean {
  return valueOf(env, variables[name]) !== undefined;
}

/** The service the environment points to, once it answers; undefined when the environment names none. */
export async function findInEnvironment(
  name: ServiceName,
  { env, report, signal }: Finding,
): Promise<Service | undefined> {
  const variable = variables[name];
  const address = valueOf(env, variable);
  if (address === undefined) return undefined;
  report(`${name}: ${variable} is set, asking it`);
  await untilAnswering(`${name}: the address in ${variable}`, checks[name](address, env), {
    signal,
    timeoutMs: patienceMs,
    pauseMs: 500,
  });
  return { source: "environment", address, stop: () => Promise.resolve() };
}

function kafkaTls(env: Env): KafkaConfig["ssl"] {
  if (valueOf(env, "KAFKA_TLS") !== "true") return undefined;
  const ca = fileOf(env, "KAFKA_TLS_CA_FILE");
  const cert = fileOf(env, "KAFKA_TLS_CERT_FILE");
  const key = fileOf(env, "KAFKA_TLS_KEY_FILE");
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function kafkaSasl(env: Env): KafkaConfig["sasl"] {
  const mechanism = valueOf(env, "KAFKA_SASL_MECHANISM");
  if (mechanism === undefined) return undefined;
  const credentials = {
    username: valueOf(env, "KAFKA_SASL_USERNAME") ?? "",
    password: valueOf(env, "KAFKA_SASL_PASSWORD") ?? "",
  };
  switch (mechanism) {
    case "plain":
    case "scram-sha-256":
    case "scram-sha-512":
      return { mechanism, ...credentials } as KafkaConfig["sasl"];
    default:
      throw new StackError("KAFKA_SASL_MECHANISM must be plain, scram-sha-256 or scram-sha-512");
  }
}

/** `X`, else what the file named by `X_FILE` holds, without the newline at its end. An empty value counts as none. */
function valueOf(env: Env, variable: string): string | undefined {
  const direct = env[variable];
  if (direct !== undefined && direct !== "") return direct;
  return fileOf(env, `${variable}_FILE`)?.replace(/\r?\n$/, "");
}

function fileOf(env: Env, variable: string): string | undefined {
  const path = env[variable];
  if (path === undefined || path === "") return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new StackError(`${variable} names a file that cannot be read`, { cause: error });
  }
}
