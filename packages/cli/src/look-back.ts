import { randomUUID } from "node:crypto";
import { setPriority } from "node:os";

import type { Policy } from "@cordon/decisions";
import { archiveConfig, archiveOf, createRedisIndexStore, createRedisJobStore } from "@cordon/index-store";
import { createKafkaClient, type KafkaClient } from "@cordon/kafka";
import {
  createPace,
  type LookBackOptions,
  type LookBackPorts,
  type LookBackReport,
  type NamedVersion,
  runLookBack,
} from "@cordon/looking-again";
import { type TopicNames, topicNames } from "@cordon/screening";
import { createSchemaRegistry, readConfig } from "@cordon/service";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { counted, moment, table } from "./lists/table.ts";
import { archivedIn, openChecked, patienceOn, screenersConfig, thisProcess } from "./services.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { timeOf } from "./times.ts";
import { UsageError } from "./usage-error.ts";

const lookBackHelp = `Looks at past events again after the lists changed, and raises alerts for what the lists of then did not find.

  cordon look-back [--since TIME] [--from VERSION] [--to VERSION | --whole] [--dry-run] [--json]

  --since TIME       only events since then: ISO 8601 with its zone (2026-11-27T09:00Z), a date (UTC), or how long ago (90m, 36h,
                     30d). Default: all that the topics keep
  --from VERSION     the index before the change: its number or the beginning of its hash (cordon lists status). Default: that of the
                     last look-back (everything, if that is kept neither in Redis nor in INDEX_ARCHIVE), else the one before the live one
  --to VERSION       the index after it; default: the live one
  --whole            look for everything that is listed, as if it were new: after a change of the engine, or the first time
  --dry-run          looks, and writes nothing
  --restart          begins anew what was broken off; else it goes on where it was
  --share N          part of a processor that it may take, above 0 and to 1 (default 0.5)
  --json             one JSON object instead of a table
  --help

Only the entries that changed are compared, each as it was and as it is, with all events of the window; it finds what screening
everything again would find. What is new becomes an alert with the origin LOOK_BACK; decisions are left as they are, for the
money has mostly gone. One look-back runs at a time; it stands still while more than ten thousand events wait for the screeners. The environment is that
of the screener (KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL and what decides outcomes).
Exit code: 0 looked at everything; 1 some events could not be screened; 2 bad usage, or a service that cannot be had: what was written stands,
and another run goes on from there.
`;

/** Runs `cordon look-back …`. Throws UsageError, and CordonError of the services. */
export async function lookBack(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readLookBackRequest(args, Date.now());
  if (request === "help") {
    await outputTo(terminal.stdout).write(lookBackHelp);
    return 0;
  }
  const config = readConfig({ ...screenersConfig, archive: archiveConfig }, terminal.env);
  // Whatever else runs on this machine comes first.
  setPriority(10);
  const store = createRedisIndexStore(config.redis);
  const jobs = createRedisJobStore(config.redis);
  try {
    const ports: LookBackPorts = {
      kafka: createKafkaClient(config.kafka),
      registry: createSchemaRegistry(config.registry),
      store,
      ...archivedIn(archiveOf(config.archive)),
      jobs,
      open: openChecked,
      clock: Date.now,
    };
    const { policy, groupId } = config;
    return await lookBackOn(ports, { ...request, policy, groupId, names: topicNames(config) }, terminal);
  } finally {
    await jobs.close();
    await store.close();
  }
}

export interface LookBackRequest extends Pick<
  LookBackOptions,
  "since" | "from" | "to" | "whole" | "dryRun" | "restart"
> {
  readonly share: number;
  readonly json: boolean;
}

/** Throws UsageError. `now` in milliseconds since the epoch. */
export function readLookBackRequest(args: readonly string[], now: number): LookBackRequest | "help" {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    since: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    whole: { type: "boolean" },
    "dry-run": { type: "boolean" },
    restart: { type: "boolean" },
    share: { type: "string" },
    json: { type: "boolean" },
  });
  if (values.help === true) return "help";
  noPositionals(positionals);
  const { since, from, to, whole = false, "dry-run": dryRun = false, restart = false, share, json = false } = values;
  if (whole && from !== undefined) throw new UsageError("--whole compares with nothing: leave out --from");
  return {
    since: since === undefined ? null : timeOf(since, now),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    whole,
    dryRun,
    restart,
    share: shareOf(share ?? "0.5"),
    json,
  };
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new UsageError(`--share is a number above 0 and to 1, not "${text}"`);
  return share;
}

