import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { kafkaAnswers } from "../answering.ts";
import type { Service, Starting } from "../service.ts";
import { singleNodeSettings } from "../single-node-settings.ts";
import { kafkaJava, kafkaVersion } from "../versions.ts";
import { fetchKafka } from "./fetch.ts";
import { freePorts } from "./free-ports.ts";
import { type Java, newestJava } from "./java.ts";
import { noJava } from "./no-java.ts";
import { type ProcessSpec, runProcess } from "./run-process.ts";

/** One Kafka node, broker and controller at once (KRaft), on loopback. */
export async function startKafka(starting: Starting, findJava = newestJava): Promise<Service> {
  const java = await findJava(starting.env);
  if (java === undefined || java.version < kafkaJava) throw noJava(`kafka: Kafka ${kafkaVersion}`, kafkaJava, java);
  const classpath = join(await fetchKafka(java, starting), "*");
  starting.report(`kafka: starting Kafka ${kafkaVersion} under Java ${String(java.version)}`);
  return runProcess(
    "kafka",
    async (folder) => {
      const [broker = 0, controller = 0] = await freePorts(2);
      const node = { id: 1, broker, controller };
      return nodeCommand({ node, nodes: [node], folder, clusterId: newClusterId(), java, classpath, settings: {} });
    },
    starting,
  );
}

export interface KafkaNode {
  readonly id: number;
  /** Ports on loopback. */
  readonly broker: number;
  readonly controller: number;
}

export interface NodeOptions {
  readonly node: KafkaNode;
  /** All nodes of the cluster, this one among them. */
  readonly nodes: readonly KafkaNode[];
  /** Holds its data and its settings. A node whose folder has data goes on with it. */
  readonly folder: string;
  readonly clusterId: string;
  readonly java: Java;
  readonly classpath: string;
  /** Broker settings beside, or instead of, those of a single node. */
  readonly settings: Readonly<Record<string, string | number>>;
}

/** An id that began with a dash would be read as an option: one in 64 would. */
export function newClusterId(): string {
  return `C${randomBytes(16).toString("base64url").slice(1)}`;
}

/** How one node is started: its folder is formatted first, then the shell becomes the broker. */
export function nodeCommand(options: NodeOptions): ProcessSpec {
  const { node, folder, clusterId, java, classpath } = options;
  const properties = join(folder, "server.properties");
  const logging = join(folder, "log4j2.properties");
  writeFileSync(properties, serverProperties(options));
  writeFileSync(logging, loggingProperties);
  const quick = ["-XX:+UseSerialGC", `-Dlog4j2.configurationFile=${logging}`, "-cp", classpath];
  // Formatting and running are two programs; the shell becomes the second, so that the supervisor holds the broker itself.
  const script = `${format} && exec "$java" -Xms128m -Xmx512m "$@" kafka.Kafka "$properties"`;
  const address = `127.0.0.1:${String(node.broker)}`;
  const variables = [`java=${java.command}`, `properties=${properties}`, `cluster=${clusterId}`];
  return {
    command: "/usr/bin/env",
    args: [...variables, "/bin/sh", "-c", script, "sh", ...quick],
    address,
    answers: () => kafkaAnswers({ brokers: [address] }),
  };
}

const format = `"$java" -Xmx128m -XX:TieredStopAtLevel=1 "$@" kafka.tools.StorageTool format --ignore-formatted -t "$cluster" -c "$properties"`;

function serverProperties({ node, nodes, folder, settings: more }: NodeOptions): string {
  const { broker, controller } = node;
  const voters = nodes.map(({ id, controller: port }) => `${String(id)}@127.0.0.1:${String(port)}`);
  const settings = {
    "process.roles": "broker,controller",
    "node.id": node.id,
    "controller.quorum.voters": voters.join(","),
    listeners: `PLAINTEXT://127.0.0.1:${String(broker)},CONTROLLER://127.0.0.1:${String(controller)}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${String(broker)}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "log.dirs": escaped(join(folder, "data")),
    ...singleNodeSettings,
    ...more,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${String(value)}\n`)
    .join("");
}

/** In a Java properties file a backslash escapes, in a value too. */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\");
}

const loggingProperties = `
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %m (%c{1})%n%throwable{short.message}
`;
