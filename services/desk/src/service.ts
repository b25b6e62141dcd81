import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { createPage } from "@cordon/desk-web";
import { CordonError, dispositionOf } from "@cordon/errors";
import type { GoodGuyStore, IndexStore } from "@cordon/index-store";
import type { KafkaClient, TopicPartition, TopicReport } from "@cordon/kafka";
import { listNames } from "@cordon/matching/listed";
import { createEncoder, schemaText, subjectOf, topicDefaults, topics } from "@cordon/schemas";
import {
  createMetrics,
  type PatienceOptions,
  retryUntilAvailable,
  type SchemaRegistry,
  type ServiceContext,
  noteAddress,
  startHttpServer,
} from "@cordon/service";
import type { Signer } from "@cordon/signing";

import { verifyAudit } from "./audit/verify.ts";
import type { DeskConfig } from "./config.ts";
import { type Database, openDatabase } from "./database/connect.ts";
import { migrate } from "./database/migrate.ts";
import { publishGoodGuys } from "./good-guys/publish-good-guys.ts";
import { openApiOf } from "./http/open-api.ts";
import { deskRoutes, type Replayed } from "./http/routes.ts";
import { createServer } from "./http/server.ts";
import { attachSignIn } from "./http/sign-in.ts";
import { createStreams } from "./http/stream.ts";
import { catchUp, type IngestDeps, ingestWithRetries } from "./ingest/ingest.ts";
import { createKnownSchemas } from "./ingest/schemas-known.ts";
import { refreshGauges } from "./metrics.ts";
import { needsOf } from "./needs.ts";
import { sendOutbox } from "./outbox/send-outbox.ts";
import { createProvider } from "./people/provider.ts";
import { sweepSessions } from "./people/sessions.ts";
import { makeDemoUsers } from "./people/users.ts";
import { Refusal } from "./rules/refusal.ts";
import { masterKey } from "./sealing/keys.ts";
import { createMonthKeys, monthOf } from "./sealing/month-keys.ts";
import { createChores } from "./work/chores.ts";
import type { DeskDeps } from "./work/desk-deps.ts";
import { createEntryBook } from "./work/entry-book.ts";
import { expireGoodGuys } from "./work/judge-good-guys.ts";
import { sumCounts } from "./work/list-alerts.ts";
import { createEventReader } from "./work/read-event.ts";
import { createRescreening } from "./work/rescreening.ts";
import { deleteOldNames } from "./work/retention.ts";
import type { RunCordon } from "./work/run-cordon.ts";
import { type JobRunning, runNextJob } from "./work/run-jobs.ts";
import { endLeases } from "./work/take.ts";
import { tellHeld } from "./work/tell-held.ts";

/** What the desk reaches outside of itself, beside its database. Closed by who made it. */
export interface DeskPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  readonly goodGuys: GoodGuyStore;
  /** Null: good guys are not published. */
  readonly signer: Signer | null;
  readonly runCordon: RunCordon;
  readonly clock: () => number;
  readonly build: string;
}

const deskRole = "cordon_desk";
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/**
 * Serves the desk until told to stop. While the database is away requests are refused and ingest waits; while Kafka is, people work on
 * and what they decided waits in the outbox. Rejects with CONFIG_INVALID at start, and with what nobody foresaw.
 */
