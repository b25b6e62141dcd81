import { kafkaClients, type KafkaClientName } from "@cordon/service";

import { asksForHelp, type Flags, oneOf, type Switches, wholeNumber } from "../command.ts";

/** What `npm run test:faults` was asked for. */
export interface FaultOptions {
  /** Names of the faults to play; empty: all. */
  readonly only: readonly string[];
  readonly list: boolean;
  /** The libraries through which Cordon's services reach Kafka: each fault is played on each. */
  readonly clients: readonly KafkaClientName[];
  /** Keep what was played in docs/faults.ndjson, and write docs/faults.md from all that stands there. */
  readonly write: boolean;
  /** How often each is played. */
  readonly times: number;
  /** So many processes compute beside, each as much as a core gives. */
  readonly busy: number;
  /** Where everything is kept that Cordon's services said; null: nowhere. */
  readonly logs: string | null;
}

export const usage = `npm run test:faults -- [--only NAME]... [--client LIBRARY]... [--times N]
  [--busy N] [--logs FOLDER] [--write] [--list]

Breaks Kafka, Redis, the registry and Cordon's own processes while events flow, and compares what went in with what came
out. It needs Java 21 and redis-server, or Maven to fetch them; all faults take some thirty minutes on each client.

  --only NAME  play this fault alone (repeat for several)
  --client LIBRARY
               what Cordon's services reach Kafka through: kafkajs (default) or platformatic; repeat for both
  --times N    play each so often (default 1)
  --busy N     with so many processes beside that compute without end (default 0)
  --logs FOLDER
               keep there what Cordon's services said
  --write      keep each play as a line of docs/faults.ndjson, and write docs/faults.md from all lines
  --list       print the names of the faults
  --help

Exit code: 0 every promise was kept; 1 one was broken, or a fault could not be played to its end; 2 bad usage.
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readFaultOptions(args: readonly string[], known: readonly string[]): FaultOptions | "help" {
  const only: string[] = [];
  const clients: KafkaClientName[] = [];
  let [list, write] = [false, false];
  let [times, busy] = [1, 0];
  let logs: string | null = null;
  const flags: Flags = {
    "--only": (value, flag) => void only.push(oneOf(flag, value, known)),
    "--client": (value, flag) => void clients.push(oneOf(flag, value, kafkaClients)),
    "--times": (value, flag) => void (times = wholeNumber(flag, value, { least: 1, most: 1000 })),
    "--busy": (value, flag) => void (busy = wholeNumber(flag, value, { least: 0, most: 1000 })),
    "--logs": (value) => void (logs = value),
  };
  const switches: Switches = { "--list": () => void (list = true), "--write": () => void (write = true) };
  if (asksForHelp(args, flags, switches)) return "help";
  return { only, list, clients: clients.length === 0 ? ["kafkajs"] : clients, write, times, busy, logs };
}
