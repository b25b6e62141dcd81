import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";
import {
  type EventKey,
  eventKeys,
  type EventSize,
  eventSizes,
  populationNames,
  type PopulationName,
} from "./populations.ts";

/** What `npm run bench:pipeline` was asked for. */
export interface PipelineBenchOptions {
  readonly events: number;
  readonly designations: number;
  /** How many processes share each run, one run after the other. */
  readonly replicas: readonly number[];
  /** Only these adapters of the Kafka port, or all. */
  readonly adapters: readonly KafkaClientName[];
  /** Only these modes, or all. */
  readonly modes: readonly Mode[];
  /** Who makes the payments, one ground after the other. */
  readonly populations: readonly PopulationName[];
  readonly sizes: readonly EventSize[];
  /** How the screener delivers, one run after the other. */
  readonly deliveries: readonly DeliveryName[];
  readonly key: EventKey;
  /** File the figures are written to, or null. */
  readonly json: string | null;
  /** Folder that each process writes a processor profile to, or null. */
  readonly profile: string | null;
}

/** What is done with each event, in the order of the report. */
export const modes = ["count", "decode", "all", "hitsOnly"] as const;
export type Mode = (typeof modes)[number];

export const deliveryNames = ["at_least_once", "exactly_once"] as const;
export type DeliveryName = (typeof deliveryNames)[number];

export const usage = `npm run bench:pipeline -- [--events N] [--designations N] [--replicas N]... [--adapter A]... [--mode M]... [--population P]... [--size S]... [--delivery D]... [--key K] [--json FILE] [--profile DIR]

Writes events to Kafka as npm start has it, then drains them through each adapter of the Kafka port: with a bare consumer
of its library that only counts (count), with the same and complete Avro decoding (decode), with the screener and a decision for every event (all), and with the
screener and decisions of HIT and HOLD only (hitsOnly). Compare processor time for each event: the broker shares the cores.

  --events N        events waiting (default 1000000); one in a thousand carries a listed name
  --designations N  entries of the list: the real ones of ../shared/data first, generated ones after (default 20000)
  --replicas N      only with this many processes (repeat for several; default 1 and 2)
  --adapter A       only kafkajs or platformatic (repeat for several)
  --mode M          only count, decode, all or hitsOnly (repeat for several)
  --population P    who pays: learning, 100,000 customers met for the first time (the default); steady, 8,000 that are all
                    known once counting begins; wide, three million, of whom many are always new (repeat for several)
  --size S          short, as before (the default), or pacs008: six parties and agents, addresses, four lines, origins
                    (repeat for several)
  --delivery D      at_least_once (the default) or exactly_once (repeat for both beside each other)
  --key K           what events are keyed by: event (the default) or customer, so that replicas have customers of their own
  --json FILE       write the figures as JSON too
  --profile DIR     write a processor profile of each process there, which costs some percent
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readPipelineBenchOptions(args: readonly string[]): PipelineBenchOptions | "help" {
  const replicas: number[] = [];
  const adapters: KafkaClientName[] = [];
  const wanted: Mode[] = [];
  const people: PopulationName[] = [];
  const sizes: EventSize[] = [];
  const deliveries: DeliveryName[] = [];
  let key: EventKey = "event";
  let events = 1_000_000;
  let designations = 20_000;
  let json: string | null = null;
  let profile: string | null = null;
  const flags: Flags = {
    "--events": (value, flag) => void (events = wholeNumber(flag, value, { least: 1000, most: 10_000_000 })),
    "--designations": (value, flag) => void (designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 })),
    "--replicas": (value, flag) => void replicas.push(wholeNumber(flag, value, { least: 1, most: 6 })),
    "--adapter": (value, flag) => void adapters.push(oneOf(flag, value, kafkaClients)),
    "--mode": (value, flag) => void wanted.push(oneOf(flag, value, modes)),
    "--population": (value, flag) => void people.push(oneOf(flag, value, populationNames)),
    "--size": (value, flag) => void sizes.push(oneOf(flag, value, eventSizes)),
    "--delivery": (value, flag) => void deliveries.push(oneOf(flag, value, deliveryNames)),
    "--key": (value, flag) => void (key = oneOf(flag, value, eventKeys)),
    "--json": (value) => void (json = value),
    "--profile": (value) => void (profile = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return {
    events,
    designations,
    replicas: replicas.length > 0 ? replicas : [1, 2],
    adapters: chosen(kafkaClients, adapters, kafkaClients),
    modes: chosen(modes, wanted, modes),
    populations: chosen(populationNames, people, ["learning"]),
    sizes: chosen(eventSizes, sizes, ["short"]),
    deliveries: chosen(deliveryNames, deliveries, ["at_least_once"]),
    key,
    json,
    profile,
  };
}

/** In the order of the report, whatever the order asked for. */
function chosen<T>(all: readonly T[], wanted: readonly T[], otherwise: readonly T[]): readonly T[] {
  return wanted.length > 0 ? all.filter((one) => wanted.includes(one)) : otherwise;
}
