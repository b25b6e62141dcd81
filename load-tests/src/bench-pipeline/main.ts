import { writeFileSync } from "node:fs";

import { startStack } from "@cordon/local-stack";

import { runCommand } from "../command.ts";
import { type Ground, layGround } from "./ground.ts";
import { type PipelineBenchOptions, readPipelineBenchOptions, usage } from "./options.ts";
import { checkOutputs, type OutputsCheck } from "./outputs-check.ts";
import { populations } from "./populations.ts";
import { figuresOf, type Run, type Setting, type SettingFigures, tableOf } from "./report.ts";
import { isScreening, runMode } from "./run-mode.ts";

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: PipelineBenchOptions): Promise<void> {
  const { events, designations, key, json } = options;
  const stack = await startStack({ env: process.env, report: say });
  try {
    const runs: Run[] = [];
    const valueBytes: Record<string, number> = {};
    for (const population of options.populations)
      for (const size of options.sizes) {
        const told = { events, designations, population, size, key, say, path: process.env["PATH"] ?? "" };
        const ground = await layGround(stack, told);
        valueBytes[size] = Math.round(ground.valueBytes);
        runs.push(...(await runAll(ground, options, { population, size })));
      }
    process.stdout.write(`${tableOf(runs)}\n`);
    const figures = figuresOf(runs);
    for (const one of figures) process.stdout.write(`${ratiosOf(one)}\n`);
    if (json !== null)
      writeFileSync(json, `${JSON.stringify({ events, designations, key, valueBytes, settings: figures }, null, 2)}\n`);
  } finally {
    await stack.stop();
  }
}

function ratiosOf({ adapter, population, size, delivery, ...ratios }: SettingFigures): string {
  const beside = delivery === "at_least_once" ? "" : `, all beside at_least_once ${spell(ratios.allToAtLeastOnce)}`;
  const [all, hitsOnly] = [ratios.allToDecode, ratios.hitsOnlyToDecode].map(spell);
  return `${adapter} ${population} ${size} ${delivery}: c/b ${all!}, d/b ${hitsOnly!}${beside}, by CPU us an event`;
}

function spell(ratio: number | null): string {
  return ratio === null ? "not measured" : ratio.toFixed(2);
}

async function runAll(
  ground: Ground,
  { events: count, profile, ...options }: PipelineBenchOptions,
  of: Omit<Setting, "adapter">,
): Promise<readonly Run[]> {
  const countFrom = Math.round(count * populations[of.population].countFrom);
  const runs: Run[] = [];
  let check: OutputsCheck | null = null;
  try {
    for (const adapter of options.adapters)
      for (const replicas of options.replicas)
        for (const mode of options.modes)
          for (const delivery of isScreening(mode) ? options.deliveries : ([null] as const)) {
            const told = { mode, replicas, adapter, count, countFrom, profile };
            const figures = await runMode(ground, { ...told, delivery: delivery ?? "at_least_once" });
            // The topics of the results stand only once a screener made them.
            if (isScreening(mode)) check ??= await checkOutputs(ground, count);
            const outputs = mode === "all" || mode === "hitsOnly" ? await check!.take(mode) : null;
            const run = { ...figures, ...of, adapter, mode, replicas, delivery, outputs };
            runs.push(run);
            say(tableOf([run]));
          }
  } finally {
    await check?.close();
  }
  return runs;
}

await runCommand({ usage, read: readPipelineBenchOptions, run: bench });
