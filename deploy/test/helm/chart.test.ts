import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { leastPermissions } from "@cordon/local-stack";
import { topicDefaults } from "@cordon/schemas";
import { topicSettings } from "@cordon/screening";
import { describeConfig, readConfig, kafkaConfig } from "@cordon/service";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

import { chartServices, setByChart, settableIn } from "../../../tools/generate/chart-schema.ts";

/*
 * The renders in deploy/helm/golden are what `npm run check` holds the chart to; these tests read them, and so need no helm.
 */
const helm = fileURLToPath(new URL("../../helm", import.meta.url));

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

function golden(name: string): readonly Resource[] {
  return parseAllDocuments(readFileSync(`${helm}/golden/${name}.yaml`, "utf8"))
    .map((document) => document.toJS() as Resource | null)
    .filter((resource) => resource !== null);
}

interface Acl {
  readonly resource: { readonly type: string; readonly name: string; readonly patternType: string };
  readonly operations: readonly string[];
}

const kinds: Readonly<Record<string, string>> = { topic: "topic", group: "group", transactionalId: "transactional-id" };

/** The rows of a KafkaUser, in the words of the table that the tests of permissions take away row by row. */
function rowsOf({ metadata, spec }: Resource): readonly string[] {
  const user = metadata.name.replace(/^cordon-/, "");
  const { acls } = spec["authorization"] as { readonly acls: readonly Acl[] };
  return acls.flatMap(({ resource, operations }) =>
    operations.map((operation) =>
      [
        user,
        kinds[resource.type],
        resource.patternType === "prefix" ? "prefixed" : resource.patternType,
        resource.name,
        operation.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase(),
      ].join(" "),
    ),
  );
}

/** The variables of a service, everything secured. */
function environmentOf(component: string): ReadonlyMap<string, string> {
  const { spec } = golden("secure").find(
    ({ kind, metadata }) => kind === "Deployment" && metadata.name === `cordon-${component}`,
  ) ?? { spec: {} };
  const { template } = spec as {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [{ readonly env: readonly { name: string; value: string }[] }];
      };
    };
  };
  return new Map(template.spec.containers[0].env.map(({ name, value }) => [name, value]));
}

