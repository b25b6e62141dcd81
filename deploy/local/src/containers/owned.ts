import { hostname } from "node:os";

import type { ContainerRuntimeClient } from "testcontainers";

import { isAlive } from "../is-alive.ts";

const ownerLabel = "cordon.local-stack.owner";

/** Marks our containers as this process's, on this machine: an engine may be shared by several. */
export const ownerLabels: Readonly<Record<string, string>> = { [ownerLabel]: owner(process.pid) };

function owner(pid: number): string {
  return `${hostname()}/${String(pid)}`;
}

interface Found {
  readonly id: string;
  readonly owner: string;
}

async function all({ container }: ContainerRuntimeClient): Promise<readonly Found[]> {
  const found = await container.dockerode.listContainers({ all: true, filters: { label: [ownerLabel] } });
  return found.map(({ Id, Labels }) => ({ id: Id, owner: Labels[ownerLabel] ?? "" }));
}

async function remove({ container }: ContainerRuntimeClient, found: readonly Found[]): Promise<void> {
  // One that is gone already, or is being removed, is what we want.
  await Promise.allSettled(found.map(({ id }) => container.getById(id).remove({ force: true, v: true })));
}

/** Removes what this process started; true when there was nothing left to remove. */
export async function removeOwn(client: ContainerRuntimeClient): Promise<boolean> {
  const own = (await all(client)).filter((found) => found.owner === owner(process.pid));
  await remove(client, own);
  return own.length === 0;
}

/** Removes what a process of this machine left that is no more: the supervisor was killed too, or the machine went down. */
export async function removeAbandoned(client: ContainerRuntimeClient): Promise<void> {
  const here = owner(0).slice(0, -1);
  const abandoned = (await all(client)).filter(
    (found) => found.owner.startsWith(here) && !isAlive(Number(found.owner.slice(here.length))),
  );
  await remove(client, abandoned);
}
