import { archiveConfig, archiveOf, createRedisGoodGuyStore, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import {
  mostEvents,
  replay as replayIn,
  type ReplayOptions,
  type ReplayResult,
  unregisteredFormat,
} from "@cordon/looking-again";
import { openSnapshot } from "@cordon/matching";
import { topicNames } from "@cordon/screening";
import { createSchemaRegistry, readConfig, secret } from "@cordon/service";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { counted, table } from "./lists/table.ts";
import { patienceOn, policyOf, screenersConfig } from "./services.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const replayHelp = `Decides past events again exactly as they were decided then, and tells whether the decision is the same.

  cordon replay --event TOPIC/PARTITION/OFFSET[-OFFSET] [--json]
  cordon replay --alert ID [--json]

  --event PLACE      the event at this place, such as payments.v1/0/17, or those from one offset to another (both among them, up to
                     ${mostEvents.toLocaleString("en")} in a run)
  --alert ID         the event of this alert: from Kafka, or from the alert itself when Kafka has forgotten it
  --policy FILE      the policy file of then, over what the environment says
  --json             one JSON object a line for each event, instead of a table
  --help

It takes the event, the index of then by its hash (from Redis, or from the archive that INDEX_ARCHIVE names), the policy by its hash, the
good guys by theirs and the engine of this release, and compares the decision and the alert with what was written: byte for byte, but for the times. It
writes nothing. Give it the environment that the screener had then; where the policy, the engine or the index is another, it says
which is needed. That the lists were too old, and that a rescreening asked for no deadline, stands in no record: it is told when it had to
be taken for granted.
Exit code: 0 all the same; 1 a decision differs; 2 bad usage, a service that cannot be had, or an event that cannot be replayed here.
`;

const fingerprintKey = secret("PARTY_FINGERPRINT_KEY", {
  meaning:
    "The screeners' key of fingerprints, as base64; without it fingerprints are not compared, and what used good guys is not replayed.",
});

/** Runs `cordon replay …`. Throws UsageError, and CordonError of the services. */
export async function replay(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    event: { type: "string" },
    alert: { type: "string" },
    policy: { type: "string" },
    json: { type: "boolean" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(replayHelp);
    return 0;
  }
  noPositionals(positionals);
  const { event, alert, json = false } = values;
  const what = whatOf(event, alert);
  const config = readConfig({ ...screenersConfig, archive: archiveConfig, fingerprintKey }, terminal.env);
  const names = topicNames(config);
  const store = createRedisIndexStore(config.redis);
  const goodGuys = createRedisGoodGuyStore(config.redis);
  const progress = progressOn(terminal);
  try {
    const results = await replayIn(
      {
        kafka: createKafkaClient(config.kafka),
        registry: createSchemaRegistry(config.registry),
        store,
        goodGuys,
        archive: archiveOf(config.archive),
        open: openSnapshot,
      },
      {
        what,
        policy: values.policy === undefined ? config.policy : policyOf(values.policy, config.policy),
        names,
        format: unregisteredFormat(names),
        fingerprintKey: config.fingerprintKey === null ? undefined : Buffer.from(config.fingerprintKey, "base64"),
        patience: patienceOn(terminal),
        onProgress: (events) => {
          progress.to(events, "events replayed");
        },
      },
    );
    progress.end();
    await output.write(json ? results.map((one) => `${JSON.stringify(one)}\n`).join("") : tableOf(results));
    return codeOf(results);
  } finally {
    await store.close();
    await goodGuys.close();
  }
}

/** Throws UsageError. */
function whatOf(event: string | undefined, alert: string | undefined): ReplayOptions["what"] {
  if ((event === undefined) === (alert === undefined))
    throw new UsageError("give one of --event and --alert; try --help");
  if (alert !== undefined) {
    if (!/^[0-9a-f]{32}$/.test(alert)) throw new UsageError("--alert takes an alert's id: 32 hexadecimal digits");
    return { kind: "alert", alertId: alert };
  }
  const [, topic, partition, from, to] =
    /^([\w.-]{1,249})\/(\d{1,9})\/(\d{1,15})(?:-(\d{1,15}))?$/.exec(event ?? "") ?? [];
  if (topic === undefined || from === undefined)
    throw new UsageError(`--event takes TOPIC/PARTITION/OFFSET, such as payments.v1/0/17, not "${event ?? ""}"`);
  const [first, last] = [Number(from), Number(to ?? from)];
  if (last < first) throw new UsageError("--event takes the lower offset first");
  if (last - first >= mostEvents) throw new UsageError(`--event takes up to ${counted(mostEvents)} events`);
  return { kind: "events", place: { topic, partition: Number(partition), offset: first }, to: last + 1 };
}

function codeOf(results: readonly ReplayResult[]): number {
  if (results.some(({ kind }) => kind === "different")) return 1;
  return results.some(({ kind }) => kind === "not-replayed") ? 2 : 0;
}

/** More than that are only counted: `--json` has all of them. */
const mostShown = 20;

function tableOf(results: readonly ReplayResult[]): string {
  const parts = results
    .filter(({ kind }) => kind !== "same" || results.length === 1)
    .slice(0, mostShown)
    .map(spell);
  const counts = Map.groupBy(results, (one) => (one.kind === "not-replayed" ? "not replayed" : one.kind));
  const assumed = results.filter((one) => one.kind === "same" && one.assumed.length > 0).length;
  const rows = [...counts].map(([kind, some]) => [kind, counted(some.length)]);
  return `${parts.join("")}${results.length === 1 ? "" : table(["events", ""], assumed === 0 ? rows : [...rows, ["of them by an assumption", counted(assumed)]])}`;
}

function spell(one: ReplayResult): string {
  const place = `${one.topic}/${String(one.partition)}/${String(one.offset)}`;
  switch (one.kind) {
    case "same":
      return `${place}  ${one.outcome}: the same, byte for byte but for times${one.assumed.length === 0 ? "" : ` (assumed: ${one.assumed.join(", ")})`}\n`;
    case "different":
      return `${place}  ${one.outcome}: different\n${one.differences
        .slice(0, mostShown)
        .map(({ path, recorded, replayed }) => `    ${path}: ${short(recorded)}, now ${short(replayed)}\n`)
        .join("")}`;
    case "not-replayed":
      return `${place}  not replayed: ${one.why}\n`;
  }
}

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
