import { CordonError } from "@cordon/errors";
import type { ConsumedRecord, KafkaClient } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";
import {
  createMetrics,
  noteAddress,
  type SchemaRegistry,
  type ServiceContext,
  startHttpServer,
  tellAll,
} from "@cordon/service";

import { openAccess } from "./auth/access.ts";
import type { GatewayConfig } from "./config.ts";
import { ask } from "./decisions/ask.ts";
import { createFollower, type Follower } from "./decisions/follower.ts";
import { keepLedger, type LedgerKeeper } from "./decisions/keep-ledger.ts";
import { createOpenEvents, type OpenEvents } from "./decisions/open-events.ts";
import { outcomeOf } from "./decisions/outcome-of.ts";
import { createWaitingRoom } from "./decisions/waiting-room.ts";
import { alive, ready } from "./health.ts";
import { buildApp } from "./http/app.ts";
import { decisionWriter } from "./http/decision-json.ts";
import { httpSide, urlOf } from "./http/listen.ts";
import { type Admission, createAdmission } from "./intake/admission.ts";
import { eventEncoder } from "./intake/event-format.ts";
import { sendTogether } from "./intake/send-together.ts";
import { takeMessage, type TakeMessageDeps } from "./intake/take-message.ts";
import type { Ledger } from "./ledger/port.ts";
import { prepare } from "./prepare.ts";
import { logTelemetry } from "./telemetry-to-log.ts";
import { countTelemetry } from "./telemetry-to-metrics.ts";
import type { GatewayTelemetry } from "./telemetry.ts";

/** What the gateway reaches outside of itself. Closed by who made it. */
export interface GatewayPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly ledger: Ledger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Version of the build, for a metric's label. */
  readonly build: string;
}

type Parts = ReturnType<typeof assemble>;

/**
 * Takes messages until told to stop; then those in hand are finished, and who waits for a decision is told that it is
 * pending. While Kafka, Redis or the registry are away it answers 503. Rejects when something happened that nobody foresaw.
 */
