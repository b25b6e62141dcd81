import { topicPrefix } from "@cordon/screening";
import {
  type ConfigOf,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  oneOf,
  optional,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/service";

const path = (name: string, meaning: string) =>
  optional(text(name, { meaning, pattern: /^[^\p{Cc}]{1,1024}$/u, expected: "the path of a file" }));

const access = group(
  {
    required: oneOf("GATEWAY_AUTH", ["required", "none"], {
      meaning:
        "Whether a client must prove who it is. With none everybody who reaches the port may send, and read all decisions.",
      default: "required",
    }),
    tokensFile: path(
      "GATEWAY_TOKENS_FILE",
      "Clients and the SHA-256 of their tokens, `NAME sha256:HEX` a line; read again when it changes.",
    ),
    certFile: path(
      "GATEWAY_TLS_CERT_FILE",
      "Certificate, with its chain, that the gateway shows; read again when it changes.",
    ),
    keyFile: path("GATEWAY_TLS_KEY_FILE", "Key of that certificate."),
    clientCaFile: path(
      "GATEWAY_TLS_CLIENT_CA_FILE",
      "Authorities whose certificates name clients (mutual TLS), by the common name of their subject.",
    ),
  },
  (values, fault) => {
    const { required, tokensFile, certFile, keyFile, clientCaFile } = values;
    if ((certFile === null) !== (keyFile === null))
      fault("only one of GATEWAY_TLS_CERT_FILE and GATEWAY_TLS_KEY_FILE is set, expected both or neither");
    if (clientCaFile !== null && certFile === null)
      fault("GATEWAY_TLS_CLIENT_CA_FILE is set without GATEWAY_TLS_CERT_FILE, expected both");
    const either = tokensFile !== null || clientCaFile !== null;
    if (required === "required" && !either)
      fault(
        "neither GATEWAY_TOKENS_FILE nor GATEWAY_TLS_CLIENT_CA_FILE is set, expected one of them, or GATEWAY_AUTH=none",
      );
    if (required === "none" && either)
      fault("GATEWAY_AUTH is none beside a file that names clients, expected one or the other");
    const tls = certFile === null || keyFile === null ? null : { certFile, keyFile, clientCaFile };
    return { open: required === "none", tokensFile, tls };
  },
);

const megabyte = 1_048_576;

/** What is taken at a time, and how long anything may last. */
const limits = group(
  {
    maxBytes: integer("GATEWAY_MAX_BYTES", {
      meaning: "The largest message that is taken, in bytes.",
      default: String(10 * megabyte),
      min: 1024,
      max: 256 * megabyte,
    }),
    requestSeconds: integer("GATEWAY_REQUEST_SECONDS", {
      meaning: "How long a request may take to arrive, and a message to be read, in seconds.",
      default: "30",
      min: 1,
      max: 600,
    }),
    sendSeconds: integer("GATEWAY_SEND_SECONDS", {
      meaning: "How long Kafka may take to acknowledge the events of a message, in seconds; then the answer is 503.",
      default: "10",
      min: 1,
      max: 300,
    }),
    maxInFlight: integer("GATEWAY_MAX_IN_FLIGHT", {
      meaning: "Messages in hand at a time; one client may have half of them.",
      default: "512",
      min: 2,
      max: 100_000,
    }),
    maxInFlightBytes: integer("GATEWAY_MAX_IN_FLIGHT_BYTES", {
      meaning: "Bytes of messages in hand at a time; at least GATEWAY_MAX_BYTES.",
      default: String(64 * megabyte),
      min: 1024,
      max: 4096 * megabyte,
    }),
    maxOpenEvents: integer("GATEWAY_MAX_OPEN_EVENTS", {
      meaning: "Events of this replica that have no decision yet; with more of them it takes no message (503).",
      default: "200000",
      min: 1,
      max: 10_000_000,
    }),
    maxWaiting: integer("GATEWAY_MAX_WAITING", {
      meaning: "Requests that wait for a decision at a time; one client may have half of them.",
      default: "2000",
      min: 1,
      max: 100_000,
    }),
    clientRate: integer("GATEWAY_CLIENT_RATE", {
      meaning: "Messages a second that one client may send to one replica; twice as many at once after a pause.",
      default: "1000",
      min: 1,
      max: 1_000_000,
    }),
    maxConnections: integer("GATEWAY_MAX_CONNECTIONS", {
      meaning: "Connections at a time; the one that has been slow for the longest makes room.",
      default: "2000",
      min: 10,
      max: 100_000,
    }),
    maxConnectionsPerAddress: integer("GATEWAY_MAX_CONNECTIONS_PER_ADDRESS", {
      meaning: "Connections of one address at a time that have no whole request; the slowest makes room.",
      default: "200",
      min: 2,
      max: 100_000,
    }),
  },
  (values, fault) => {
    if (values.maxInFlightBytes < values.maxBytes)
      fault("GATEWAY_MAX_IN_FLIGHT_BYTES is less than GATEWAY_MAX_BYTES, expected at least as many");
    return values;
  },
);

/** Everything the gateway can be told. Read once, at start; files that it names are read again when they change. */
export const gatewayConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  listen: group({
    host: text("GATEWAY_HOST", {
      meaning: "Address to take messages on; containers set 0.0.0.0.",
      default: "127.0.0.1",
      pattern: /^[A-Za-z0-9.:_-]{1,253}$/,
      expected: "a host name or an IP address",
    }),
    port: integer("GATEWAY_PORT", {
      meaning: "Port to take messages on; 0 takes any free one.",
      default: "8080",
      min: 0,
      max: 65_535,
    }),
  }),
  access,
  limits,
  repeatHours: integer("GATEWAY_REPEAT_HOURS", {
    meaning:
      "How long a message id is known, so that a repeat produces nothing, and a decision can be asked for, in hours.",
    default: "24",
    min: 1,
    max: 720,
  }),
  topicPrefix,
};

export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
export type GatewayLimits = GatewayConfig["limits"];