describe("the chart", () => {
  test("gives each Kafka user exactly what the tests of permissions prove to be enough and needed", () => {
    const users = golden("keda-strimzi").filter(({ kind }) => kind === "KafkaUser");
    // KEDA's is not of ours; producers and readers are the firm's own.
    const tried = new Set(leastPermissions.map(({ user }) => `cordon-${user}`));
    const rendered = users.filter(({ metadata }) => tried.has(metadata.name)).flatMap(rowsOf);
    const proved = leastPermissions
      .filter(({ user }) => users.some(({ metadata }) => metadata.name === `cordon-${user}`))
      .map(({ user, kind, pattern, name, operation }) => [user, kind, pattern, name, operation].join(" "));
    expect(rendered.toSorted()).toEqual(proved.toSorted());
    expect(users.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining([
        "cordon-screener",
        "cordon-list-sync",
        "cordon-canary",
        "cordon-rescreen",
        "cordon-keda",
      ]),
    );
  });

  test("makes the topics as the services compare them at start, so that no start warns", () => {
    const topics = new Map(
      golden("keda-strimzi")
        .filter(({ kind }) => kind === "KafkaTopic")
        .map(({ spec }) => [spec["topicName"] as string, spec]),
    );
    const { kafka } = readConfig({ kafka: kafkaConfig }, { KAFKA_BROKERS: "kafka:9092", KAFKA_EVENT_PARTITIONS: "12" });
    for (const wanted of topicSettings({ topicPrefix: "", kafka })) {
      const made = topics.get(wanted.topic);
      expect([wanted.topic, made?.["partitions"]]).toEqual([wanted.topic, wanted.partitions]);
      expect(made?.["config"]).toMatchObject({
        "cleanup.policy": wanted.compacted === true ? "compact" : "delete",
        "min.insync.replicas": wanted.minInSyncReplicas,
        ...(wanted.maxMessageBytes === undefined ? {} : { "max.message.bytes": wanted.maxMessageBytes }),
        ...(wanted.retentionMs === undefined ? {} : { "retention.ms": wanted.retentionMs }),
        ...(wanted.stampedByBroker === true ? { "message.timestamp.type": "LogAppendTime" } : {}),
      });
    }
    for (const [topic, { compacted }] of Object.entries(topicDefaults))
      expect([topic, topics.get(topic)?.["config"]]).toEqual([
        topic,
        expect.objectContaining({ "cleanup.policy": compacted ? "compact" : "delete" }),
      ]);
  });

  test.each(Object.entries(chartServices))(
    "lets every setting of %s be set: by a value of its own, or under env",
    (_, shape) => {
      const settable = new Set(settableIn(shape));
      for (const { name } of describeConfig(shape))
        expect([name, settable.has(name) || setByChart(name)]).toEqual([name, true]);
    },
  );

  test("never shows a secret: no password in a variable, each in a file of a Secret", () => {
    const deployments = golden("secure").filter(({ kind }) => kind === "Deployment");
    expect(deployments).not.toHaveLength(0);
    for (const { spec } of deployments) {
      const { template } = spec as {
        readonly template: {
          readonly spec: {
            readonly containers: readonly [{ readonly env: readonly { name: string; value: string }[] }];
          };
        };
      };
      for (const { name, value } of template.spec.containers[0].env) {
        expect(name).not.toMatch(/(PASSWORD|KEY|SECRET)$/);
        expect(name.endsWith("_FILE")).toBe(value.startsWith("/run/cordon/"));
      }
    }
  });

  test("lets second-look read what it compares, write alerts and see the screeners' lag, and nothing else", () => {
    const user = golden("keda-strimzi").find(
      ({ kind, metadata }) => kind === "KafkaUser" && metadata.name === "cordon-second-look",
    );
    expect(user === undefined ? [] : rowsOf(user)).toEqual([
      "second-look topic literal payments.v1 READ",
      "second-look topic literal remittances.v1 READ",
      "second-look topic literal screening.decisions.v1 READ",
      "second-look topic literal screening.alerts.v1 READ",
      "second-look topic literal screening.alerts.v1 WRITE",
      "second-look group literal cordon-resubmissions READ",
      "second-look group literal cordon-screener DESCRIBE",
      "second-look group prefixed cordon-reader- READ",
    ]);
  });

  test("tells second-look what the screeners are told: it decides by their policy", () => {
    const told = environmentOf("second-look");
    for (const [name, value] of environmentOf("screener"))
      expect([name, told.get(name)]).toEqual([name, name.endsWith("USERNAME") ? "second-look" : value]);
    expect(told.get("LOOK_BACK_WINDOW_DAYS")).toBe("30");
  });

  test("has no label that changes with a version among those that select pods", () => {
    for (const { spec } of golden("secure").filter(({ kind }) => kind === "Deployment")) {
      const { matchLabels } = spec["selector"] as { readonly matchLabels: Readonly<Record<string, string>> };
      expect(Object.keys(matchLabels).toSorted()).toEqual([
        "app.kubernetes.io/component",
        "app.kubernetes.io/instance",
        "app.kubernetes.io/name",
      ]);
    }
  });

  test("watches each service under the job that the rules know it by", () => {
    const resources = golden("secure");
    const jobs = resources
      .filter(({ kind }) => kind === "PodMonitor")
      .map(
        ({ spec }) =>
          (
            spec["podMetricsEndpoints"] as readonly [
              { readonly relabelings: readonly [{ readonly replacement: string }] },
            ]
          )[0].relabelings[0].replacement,
      );
    expect(jobs).toEqual(expect.arrayContaining(["screener", "list-sync", "canary"]));
  });

  test("renders no number of replicas where KEDA decides it, and never lets KEDA go to 0", () => {
    const resources = golden("keda-strimzi");
    const screener = resources.find(
      ({ kind, metadata }) => kind === "Deployment" && metadata.name === "cordon-screener",
    );
    expect(screener?.spec).not.toHaveProperty("replicas");
    const scaled = resources.find(({ kind }) => kind === "ScaledObject");
    expect(scaled?.spec["minReplicaCount"]).toBeGreaterThanOrEqual(2);
    const triggers = scaled?.spec["triggers"] as readonly { readonly metadata: Readonly<Record<string, unknown>> }[];
    for (const { metadata } of triggers)
      for (const value of Object.values(metadata)) expect(value).toBeTypeOf("string");
  });
});