export async function runGateway(config: GatewayConfig, ports: GatewayPorts, context: ServiceContext): Promise<void> {
  const parts = assemble(config, ports, context);
  const intake: { deps: TakeMessageDeps | null } = { deps: null };
  await serveProbes(config, parts, { intake, context });
  const stopServing = await serveMessages(config, { ...parts, ports }, { intake, context });
  try {
    intake.deps = await openIntake(config, { ...parts, ports }, context);
    // First of all: what is in hand is finished while there are a producer and a ledger.
    context.onClose("messages", stopServing);
    await Promise.race([parts.follower.failed, parts.keeper.failed, aborted(context.signal)]);
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
}

function assemble(config: GatewayConfig, { kafka, ledger, clock, build }: GatewayPorts, { logger }: ServiceContext) {
  const metrics = createMetrics("gateway");
  metrics.buildInfo.set({ service: "gateway", version: build, engine: "" }, 1);
  const telemetry = tellAll<GatewayTelemetry>([logTelemetry(logger), countTelemetry(metrics)]);
  const openEvents = createOpenEvents({
    onDecided: (outcome, milliseconds) => {
      telemetry.decisionSeen({ outcome, milliseconds });
    },
  });
  const names = topicNames(config);
  let keeper: LedgerKeeper | null = null;
  const follower: Follower = createFollower({
    kafka,
    topics: [names.decisions, names.alerts],
    onRecord: (topic, record) => {
      note(record, { isAlert: topic === names.alerts, openEvents, clock, followedAt: follower.followedAt() });
      keeper?.nudge();
    },
    patience: { onWait: telemetry.waited, onResume: telemetry.resumed },
    clock,
  });
  keeper = keepLedger({ ledger, openEvents, follower, telemetry, keptMs: config.repeatHours * 3_600_000, clock });
  const admission = createAdmission({ limits: config.limits, undecided: () => openEvents.undecided, clock });
  return { metrics, telemetry, openEvents, follower, keeper, admission };
}

interface Noting {
  readonly isAlert: boolean;
  readonly openEvents: OpenEvents;
  readonly clock: () => number;
  readonly followedAt: number;
}

function note(record: ConsumedRecord, { isAlert, openEvents, clock, followedAt }: Noting): void {
  if (record.key === null || record.value === null) return;
  const eventId = record.key.toString("utf8");
  if (isAlert) openEvents.alerted(eventId, record.value);
  else openEvents.decided(eventId, outcomeOf(record), { value: record.value, now: clock(), followedAt });
}

interface Serving {
  readonly intake: { readonly deps: TakeMessageDeps | null };
  readonly context: ServiceContext;
}

/** Metrics and probes on a port of their own, where no client can be in the way. */
async function serveProbes({ http }: GatewayConfig, parts: Parts, { intake, context }: Serving): Promise<void> {
  const { metrics, admission, openEvents } = parts;
  metrics.beforeScrape(() => {
    metrics.gatewayInFlight.set({}, admission.inFlight);
    metrics.gatewayInFlightBytes.set({}, admission.inFlightBytes);
    metrics.gatewayOpenEvents.set({}, openEvents.undecided);
    metrics.gatewayWaiting.set({}, openEvents.waiting);
    const oldest = openEvents.oldest();
    metrics.gatewayOldestOpen.set({}, oldest === null ? 0 : Math.max(0, Date.now() - oldest) / 1000);
  });
  const server = await startHttpServer({
    ...http,
    metrics: () => metrics.scrape(),
    health: alive,
    ready: () => readiness(parts, { intake, context }),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });
}

function readiness({ follower, keeper }: { follower: Follower; keeper: LedgerKeeper }, { intake, context }: Serving) {
  const vitals = {
    prepared: intake.deps !== null,
    kafkaSeenAt: follower.seenAt(),
    redisSeenAt: keeper.beatAt(),
    ending: context.signal.aborted,
  };
  return ready(vitals, Date.now());
}

async function serveMessages(
  config: GatewayConfig,
  { ports, ...parts }: Parts & { readonly ports: GatewayPorts; readonly admission: Admission },
  { intake, context }: Serving,
): Promise<() => Promise<void>> {
  const { telemetry, openEvents, admission } = parts;
  const access = openAccess(config.access, {
    changed: telemetry.accessChanged,
    faulty: telemetry.accessFaulty,
    renewed: (tls) => {
      side.renew(tls);
    },
  });
  context.onClose("access", () => {
    access.close();
  });
  const side = httpSide({
    limits: config.limits,
    tls: access.tls(),
    certificates: config.access.tls?.clientCaFile !== null && config.access.tls !== null,
    onDropped: (why) => {
      telemetry.connectionDropped({ why });
    },
  });
  const questions = {
    ledger: ports.ledger,
    openEvents,
    waitingRoom: createWaitingRoom(config.limits.maxWaiting),
    clock: ports.clock,
  };
  const app = await buildApp(
    {
      access,
      admission,
      take: async (received) => {
        if (intake.deps === null)
          throw new CordonError("KAFKA_UNAVAILABLE", "the gateway is starting: Kafka is not there yet");
        return takeMessage(received, intake.deps);
      },
      ask: (question) => ask(question, questions),
      writeDecision: decisionWriter(ports.registry),
      health: alive,
      ready: () => readiness(parts, { intake, context }),
      limits: config.limits,
      telemetry,
      ending: context.signal,
    },
    side.serverFactory,
  );
  parts.metrics.beforeScrape(() => {
    parts.metrics.gatewayConnections.set({}, side.connections()?.count ?? 0);
  });
  await listen(app, config.listen);
  const stopServing = async (): Promise<void> => {
    await app.close();
  };
  context.onClose("messages", stopServing);
  const url = urlOf(app.server.address(), config.access.tls !== null);
  noteAddress(config.http.addressesFile, "gateway", url);
  context.logger.info("taking messages", { gateway: url, authentication: config.access.open ? "none" : "required" });
  for (const danger of dangersOf(config)) context.logger.warn(danger, { gateway: url });
  return stopServing;
}

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/** What somebody who is not on this machine could do or hear, in words. */
function dangersOf({ access, listen: { host } }: GatewayConfig): readonly string[] {
  if (loopback.has(host)) return [];
  if (access.open)
    return ["everybody who reaches the port may send messages and read all decisions (GATEWAY_AUTH=none)"];
  return access.tls === null
    ? ["tokens and messages come unencrypted, unless something before the gateway ends TLS"]
    : [];
}

async function listen(
  app: Awaited<ReturnType<typeof buildApp>>,
  { host, port }: GatewayConfig["listen"],
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const where = `${host}:${String(port)}`;
    throw new CordonError("CONFIG_INVALID", `GATEWAY_HOST and GATEWAY_PORT: cannot listen on ${where}`, { cause });
  }
}

async function openIntake(
  config: GatewayConfig,
  { ports, telemetry, follower, keeper, openEvents }: Parts & { readonly ports: GatewayPorts },
  { signal, onClose }: ServiceContext,
): Promise<TakeMessageDeps> {
  onClose("ledger", () => keeper.close());
  const patience = { signal, onWait: telemetry.waited, onResume: telemetry.resumed };
  const { producer, format } = await prepare(config, { ...ports, telemetry, patience });
  onClose("producer", () => producer.close());
  onClose("follower", () => follower.close());
  // Before the first event is sent: its decision must not come before somebody reads.
  await follower.start();
  return {
    ledger: ports.ledger,
    openEvents,
    producer: sendTogether(producer),
    encode: eventEncoder(format),
    limits: config.limits,
    telemetry,
    clock: ports.clock,
  };
}

/** Rejects once the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tell = (): void => {
    reject(signal.reason as Error);
  };
  if (signal.aborted) tell();
  else signal.addEventListener("abort", tell, { once: true });
  return promise;
}
