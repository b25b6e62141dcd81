import { CordonError } from "@cordon/errors";
import type { TopicReport } from "@cordon/kafka";

import type { OutputBounds } from "./outputs.ts";
import type { TopicNames } from "./topics.ts";

/** The least that a topic of results must take: a decision that sets a hundred matches aside, an alert with a few dozen. */
export const leastResultBytes = 65_536;

/** What an alert or a dead letter has beside its matches, or beside the record: generous. */
const besidesBytes = 16_384;

type Sizes = Pick<TopicReport, "topic" | "maxMessageBytes">;

/** Throws CONFIG_INVALID, naming them, where topics take less than one record of theirs may need. */
export function refuseSmallTopics(reports: readonly Sizes[], names: TopicNames): void {
  const { decisions, alerts, deadLetters, canaryDecisions, canaryAlerts } = names;
  const results = new Set([decisions, alerts, deadLetters, canaryDecisions, canaryAlerts]);
  const small = reports.filter(
    ({ topic, maxMessageBytes }) => results.has(topic) && maxMessageBytes < leastResultBytes,
  );
  if (small.length === 0) return;
  const told = small.map(({ topic, maxMessageBytes }) => `${topic} (${String(maxMessageBytes)})`).join(", ");
  throw new CordonError(
    "CONFIG_INVALID",
    `topics take too little for one record of Cordon's: ${told}. Set their max.message.bytes to ${String(leastResultBytes)} at least; the brokers' default is 1048588.`,
    { details: { topics: small.map(({ topic }) => topic) } },
  );
}

/** How large alerts and dead letters may become to fit what their topics take. */
export function outputBounds(reports: readonly Sizes[], names: TopicNames): OutputBounds {
  const most = (...topics: readonly string[]): number => {
    const sizes = reports.filter(({ topic }) => topics.includes(topic)).map(({ maxMessageBytes }) => maxMessageBytes);
    return Math.min(...sizes) - besidesBytes;
  };
  return { matches: most(names.alerts, names.canaryAlerts), deadLetter: most(names.deadLetters) };
}