export async function runDesk(config: DeskConfig, ports: DeskPorts, context: ServiceContext): Promise<void> {
  const { signal, logger } = context;
  const secrets = refuseUnsafe(config);
  const metrics = createMetrics("desk");
  metrics.buildInfo.set({ service: "desk", version: ports.build, engine: "none" }, 1);
  const patience: PatienceOptions = {
    signal,
    onWait: ({ what, attempt, error }) => {
      if (error instanceof CordonError && dispositionOf(error) === "retry")
        metrics.retries.inc({ code: error.code as never });
      if (attempt === 1) logger.warn("waiting", { what, error });
    },
  };
  const database = await openMigrated({ url: secrets.databaseUrl, migrates: config.migrates }, context);
  const master = masterKey(secrets.masterKey);
  const keys = createMonthKeys(master);
  await refuseOtherMasterKey(database, keys);
  if (config.demoPassword !== null) await makeDemoUsers(database, config.demoPassword);

  const entries = createEntryBook(ports.store);
  const schemas = createKnownSchemas({ registry: ports.registry, database, maxBytes: 16 * 1024 * 1024 });
  const eventReader = createEventReader(ports.kafka);
  context.onClose("event reader", () => eventReader.close());
  const deps: DeskDeps = {
    database,
    master,
    keys,
    schemas,
    entries,
    readEvent: eventReader.read,
    version: ports.build,
    leaseMinutes: config.leaseMinutes,
    samples: { releases: config.sampleReleases, goodGuys: config.sampleGoodGuys },
  };
  const state = {
    joined: false,
    databaseAt: Date.now(),
    consumerAt: null as (() => number) | null,
    brokenChain: false,
  };
  const rescreening = createRescreening({
    run: ports.runCordon,
    logger,
    onEnd: (result, events) => {
      metrics.deskRescreens.inc({ result }, events);
    },
    tell: (held) => tellHeld(database, held),
  });
  context.onClose("rescreening", () => rescreening.close());
  const streams = createStreams(database);
  const dispositionsTopic = config.topicPrefix + topics.dispositions;
  const served = { url: "" };
  const routes = deskRoutes({
    deps,
    dispositionsTopic,
    oneAdmin: config.demoPassword !== null,
    rescreen: (eventId, note) => rescreening.ask(eventId, note),
    replay: (alertId) => replayed(ports.runCordon, alertId),
    onVerified: (ok) => {
      state.brokenChain = !ok;
      metrics.deskAuditBroken.set({}, ok ? 0 : 1);
      if (ok) metrics.deskAuditVerified.set({}, Date.now() / 1000);
    },
  });
  const provider =
    config.oidcIssuer === null
      ? null
      : createProvider({
          issuer: config.oidcIssuer,
          clientId: config.oidcClientId ?? "",
          clientSecret: config.oidcClientSecret,
          scope: config.oidcScope,
          rolesClaim: config.oidcRolesClaim,
          roles: config.oidcRoles,
          insecure: config.oidcInsecure,
          publicUrl: () => config.publicUrl ?? served.url,
        });
  const signIn = [
    ...(config.localUsers ? (["local"] as const) : []),
    ...(provider === null ? [] : (["oidc"] as const)),
  ];
  const ready = () => {
    const reasons = [
      ...(Date.now() - state.databaseAt > 15_000 ? ["the database gives no answer"] : []),
      ...(state.joined ? [] : ["alerts are not read yet"]),
      ...(state.brokenChain ? ["the database and its audit do not agree: no disposition is sent"] : []),
    ];
    return { ok: reasons.length === 0, reasons };
  };
  const health = () => {
    const at = state.consumerAt?.() ?? Date.now();
    return Date.now() - at > 120_000
      ? { ok: false, reasons: ["the consumer gave no sign of life for two minutes"] }
      : { ok: true, reasons: [] };
  };
  const app = createServer({
    database,
    routes,
    page: await createPage({ signIn, lists: listNames }),
    openApi: openApiOf(routes, ports.build),
    logger,
    origin: config.publicUrl,
    clock: ports.clock,
    onRefused: (code) => {
      metrics.deskRefusals.inc({ code });
    },
    health,
    ready,
    extend: (server, checks) => {
      streams.attach(server, checks);
      attachSignIn(server, checks, {
        database,
        local: config.localUsers,
        provider,
        clock: ports.clock,
        onSignIn: (how, ok) => {
          metrics.deskSignIns.inc({ how, result: ok ? "done" : "refused" });
        },
      });
    },
  });
  const probes = await startHttpServer({ ...config.http, metrics: () => metrics.scrape(), health, ready });
  context.onClose("http", () => probes.close());
  try {
    await app.listen({ host: config.deskHost, port: config.deskPort });
  } catch (cause) {
    throw new CordonError(
      "CONFIG_INVALID",
      `DESK_HOST and DESK_PORT: cannot listen on ${config.deskHost}:${String(config.deskPort)}`,
      { cause },
    );
  }
  context.onClose("pages", async () => {
    streams.close();
    await app.close();
  });
  const { port } = app.server.address() as AddressInfo;
  served.url = `http://${config.deskHost.includes(":") ? `[${config.deskHost}]` : config.deskHost}:${String(port)}`;
  noteAddress(config.http.addressesFile, "desk", served.url);
  logger.info("listening", { url: probes.url, desk: config.publicUrl ?? served.url });
  const unlisten = await database.listen("desk", (payload) => {
    streams.notice(payload);
  });
  context.onClose("notices", unlisten);

  const background = Promise.all([
    ingestAll(config, { ...ports, context, patience, deps, metrics, state }),
    sendAll(config, { ...ports, context, patience, database, metrics, state, dispositionsTopic }),
    keepHouse(config, { ...ports, context, deps, metrics, state }),
    runJobs(
      { database, master, run: ports.runCordon, onLost: (job) => logger.warn("a job was lost", { job }) },
      signal,
    ),
  ]);
  try {
    await background;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Local users are for demonstrations on one machine. */
function refuseUnsafe(config: DeskConfig): { readonly databaseUrl: string; readonly masterKey: Buffer } {
  if (config.localUsers && !loopback.has(config.deskHost))
    throw new CordonError(
      "CONFIG_INVALID",
      "DESK_LOCAL_USERS is on, and DESK_HOST is no loopback address: people beyond this machine sign in by DESK_OIDC_ISSUER",
    );
  if (config.demoPassword !== null && !config.localUsers)
    throw new CordonError("CONFIG_INVALID", "DESK_DEMO_PASSWORD is set without DESK_LOCAL_USERS");
  if (config.oidcIssuer !== null && config.oidcClientId === null)
    throw new CordonError("CONFIG_INVALID", "DESK_OIDC_ISSUER is set without DESK_OIDC_CLIENT_ID");
  if (!config.localUsers && config.oidcIssuer === null)
    throw new CordonError(
      "CONFIG_INVALID",
      "nobody could sign in: set DESK_OIDC_ISSUER, or DESK_LOCAL_USERS on loopback",
    );
  if (config.databaseUrl === null) throw new CordonError("CONFIG_INVALID", "DESK_DATABASE_URL is not set");
  const master = Buffer.from(config.masterKey ?? "", "base64");
  if (master.length < 32)
    throw new CordonError("CONFIG_INVALID", "DESK_MASTER_KEY is not set, or has less than 32 bytes as base64");
  return { databaseUrl: config.databaseUrl, masterKey: master };
}

async function openMigrated(
  config: { readonly url: string; readonly migrates: boolean },
  { logger, onClose, signal }: ServiceContext,
): Promise<Database> {
  if (config.migrates) {
    const owner = openDatabase({ url: config.url, role: null, connections: 1, logger });
    try {
      const done = await untilThere(() => migrate(owner), signal);
      if (done.length > 0) logger.info("the database was brought to the newest form", { done });
    } finally {
      await owner.close();
    }
  }
  const database = openDatabase({ url: config.url, role: deskRole, connections: 20, logger });
  onClose("database", () => database.close());
  await untilThere(() => database.query("SELECT 1"), signal);
  return database;
}

async function untilThere<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    await sleep(500, undefined, { signal });
  }
}

