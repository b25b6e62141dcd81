import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:gateway` was asked for. */
export interface GatewayBenchOptions {
  /** Messages a second, each asked for its decision. */
  readonly rate: number;
  readonly seconds: number;
  readonly designations: number;
  readonly adapter: KafkaClientName;
  /** Folder that a processor profile of the gateway is written to, or null. */
  readonly profile: string | null;
  /** File the figures are written to, or null. */
  readonly json: string | null;
}

export const usage = `npm run bench:gateway -- [--rate N] [--seconds N] [--designations N] [--adapter A] [--profile DIR] [--json FILE]

Sends payments (pacs.008 of one transaction) to a gateway as fast as it is told, whether or not answers come, and asks for
each decision; a screener and Kafka run beside it. Tells how long a client waits for its decision, from when its message was
due, and what processor time an event costs in each process. The load comes from this machine, too: it takes its share.

  --rate N          messages a second (default 500)
  --seconds N       for how long, after five seconds that do not count (default 20)
  --designations N  entries of the list (default 20000)
  --adapter A       kafkajs or platformatic, for both services (default kafkajs)
  --profile DIR     write a processor profile of the gateway there; it costs, so the figures are higher
  --json FILE       write the figures as JSON too
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readGatewayBenchOptions(args: readonly string[]): GatewayBenchOptions | "help" {
  let [rate, seconds, designations] = [500, 20, 20_000];
  let adapter: KafkaClientName = "kafkajs";
  let profile: string | null = null;
  let json: string | null = null;
  const flags: Flags = {
    "--rate": (value, flag) => void (rate = wholeNumber(flag, value, { least: 1, most: 100_000 })),
    "--seconds": (value, flag) => void (seconds = wholeNumber(flag, value, { least: 1, most: 3600 })),
    "--designations": (value, flag) => void (designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 })),
    "--adapter": (value, flag) => void (adapter = oneOf(flag, value, kafkaClients)),
    "--profile": (value) => void (profile = value),
    "--json": (value) => void (json = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { rate, seconds, designations, adapter, profile, json };
}
