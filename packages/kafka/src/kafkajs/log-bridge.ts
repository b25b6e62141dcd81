import type { Logger, LogLevel } from "@cordon/service";
import kafkajs, { type LogEntry, type logCreator, type logLevel } from "kafkajs";

/** The fields of kafkajs' log entries that are passed on: facts about connections and groups, never a payload. */
const passed = [
  "broker",
  "groupId",
  "memberId",
  "topic",
  "partition",
  "retryCount",
  "retryTime",
  "duration",
  "error",
] as const;

/** A group that changes is daily life, though kafkajs reports each answer that says so as an error. */
const rebalancing = /rebalanc|re-joining|aware of this member|generation|coordinator for this group/i;

/**
 * kafkajs logs as errors what it then repairs. What it cannot repair reaches Cordon as a rejection or an event and is
 * reported there, so nothing from kafkajs is above a warning here.
 */
function levelOf(level: logLevel, message: string): LogLevel {
  if (rebalancing.test(message)) return "info";
  if (level === kafkajs.logLevel.ERROR || level === kafkajs.logLevel.WARN) return "warn";
  return "debug";
}

function fieldsOf(log: LogEntry["log"]): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const name of passed) {
    const value: unknown = log[name];
    if (typeof value === "string" || typeof value === "number") fields[`kafka_${name}`] = value;
  }
  return fields;
}

/** Makes kafkajs write to `log`, or nowhere. */
export function createLogBridge(log: Logger | null): logCreator {
  return () =>
    ({ namespace, level, log: entry }) => {
      if (log === null || level === kafkajs.logLevel.NOTHING) return;
      const { message } = entry;
      log[levelOf(level, message)](`kafkajs ${namespace}: ${message}`, fieldsOf(entry));
    };
}