/** With another key nothing that was sealed could be read, and what is sealed from now on could not be read beside it. */
async function refuseOtherMasterKey(database: Database, keys: ReturnType<typeof createMonthKeys>): Promise<void> {
  const { rows } = await database.query<{ month: string }>("SELECT month FROM data_key ORDER BY month DESC LIMIT 1");
  await database.transaction((tx) => keys.of(tx, rows[0]?.month ?? monthOf(Date.now())));
}

/** What `cordon replay` says of an alert's event. Throws STORE_UNAVAILABLE where it said nothing. */
async function replayed(run: RunCordon, alertId: string): Promise<Replayed> {
  const { stdout, said } = await run(["replay", "--alert", alertId, "--json"], { timeoutMs: 120_000 });
  const [line = ""] = stdout.split("\n");
  if (line === "") throw new Refusal("STORE_UNAVAILABLE", `the replay could not be run: ${said.slice(0, 200)}`);
  const read = JSON.parse(line) as {
    readonly kind?: string;
    readonly differences?: readonly unknown[];
    readonly why?: string;
  };
  return {
    same: read.kind === "same",
    differences: read.differences ?? [],
    ...(read.kind === "not-replayed" ? { notReplayed: read.why ?? "" } : {}),
  };
}

type Metrics = ReturnType<typeof createMetrics<"desk">>;

interface State {
  joined: boolean;
  databaseAt: number;
  consumerAt: (() => number) | null;
  brokenChain: boolean;
}

interface Background extends DeskPorts {
  readonly context: ServiceContext;
  readonly metrics: Metrics;
  readonly state: State;
}

