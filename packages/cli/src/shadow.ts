import { writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { basename } from "node:path";

import { compilePolicy, type Policy, type PolicySettings } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import { createRedisIndexStore, type IndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import {
  createPace,
  runShadow,
  shadowPage,
  type ShadowPorts,
  type ShadowSide,
  type ShadowSummary,
  summaryOf,
} from "@cordon/looking-again";
import { compileSnapshot, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { topics } from "@cordon/schemas";
import { type TopicNames, topicNames } from "@cordon/screening";
import { createSchemaRegistry, readConfig } from "@cordon/service";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { readGuarded, sourcesOf } from "./compile.ts";
import { counted, table } from "./lists/table.ts";
import { openChecked, patienceOn, policyOf, screenersConfig, settingsBehind } from "./services.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { timeOf } from "./times.ts";
import { blaming, UsageError } from "./usage-error.ts";

const shadowHelp = `Screens real events as they are screened now (A) and as they might be (B), and tells which alerts would come and go.

  cordon shadow [--policy FILE] [--threshold N] [--weak-aliases W] [--hard-conflicts W] [--list NAME=PATH]… [--without-list NAME]…
                [--events N] [--since TIME] [--json] [--page FILE]

  --policy FILE          B: the policy of this file, as POLICY_FILE takes it
  --threshold N          B: the least score that is a hit, a whole percent from 50 to 100
  --weak-aliases W       B: confirm or raise
  --hard-conflicts W     B: explain or clear
  --list NAME=PATH       B: this list instead of the one in use, or beside those; as for "cordon compile"
  --without-list NAME    B: without this list
  --events N             the last N events (default 1000000, or all of --since)
  --since TIME           events since then: ISO 8601 with its zone, a date (UTC), or how long ago (36h, 7d)
  --share N              part of a processor that it may take, above 0 and to 1 (default 1)
  --page FILE            writes the report as a page with plots, which needs nothing else
  --json                 one JSON object instead of tables
  --help

A is the index that is live and the settings of the environment, which is that of the screener (KAFKA_BROKERS, SCHEMA_REGISTRY_URL,
REDIS_URL and what decides outcomes). An alert counts by its best match: its list, regime and score. Deadlines and the age of the
lists are not asked. Nothing is written, but for the page. Where a desk writes dispositions, events that people judged to be the
listed party and that B would let pass are told: there must be none.
Exit code: 0 none of them; 1 B would let pass what people confirmed; 2 bad usage, or a service that cannot be had.
`;

interface ShadowRequest {
  readonly policyFile: string | undefined;
  readonly settings: PolicySettings;
  readonly lists: ReturnType<typeof sourcesOf> | null;
  readonly without: readonly string[];
  readonly events: number | undefined;
  readonly since: number | undefined;
  readonly share: number;
  readonly page: string | undefined;
  readonly json: boolean;
}

/** Runs `cordon shadow …`. Throws UsageError, and CordonError of the services. */
export async function shadow(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readShadowRequest(args, Date.now());
  if (request === "help") {
    await outputTo(terminal.stdout).write(shadowHelp);
    return 0;
  }
  const config = readConfig(screenersConfig, terminal.env);
  setPriority(10);
  const store = createRedisIndexStore(config.redis);
  try {
    const ports = { kafka: createKafkaClient(config.kafka), registry: createSchemaRegistry(config.registry) };
    const a = { policy: config.policy, index: await liveIndex(store) };
    const names = topicNames(config);
    const dispositions = `${config.topicPrefix}${topics.dispositions}`;
    return await shadowOn(ports, { ...request, a, names, dispositions }, terminal);
  } finally {
    await store.close();
  }
}

/** Throws UsageError. */
function readShadowRequest(args: readonly string[], now: number): ShadowRequest | "help" {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    policy: { type: "string" },
    threshold: { type: "string" },
    "weak-aliases": { type: "string" },
    "hard-conflicts": { type: "string" },
    list: { type: "string", multiple: true },
    "without-list": { type: "string", multiple: true },
    events: { type: "string" },
    since: { type: "string" },
    share: { type: "string" },
    page: { type: "string" },
    json: { type: "boolean" },
  });
  if (values.help === true) return "help";
  noPositionals(positionals);
  const { list = [], "without-list": without = [], json = false, page } = values;
  const settings = settingsOf(values.threshold, values["weak-aliases"], values["hard-conflicts"]);
  if (values.policy === undefined && Object.keys(settings).length === 0 && list.length === 0 && without.length === 0)
    throw new UsageError(
      "say what B is: --policy, --threshold, --weak-aliases, --hard-conflicts, --list or --without-list; try --help",
    );
  const since = values.since === undefined ? undefined : timeOf(values.since, now);
  return {
    policyFile: values.policy,
    settings,
    lists: list.length === 0 ? null : sourcesOf(list),
    without,
    events: eventsOf(values.events, since),
    since,
    share: shareOf(values.share ?? "1"),
    page,
    json,
  };
}

function settingsOf(
  threshold: string | undefined,
  weakAliases: string | undefined,
  hardConflicts: string | undefined,
): PolicySettings {
  const percent = Number(threshold);
  if (threshold !== undefined && (!/^\d+$/.test(threshold) || percent < 50 || percent > 100))
    throw new UsageError(`--threshold takes a whole percent from 50 to 100, not "${threshold}"`);
  if (weakAliases !== undefined && weakAliases !== "confirm" && weakAliases !== "raise")
    throw new UsageError(`--weak-aliases takes confirm or raise, not "${weakAliases}"`);
  if (hardConflicts !== undefined && hardConflicts !== "explain" && hardConflicts !== "clear")
    throw new UsageError(`--hard-conflicts takes explain or clear, not "${hardConflicts}"`);
  return {
    ...(threshold === undefined ? {} : { threshold: percent }),
    ...(weakAliases === undefined ? {} : { weakAliases }),
    ...(hardConflicts === undefined ? {} : { hardConflicts }),
  };
}

const usualEvents = 1_000_000;

function eventsOf(text: string | undefined, since: number | undefined): number | undefined {
  if (text === undefined) return since === undefined ? usualEvents : undefined;
  const events = Number(text);
  if (!/^\d{1,10}$/.test(text) || events === 0)
    throw new UsageError(`--events takes a whole number above 0, not "${text}"`);
  return events;
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new UsageError(`--share is a number above 0 and to 1, not "${text}"`);
  return share;
}

async function liveIndex(store: IndexStore): Promise<ScreeningIndex> {
  const manifest = await store.current();
  if (manifest === null) throw new CordonError("INDEX_ABSENT", "nothing was ever published: start list-sync");
  return openChecked(await store.load(manifest));
}

interface OnPorts extends ShadowRequest {
  readonly a: ShadowSide;
  readonly names: TopicNames;
  readonly dispositions: string;
}

/** The same on other ports. */
async function shadowOn(ports: ShadowPorts, request: OnPorts, terminal: Terminal): Promise<number> {
  const { a, names, dispositions, events, since, share, page, json } = request;
  const b = await sideB(request);
  const progress = progressOn(terminal);
  const patience = patienceOn(terminal);
  const { tally, trueMatches } = await runShadow(ports, {
    a,
    b: b.side,
    names,
    dispositions,
    ...(events === undefined ? {} : { events }),
    ...(since === undefined ? {} : { since }),
    pace: createPace({ share, signal: patience.signal }),
    patience,
    onProgress: (done, of) => {
      progress.to(done, `of ${counted(of)} events, both ways`, of);
    },
  });
  progress.end();
  const summary = summaryOf(tally, trueMatches, { a: `as now, threshold ${String(a.policy.threshold)}`, b: b.name });
  if (page !== undefined) await blaming(`--page ${page}`, () => writeFile(page, shadowPage(summary, new Date())));
  await outputTo(terminal.stdout).write(json ? `${JSON.stringify(summary)}\n` : tablesOf(summary));
  return summary.trueLost.length > 0 ? 1 : 0;
}

/** What the environment says, but for what is to be tried. */
async function sideB({
  a,
  policyFile,
  settings,
  lists,
  without,
}: OnPorts): Promise<{ readonly side: ShadowSide; readonly name: string }> {
  const policy = changedPolicy(policyFile === undefined ? a.policy : policyOf(policyFile, a.policy), settings);
  const names = [
    ...(policyFile === undefined ? [] : [`policy ${basename(policyFile)}`]),
    ...Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`),
  ];
  if (lists === null && without.length === 0) return { side: { policy, index: a.index }, name: names.join(", ") };
  const known = a.index.lists.map(({ list }) => list);
  const stranger = without.find((list) => !known.includes(list));
  if (stranger !== undefined) throw new UsageError(`--without-list ${stranger}: the index has ${known.join(", ")}`);
  const given = lists ?? new Map();
  const designations = [...a.index.designations()].filter(
    ({ list }) => !given.has(list as never) && !without.includes(list),
  );
  for (const [list, path] of given) designations.push(...(await readGuarded(list, path)).designations);
  const index = openSnapshot(await blaming("compiling B", async () => Promise.resolve(compileSnapshot(designations))));
  names.push(
    ...[...given.keys()].map((list) => `list ${String(list)} as given`),
    ...without.map((list) => `without ${list}`),
  );
  return { side: { policy, index }, name: names.join(", ") };
}

function changedPolicy(policy: Policy, settings: PolicySettings): Policy {
  return compilePolicy({ ...settingsBehind(policy), ...settings });
}

const mostRows = 15;

function changes(name: string, rows: ShadowSummary["byList"]): string {
  const shown = rows
    .slice(0, mostRows)
    .map((row) => [row.name, counted(row.gained), counted(row.lost), counted(row.kept)]);
  return `\n${table([name, "gained", "lost", "in both"], shown)}`;
}

function tablesOf(summary: ShadowSummary): string {
  const { sides, events, days, alerts, alertsPerDay, holds, trueMatches, trueLost, matches } = summary;
  const perDay = (side: "a" | "b"): string => (alertsPerDay === null ? "" : counted(alertsPerDay[side]));
  return [
    `A: ${sides.a}\nB: ${sides.b}\n${counted(events)} events${days > 0 ? ` of ${String(days)} days` : ""}\n\n`,
    table(
      ["", "A", "B", "gained", "lost"],
      [
        ["alerts", counted(alerts.a), counted(alerts.b), counted(alerts.gained), counted(alerts.lost)],
        ["alerts a day", perDay("a"), perDay("b"), "", ""],
        ["holds", counted(holds.a), counted(holds.b), "", ""],
        ["matches in alerts of both", "", "", counted(matches.gained), counted(matches.lost)],
      ],
    ),
    changes("list", summary.byList),
    changes("regime", summary.byRegime),
    changes("score", summary.byBand),
    changes("rail", summary.byRail),
    trueMatches === null
      ? "\nNo dispositions: nobody knows which true matches B would let pass.\n"
      : `\n${counted(trueLost.length)} of ${counted(trueMatches)} events that people confirmed would pass.\n`,
    ...trueLost.map(({ eventId, place, designationId }) => `  ${eventId}  ${place}  ${designationId}\n`),
  ].join("");
}
