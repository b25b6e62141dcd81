import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { startStack } from "@cordon/local-stack";

import { type Ground, layGround } from "../bench-pipeline/ground.ts";
import { measure, type MeasuredProcess } from "../bench-pipeline/measured-process.ts";
import { runCommand } from "../command.ts";
import { type Load, sendAtRate, type Told } from "./clients.ts";
import { type GatewayBenchOptions, readGatewayBenchOptions, usage } from "./options.ts";
import { paymentMessage } from "./payment-message.ts";

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
      const profile = options.profile === null ? null : `${options.profile}/${name}`;
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

/** A stretch of time, and what a message cost in it. */
interface Stretch extends Load {
  readonly asked: number;
  readonly cpuMicros: { readonly gateway: number; readonly screener: number; readonly clients: number };
}

interface Running {
  readonly options: GatewayBenchOptions;
  readonly screener: MeasuredProcess;
  readonly gateway: MeasuredProcess;
}

interface Figures {
  readonly atTheStart: Stretch;
  readonly afterwards: Stretch;
  readonly gatewayPeakRssBytes: number;
}

async function run(url: string, ground: Ground, { options, screener, gateway }: Running): Promise<Figures> {
  const { rate, first, seconds } = options;
  const used = () => Promise.all([gateway.usage(), screener.usage()]);
  async function stretch(from: number, count: number): Promise<Stretch> {
    say(`${String(rate)} messages a second for ${String(count / rate)} s`);
    const messages = Array.from({ length: count }, (_, at) => paymentMessage(ground.events.payment(from + at)));
    const before = await used();
    const mine = process.cpuUsage();
    const load = await sendAtRate({ url, rate, messages });
    const { user, system } = process.cpuUsage(mine);
    const after = await used();
    const spent = (at: 0 | 1): number => (after[at].cpuMicros - before[at].cpuMicros) / count;
    return {
      ...load,
      asked: count,
      cpuMicros: { gateway: spent(0), screener: spent(1), clients: (user + system) / count },
    };
  }
  const atTheStart = await stretch(0, rate * first);
  const afterwards = await stretch(rate * first, rate * seconds);
  return { atTheStart, afterwards, gatewayPeakRssBytes: (await gateway.usage()).peakRssBytes };
}

function report(options: GatewayBenchOptions, { atTheStart, afterwards, gatewayPeakRssBytes }: Figures): void {
  const figures = {
    ...options,
    atTheStart: figuresOf(atTheStart),
    afterwards: figuresOf(afterwards),
    gatewayPeakRssBytes,
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

function figuresOf({ asked, told: all, failures, cpuMicros }: Stretch) {
  return {
    asked,
    decided: all.length,
    failures: Object.fromEntries(failures),
    outcomes: Object.fromEntries(
      [...Map.groupBy(all, ({ outcome }) => outcome)].map(([name, some]) => [name, some.length]),
    ),
    takenMs: spread(all, ({ takenMs }) => takenMs),
    decidedMs: spread(all, ({ decidedMs }) => decidedMs),
    cpuMicrosPerEvent: cpuMicros,
  };
}

function spread(told: readonly Told[], of: (one: Told) => number) {
  const sorted = told.map(of).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), p999: at(0.999), max: at(1) };
}

await runCommand({ usage, read: readGatewayBenchOptions, run: bench });
