import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { type DeliveryName, deliveryNames } from "../bench-pipeline/options.ts";
import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:latency` was asked for. */
export interface LatencyBenchOptions {
  /** Events a second. */
  readonly rate: number;
  /** How long the first stretch takes, which begins when the screener says that it is ready, and how long the second. */
  readonly first: number;
  readonly seconds: number;
  readonly designations: number;
  readonly adapter: KafkaClientName;
  readonly delivery: DeliveryName;
  /** File the figures are written to, or null. */
  readonly json: string | null;
  /** Folder that the screener writes a processor profile to, or null. */
  readonly profile: string | null;
}

export const usage = `npm run bench:latency -- [--rate N] [--first N] [--seconds N] [--designations N] [--adapter A] [--delivery D] [--json FILE] [--profile DIR]

Starts a screener, and from the moment that it is ready sends payments to Kafka at a fixed rate, whether or not decisions come.
Tells how long each took from when it was due to when a reader of the decisions saw its decision: in the first seconds after
the start, and after them. The client runs on this machine, too, in a process of its own.

  --rate N          events a second (default 1000)
  --first N         seconds after the start that are told by themselves (default 30)
  --seconds N       seconds after them (default 30)
  --designations N  entries of the list (default 20000)
  --adapter A       kafkajs or platformatic, for the screener (default kafkajs)
  --delivery D      at_least_once or exactly_once (default at_least_once)
  --json FILE       write the figures as JSON too
  --profile DIR     write a processor profile of the screener there
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readLatencyBenchOptions(args: readonly string[]): LatencyBenchOptions | "help" {
  let [rate, first, seconds, designations] = [1000, 30, 30, 20_000];
  let adapter: KafkaClientName = "kafkajs";
  let delivery: DeliveryName = "at_least_once";
  let json: string | null = null;
  let profile: string | null = null;
  const flags: Flags = {
    "--rate": (value, flag) => void (rate = wholeNumber(flag, value, { least: 1, most: 100_000 })),
    "--first": (value, flag) => void (first = wholeNumber(flag, value, { least: 1, most: 3600 })),
    "--seconds": (value, flag) => void (seconds = wholeNumber(flag, value, { least: 1, most: 3600 })),
    "--designations": (value, flag) => void (designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 })),
    "--adapter": (value, flag) => void (adapter = oneOf(flag, value, kafkaClients)),
    "--delivery": (value, flag) => void (delivery = oneOf(flag, value, deliveryNames)),
    "--json": (value) => void (json = value),
    "--profile": (value) => void (profile = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { rate, first, seconds, designations, adapter, delivery, json, profile };
}
