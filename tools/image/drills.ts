import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { openCompose } from "./compose.ts";

/*
 * `npm run drill:compose -- [--rate N] [--events N]`: two drills of docs/deploy.md in containers. First the services start with nothing
 * they need, and what they need comes a minute later: none may exit. Then three screeners are restarted one after another under
 * traffic with known answers: nothing may be lost. Exit code 1 where it was otherwise. It needs an engine.
 */
const { values } = parseArgs({
  options: { rate: { type: "string", default: "2000" }, events: { type: "string", default: "120000" } },
});
for (const name of ["rate", "events"] as const)
  if (!/^[1-9]\d{0,8}$/.test(values[name])) throw new Error(`--${name}: expected a whole number above 0`);

const compose = openCompose("cordon-drills", {});
const services = ["list-sync", "screener", "canary", "gateway", "second-look"];
const needs = ["kafka", "registry", "redis"];
const faults: string[] = [];

function isHealthy(service: string): boolean {
  const all = compose.containers(service);
  return all.length > 0 && all.every(({ health }) => health === "healthy");
}

/** Seconds until every container of them is healthy; three minutes at most. */
async function healthy(names: readonly string[]): Promise<number> {
  const began = Date.now();
  while (!names.every(isHealthy)) {
    if (Date.now() - began > 180_000)
      throw new Error(`not healthy after three minutes: ${names.filter((name) => !isHealthy(name)).join(", ")}`);
    await sleep(500);
  }
  return (Date.now() - began) / 1000;
}

async function servicesFirst(): Promise<void> {
  compose.run("up", "--no-start", "--build");
  compose.run("up", "-d", "--no-deps", ...services);
  await sleep(60_000);
  compose.run("up", "-d", "--no-deps", ...needs);
  const ofNeeds = await healthy(needs);
  const ofServices = await healthy(services);
  for (const service of services)
    for (const { running, restarts } of compose.containers(service))
      if (!running || restarts > 0)
        faults.push(`${service} exited ${String(restarts)} times while what it needs was away`);
  console.log(
    `services first: ${services.length} of them a minute without anything; ready ${ofServices.toFixed(1)} s after the last of ${needs.join(", ")} (which took ${ofNeeds.toFixed(1)} s)`,
  );
}

async function oneAfterAnother(): Promise<void> {
  compose.run("up", "-d", "--no-deps", "--scale", "screener=3", "screener");
  await healthy(["screener"]);
  const traffic = compose.start(
    "run",
    "--rm",
    "-T",
    "--no-deps",
    "traffic",
    "--rate",
    values.rate,
    "--events",
    values.events,
  );
  let flowing = true;
  const judged = traffic
    .catch((error: unknown) => {
      faults.push(error instanceof Error ? error.message : String(error));
      return "";
    })
    .finally(() => (flowing = false));
  await sleep(15_000);
  for (const { id } of compose.containers("screener")) {
    compose.restart(id);
    await healthy(["screener"]);
    await sleep(2000);
  }
  // A replacement without events shows nothing.
  if (!flowing) faults.push("the traffic ended before the last screener was replaced: give more --events");
  const text = await judged;
  console.log(
    `three screeners restarted one after another at ${values.rate} events a second:\n${text.trim().split("\n").slice(-9).join("\n")}`,
  );
}

try {
  await servicesFirst();
  await oneAfterAnother();
} finally {
  compose.run("down", "-v");
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
