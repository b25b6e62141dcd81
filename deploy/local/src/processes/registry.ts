import { join } from "node:path";

import { registryAnswers } from "../answering.ts";
import type { Service, Starting } from "../service.ts";
import { registryLines } from "../versions.ts";
import { fetchRegistry } from "./fetch.ts";
import { freePorts } from "./free-ports.ts";
import { newestJava } from "./java.ts";
import { noJava } from "./no-java.ts";
import { runProcess } from "./run-process.ts";

/** Apicurio Registry in memory, on loopback; its Confluent-style API is the address. */
export async function startRegistry(starting: Starting, findJava = newestJava): Promise<Service> {
  const java = await findJava(starting.env);
  const line = registryLines.find(({ java: oldest }) => java !== undefined && java.version >= oldest);
  if (java === undefined || line === undefined)
    throw noJava("registry: Apicurio Registry", Math.min(...registryLines.map(({ java: oldest }) => oldest)), java);
  const home = await fetchRegistry(line.version, line.jar, java, starting);
  starting.report(`registry: starting Apicurio Registry ${line.version} under Java ${String(java.version)}`);
  return runProcess(
    "registry",
    async () => {
      const [port = 0, management = 0] = await freePorts(2);
      const url = `http://127.0.0.1:${String(port)}/apis/ccompat/v7`;
      const settings = {
        "quarkus.http.host": "127.0.0.1",
        "quarkus.http.port": port,
        // Health and metrics have a listener of their own, which two registries must not share either.
        "quarkus.management.host": "127.0.0.1",
        "quarkus.management.port": management,
        "apicurio.datasource.jdbc.initial-size": 1,
        "apicurio.datasource.jdbc.min-size": 1,
        "quarkus.log.level": "WARN",
        "quarkus.http.access-log.enabled": false,
      };
      const properties = Object.entries(settings).map(([key, value]) => `-D${key}=${String(value)}`);
      return {
        command: java.command,
        // It answers a few requests in its life: a quick start is worth more than peak speed.
        args: ["-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", ...properties, "-jar", join(home, line.jar)],
        address: url,
        answers: () => registryAnswers({ url }),
      };
    },
    starting,
  );
}
