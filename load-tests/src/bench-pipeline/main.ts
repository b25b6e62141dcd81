import { writeFileSync } from "node:fs";

import { StackError, startStack } from "@cordon/local-stack";

import { type Ground, layGround } from "./ground.ts";
import { type PipelineBenchOptions, readPipelineBenchOptions, usage } from "./options.ts";
import { checkOutputs, type OutputsCheck } from "./outputs-check.ts";
import { adapterFigures, type Run, tableOf } from "./report.ts";
import { runMode } from "./run-mode.ts";

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: PipelineBenchOptions): Promise<void> {
  const { events, designations, adapters, json } = options;
  const stack = await startStack({ env: process.env, report: say });
  try {
    const ground = await layGround(stack, { events, designations, say, path: process.env["PATH"] ?? "" });
    const runs = await runAll(ground, options);
    process.stdout.write(`${tableOf(runs)}\n`);
    const figures = adapters.map((name) => adapterFigures(name, runs));
    for (const { name, allToDecode, hitsOnlyToDecode } of figures)
      process.stdout.write(`${name}: c/b ${spell(allToDecode)}, d/b ${spell(hitsOnlyToDecode)} by CPU us an event\n`);
    const { valueBytes } = ground;
    if (json !== null)
      writeFileSync(json, `${JSON.stringify({ events, designations, valueBytes, adapters: figures }, null, 2)}\n`);
  } finally {
    await stack.stop();
  }
}

function spell(ratio: number | null): string {
  return ratio === null ? "not measured" : ratio.toFixed(2);
}

async function runAll(ground: Ground, options: PipelineBenchOptions): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let check: OutputsCheck | null = null;
  try {
    for (const adapter of options.adapters)
      for (const replicas of options.replicas)
        for (const mode of options.modes) {
          const figures = await runMode(ground, {
            mode,
            replicas,
            adapter,
            count: options.events,
            profile: options.profile,
          });
          const screened = mode === "all" || mode === "hitsOnly";
          // The topics of the results stand only once a screener made them.
          if (screened) check ??= await checkOutputs(ground, options.events);
          const run = { ...figures, adapter, mode, replicas, outputs: screened ? await check!.take(mode) : null };
          runs.push(run);
          say(tableOf([run]));
        }
  } finally {
    await check?.close();
  }
  return runs;
}

try {
  const options = readPipelineBenchOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(usage);
  else await bench(options);
} catch (error) {
  if (error instanceof StackError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else if (error instanceof RangeError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else throw error;
}
