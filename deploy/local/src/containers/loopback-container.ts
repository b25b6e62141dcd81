import { GenericContainer } from "testcontainers";
import type { StartedTestContainer } from "testcontainers";

/** Publishes its ports on the loopback address only; testcontainers would publish them to the whole network. */
export class LoopbackContainer extends GenericContainer {
  constructor(image: string, engineHost: string) {
    super(image);
    // Where the engine runs elsewhere, its loopback is out of our reach.
    this.#publishOn = hostOf(engineHost) === "127.0.0.1" ? "127.0.0.1" : "";
    // The leash removes them, without a privileged container beside them.
    this.withAutoCleanup(false);
  }

  readonly #publishOn: string;

  protected override beforeContainerCreated(): Promise<void> {
    const bindings = this.hostConfig.PortBindings as Record<string, { HostIp?: string }[]> | undefined;
    for (const binding of Object.values(bindings ?? {}).flat()) binding.HostIp = this.#publishOn;
    return Promise.resolve();
  }
}

/** `localhost` may mean ::1 first, where nothing listens. */
function hostOf(engineHost: string): string {
  return engineHost === "localhost" ? "127.0.0.1" : engineHost;
}

/** `host:port` at which a port of the container is reached. */
export function outsideAddress(container: StartedTestContainer, port: number): string {
  return `${hostOf(container.getHost())}:${String(container.getMappedPort(port))}`;
}
