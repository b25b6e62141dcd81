import { BoundPorts, getContainerRuntimeClient, Wait, waitForContainer } from "testcontainers";
import type { InspectResult, StartedTestContainer } from "testcontainers";

import { singleNodeSettings } from "../single-node-settings.ts";
import { images } from "../versions.ts";
import { LoopbackContainer, outsideAddress } from "./loopback-container.ts";
import type { EngineHost } from "./loopback-container.ts";

const startScript = "/tmp/cordon-start.sh";

/**
 * `apache/kafka`, broker and controller in one. A broker tells its clients the address they are to use, and the port the
 * engine gives is known only once the container runs: so the container waits for a script that carries it.
 */
export class KafkaContainer extends LoopbackContainer {
  constructor(engineHost: EngineHost) {
    super(images.kafka, engineHost);
    this.withExposedPorts(9092)
      .withEnvironment({
        CLUSTER_ID: "Q29yZG9uTG9jYWxTdGFjaw",
        KAFKA_HEAP_OPTS: "-Xms128m -Xmx512m",
        KAFKA_NODE_ID: "1",
        KAFKA_PROCESS_ROLES: "broker,controller",
        KAFKA_LISTENERS: "OUTSIDE://:9092,INSIDE://localhost:19092,CONTROLLER://localhost:9093",
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "OUTSIDE:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
        KAFKA_INTER_BROKER_LISTENER_NAME: "INSIDE",
        KAFKA_CONTROLLER_LISTENER_NAMES: "CONTROLLER",
        KAFKA_CONTROLLER_QUORUM_VOTERS: "1@localhost:9093",
        ...Object.fromEntries(Object.entries(singleNodeSettings).map(([key, value]) => [variable(key), String(value)])),
      })
      .withEntrypoint(["sh"])
      .withCommand(["-c", `echo waiting; while [ ! -f ${startScript} ]; do sleep 0.1; done; exec bash ${startScript}`])
      .withWaitStrategy(Wait.forLogMessage("waiting"));
  }

  protected override async containerStarted(container: StartedTestContainer, inspected: InspectResult): Promise<void> {
    const outside = outsideAddress(container, 9092);
    const content =
      `export KAFKA_ADVERTISED_LISTENERS=OUTSIDE://${outside},INSIDE://localhost:19092\n` +
      "exec /etc/kafka/docker/run\n";
    await container.copyContentToContainer([{ target: startScript, mode: 0o755, content }]);
    const client = await getContainerRuntimeClient();
    const started = Wait.forLogMessage(/Kafka Server started/).withStartupTimeout(60_000);
    const ports = BoundPorts.fromInspectResult(client.info.containerRuntime.hostIps, inspected);
    await waitForContainer(client, client.container.getById(container.getId()), started, ports);
  }
}

/** The image's own rule: a dot becomes an underscore, a dash three. */
function variable(setting: string): string {
  return `KAFKA_${setting.replaceAll("-", "___").replaceAll(".", "_").toUpperCase()}`;
}
