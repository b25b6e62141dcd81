import { canaryConfig } from "@cordon/canary";
import { deskConfig } from "@cordon/desk";
import { gatewayConfig } from "@cordon/gateway";
import { listSyncConfig } from "@cordon/list-sync";
import { screenerConfig } from "@cordon/screener";
import { secondLookConfig } from "@cordon/second-look";
import { type ConfigShape, describeConfig } from "@cordon/service";

/*
 * deploy/helm/cordon/values.schema.json: what the chart's values may be. Everything that is not here is refused, so a
 * misspelt value fails, and so does a misspelt setting: the names under `env` are those that the services read.
 */

type Schema = Readonly<Record<string, unknown>>;

/** Each service of the chart: its values' name, and what it reads. */
export const chartServices = {
  screener: screenerConfig,
  listSync: listSyncConfig,
  secondLook: secondLookConfig,
  canary: canaryConfig,
  gateway: gatewayConfig,
  desk: deskConfig,
} as const satisfies Readonly<Record<string, ConfigShape>>;

/** What the chart sets itself, from values of their own or from Secrets. */
const ofTheChart =
  /^(KAFKA_BROKERS|TOPIC_PREFIX|KAFKA_TLS(_.*)?|KAFKA_SASL_(MECHANISM|USERNAME|PASSWORD)|SCHEMA_REGISTRY_(URL|USERNAME|PASSWORD|TLS_.*)|REDIS_(URL|USERNAME|PASSWORD|KEY_PREFIX|TLS_.*)|INDEX_SIGNING_KEY(_FILE)?|INDEX_PUBLIC_KEYS?(_FILE)?|HTTP_HOST|HTTP_PORT|GATEWAY_(HOST|PORT|TOKENS_FILE|TLS_.*)|DESK_(HOST|PORT|PUBLIC_URL|DATABASE_URL|MASTER_KEY|DEMO_PASSWORD|OIDC_ISSUER|OIDC_CLIENT_ID|OIDC_CLIENT_SECRET)(_FILE)?|GOOD_GUYS_SIGNING_KEY(_FILE)?|.*_PASSWORD_FILE)$/;

/** The settings that `env` takes: all that a service reads but those that the chart sets itself. */
export function settableIn(shape: ConfigShape): readonly string[] {
  return describeConfig(shape)
    .map(({ name }) => name)
    .filter((name) => !ofTheChart.test(name));
}

export function setByChart(name: string): boolean {
  return ofTheChart.test(name);
}

const text: Schema = { type: "string" };
const flag: Schema = { type: "boolean" };
const count = (minimum: number): Schema => ({ type: "integer", minimum });
const list: Schema = { type: "array", items: { type: "object" } };
const map: Schema = { type: "object", additionalProperties: { type: "string" } };
const anything: Schema = { type: "object" };

function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", additionalProperties: false, properties };
}

function environment(names: Iterable<string>): Schema {
  return closed(Object.fromEntries([...names].map((name) => [name, { type: ["string", "number", "boolean"] }])));
}

const users = closed({
  kafka: closed({ name: text, secret: text, passwordKey: text, certKey: text, keyKey: text }),
  registry: closed({ name: text, secret: text, passwordKey: text }),
  redis: closed({ name: text, secret: text, passwordKey: text }),
});

function service(shape: ConfigShape, more: Readonly<Record<string, Schema>> = {}): Schema {
  return closed({
    enabled: flag,
    env: environment(settableIn(shape)),
    users,
    resources: anything,
    extraVolumes: list,
    extraVolumeMounts: list,
    ...more,
  });
}

const autoscaling = closed({
  enabled: flag,
  minReplicas: count(1),
  maxReplicas: count(1),
  lagThreshold: count(1),
  pollingInterval: count(1),
  quietSecondsBeforeDown: count(0),
  auth: closed({ secret: text, usernameKey: text, passwordKey: text, caKey: text }),
});

const authority = { caSecret: text, caKey: text };
const userId: Schema = { type: ["integer", "null"], minimum: 1 };

