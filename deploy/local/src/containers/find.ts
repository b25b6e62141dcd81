import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { Finding, Service, ServiceName } from "../service.ts";
import { spawnSupervised } from "../spawn-supervised.ts";
import { StackError } from "../stack-error.ts";
import { parseMessage } from "./message.ts";
import type { Message } from "./message.ts";

export interface Containers {
  /** The service in a container; undefined where no engine answers or the image cannot be had. */
  find(name: ServiceName): Promise<Service | undefined>;
  /** Removes the containers. */
  stop(): Promise<void>;
}

const none: Containers = { find: () => Promise.resolve(undefined), stop: () => Promise.resolve() };

const host = fileURLToPath(new URL("main.ts", import.meta.url));

/** Seconds the engine has to remove the containers after we are gone. */
const grace = 30;

/** Starts the containers of the named services, all at once, where a container engine answers. */
export function startContainers(names: readonly ServiceName[], { env, report, signal }: Finding): Containers {
  if (names.length === 0 || !engineMayBeThere(env)) return none;
  const supervised = spawnSupervised(process.execPath, [host, ...names], { env, output: "pipe", grace });
  const waiting = new Map(names.map((name) => [name, Promise.withResolvers<Message | undefined>()]));
  const settleAll = (message: Message | undefined): void => {
    for (const { resolve } of waiting.values()) resolve(message);
  };
  const hear = (message: Message): void => {
    switch (message.kind) {
      case "progress":
        report(message.line);
        break;
      case "no-engine":
        report(`containers: ${message.why}; going on without`);
        settleAll(message);
        break;
      case "up":
      case "unavailable":
      case "failed":
        waiting.get(message.service)?.resolve(message);
        break;
    }
  };
  const listen = async (): Promise<void> => {
    if (supervised.stdout === null) return;
    for await (const line of createInterface({ input: supervised.stdout })) {
      const message = parseMessage(line);
      if (message !== undefined) hear(message);
    }
  };
  supervised.stderr?.resume();
  void listen();
  void supervised.exited.then(() => settleAll(undefined));
  const abandoned = (): void => settleAll(undefined);
  signal.addEventListener("abort", abandoned, { once: true });
  return {
    find: async (name) => {
      const message = await waiting.get(name)?.promise;
      signal.throwIfAborted();
      return asService(name, message, report);
    },
    stop: () => {
      signal.removeEventListener("abort", abandoned);
      return supervised.stop();
    },
  };
}

function asService(name: ServiceName, message: Message | undefined, report: Finding["report"]): Service | undefined {
  switch (message?.kind) {
    case "up":
      // All go together, with the host.
      return { source: "container", address: message.address, stop: () => Promise.resolve() };
    case "failed":
      throw new StackError(`${name}: its container did not come up: ${message.why}`);
    case "unavailable":
      report(`${name}: ${message.why}; trying without a container`);
      return undefined;
    case "no-engine":
    case "progress":
    case undefined:
      return undefined;
  }
}

/** Whether there is a sign of an engine: only then is it worth loading a client that takes a second to load. */
function engineMayBeThere(env: Finding["env"]): boolean {
  const home = env["HOME"] ?? homedir();
  const runtime = env["XDG_RUNTIME_DIR"] ?? `/run/user/${String(process.getuid?.() ?? 0)}`;
  const signs = [
    "/var/run/docker.sock",
    join(runtime, "docker.sock"),
    join(runtime, ".docker/run/docker.sock"),
    join(home, ".docker/run/docker.sock"),
    join(home, ".docker/desktop/docker.sock"),
    join(home, ".docker/contexts"),
    join(home, ".testcontainers.properties"),
  ];
  const told = ["DOCKER_HOST", "TESTCONTAINERS_HOST_OVERRIDE", "TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE"];
  return told.some((variable) => (env[variable] ?? "") !== "") || signs.some((sign) => existsSync(sign));
}
