import { chmodSync } from "node:fs";
import { join } from "node:path";

import type { Finding } from "../service.ts";
import { StackError } from "../stack-error.ts";
import { embeddedRedis, kafkaVersion } from "../versions.ts";
import { installed } from "./installed.ts";
import { newestJava } from "./java.ts";
import type { Java } from "./java.ts";
import { maven } from "./maven.ts";

/** The folder with Kafka's jars. */
export function fetchKafka(java: Java, finding: Finding): Promise<string> {
  return installed(
    { name: `kafka-${kafkaVersion}`, needs: [`kafka_2.13-${kafkaVersion}.jar`] },
    async (folder) => {
      await maven(
        "copy-dependencies",
        { includeScope: "runtime" },
        { folder, what: `kafka: Apache Kafka ${kafkaVersion}, about 45 MB`, java, finding },
      );
    },
    finding,
  );
}

/** The folder with the registry's program, unpacked. */
export function fetchRegistry(version: string, jar: string, java: Java, finding: Finding): Promise<string> {
  return installed(
    { name: `apicurio-registry-${version}`, needs: [jar] },
    async (folder) => {
      const artifact = `io.apicurio:apicurio-registry-app:${version}:tar.gz:all`;
      await maven(
        "unpack",
        { artifact },
        { folder, what: `registry: Apicurio Registry ${version}, about 160 MB`, java, finding },
      );
    },
    finding,
  );
}

/** The server program out of the embedded-redis jar. Throws StackError where the jar has none for this system. */
export async function fetchEmbeddedRedis(finding: Finding): Promise<string> {
  const { version, binaries } = embeddedRedis;
  const system = `${process.platform}-${process.arch}`;
  const binary = binaries[system];
  if (binary === undefined) throw new StackError(`embedded-redis has no server for ${system}`);
  const java = await newestJava(finding.env);
  if (java === undefined) throw new StackError("fetching it with Maven needs Java, and there is none");
  const home = await installed(
    { name: `embedded-redis-${version}`, needs: [binary] },
    async (folder) => {
      const artifact = `com.github.codemonstur:embedded-redis:${version}`;
      await maven(
        "unpack",
        { artifact, "mdep.unpack.includes": `**/${binary}` },
        { folder, what: "redis: a Redis server, about 12 MB", java, finding },
      );
      chmodSync(join(folder, binary), 0o755);
    },
    finding,
  );
  return join(home, binary);
}