/** The same on other ports. */
export async function lookBackOn(
  ports: LookBackPorts,
  request: LookBackRequest & { readonly policy: Policy; readonly names: TopicNames; readonly groupId: string },
  terminal: Terminal,
): Promise<number> {
  const { share, json, groupId, ...options } = request;
  const progress = progressOn(terminal);
  const patience = patienceOn(terminal);
  const lag = lagOf(ports.kafka, groupId, request.names);
  const work = runLookBack(ports, {
    ...options,
    holder: `${thisProcess()}:${randomUUID()}`,
    pace: createPace({ share, lag: lag.read, signal: patience.signal }),
    patience,
    onProgress: ({ events, of, found }) => {
      progress.to(events, `of ${counted(of)} events, ${counted(found)} with something new`, of);
    },
  });
  const report = await closing(work, lag.close);
  progress.end();
  await outputTo(terminal.stdout).write(json ? jsonOf(report, request.dryRun) : tableOf(report, request.dryRun));
  return report.kind === "done" && Object.keys(report.state.counts.notScreened).length > 0 ? 1 : 0;
}

async function closing<T>(work: Promise<T>, close: () => Promise<void>): Promise<T> {
  try {
    return await work;
  } finally {
    await close();
  }
}

/** Events that wait for the screeners, over all partitions. A group that has not begun has all of them before it, and none waits for it. */
function lagOf(
  kafka: KafkaClient,
  groupId: string,
  names: TopicNames,
): { readonly read: () => Promise<number>; readonly close: () => Promise<void> } {
  const admin = kafka.admin();
  return {
    read: async () => {
      const partitions = await (await admin).survey(groupId, [names.payments, names.remittances]);
      return partitions.reduce(
        (sum, { committed, stableEnd }) => sum + (committed === null ? 0 : Math.max(0, Number(stableEnd - committed))),
        0,
      );
    },
    close: async () => {
      await (await admin).close();
    },
  };
}

function jsonOf(report: LookBackReport, dryRun: boolean): string {
  if (report.kind === "nothing-new") return `${JSON.stringify({ dryRun, nothingNew: true, to: report.to })}\n`;
  const { state, added, amended, watched, resumed } = report;
  const { plan, counts, startedAt, finishedAt } = state;
  const told = {
    dryRun,
    lookBackId: plan.id,
    from: plan.from,
    to: plan.to,
    since: plan.since,
    added,
    amended,
    watched,
    resumed,
    ...counts,
    alerts: dryRun ? 0 : counts.found,
    seconds: secondsBetween(startedAt, finishedAt),
    secondsFromPublication: secondsBetween(plan.to.createdAt, finishedAt),
  };
  return `${JSON.stringify(told)}\n`;
}

function secondsBetween(from: number, to: number | null): number | null {
  return to === null ? null : Math.round((to - from) / 100) / 10;
}

function tableOf(report: LookBackReport, dryRun: boolean): string {
  if (report.kind === "nothing-new") return `Nothing is new: index ${spell(report.to)} was looked back from before.\n`;
  const { state, added, amended, watched, resumed } = report;
  const { plan, counts, startedAt, finishedAt } = state;
  const rows: readonly (readonly [string, number])[] = [
    ["entries added", added],
    ["entries amended", amended],
    ["entries that could match anew", watched],
    ["events looked at", counts.events],
    [dryRun ? "with something new, not written" : "alerts", counts.found],
    ["matches in them", counts.matches],
    ...Object.entries(counts.notScreened).map(([reason, times]): [string, number] => [
      `not screened: ${reason}`,
      times,
    ]),
    ["cannot be read", counts.undecodable],
    ["canaries, left alone", counts.canaries],
  ];
  const shown = rows.filter(([what, times], at) => times > 0 || at < 5 || what === "alerts");
  const since = plan.since === null ? "all that is kept" : `events since ${moment(plan.since)}`;
  return [
    `${plan.from === null ? "everything listed" : `index ${spell(plan.from)}`} to ${spell(plan.to)}, ${since}${resumed ? ", gone on with" : ""}\n`,
    table(
      ["", ""],
      shown.map(([what, times]) => [what, counted(times)]),
    ),
    `${plan.id}: ${String(secondsBetween(startedAt, finishedAt))} s\n`,
  ].join("");
}

function spell({ generation, version }: NamedVersion): string {
  return `${String(generation)} (${version.slice(0, 12)})`;
}
