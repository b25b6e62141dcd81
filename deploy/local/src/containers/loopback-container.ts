import { isIPv4 } from "node:net";

import { GenericContainer } from "testcontainers";
import type { StartedTestContainer } from "testcontainers";

/** Where the engine is, and so where its containers are reached. */
export interface EngineHost {
  /** As testcontainers names it: `localhost`, or the engine's end of its bridge where we ourselves are in a container. */
  readonly name: string;
  /** On another machine, whose loopback and bridge are out of our reach. */
  readonly isRemote: boolean;
}

/** Publishes its ports where only this machine reaches them; testcontainers would publish them to the whole network. */
export class LoopbackContainer extends GenericContainer {
  constructor(image: string, { name, isRemote }: EngineHost) {
    super(image);
    const address = hostOf(name);
    this.#publishOn = !isRemote && isIPv4(address) ? address : "";
    // The supervisor removes them, without a privileged container beside them.
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
function hostOf(name: string): string {
  return name === "localhost" ? "127.0.0.1" : name;
}

/** `host:port` at which a port of the container is reached. */
export function outsideAddress(container: StartedTestContainer, port: number): string {
  return `${hostOf(container.getHost())}:${String(container.getMappedPort(port))}`;
}
