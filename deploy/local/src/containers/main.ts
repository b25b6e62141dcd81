import { setTimeout as sleep } from "node:timers/promises";

import { getContainerRuntimeClient, ImageName } from "testcontainers";
import type { ContainerRuntimeClient } from "testcontainers";

import type { ServiceName } from "../service.ts";
import { messageOf } from "../stack-error.ts";
import { images } from "../versions.ts";
import type { Message } from "./message.ts";
import { removeAbandoned, removeOwn } from "./owned.ts";
import { startContainer } from "./start-container.ts";

/*
 * The container host: `main.ts SERVICE...` starts the container of each service, says so on standard output, and removes
 * them on SIGTERM. It runs under a supervisor, so SIGTERM comes however the process dies that wants the services. Containers are
 * the engine's children, not ours: nothing but this would remove them.
 */

let stopping = false;
const creating = new Set<Promise<unknown>>();

function say(message: Message): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function engine(): Promise<ContainerRuntimeClient> {
  const tooLate = sleep(10_000, undefined, { ref: false }).then(() => {
    throw new Error("the container engine did not answer within 10 s");
  });
  return Promise.race([getContainerRuntimeClient(), tooLate]);
}

function isRemote(env: Readonly<Record<string, string | undefined>>): boolean {
  return /^(?:tcp|https?|ssh):/.test(env["DOCKER_HOST"] ?? "") || (env["TESTCONTAINERS_HOST_OVERRIDE"] ?? "") !== "";
}

async function pull(name: ServiceName, client: ContainerRuntimeClient): Promise<void> {
  const image = ImageName.fromString(images[name]);
  if (await client.image.exists(image)) return;
  const began = performance.now();
  const tell = (): void => {
    const seconds = Math.round((performance.now() - began) / 1000);
    say({ kind: "progress", line: `${name}: pulling ${images[name]}${seconds > 0 ? `, ${String(seconds)} s` : ""}` });
  };
  tell();
  const ticker = setInterval(tell, 5_000);
  try {
    await client.image.pull(image);
    if (!(await client.image.exists(image))) throw new Error("the engine has it not, even after the pull");
  } finally {
    clearInterval(ticker);
  }
}

async function start(service: ServiceName, client: ContainerRuntimeClient): Promise<void> {
  try {
    await pull(service, client);
  } catch (error) {
    say({ kind: "unavailable", service, why: `no image ${images[service]}: ${messageOf(error)}` });
    return;
  }
  if (stopping) return;
  const address = startContainer(service, { name: client.info.containerRuntime.host, isRemote: isRemote(process.env) });
  creating.add(address);
  try {
    say({ kind: "up", service, address: await address });
  } catch (error) {
    say({ kind: "failed", service, why: messageOf(error) });
  } finally {
    creating.delete(address);
  }
}

/**
 * A container may still be on its way into being while we remove: so until all is settled and nothing is left. What does
 * not settle waits for a container to answer that is gone; a container asked for appears within the seconds we wait.
 */
async function end(client: ContainerRuntimeClient | undefined): Promise<void> {
  stopping = true;
  if (client !== undefined)
    for (let quiet = 0; quiet < (creating.size > 0 ? 30 : 1); await sleep(100))
      quiet = (await removeOwn(client)) ? quiet + 1 : 0;
  process.exit(0);
}

let client: ContainerRuntimeClient | undefined;
process.once("SIGTERM", () => void end(client));
// Whoever reads our words may be gone; the supervisor will tell us.
process.stdout.on("error", () => {});

try {
  client = await engine();
} catch (error) {
  say({ kind: "no-engine", why: messageOf(error) });
  process.exit(0);
}
await removeAbandoned(client);
const alive = setInterval(() => {}, 60_000);
await Promise.all((process.argv.slice(2) as ServiceName[]).map((service) => start(service, client)));
alive.ref();
