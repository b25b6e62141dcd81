import { actor, duringAct, type Need } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";
import type { ConfigOf } from "@cordon/service";

import type { screenersConfig } from "../services.ts";
import type { Terminal } from "../terminal.ts";
import type { RescreenOptions, RescreenPorts } from "./rescreen-with.ts";

/** What of a request is recorded. */
export interface RescreenAct extends Pick<RescreenOptions, "what" | "since" | "reasons" | "events"> {
  readonly because: string | null;
}

/** What the user must be allowed to do: the table of docs/security.md. Only kafkajs reads as a member of a group. */
export function needsOf(
  { kafka, topicPrefix: prefix }: Pick<ConfigOf<typeof screenersConfig>, "kafka" | "topicPrefix">,
  { dryRun }: Pick<RescreenOptions, "dryRun">,
): readonly Need[] {
  const { payments, remittances, deadLetters, decisions, alerts } = topicNames({ topicPrefix: prefix });
  const writes = dryRun ? [] : (["Write"] as const);
  return [
    ...[payments, remittances, deadLetters].map((name) => topic(name, "Read")),
    topic(decisions, "Read", ...writes),
    ...writes.map((write) => topic(alerts, write)),
    ...(kafka.client === "kafkajs"
      ? [{ kind: "group", name: `${kafka.clientId}-reader-check`, operations: ["Read"] } as const]
      : []),
  ];
}

const topic = (name: string, ...operations: Need["operations"]): Need => ({
  kind: "topic",
  name,
  operations,
  mustExist: true,
});

/** Records who did it and why, before and after; where its topic does not take that, it is said on stderr. */
export function asAct(
  { what, since, reasons, events = [], because }: RescreenAct,
  {
    config: { kafka, topicPrefix: prefix },
    ports,
    terminal,
  }: {
    readonly config: Pick<ConfigOf<typeof screenersConfig>, "kafka" | "topicPrefix">;
    readonly ports: Pick<RescreenPorts, "kafka" | "clock">;
    readonly terminal: Terminal;
  },
  work: () => Promise<number>,
): Promise<number> {
  const sinceWhen = since === undefined ? [] : ["--since", new Date(since).toISOString()];
  // How many, not which: an event's id is its producer's, and may say anything.
  const namedEvents = events.length === 0 ? [] : [`--event (${String(events.length)})`];
  const act = {
    act: "rescreen" as const,
    options: [`--${what}`, ...sinceWhen, ...reasons.flatMap((reason) => ["--reason", reason]), ...namedEvents],
    ...actor(),
    reason: because,
  };
  return duringAct(act, work, {
    kafka: ports.kafka,
    topicPrefix: prefix,
    replicationFactor: kafka.replicationFactor,
    minInSyncReplicas: kafka.minInSyncReplicas,
    now: ports.clock,
    outcome: (code) => `exit code ${String(code)}`,
    onRecord: ({ state }, unrecorded) => {
      if (unrecorded !== null)
        terminal.stderr.write(
          `cordon: that this has ${state === "begun" ? "begun" : "ended"} could not be recorded: ${unrecorded.message}\n`,
        );
    },
  });
}
