import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { compileSnapshot, openSnapshot } from "@cordon/matching";

import { namePools } from "../bench-engine/generated-names.ts";
import { benchEvents } from "../bench-pipeline/bench-events.ts";
import { designationsOf } from "../bench-pipeline/ground.ts";
import { runCommand } from "../command.ts";
import { readHotPathOptions, usage } from "./options.ts";
import { measureSteps, type Step } from "./steps.ts";
import { workerTrip } from "./worker-trip.ts";

const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

async function bench({
  events,
  designations,
  json,
}: Exclude<ReturnType<typeof readHotPathOptions>, "help">): Promise<void> {
  const pools = namePools(`${data}/names/popular_names`);
  const snapshot = compileSnapshot(await designationsOf(designations, pools));
  // The events are chosen with an index of their own, so that the one that is measured has seen none of them.
  const made = benchEvents(openSnapshot(snapshot), pools);
  const steps: Step[] = [
    ...measureSteps(
      openSnapshot(snapshot),
      Array.from({ length: events }, (_, at) => made.payment(at)),
    ),
    ...(await workerTrip()),
  ];
  process.stdout.write(`${tableOf(steps)}\n`);
  if (json !== null) writeFileSync(json, `${JSON.stringify({ events, designations, steps }, null, 2)}\n`);
}

function tableOf(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(({ step }) => step.length));
  return [
    `${"step".padEnd(width)}  ns an event`,
    ...steps.map(({ step, nanos }) => `${step.padEnd(width)}  ${nanos.toFixed(0).padStart(11)}`),
  ].join("\n");
}

await runCommand({ usage, read: readHotPathOptions, run: bench });
