/** Every version the local stack runs, in this one place. `pom.xml` takes its versions from here as properties. */
export const images = {
  kafka: "apache/kafka:4.4.0",
  registry: "apicurio/apicurio-registry:3.3.3",
  redis: "redis:8",
  postgres: "postgres:18",
} as const;

/** The tag is that of the package of npm; the server in it is 18.4. */
export const postgresVersion = "18.4.0-beta.17";
/** The oldest server of this machine that will do. */
export const oldestPostgres = 15;

export const kafkaVersion = "4.4.0";
export const log4jVersion = "2.25.1";
export const mavenDependencyPluginVersion = "3.8.1";

/** The registry's lines, newest first, with the oldest Java that runs each. */
export const registryLines = [
  { version: "3.3.3", java: 21, jar: "quarkus-run.jar" },
  { version: "2.6.13.Final", java: 17, jar: "apicurio-registry-app-2.6.13.Final-runner.jar" },
] as const;

/** Apache Kafka 4 runs on this Java or a newer one. */
export const kafkaJava = 17;

/** The jar carries one server for each system; keys are Node's `platform-arch`. */
export const embeddedRedis = {
  version: "1.4.3",
  binaries: {
    "linux-x64": "redis-server-6.2.6-v5-linux-amd64",
    "linux-arm64": "redis-server-6.2.7-linux-arm64",
    "darwin-x64": "redis-server-6.2.6-v5-darwin-amd64",
    "darwin-arm64": "redis-server-6.2.6-v5-darwin-arm64",
  } as Readonly<Record<string, string>>,
} as const;
