import { topicPrefix } from "@cordon/screening";
import {
  type ConfigOf,
  flag,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  oneOf,
  optional,
  redisConfig,
  registryConfig,
  secret,
  secretPem,
  text,
} from "@cordon/service";

/** Everything the desk can be told. Read once, at start. */
export const deskConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  databaseUrl: secret("DESK_DATABASE_URL", {
    meaning:
      "The desk's database, PostgreSQL 15 or later: `postgres://user:password@host/database`. The login is the owner of the tables or a member of the role cordon_desk, in which the desk works.",
  }),
  migrates: flag("DESK_MIGRATE", {
    meaning:
      "Whether the desk brings its database to the newest form at start, for which the login must own the tables.",
    default: "true",
  }),
  masterKey: secret("DESK_MASTER_KEY", {
    meaning:
      "The key that the keys of months are wrapped with: 32 bytes or more as base64. Without it what is sealed cannot be read by anybody.",
  }),
  deskHost: text("DESK_HOST", {
    meaning: "The address on which the pages and their API are served; put a proxy with TLS before any but loopback.",
    default: "127.0.0.1",
  }),
  deskPort: integer("DESK_PORT", {
    meaning: "The port of the pages; 0 takes any free one.",
    default: "8443",
    min: 0,
    max: 65_535,
  }),
  publicUrl: optional(
    text("DESK_PUBLIC_URL", {
      meaning:
        "How browsers reach the desk, such as https://desk.example: requests of any other origin are refused. Default: where it listens.",
      pattern: /^https?:\/\/[^/?#]+$/,
      expected: "a scheme and a host, without a path",
    }),
  ),
  localUsers: flag("DESK_LOCAL_USERS", {
    meaning: "Whether users of the desk's own may sign in by password. Refused unless DESK_HOST is a loopback address.",
    default: "false",
  }),
  demoPassword: optional(
    secret("DESK_DEMO_PASSWORD", {
      meaning: "Makes the demo users hanna, omar, chen, auditor and admin with this password. Needs DESK_LOCAL_USERS.",
    }),
  ),
  oidcIssuer: optional(
    text("DESK_OIDC_ISSUER", {
      meaning: "The firm's identity provider (OpenID Connect), by its issuer's URL. Default: none.",
    }),
  ),
  oidcClientId: optional(text("DESK_OIDC_CLIENT_ID", { meaning: "The desk's client id at the provider." })),
  oidcClientSecret: optional(secret("DESK_OIDC_CLIENT_SECRET", { meaning: "The desk's secret at the provider." })),
  oidcScope: text("DESK_OIDC_SCOPE", { meaning: "The scopes that are asked for.", default: "openid profile groups" }),
  oidcRolesClaim: text("DESK_OIDC_ROLES_CLAIM", {
    meaning: "The claim that lists a person's groups or roles.",
    default: "groups",
  }),
  oidcRoles: text("DESK_OIDC_ROLES", {
    meaning:
      "Which group gives which role: `aml-handlers=handler,aml-checkers=checker`. A group named like a role needs no entry.",
    default: "",
    pattern: /^$|^[^=,]+=(handler|checker|auditor|admin)(,[^=,]+=(handler|checker|auditor|admin))*$/,
    expected: "pairs of group=role with commas between them",
  }),
  oidcInsecure: flag("DESK_OIDC_INSECURE", {
    meaning: "Lets the provider be reached by http, on loopback only. For tests.",
    default: "false",
  }),
  signingKey: optional(
    secretPem("GOOD_GUYS_SIGNING_KEY", {
      meaning:
        "The private Ed25519 key, in PEM, with which the desk signs the good guys. Without it none are published.",
    }),
  ),
  dueMinutes: integer("DESK_DUE_MINUTES", {
    meaning: "How soon an alert is to be decided after it was raised, in minutes.",
    default: "240",
    min: 1,
    max: 100_000,
  }),
  leaseMinutes: integer("DESK_LEASE_MINUTES", {
    meaning: "A taken alert is open again after so many minutes without a word.",
    default: "30",
    min: 1,
    max: 1440,
  }),
  sampleReleases: integer("DESK_SAMPLE_RELEASES_PERCENT", {
    meaning: "How many of the agreed releases are drawn to be looked at once more, by a third person.",
    default: "2",
    min: 0,
    max: 100,
  }),
  sampleGoodGuys: integer("DESK_SAMPLE_GOOD_GUYS_PERCENT", {
    meaning: "How many of the events that a good guy let pass are drawn to be looked at once more.",
    default: "1",
    min: 0,
    max: 100,
  }),
  retentionYears: integer("DESK_RETENTION_YEARS", {
    meaning: "The keys of months older than this are deleted, and the names with them. At least five years.",
    default: "10",
    min: 5,
    max: 100,
  }),
  rescreenCommand: optional(
    text("DESK_RESCREEN_COMMAND", {
      meaning:
        "The command that screens held events again, with the rights to write decisions, which the desk lacks. Default: the command line of this release.",
    }),
  ),
  groupId: text("DESK_GROUP_ID", {
    meaning: "The consumer group, after TOPIC_PREFIX.",
    default: "cordon-desk",
    pattern: /^[A-Za-z0-9._-]{1,200}$/,
    expected: "up to 200 letters, digits and ._-",
  }),
  startCheck: oneOf("DESK_START_CHECK", ["on", "off"], {
    meaning: "Whether the audit's chain is verified before the first disposition is sent.",
    default: "on",
  }),
  topicPrefix,
};

export type DeskConfig = ConfigOf<typeof deskConfig>;
