import { kafkaClients, kafkaCompressions } from "./client-names.ts";
import {
  address,
  commaSeparated,
  flag,
  group,
  integer,
  oneOf,
  optional,
  pemFile,
  type ReportFault,
  secret,
  text,
} from "./setting.ts";
import { checkTlsFiles, type TlsFiles } from "./tls-files.ts";

const millisPerHour = 3_600_000;

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A user name without a password, or the reverse, is a mistake and not a wish to go without. */
function credentials(
  name: string,
  values: { readonly username: string | null; readonly password: string | null },
  fault: ReportFault,
): Credentials | null {
  const { username, password } = values;
  if (username !== null && password !== null) return { username, password };
  if (username !== null) fault(`${name}_USERNAME is set without ${name}_PASSWORD, expected both or neither`);
  if (password !== null) fault(`${name}_PASSWORD is set without ${name}_USERNAME, expected both or neither`);
  return null;
}

const retentionHours = { min: 1, max: 87_600 } as const;

export type SaslMechanism = "plain" | "scram-sha-256" | "scram-sha-512";

/** How a client proves who it is to Kafka. */
export type SaslLogin =
  | (Credentials & { readonly mechanism: SaslMechanism })
  /** Tokens by client credentials: `username` and `password` are the client's id and secret. */
  | (Credentials & { readonly mechanism: "oauthbearer" } & TokenEndpoint);

export interface TokenEndpoint {
  readonly tokenUrl: string;
  readonly scope: string | null;
  readonly audience: string | null;
  /** PEM text; `null`: Node's own list. */
  readonly ca: string | null;
}

interface SaslValues {
  readonly mechanism: SaslMechanism | "oauthbearer" | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly tokenUrl: string | null;
  readonly tokenScope: string | null;
  readonly tokenAudience: string | null;
  readonly tokenCa: string | null;
}

function kafkaSasl(values: SaslValues, fault: ReportFault): SaslLogin | null {
  const { mechanism, tokenUrl, tokenScope: scope, tokenAudience: audience, tokenCa: ca } = values;
  const user = credentials("KAFKA_SASL", values, fault);
  if (mechanism === null && user !== null)
    fault("KAFKA_SASL_USERNAME is set without KAFKA_SASL_MECHANISM, expected a mechanism");
  if (mechanism !== null && values.username === null && values.password === null)
    fault("KAFKA_SASL_MECHANISM is set without KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, expected both");
  if (mechanism !== "oauthbearer") {
    if (tokenUrl !== null || scope !== null || audience !== null || ca !== null)
      fault("a KAFKA_OAUTH_… is set, but KAFKA_SASL_MECHANISM is not oauthbearer, expected both or neither");
    return mechanism === null || user === null ? null : { mechanism, ...user };
  }
  if (tokenUrl === null) {
    fault("KAFKA_OAUTH_TOKEN_URL is not set, expected the token endpoint for KAFKA_SASL_MECHANISM=oauthbearer");
    return null;
  }
  if (!tokenUrl.startsWith("https:") && !isLoopback(tokenUrl))
    fault("KAFKA_OAUTH_TOKEN_URL would send the secret in the clear, expected https://, or a host on loopback");
  checkTlsFiles("KAFKA_OAUTH_TLS", { ca, cert: null, key: null }, fault);
  return user === null ? null : { mechanism, ...user, tokenUrl, scope, audience, ca };
}

const isLoopback = (url: string): boolean => /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);

