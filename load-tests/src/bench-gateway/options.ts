import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:gateway` was asked for. */
export interface GatewayBenchOptions {
  /** Messages a second, each asked for its decision. */
  readonly rate: number;
  /** How long the first stretch takes, which begins when all is ready, and how long the second. */
  readonly first: number;
  readonly seconds: number;
  readonly designations: number;
  readonly adapter: KafkaClientName;
  /** Folder that processor profiles of gateway and screener are written to, each in a folder of its own, or null. */
  readonly profile: string | null;
  /** File the figures are written to, or null. */
  readonly json: string | null;
}

export const usage = `npm run bench:gateway -- [--rate N] [--first N] [--seconds N] [--designations N] [--adapter A] [--profile DIR] [--json FILE]

Sends payments (pacs.008 of one transaction) to a gateway as fast as it is told, whether or not answers come, and asks for
each decision; a screener and Kafka run beside it. Tells how long a client waits for its decision, from when its message was
due, and what processor time an event costs in each process: in the first seconds after all was started, Kafka too, while
programs are still compiled, and after them. The load comes from this machine, too: it takes its share.

  --rate N          messages a second (default 500)
  --first N         seconds after the start that are told by themselves (default 30)
  --seconds N       seconds after them (default 20)
  --designations N  entries of the list (default 20000)
  --adapter A       kafkajs or platformatic, for both services (default kafkajs)
  --profile DIR     write processor profiles of gateway and screener there; they cost, so the figures are higher
  --json FILE       write the figures as JSON too
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readGatewayBenchOptions(args: readonly string[]): GatewayBenchOptions | "help" {
  let [rate, first, seconds, designations] = [500, 30, 20, 20_000];
  let adapter: KafkaClientName = "kafkajs";
  let profile: string | null = null;
  let json: string | null = null;
  const flags: Flags = {
    "--rate": (value, flag) => void (rate = wholeNumber(flag, value, { least: 1, most: 100_000 })),
    "--first": (value, flag) => void (first = wholeNumber(flag, value, { least: 1, most: 3600 })),
    "--seconds": (value, flag) => void (seconds = wholeNumber(flag, value, { least: 1, most: 3600 })),
    "--designations": (value, flag) => void (designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 })),
    "--adapter": (value, flag) => void (adapter = oneOf(flag, value, kafkaClients)),
    "--profile": (value) => void (profile = value),
    "--json": (value) => void (json = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { rate, first, seconds, designations, adapter, profile, json };
}