async function ingestAll(
  config: DeskConfig,
  {
    kafka,
    context,
    patience,
    deps,
    metrics,
    state,
  }: Background & { readonly patience: PatienceOptions; readonly deps: DeskDeps },
): Promise<void> {
  const { signal, logger } = context;
  const names = {
    alerts: config.topicPrefix + topics.alerts,
    decisions: config.topicPrefix + topics.decisions,
    listChanges: config.topicPrefix + topics.listChanges,
  };
  const all = Object.values(names);
  const needs = needsOf(config);
  await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const reports = await retryUntilAvailable("Kafka", () => ensureTopics(config, kafka), patience);
  // What may be done with a topic is known only once it is there.
  if (reports.some(({ created }) => created)) await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  await deps.entries.refresh().catch(() => {});
  const groupId = `${config.topicPrefix}${config.groupId}`;
  const ingestDeps: IngestDeps = {
    ...deps,
    endOf: (place) => endOf(kafka, groupId, place),
    dueMinutes: config.dueMinutes,
    topics: names,
    telemetry: {
      received: ({ what, count }) => {
        metrics.deskAlertsReceived.inc({ what }, count);
      },
      waited: ({ what }) => {
        logger.debug("ingest waits", { what });
      },
    },
  };
  const caught = await retryUntilAvailable(
    "Kafka",
    () => catchUp(kafka, { groupId, names: all }, { deps: ingestDeps, patience }),
    patience,
  );
  if (caught > 0) logger.warn("read again what the group had passed and the database had not", { records: caught });
  const consumer = kafka.consumer();
  const dead = Promise.withResolvers<never>();
  consumer.on("assigned", () => {
    state.joined = true;
  });
  consumer.on("crash", ({ error, restarting }) => {
    if (!restarting)
      dead.reject(
        error instanceof CordonError
          ? error
          : new CordonError("CONSUMER_CRASHED", "the desk's consumer ended", { cause: error }),
      );
  });
  state.consumerAt = () => consumer.lastProgressAt();
  context.onClose("consumer", () => consumer.stop());
  await consumer.start({
    topics: all,
    groupId,
    onBatch: async (batch, about) => {
      metrics.deskConsumerLag.set(
        { topic: topicLabel(names, batch.topic) },
        Number(batch.highWatermark - batch.nextOffset),
      );
      await ingestWithRetries({ ...batch, end: batch.highWatermark }, ingestDeps, about);
    },
  });
  await Promise.race([dead.promise, aborted(signal)]);
}

async function endOf(kafka: KafkaClient, groupId: string, { topic, partition }: TopicPartition): Promise<bigint> {
  const admin = await kafka.admin();
  try {
    const found = (await admin.survey(groupId, [topic])).find((one) => one.partition === partition);
    // Taken for an empty one, all of it would be taken in again.
    if (found === undefined)
      throw new CordonError("KAFKA_UNAVAILABLE", "no broker says where a partition ends", {
        details: { topic, partition },
      });
    return found.end;
  } finally {
    await admin.close();
  }
}

function topicLabel(names: Readonly<Record<string, string>>, topic: string): "alerts" | "decisions" | "list_changes" {
  if (topic === names["alerts"]) return "alerts";
  return topic === names["decisions"] ? "decisions" : "list_changes";
}

async function ensureTopics(
  { kafka: settings, topicPrefix }: DeskConfig,
  kafka: KafkaClient,
): Promise<readonly TopicReport[]> {
  const admin = await kafka.admin();
  const { replicationFactor, minInSyncReplicas, eventPartitions, resultRetentionMs } = settings;
  try {
    return await admin.ensureTopics(
      [topics.alerts, topics.decisions, topics.dispositions, topics.listChanges].map((topic) => ({
        topic: topicPrefix + topic,
        partitions: topic === topics.listChanges ? topicDefaults[topic].partitions : eventPartitions,
        compacted: topicDefaults[topic].compacted,
        replicationFactor,
        minInSyncReplicas,
        ...(resultRetentionMs === null || topic === topics.listChanges ? {} : { retentionMs: resultRetentionMs }),
      })),
    );
  } finally {
    await admin.close();
  }
}

