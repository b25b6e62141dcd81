import { kafkaClients, type KafkaClientName } from "@cordon/service";

/** What `npm run test:faults` was asked for. */
export interface FaultOptions {
  /** Names of the faults to play; empty: all. */
  readonly only: readonly string[];
  readonly list: boolean;
  /** The library through which Cordon's services reach Kafka. */
  readonly client: KafkaClientName;
}

export const usage = `npm run test:faults -- [--only NAME]... [--client LIBRARY] [--list]

Breaks Kafka, Redis, the registry and Cordon's own processes while events flow, and compares what went in with what came
out. Without --only it plays every fault and writes docs/faults.md, or docs/faults-platformatic.md. It needs Java 21 and redis-server, or Maven to fetch
them, and takes some ten minutes.

  --only NAME  play this fault alone (repeat for several); writes no document
  --client LIBRARY
               what Cordon's services reach Kafka through: kafkajs (default) or platformatic
  --list       print the names of the faults
  --help

Exit code: 0 every promise was kept; 1 one was broken, or a fault could not be played to its end; 2 bad usage.
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readFaultOptions(args: readonly string[], known: readonly string[]): FaultOptions | "help" {
  const only: string[] = [];
  let list = false;
  let client: KafkaClientName = "kafkajs";
  const rest = args.values();
  for (const flag of rest) {
    switch (flag) {
      case "--help":
        return "help";
      case "--list":
        list = true;
        break;
      case "--client": {
        const name = rest.next().value ?? "";
        const found = kafkaClients.find((one) => one === name);
        if (found === undefined) throw new RangeError(`--client knows ${kafkaClients.join(", ")}, not "${name}"`);
        client = found;
        break;
      }
      case "--only": {
        const name = rest.next().value ?? "";
        if (!known.includes(name)) throw new RangeError(`--only knows ${known.join(", ")}, not "${name}"`);
        only.push(name);
        break;
      }
      default:
        throw new RangeError(`unknown option ${flag}`);
    }
  }
  return { only, list, client };
}
