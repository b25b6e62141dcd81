import { pbkdf2Sync, randomBytes } from "node:crypto";

import {
  Admin,
  type Acl,
  AclOperations,
  AclPermissionTypes,
  alterUserScramCredentialsV0,
  type Connection,
  type ConnectionOptions,
  ConnectionPool,
  createAclsV3,
  createTopicsV7,
  deleteAclsV3,
  ResourcePatternTypes,
  ResourceTypes,
} from "@platformatic/kafka";

export type ResourceKind = "topic" | "group" | "transactional-id" | "cluster";

/** One operation that a user may do on one resource. */
export interface Permission {
  readonly user: string;
  readonly kind: ResourceKind;
  readonly pattern: "literal" | "prefixed";
  readonly name: string;
  /** As Kafka spells it: READ, DESCRIBE_CONFIGS. */
  readonly operation: keyof typeof AclOperations;
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly configs?: Readonly<Record<string, string>>;
}

/** What an administrator of Kafka does. */
export interface KafkaAdmin {
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  allow(permissions: readonly Permission[]): Promise<void>;
  revoke(permissions: readonly Permission[]): Promise<void>;
  /** Creates or changes a user of SCRAM-SHA-256 and SCRAM-SHA-512. */
  setPassword(user: string, password: string): Promise<void>;
  close(): Promise<void>;
}

const kinds = {
  topic: ResourceTypes.TOPIC,
  group: ResourceTypes.GROUP,
  "transactional-id": ResourceTypes.TRANSACTIONAL_ID,
  cluster: ResourceTypes.CLUSTER,
} as const;

const aclOf = ({ user, kind, pattern, name, operation }: Permission): Acl => ({
  resourceType: kinds[kind],
  resourceName: name,
  resourcePatternType: pattern === "literal" ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
  principal: `User:${user}`,
  host: "*",
  operation: AclOperations[operation],
  permissionType: AclPermissionTypes.ALLOW,
});

const scramIterations = 4096;
const scrams = [
  { mechanism: 1, hash: "sha256", bytes: 32 },
  { mechanism: 2, hash: "sha512", bytes: 64 },
] as const;

/** How the administrator proves himself; nothing: over a listener that takes everybody for him. */
export type AdminConnection = Pick<ConnectionOptions, "tls" | "sasl">;

export function openKafkaAdmin(
  broker: { readonly host: string; readonly port: number },
  connecting: AdminConnection = {},
): KafkaAdmin {
  const pool = new ConnectionPool("secured-stack", connecting);
  const bootstrapBrokers = [`${broker.host}:${String(broker.port)}`];
  const admin = new Admin({ clientId: "secured-stack", bootstrapBrokers, ...connecting });
  const connection = (): Promise<Connection> => pool.get(broker);
  return {
    async createTopics(topics) {
      const requests = topics.map(({ name, partitions, configs = {} }) => ({
        name,
        numPartitions: partitions,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      }));
      await createTopicsV7.api.async(await connection(), requests, 10_000, false);
    },
    async deleteTopics(names) {
      await admin.deleteTopics({ topics: [...names] });
    },
    async allow(permissions) {
      await createAclsV3.api.async(await connection(), permissions.map(aclOf));
    },
    async revoke(permissions) {
      await deleteAclsV3.api.async(await connection(), permissions.map(aclOf) as never);
    },
    async setPassword(user, password) {
      // Kafka takes one credential of a user at a time.
      for (const { mechanism, hash, bytes } of scrams) {
        const salt = randomBytes(20);
        const saltedPassword = pbkdf2Sync(password, salt, scramIterations, bytes, hash);
        const credential = { name: user, mechanism, iterations: scramIterations, salt, saltedPassword };
        await alterUserScramCredentialsV0.api.async(await connection(), [], [credential]);
      }
    },
    async close() {
      await pool.close();
      await admin.close();
    },
  };
}
