import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { startStack } from "@cordon/local-stack";

import { type Ground, layGround } from "../bench-pipeline/ground.ts";
import { measure, type MeasuredProcess, type Usage } from "../bench-pipeline/measured-process.ts";
import { runCommand } from "../command.ts";
import { type Load, sendAtRate, type Told } from "./clients.ts";
import { type GatewayBenchOptions, readGatewayBenchOptions, usage } from "./options.ts";
import { paymentMessage } from "./payment-message.ts";

const warmSeconds = 5;
const services = fileURLToPath(new URL("../../../services", import.meta.url));

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: GatewayBenchOptions): Promise<void> {
  const stack = await startStack({ env: process.env, report: say });
  const started: MeasuredProcess[] = [];
  try {
    const path = process.env["PATH"] ?? "";
    const ground = await layGround(stack, { events: 0, designations: options.designations, say, path });
    const start = (name: string, more: NodeJS.ProcessEnv): MeasuredProcess => {
      const environment = { ...ground.environment, KAFKA_CLIENT: options.adapter, ...more };
      const profile = name === "gateway" ? options.profile : null;
      const one = measure(`${services}/${name}/src/main.ts`, { environment, profile });
      started.push(one);
      return one;
    };
    const screener = start("screener", { KAFKA_GROUP_ID: ground.prefix });
    const gateway = start("gateway", { GATEWAY_PORT: "0", GATEWAY_AUTH: "none", GATEWAY_CLIENT_RATE: "1000000" });
    const url = await gateway.address("gateway");
    for (const one of [screener, gateway]) await ready(one);
    report(options, await run(url, ground, { options, screener, gateway }));
  } finally {
    await Promise.all(started.map((one) => one.stop()));
    await stack.stop();
  }
}

async function ready(service: MeasuredProcess): Promise<void> {
  const url = await service.address("http");
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 200));
}

interface Figures extends Load {
  readonly cpuMicros: { readonly gateway: number; readonly screener: number; readonly load: number };
  readonly gatewayPeakRssBytes: number;
}

interface Running {
  readonly options: GatewayBenchOptions;
  readonly screener: MeasuredProcess;
  readonly gateway: MeasuredProcess;
}

async function run(url: string, ground: Ground, { options, screener, gateway }: Running): Promise<Figures> {
  const { rate, seconds } = options;
  const from = (first: number) => (number: number) => paymentMessage(ground.events.payment(first + number));
  say(`warming up for ${String(warmSeconds)} s`);
  await sendAtRate({ url, rate, count: rate * warmSeconds, messageAt: from(0) });
  const before = await Promise.all([gateway.usage(), screener.usage()]);
  const mine = process.cpuUsage();
  say(`${String(rate)} messages a second for ${String(seconds)} s`);
  const load = await sendAtRate({ url, rate, count: rate * seconds, messageAt: from(rate * warmSeconds) });
  const after = await Promise.all([gateway.usage(), screener.usage()]);
  const { user, system } = process.cpuUsage(mine);
  const spent = (at: 0 | 1): number => (after[at].cpuMicros - before[at].cpuMicros) / (rate * seconds);
  const [{ peakRssBytes }]: readonly [Usage, Usage] = after;
  const cpuMicros = { gateway: spent(0), screener: spent(1), load: (user + system) / (rate * seconds) };
  return { ...load, cpuMicros, gatewayPeakRssBytes: peakRssBytes };
}

function report(options: GatewayBenchOptions, { told, failures, cpuMicros, gatewayPeakRssBytes }: Figures): void {
  const outcomes = Object.fromEntries(
    [...Map.groupBy(told, ({ outcome }) => outcome)].map(([name, all]) => [name, all.length]),
  );
  const figures = {
    ...options,
    asked: options.rate * options.seconds,
    decided: told.length,
    failures: Object.fromEntries(failures),
    outcomes,
    takenMs: spread(told, ({ takenMs }) => takenMs),
    decidedMs: spread(told, ({ decidedMs }) => decidedMs),
    cpuMicrosPerEvent: cpuMicros,
    gatewayPeakRssBytes,
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

function spread(told: readonly Told[], of: (one: Told) => number) {
  const sorted = told.map(of).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), p999: at(0.999), max: at(1) };
}

await runCommand({ usage, read: readGatewayBenchOptions, run: bench });
