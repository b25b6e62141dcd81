import { StackError } from "@cordon/local-stack";

import { connect, liveManifest } from "./clients.ts";
import { gatewayExample } from "./gateway.ts";
import { type Command, help, parseStartOptions, type StartOptions, UsageError } from "./options.ts";
import { type Pipeline, withPipeline } from "./pipeline.ts";
import { runTraffic } from "./run-traffic.ts";
import { createScreen, type Screen } from "./screen.ts";
import { StartError } from "./start-error.ts";
import { stopSignal } from "./stop.ts";
import { passed, summaryLines } from "./summary.ts";
import type { ServiceFact } from "./view.ts";
import { createVoice } from "./voice.ts";

const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The lines by which other programs find a service. */
function printService({ name, pid, url }: ServiceFact): void {
  const variable = name.toUpperCase().replaceAll("-", "_");
  print(`${variable}_METRICS_URL=${url ?? ""}/metrics`);
  print(`${variable}_PID=${String(pid)}`);
}

/** Prints what other programs need to feed this pipeline. */
async function announce(pipeline: Pipeline): Promise<void> {
  const { store } = connect(pipeline.environment);
  try {
    const { lists } = await liveManifest(store);
    for (const { list, entries } of lists) print(`LIST ${list}=${String(entries)}`);
  } finally {
    await store.close();
  }
  print(`KAFKA_BROKERS=${pipeline.stack.kafkaBrokers}`);
  print(`SCHEMA_REGISTRY_URL=${pipeline.stack.registryUrl}`);
  print(`REDIS_URL=${pipeline.stack.redisUrl}`);
  printService(pipeline.screener.fact());
  printService(pipeline.listSync.fact());
  const canary = pipeline.canary.fact();
  if (canary.url !== null) printService(canary);
  printService(pipeline.gateway.fact());
  const secondLook = pipeline.secondLook?.fact();
  if (secondLook !== undefined && secondLook.url !== null) printService(secondLook);
  print(`GATEWAY_URL=${pipeline.gatewayUrl}`);
  for (const example of gatewayExample(pipeline.gatewayUrl)) print(`# ${example}`);
  if (pipeline.desk !== null) {
    const { service, plan } = pipeline.desk;
    printService(service.fact());
    print(`DESK_URL=${plan.url}`);
    print(`DESK_DATABASE_URL=${plan.databaseUrl}`);
    print(`DESK_DEMO_PASSWORD=${plan.password}`);
  }
  if (pipeline.watching !== null) print(`PROMETHEUS_URL=${pipeline.watching.url}`);
  print("READY");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener("abort", () => {
        resolve();
      });
  });
}

async function run(options: StartOptions, screen: Screen, signal: AbortSignal): Promise<number> {
  const voice = createVoice(screen);
  const say = (text: string): void => {
    voice.say(text);
  };
  let phase: "starting" | "serving" | "streaming" = "starting";
  let code: number = exitCodes.done;
  const onListening = (fact: ServiceFact): void => {
    if (fact.restarts > 0) say(`${fact.name} runs again, pid ${String(fact.pid)}`);
    if (phase === "serving") printService(fact);
  };
  try {
    await withPipeline({ options, environment: process.env, signal, say, onListening }, async (pipeline) => {
      if (!options.traffic) {
        await announce(pipeline);
        phase = "serving";
        await aborted(signal);
        return;
      }
      phase = "streaming";
      const told = [pipeline.screener, pipeline.listSync, pipeline.canary];
      for (const { name, url } of [...told, ...(pipeline.secondLook === null ? [] : [pipeline.secondLook])].map(
        (service) => service.fact(),
      ))
        say(`${name}: ${url ?? ""}/metrics`);
      say(`Kafka: ${pipeline.stack.kafkaBrokers}; schema registry: ${pipeline.stack.registryUrl}`);
      say(`gateway: ${pipeline.gatewayUrl}; try: ${gatewayExample(pipeline.gatewayUrl).join(" ; ")}`);
      if (pipeline.desk !== null)
        say(
          `the alert desk: ${pipeline.desk.plan.url}; sign in as hanna, omar (handlers and checkers), chen (checker), auditor or admin, password ${pipeline.desk.plan.password}`,
        );
      if (pipeline.watching !== null)
        say(`prometheus: ${pipeline.watching.url}/alerts; the dashboard for Grafana: deploy/grafana/cordon.json`);
      const facts = await runTraffic({ pipeline, options, screen, voice, signal });
      if (options.events === null || signal.aborted) return;
      for (const line of summaryLines(facts)) print(line);
      code = passed(facts) ? exitCodes.done : exitCodes.failed;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  // Stopping is how a stream ends; a start or a count that was stopped did not get done.
  return signal.aborted && (phase === "starting" || options.events !== null) ? exitCodes.interrupted : code;
}

function command(): Command {
  // npm runs us in the project's folder and tells where the user is.
  return parseStartOptions(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
}

async function main(): Promise<number> {
  let asked: Command;
  try {
    asked = command();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`npm start: ${error.message}\nnpm start -- --help tells what there is.\n`);
    return exitCodes.usage;
  }
  if (asked.kind === "help") {
    process.stdout.write(help);
    return exitCodes.done;
  }
  const { options } = asked;
  // The live view is what streaming is for; the other two leave standard output to their results.
  const streaming = options.traffic && options.events === null;
  const screen = createScreen(streaming ? process.stdout : process.stderr, process.env);
  const leaveAtOnce = (): void => {
    screen.close();
    process.exit(exitCodes.interrupted); // what runs is under supervisors, which notice
  };
  const stopper = stopSignal({ sources: process, now: Date.now, leaveAtOnce });
  // Nobody reads any more, such as after `| head`.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      stopper.abort();
    });
  try {
    return await run(options, screen, stopper.signal);
  } catch (error) {
    screen.close();
    const known = error instanceof StartError || error instanceof StackError;
    process.stderr.write(
      `npm start: ${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    return exitCodes.failed;
  } finally {
    screen.close();
  }
}

process.exit(await main());