/** How to reach Kafka, and how the topics that Cordon creates are laid out. */
export const kafkaConfig = group(
  {
    brokers: commaSeparated("KAFKA_BROKERS", {
      meaning: "Kafka's bootstrap servers.",
      pattern: /^[^\s:,/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/,
      expected: "host:port, more of them after commas",
    }),
    clientId: text("KAFKA_CLIENT_ID", { meaning: "How this client calls itself to the brokers.", default: "cordon" }),
    client: oneOf("KAFKA_CLIENT", kafkaClients, {
      meaning: "The library that talks to Kafka; both keep the same promises.",
      default: "kafkajs",
    }),
    compression: oneOf("KAFKA_COMPRESSION", kafkaCompressions, {
      meaning:
        "How records that are written are packed. Anything but none costs processor time here and saves it, disk and network at the brokers; what is read may be packed in any of these ways.",
      default: "none",
    }),
    tls: flag("KAFKA_TLS", { meaning: "Whether connections to Kafka are encrypted.", default: "false" }),
    ca: pemFile("KAFKA_TLS_CA_FILE", { meaning: "Authorities to trust instead of Node's own list." }),
    cert: pemFile("KAFKA_TLS_CERT_FILE", { meaning: "Client certificate, for mutual TLS." }),
    key: pemFile("KAFKA_TLS_KEY_FILE", { meaning: "Key of the client certificate." }),
    mechanism: optional(
      oneOf("KAFKA_SASL_MECHANISM", ["plain", "scram-sha-256", "scram-sha-512", "oauthbearer"], {
        meaning: "How this client proves who it is; not set: it does not.",
      }),
    ),
    username: optional(text("KAFKA_SASL_USERNAME", { meaning: "User for SASL; with oauthbearer the client's id." })),
    password: secret("KAFKA_SASL_PASSWORD", { meaning: "Password for SASL; with oauthbearer the client's secret." }),
    tokenUrl: optional(
      address("KAFKA_OAUTH_TOKEN_URL", ["https:", "http:"], {
        meaning: "Where oauthbearer gets its tokens by client credentials; http: on loopback only.",
      }),
    ),
    tokenScope: optional(text("KAFKA_OAUTH_SCOPE", { meaning: "Scopes to ask for, with spaces between them." })),
    tokenAudience: optional(
      text("KAFKA_OAUTH_AUDIENCE", { meaning: "Audience or resource to ask for, where the provider wants one." }),
    ),
    tokenCa: pemFile("KAFKA_OAUTH_TLS_CA_FILE", {
      meaning: "Authorities to trust for the token endpoint instead of Node's own.",
    }),
    replicationFactor: integer("KAFKA_REPLICATION_FACTOR", {
      meaning: "Copies of each partition of the topics that Cordon creates.",
      default: "3",
      min: 1,
      max: 100,
    }),
    minInSyncReplicas: integer("KAFKA_MIN_INSYNC_REPLICAS", {
      meaning: "Copies that must have a record before it counts as written.",
      default: "2",
      min: 1,
      max: 100,
    }),
    eventPartitions: integer("KAFKA_EVENT_PARTITIONS", {
      meaning:
        "Partitions of the event and result topics that Cordon creates; the most replicas that can share the work.",
      default: "6",
      min: 1,
      max: 10_000,
    }),
    eventRetentionHours: optional(
      integer("KAFKA_EVENT_RETENTION_HOURS", {
        meaning: "How long created event topics keep records; not set: the broker's default.",
        ...retentionHours,
      }),
    ),
    resultRetentionHours: optional(
      integer("KAFKA_RESULT_RETENTION_HOURS", {
        meaning: "How long created decision, alert and dead-letter topics keep records; not set: the broker's default.",
        ...retentionHours,
      }),
    ),
  },
  (values, fault) => {
    const { ca, cert, key } = values;
    if (!values.tls && (ca !== null || cert !== null || key !== null))
      fault('KAFKA_TLS is "false" beside a KAFKA_TLS_…_FILE, expected true, or no file');
    checkTlsFiles("KAFKA_TLS", { ca, cert, key }, fault);
    if (values.minInSyncReplicas > values.replicationFactor)
      fault("KAFKA_MIN_INSYNC_REPLICAS is greater than KAFKA_REPLICATION_FACTOR, expected at most as many");
    const sasl = kafkaSasl(values, fault);
    const tls: TlsFiles | null = values.tls ? { ca, cert, key } : null;
    return {
      brokers: values.brokers,
      clientId: values.clientId,
      client: values.client,
      compression: values.compression,
      tls,
      sasl,
      replicationFactor: values.replicationFactor,
      minInSyncReplicas: values.minInSyncReplicas,
      eventPartitions: values.eventPartitions,
      /** `null`: the broker's default. */
      eventRetentionMs: values.eventRetentionHours === null ? null : values.eventRetentionHours * millisPerHour,
      resultRetentionMs: values.resultRetentionHours === null ? null : values.resultRetentionHours * millisPerHour,
    };
  },
);

/** How to reach the schema registry. */
export const registryConfig = group(
  {
    url: address("SCHEMA_REGISTRY_URL", ["http:", "https:"], {
      meaning: "Confluent-compatible schema registry, with its path if it has one.",
    }),
    username: optional(text("SCHEMA_REGISTRY_USERNAME", { meaning: "User for basic authentication." })),
    password: secret("SCHEMA_REGISTRY_PASSWORD", { meaning: "Password for basic authentication." }),
    ca: pemFile("SCHEMA_REGISTRY_TLS_CA_FILE", { meaning: "Authorities to trust instead of Node's own list." }),
    cert: pemFile("SCHEMA_REGISTRY_TLS_CERT_FILE", { meaning: "Client certificate, for mutual TLS." }),
    key: pemFile("SCHEMA_REGISTRY_TLS_KEY_FILE", { meaning: "Key of the client certificate." }),
    registers: flag("SCHEMA_REGISTRY_REGISTER", {
      meaning: "Whether schemas are registered at start; false: they are only looked up, by GET, and must be there.",
      default: "true",
    }),
  },
  (values, fault) => {
    const { url, ca, cert, key, registers } = values;
    if (!url.startsWith("https:") && (ca !== null || cert !== null || key !== null))
      fault(
        "a SCHEMA_REGISTRY_TLS_…_FILE is set, but SCHEMA_REGISTRY_URL does not begin with https://, expected both or no file",
      );
    checkTlsFiles("SCHEMA_REGISTRY_TLS", { ca, cert, key }, fault);
    return { url, auth: credentials("SCHEMA_REGISTRY", values, fault), ca, cert, key, registers };
  },
);

/** How to reach Redis. A user or password beside the address outranks one inside it. */
export const redisConfig = group(
  {
    url: address("REDIS_URL", ["redis:", "rediss:"], { meaning: "Redis; rediss:// encrypts." }),
    username: optional(text("REDIS_USERNAME", { meaning: "Redis user; not set: the default one." })),
    password: secret("REDIS_PASSWORD", { meaning: "Redis password." }),
    ca: pemFile("REDIS_TLS_CA_FILE", { meaning: "Authorities to trust instead of Node's own list." }),
    cert: pemFile("REDIS_TLS_CERT_FILE", { meaning: "Client certificate, for mutual TLS." }),
    key: pemFile("REDIS_TLS_KEY_FILE", { meaning: "Key of the client certificate." }),
    cluster: flag("REDIS_CLUSTER", {
      meaning: "Whether REDIS_URL is a node of a Redis Cluster; the others are found through it.",
      default: "false",
    }),
    sentinels: optional(
      commaSeparated("REDIS_SENTINELS", {
        meaning: "Sentinels that know the primary; of REDIS_URL then only rediss:// and the database count.",
        pattern: /^[^\s:,/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/,
        expected: "host:port, more of them after commas",
      }),
    ),
    sentinelMaster: text("REDIS_SENTINEL_MASTER", {
      meaning: "The name by which the Sentinels know the primary.",
      default: "mymaster",
    }),
    sentinelUsername: optional(text("REDIS_SENTINEL_USERNAME", { meaning: "User of the Sentinels themselves." })),
    sentinelPassword: secret("REDIS_SENTINEL_PASSWORD", { meaning: "Password of the Sentinels themselves." }),
    publicKey: pemFile("INDEX_PUBLIC_KEY_FILE", {
      meaning:
        "Public Ed25519 keys, of which one must have signed the index. Not set: any index is taken that is whole.",
    }),
    keyPrefix: text("REDIS_KEY_PREFIX", {
      meaning: "Put before every key, so that several Cordons can share one Redis.",
      default: "cordon:",
      pattern: /^[A-Za-z0-9:._-]{1,64}$/,
      expected: "up to 64 letters, digits and :._-",
    }),
  },
  (values, fault) => {
    if (values.username !== null && values.password === null)
      fault("REDIS_USERNAME is set without REDIS_PASSWORD, expected both");
    const { ca, cert, key } = values;
    if ((ca !== null || cert !== null || key !== null) && !values.url.startsWith("rediss:"))
      fault("a REDIS_TLS_…_FILE is set, but REDIS_URL does not begin with rediss://, expected both or no file");
    checkTlsFiles("REDIS_TLS", { ca, cert, key }, fault);
    if (!/^\/?\d*$/.test(new URL(values.url).pathname))
      fault("REDIS_URL has something else than a database number behind its host, expected a whole number or nothing");
    if (values.cluster && values.sentinels !== null)
      fault("REDIS_CLUSTER is true beside REDIS_SENTINELS, expected one of them: a cluster needs no Sentinels");
    if (values.cluster && !/^\/?0?$/.test(new URL(values.url).pathname))
      fault("REDIS_URL names a database beside REDIS_CLUSTER, expected none: a cluster has only one");
    if (values.sentinels === null && (values.sentinelUsername !== null || values.sentinelPassword !== null))
      fault("a REDIS_SENTINEL_… is set without REDIS_SENTINELS, expected both or neither");
    return values;
  },
);

/** Where /healthz, /readyz and /metrics are served. */
export const httpConfig = group({
  host: text("HTTP_HOST", {
    meaning: "Address to serve health and metrics on; containers set 0.0.0.0.",
    default: "127.0.0.1",
    pattern: /^[A-Za-z0-9.:_-]{1,253}$/,
    expected: "a host name or an IP address",
  }),
  port: integer("HTTP_PORT", {
    meaning: "Port to serve health and metrics on; 0 takes any free one.",
    default: "0",
    min: 0,
    max: 65_535,
  }),
  addressesFile: optional(
    text("ADDRESSES_FILE", {
      meaning: "A file that the service's addresses and process id are written to, as JSON, once it serves there.",
    }),
  ),
});

/** How much is logged. */
export const logConfig = group({
  level: oneOf("LOG_LEVEL", ["debug", "info", "warn", "error"], {
    meaning: "The least serious messages that are logged.",
    default: "info",
  }),
});