/** What every service may be told by one `env`. */
function everywhere(): Iterable<string> {
  return new Set(Object.values(chartServices).flatMap((shape) => settableIn(shape)));
}

function schema(): Schema {
  const properties: Readonly<Record<string, Schema>> = {
    global: anything,
    image: closed({
      repository: text,
      tag: text,
      digest: { type: "string", pattern: "^(sha256:[0-9a-f]{64})?$" },
      pullPolicy: { enum: ["Always", "IfNotPresent", "Never"] },
    }),
    imagePullSecrets: list,
    nameOverride: text,
    fullnameOverride: text,
    env: environment(everywhere()),
    kafka: closed({
      brokers: text,
      topicPrefix: { type: "string", pattern: "^[A-Za-z0-9._-]{0,64}$" },
      tls: closed({ enabled: flag, ...authority }),
      saslMechanism: { enum: ["", "plain", "scram-sha-256", "scram-sha-512"] },
    }),
    registry: closed({ url: { type: "string", pattern: "^(https?://.+)?$" }, ...authority }),
    redis: closed({ url: { type: "string", pattern: "^(rediss?://.+)?$" }, keyPrefix: text, ...authority }),
    signing: closed({ keySecret: text, keyKey: text, publicSecret: text, publicKey: text }),
    serviceAccount: closed({ create: flag, name: text, annotations: map }),
    podSecurityContext: closed({ runAsUser: userId, runAsGroup: userId, fsGroup: userId }),
    priorityClassName: text,
    podLabels: map,
    podAnnotations: map,
    nodeSelector: map,
    tolerations: list,
    affinity: anything,
    screener: service(screenerConfig, {
      replicas: count(1),
      confirmGroupChange: flag,
      podDisruptionBudget: closed({ enabled: flag, maxUnavailable: { type: ["integer", "string"] } }),
      topologySpread: flag,
      autoscaling,
    }),
    listSync: service(listSyncConfig),
    secondLook: service(secondLookConfig),
    canary: service(canaryConfig),
    gateway: service(gatewayConfig, {
      replicas: count(1),
      tokensSecret: text,
      tokensKey: text,
      tls: closed({ secret: text, clientCaKey: text }),
      service: closed({ type: { enum: ["ClusterIP", "NodePort", "LoadBalancer"] }, port: count(1), annotations: map }),
      allowFrom: list,
      podDisruptionBudget: closed({ enabled: flag, maxUnavailable: { type: ["integer", "string"] } }),
      topologySpread: flag,
    }),
    desk: service(deskConfig, {
      databaseSecret: text,
      databaseKey: text,
      masterKeySecret: text,
      masterKeyKey: text,
      goodGuysSecret: text,
      goodGuysKey: text,
      publicUrl: { type: "string", pattern: "^(https?://[^/?#]+)?$" },
      oidc: closed({ issuer: text, clientId: text, secret: text, secretKey: text }),
      service: closed({ type: { enum: ["ClusterIP", "NodePort", "LoadBalancer"] }, port: count(1), annotations: map }),
      allowFrom: list,
    }),
    networkPolicy: closed({
      enabled: flag,
      monitoringNamespaceSelector: anything,
      egress: closed({ enabled: flag, rules: list, listSyncRules: list }),
    }),
    monitoring: closed({
      podMonitor: closed({ enabled: flag, labels: map, interval: text }),
      rules: closed({ enabled: flag, labels: map }),
      dashboard: closed({ enabled: flag, labels: map }),
    }),
    strimzi: closed({
      enabled: flag,
      apiVersion: text,
      cluster: text,
      namespace: text,
      authentication: { enum: ["scram-sha-512", "tls", "tls-external"] },
      topics: closed({
        eventPartitions: count(1),
        replicas: count(1),
        minInSyncReplicas: count(1),
        eventRetentionMs: count(-1),
        resultRetentionMs: count(-1),
      }),
    }),
  };
  return {
    $schema: "https://json-schema.org/draft-07/schema#",
    title: "Values of Cordon's chart; made by `npm run generate`",
    ...closed(properties),
  };
}

export function chartSchemaText(): string {
  return `${JSON.stringify(schema(), null, 1)}\n`;
}