/** Nothing is sent before the chain was found whole: after a restore from a backup it may not be what Kafka has seen. */
async function sendAll(
  config: DeskConfig,
  {
    kafka,
    registry,
    context,
    patience,
    database,
    metrics,
    state,
    dispositionsTopic,
  }: Background & {
    readonly patience: PatienceOptions;
    readonly database: Database;
    readonly dispositionsTopic: string;
  },
): Promise<void> {
  const { signal, logger } = context;
  if (config.startCheck === "on") {
    const found = await untilThere(() => verifyAudit(database), signal);
    state.brokenChain = !found.ok;
    metrics.deskAuditBroken.set({}, found.ok ? 0 : 1);
    if (found.ok) metrics.deskAuditVerified.set({}, Date.now() / 1000);
    else logger.error("the audit's chain is broken: dispositions wait", { brokenAt: found.brokenAt, why: found.why });
  }
  const subject = subjectOf(topics.dispositions);
  const schemaId = await retryUntilAvailable(
    "the schema registry",
    () => registry.register(`${dispositionsTopic}-value`, schemaText(subject)),
    patience,
  );
  const producer = await retryUntilAvailable("Kafka", () => kafka.producer(), patience);
  context.onClose("producer", () => producer.close());
  const outbox = { database, producer, encoder: createEncoder(subject), schemaId };
  let wake: (() => void) | null = null;
  const unlisten = await database.listen("desk_outbox", () => {
    wake?.();
  });
  context.onClose("outbox notices", unlisten);
  let waits = false;
  while (!signal.aborted) {
    try {
      if (!state.brokenChain) while ((await sendOutbox(outbox)) > 0);
      if (waits) logger.info("dispositions are sent again");
      waits = false;
    } catch (error) {
      if (error instanceof CordonError && error.code === "CONTRACT_VIOLATED") {
        state.brokenChain = true;
        metrics.deskAuditBroken.set({}, 1);
        logger.error("dispositions wait: the outbox and the audit do not agree", { error });
      } else if (!(error instanceof Refusal) && dispositionOf(error) !== "retry") throw error;
      if (!waits) logger.warn("dispositions wait", { error: error instanceof CordonError ? error : String(error) });
      waits = true;
    }
    const { promise: woken, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    await Promise.race([woken, sleep(waits ? 1000 : 2000, undefined, { signal })]);
  }
}

/** What is done now and then: leases, expiry, the good guys' word, gauges, keys, the chain. */
async function keepHouse(
  config: DeskConfig,
  { context, deps, metrics, state, goodGuys, signer, clock }: Background & { readonly deps: DeskDeps },
): Promise<void> {
  const { signal, logger } = context;
  const { database } = deps;
  let publishNow = true;
  const unlisten = await database.listen("desk_good_guys", () => {
    publishNow = true;
  });
  context.onClose("good guys' notices", unlisten);
  const { every, soon } = createChores({
    logger,
    onFailed: (what) => {
      metrics.deskHouseKeepingFailures.inc({ what });
    },
  });
  while (!signal.aborted) {
    await every("gauges", 3, async () => {
      await refreshGauges(database, metrics);
      state.databaseAt = Date.now();
    });
    await every("leases", 5, () => endLeases(deps));
    await every("expiry", 10, () => expireGoodGuys(deps));
    await every("entries", 5, () => deps.entries.refresh());
    await every("counts", 60, () => database.transaction(sumCounts));
    await every("sessions", 300, () => sweepSessions(database));
    await every("retention", 6 * 3600, () =>
      deleteOldNames(database, { years: config.retentionYears, keys: deps.keys }),
    );
    await every("audit", 3600, async () => {
      const { ok } = await verifyAudit(database);
      state.brokenChain = !ok;
      metrics.deskAuditBroken.set({}, ok ? 0 : 1);
      if (ok) metrics.deskAuditVerified.set({}, Date.now() / 1000);
    });
    if (signer !== null) {
      if (publishNow) soon("good_guys");
      publishNow = false;
      await every("good_guys", 30, () =>
        publishGoodGuys({
          database,
          store: goodGuys,
          signer,
          clock,
          onUntraced: (ids) => {
            if (!state.brokenChain)
              logger.error(
                "good guys that the audit did not see two people agree with are left out: dispositions wait",
                {
                  goodGuys: ids.slice(0, 20),
                  count: ids.length,
                },
              );
            state.brokenChain = true;
            metrics.deskAuditBroken.set({}, 1);
          },
        }),
      );
    }
    await sleep(500, undefined, { signal });
  }
}

async function runJobs(deps: JobRunning, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      while (await runNextJob(deps, signal));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    await sleep(1000, undefined, { signal });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
