import { type HoldReason, holdReasons } from "@cordon/errors";
import { createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";
import { createSchemaRegistry, readConfig } from "@cordon/service";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { asAct, needsOf } from "./rescreen/as-act.ts";
import { isLeft, jsonOf, tableOf } from "./rescreen/report.ts";
import { type RescreenOptions, type RescreenPorts, rescreenWith } from "./rescreen/rescreen-with.ts";
import { openChecked, patienceOn, screenersConfig } from "./services.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { timeOf } from "./times.ts";
import { UsageError } from "./usage-error.ts";

const rescreenHelp = `Screens again what was held, with the index of now, and writes the decisions that replace the HOLDs.

  cordon rescreen --held | --dead-letters [--since TIME] [--reason CODE]… [--event ID]… [--because TEXT] [--dry-run] [--json]

  --held             every event whose last decision is HOLD
  --dead-letters     every record that was set aside, also those without a key, which have no decision
  --since TIME       only what was held or set aside since then: ISO 8601 with its zone (2026-11-27T09:00Z), a date (UTC),
                     or how long ago (90m, 36h, 7d)
  --reason CODE      with --held: only what was last held for this, such as INDEX_STALE; may be given several times
  --event ID         with --held: only this event; may be given several times
  --because TEXT     why; recorded with your name and host on the topic cordon.operator-acts.v1
  --dry-run          screens, and writes nothing
  --json             one JSON object instead of a table
  --help

The environment is that of the screener (KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL and what decides outcomes). Events are
read from where they came. A decision CLEAR or HIT is never replaced, one HOLD is written again only for another reason, so
that a second run does nothing. Events that Kafka deleted before any screener read them are named by their places. decideBy is not asked, and canaries are left alone. Kafka's user needs to read the topics
and the groups that begin with KAFKA_CLIENT_ID and "-reader-", and to write decisions, alerts and acts.
Exit code: 0 nothing is held any more of what was looked at; 1 some still is; 2 bad usage, an index that is absent or too old,
or a service that cannot be had: what was written until then stands, and another run goes on from there.
`;

/** Runs `cordon rescreen …`. Throws UsageError, and CordonError of the services. */
export async function rescreen(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readRequest(args, Date.now());
  if (request === "help") {
    await outputTo(terminal.stdout).write(rescreenHelp);
    return 0;
  }
  const config = readConfig(screenersConfig, terminal.env);
  const store = createRedisIndexStore(config.redis);
  try {
    const ports: RescreenPorts = {
      kafka: createKafkaClient(config.kafka),
      registry: createSchemaRegistry(config.registry),
      store,
      open: openChecked,
      clock: Date.now,
    };
    const { policy, groupId } = config;
    const names = topicNames(config);
    await ports.kafka.check(needsOf(config, request));
    const work = (): Promise<number> => reportOn(ports, { ...request, policy, groupId, names }, terminal);
    return await (request.dryRun ? work() : asAct(request, { config, ports, terminal }, work));
  } finally {
    await store.close();
  }
}

export interface RescreenRequest extends Pick<RescreenOptions, "what" | "since" | "reasons" | "events" | "dryRun"> {
  readonly json: boolean;
  readonly because: string | null;
}

/** Throws UsageError. `now` in milliseconds since the epoch. */
export function readRequest(args: readonly string[], now: number): RescreenRequest | "help" {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    held: { type: "boolean" },
    "dead-letters": { type: "boolean" },
    since: { type: "string" },
    reason: { type: "string", multiple: true },
    event: { type: "string", multiple: true },
    "dry-run": { type: "boolean" },
    because: { type: "string" },
    json: { type: "boolean" },
  });
  if (values.help === true) return "help";
  noPositionals(positionals);
  const {
    held = false,
    "dead-letters": deadLetters = false,
    reason = [],
    event: events = [],
    "dry-run": dryRun = false,
    json = false,
    because = null,
  } = values;
  if (held === deadLetters) throw new UsageError("give one of --held and --dead-letters; try --help");
  if (deadLetters && reason.length > 0) throw new UsageError("--reason goes with --held");
  if (deadLetters && events.length > 0) throw new UsageError("--event goes with --held");
  return {
    what: held ? "held" : "dead-letters",
    since: values.since === undefined ? undefined : timeOf(values.since, now),
    reasons: reason.map(reasonOf),
    events,
    dryRun,
    json,
    because,
  };
}

function reasonOf(text: string): HoldReason {
  const reason = holdReasons.find((known) => known === text);
  if (reason === undefined) throw new UsageError(`--reason is one of ${holdReasons.join(", ")}, not "${text}"`);
  return reason;
}

/** The same on other ports. */
export async function reportOn(
  ports: RescreenPorts,
  request: RescreenRequest & Pick<RescreenOptions, "policy" | "names" | "groupId">,
  terminal: Terminal,
): Promise<number> {
  const progress = progressOn(terminal);
  let records = 0;
  const report = await rescreenWith(ports, {
    ...request,
    patience: patienceOn(terminal),
    onRead: (more) => {
      records += more;
      progress.to(records, "records read");
    },
  });
  progress.end();
  await outputTo(terminal.stdout).write((request.json ? jsonOf : tableOf)(report, request.dryRun));
  return isLeft(report) ? 1 : 0;
}
