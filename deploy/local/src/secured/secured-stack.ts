import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startRegistry } from "../processes/registry.ts";
import { makeScratchFolder } from "../processes/scratch-folder.ts";
import type { Starting } from "../service.ts";
import type { StackOptions } from "../stack.ts";
import { type Identity, type IdentityFiles, makeAuthority, makeCertificate, writeIdentity } from "./certificates.ts";
import { type Guard, startGuard } from "./guard.ts";
import { type KafkaAdmin, openKafkaAdmin } from "./kafka-admin.ts";
import { leastPermissions, registryWriters, type SecuredUser, securedUsers } from "./permissions.ts";
import { startSecuredKafka, type TokenIssuer } from "./secured-kafka.ts";
import { type SecuredRedis, startSecuredRedis } from "./secured-redis.ts";

export interface SecuredStackOptions extends Pick<StackOptions, "env" | "report" | "signal"> {
  /** Clients of Kafka prove themselves again after that time, milliseconds. Default: never. */
  readonly reauthenticateMs?: number;
  readonly issuer?: TokenIssuer;
}

/**
 * Kafka with SASL over TLS, mutual TLS and the least permissions; Redis with TLS and users; a registry behind TLS, basic
 * authentication and a path. All on loopback, with certificates made here, gone with this process.
 */
export interface SecuredStack {
  /** A service's variables, by SCRAM or by client certificate. */
  env(user: SecuredUser, how?: "scram" | "certificate"): Readonly<Record<string, string>>;
  readonly kafka: KafkaAdmin;
  readonly redis: SecuredRedis;
  readonly registry: Guard;
  readonly passwords: Readonly<Record<SecuredUser | "admin", string>>;
  /** Writes the file that a user's password is read from. Tell the services, too. */
  writePassword(user: SecuredUser, password: string): void;
  /** Files; `expired` and `elsewhere` are certificates of the server that must not be taken. */
  readonly files: {
    readonly ca: string;
    readonly otherCa: string;
    /** What Kafka and Redis show. Another one written here counts for Redis once it is told its path again. */
    readonly server: IdentityFiles;
    readonly expired: IdentityFiles;
    readonly elsewhere: IdentityFiles;
    readonly clients: Readonly<Record<SecuredUser, IdentityFiles>>;
    readonly expiredClients: Readonly<Record<SecuredUser, IdentityFiles>>;
  };
  readonly authority: Identity;
  readonly otherAuthority: Identity;
  readonly folder: string;
  /** Where whoever comes is the administrator. */
  readonly adminAddress: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
}

const securedTopics = {
  partitioned: [
    "payments.v1",
    "remittances.v1",
    "screening.decisions.v1",
    "screening.alerts.v1",
    "screening.dispositions.v1",
  ],
  single: ["screening.canary-decisions.v1", "screening.canary-alerts.v1", "cordon.operator-acts.v1"],
  deadLetters: "screening.dead-letters.v1",
  listChanges: "sanctions.list-changes.v1",
} as const;

const newPassword = (): string => randomBytes(12).toString("hex");

