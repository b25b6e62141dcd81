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

const millisPerHour = 3_600_000;

/** PEM texts; `null` where the system's own authorities, or no client certificate, are meant. */
export interface TlsFiles {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

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
    ca: pemFile("KAFKA_TLS_CA_FILE", { meaning: "Authorities to trust instead of the system's." }),
    cert: pemFile("KAFKA_TLS_CERT_FILE", { meaning: "Client certificate, for mutual TLS." }),
    key: pemFile("KAFKA_TLS_KEY_FILE", { meaning: "Key of the client certificate." }),
    mechanism: optional(
      oneOf("KAFKA_SASL_MECHANISM", ["plain", "scram-sha-256", "scram-sha-512"], {
        meaning: "How this client proves who it is; not set: it does not.",
      }),
    ),
    username: optional(text("KAFKA_SASL_USERNAME", { meaning: "User for SASL." })),
    password: secret("KAFKA_SASL_PASSWORD", { meaning: "Password for SASL." }),
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
    const { ca, cert, key, mechanism } = values;
    if (!values.tls && (ca !== null || cert !== null || key !== null))
      fault('KAFKA_TLS is "false" beside a KAFKA_TLS_…_FILE, expected true, or no file');
    if ((cert === null) !== (key === null))
      fault("only one of KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE is set, expected both or neither");
    if (values.minInSyncReplicas > values.replicationFactor)
      fault("KAFKA_MIN_INSYNC_REPLICAS is greater than KAFKA_REPLICATION_FACTOR, expected at most as many");
    const user = credentials("KAFKA_SASL", values, fault);
    if (mechanism === null && user !== null)
      fault("KAFKA_SASL_USERNAME is set without KAFKA_SASL_MECHANISM, expected a mechanism");
    if (mechanism !== null && values.username === null && values.password === null)
      fault("KAFKA_SASL_MECHANISM is set without KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, expected both");
    const tls: TlsFiles | null = values.tls ? { ca, cert, key } : null;
    return {
      brokers: values.brokers,
      clientId: values.clientId,
      client: values.client,
      compression: values.compression,
      tls,
      sasl: mechanism === null || user === null ? null : { mechanism, ...user },
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
    ca: pemFile("SCHEMA_REGISTRY_TLS_CA_FILE", { meaning: "Authorities to trust instead of the system's." }),
  },
  (values, fault) => ({
    url: values.url,
    auth: credentials("SCHEMA_REGISTRY", values, fault),
    ca: values.ca,
  }),
);

/** How to reach Redis. A user or password beside the address outranks one inside it. */
export const redisConfig = group(
  {
    url: address("REDIS_URL", ["redis:", "rediss:"], { meaning: "Redis; rediss:// encrypts." }),
    username: optional(text("REDIS_USERNAME", { meaning: "Redis user; not set: the default one." })),
    password: secret("REDIS_PASSWORD", { meaning: "Redis password." }),
    ca: pemFile("REDIS_TLS_CA_FILE", { meaning: "Authorities to trust instead of the system's." }),
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
    if (values.ca !== null && !values.url.startsWith("rediss:"))
      fault("REDIS_TLS_CA_FILE is set, but REDIS_URL does not begin with rediss://, expected both or no file");
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
});

/** How much is logged. */
export const logConfig = group({
  level: oneOf("LOG_LEVEL", ["debug", "info", "warn", "error"], {
    meaning: "The least serious messages that are logged.",
    default: "info",
  }),
});
