import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { kafkaAnswers } from "../answering.ts";
import type { Service, Starting } from "../service.ts";
import { singleNodeSettings } from "../single-node-settings.ts";
import { kafkaJava, kafkaVersion } from "../versions.ts";
import { fetchKafka } from "./fetch.ts";
import { freePorts } from "./free-ports.ts";
import { newestJava } from "./java.ts";
import { noJava } from "./no-java.ts";
import { runProcess } from "./run-process.ts";

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
      const properties = join(folder, "server.properties");
      const logging = join(folder, "log4j2.properties");
      writeFileSync(properties, serverProperties(broker, controller, join(folder, "data")));
      writeFileSync(logging, loggingProperties);
      const quick = ["-XX:+UseSerialGC", `-Dlog4j2.configurationFile=${logging}`, "-cp", classpath];
      // An id that began with a dash would be read as an option: one in 64 would.
      const clusterId = `C${randomBytes(16).toString("base64url").slice(1)}`;
      // Formatting and running are two programs; the shell becomes the second, so that the leash holds the broker itself.
      const script = `${format} && exec "$java" -Xms128m -Xmx512m "$@" kafka.Kafka "$properties"`;
      return {
        command: "/usr/bin/env",
        args: [
          `java=${java.command}`,
          `properties=${properties}`,
          `cluster=${clusterId}`,
          "/bin/sh",
          "-c",
          script,
          "sh",
          ...quick,
        ],
        address: `127.0.0.1:${String(broker)}`,
        answers: () => kafkaAnswers({ brokers: [`127.0.0.1:${String(broker)}`] }),
      };
    },
    starting,
  );
}

const format = `"$java" -Xmx128m -XX:TieredStopAtLevel=1 "$@" kafka.tools.StorageTool format -t "$cluster" -c "$properties"`;

function serverProperties(broker: number, controller: number, data: string): string {
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${String(controller)}`,
    listeners: `PLAINTEXT://127.0.0.1:${String(broker)},CONTROLLER://127.0.0.1:${String(controller)}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${String(broker)}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "log.dirs": escaped(data),
    ...singleNodeSettings,
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