export async function startSecuredStack(options: SecuredStackOptions): Promise<SecuredStack> {
  const { env, report, signal = new AbortController().signal, reauthenticateMs = 0, issuer = null } = options;
  const scratch = makeScratchFolder();
  const starting: Starting = { env, report, signal, newFolder: (name) => scratch.newFolder(name) };
  // A folder of the registry's keeps the root: whatever is in it goes with the stack.
  const folder = scratch.newFolder("registry");
  const tls = join(folder, "tls");
  const secrets = join(folder, "secrets");
  for (const each of [tls, secrets]) mkdirSync(each, { mode: 0o700 });

  const [authority, otherAuthority] = await Promise.all([makeAuthority("stack-ca"), makeAuthority("other-ca")]);
  const ca = writeIdentity(tls, "ca", authority).cert;
  const otherCa = writeIdentity(tls, "other-ca", otherAuthority).cert;
  const hosts = ["localhost", "127.0.0.1"];
  const serverIdentity = await makeCertificate(authority, { commonName: "localhost", hosts });
  const server = writeIdentity(tls, "server", serverIdentity);
  const made = async (name: string, of: Promise<Identity>): Promise<IdentityFiles> =>
    writeIdentity(tls, name, await of);
  const expired = await made("expired", makeCertificate(authority, { commonName: "localhost", hosts, expired: true }));
  const elsewhere = await made(
    "elsewhere",
    makeCertificate(authority, { commonName: "kafka.example", hosts: ["kafka.example"] }),
  );
  const clientsOf = async (isExpired: boolean): Promise<Readonly<Record<SecuredUser, IdentityFiles>>> =>
    Object.fromEntries(
      await Promise.all(
        securedUsers.map(async (user) => {
          const identity = makeCertificate(authority, { commonName: user, hosts: [user], expired: isExpired });
          return [user, await made(`client-${user}${isExpired ? "-expired" : ""}`, identity)] as const;
        }),
      ),
    ) as Readonly<Record<SecuredUser, IdentityFiles>>;
  const clients = await clientsOf(false);
  const expiredClients = await clientsOf(true);

  const passwords = Object.fromEntries(
    [...securedUsers, "admin" as const].map((user) => [user, newPassword()]),
  ) as Record<SecuredUser | "admin", string>;
  const writePassword = (user: SecuredUser, password: string): void => {
    passwords[user] = password;
    writeFileSync(join(secrets, user), `${password}\n`, { mode: 0o600 });
  };
  for (const user of securedUsers) writePassword(user, passwords[user]);

  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.allSettled(stops.toReversed().map((each) => each()));
    scratch.remove();
  };
  try {
    const startedAt = performance.now();
    const started = await Promise.allSettled([
      startSecuredKafka(starting, { bundle: server.bundle, ca, reauthenticateMs, plainUsers: passwords, issuer }),
      startRegistry(starting),
      startSecuredRedis(starting, { ...server, ca, caText: authority.cert, passwords }),
    ] as const);
    for (const each of started) if (each.status === "fulfilled") stops.push(() => each.value.stop());
    const [kafkaNode, plainRegistry, redis] = started.map((each) => {
      if (each.status === "rejected") throw each.reason;
      return each.value;
    }) as unknown as [
      Awaited<ReturnType<typeof startSecuredKafka>>,
      Awaited<ReturnType<typeof startRegistry>>,
      SecuredRedis,
    ];
    const registry = await startGuard(new URL(plainRegistry.address), serverIdentity);
    stops.push(() => registry.close());
    for (const user of securedUsers)
      registry.users.set(user, { password: passwords[user], write: registryWriters.has(user) });
    const kafka = openKafkaAdmin(kafkaNode.admin);
    stops.push(() => kafka.close());
    await makeTopics(kafka);
    for (const user of securedUsers) await kafka.setPassword(user, passwords[user]);
    await kafka.allow(leastPermissions);
    report(`secured stack: up after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

    const envOf = (user: SecuredUser, how: "scram" | "certificate" = "scram"): Readonly<Record<string, string>> => ({
      KAFKA_TLS: "true",
      KAFKA_TLS_CA_FILE: ca,
      KAFKA_REPLICATION_FACTOR: "1",
      KAFKA_MIN_INSYNC_REPLICAS: "1",
      SCHEMA_REGISTRY_URL: registry.url,
      SCHEMA_REGISTRY_USERNAME: user,
      SCHEMA_REGISTRY_PASSWORD_FILE: join(secrets, user),
      SCHEMA_REGISTRY_TLS_CA_FILE: ca,
      REDIS_URL: redis.url,
      REDIS_USERNAME: user,
      REDIS_PASSWORD_FILE: join(secrets, user),
      REDIS_TLS_CA_FILE: ca,
      ...(how === "scram"
        ? {
            KAFKA_BROKERS: kafkaNode.sasl,
            KAFKA_SASL_MECHANISM: "scram-sha-512",
            KAFKA_SASL_USERNAME: user,
            KAFKA_SASL_PASSWORD_FILE: join(secrets, user),
          }
        : {
            KAFKA_BROKERS: kafkaNode.mutual,
            KAFKA_TLS_CERT_FILE: clients[user].cert,
            KAFKA_TLS_KEY_FILE: clients[user].key,
          }),
    });
    return {
      env: envOf,
      kafka,
      redis,
      registry,
      passwords,
      writePassword,
      files: { ca, otherCa, server, expired, elsewhere, clients, expiredClients },
      authority,
      otherAuthority,
      folder,
      adminAddress: kafkaNode.admin,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As the services want them: nothing differs, nothing is warned of. */
function makeTopics(kafka: KafkaAdmin): Promise<void> {
  const base = { "min.insync.replicas": "1" };
  const { partitioned, single, deadLetters, listChanges } = securedTopics;
  return kafka.createTopics([
    ...partitioned.map((name) => ({ name, partitions: 3, configs: base })),
    ...single.map((name) => ({ name, partitions: 1, configs: { ...base, "retention.ms": "86400000" } })),
    { name: deadLetters, partitions: 1, configs: { ...base, "max.message.bytes": "16777216" } },
    { name: listChanges, partitions: 1, configs: { ...base, "cleanup.policy": "compact" } },
  ]);
}
