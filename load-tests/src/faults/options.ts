/** What `npm run test:faults` was asked for. */
export interface FaultOptions {
  /** Names of the faults to play; empty: all. */
  readonly only: readonly string[];
  readonly list: boolean;
}

export const usage = `npm run test:faults -- [--only NAME]... [--list]

Breaks Kafka, Redis, the registry and Cordon's own processes while events flow, and compares what went in with what came
out. Without --only it plays every fault and writes docs/faults.md. It needs Java 21 and redis-server, or Maven to fetch
them, and takes some ten minutes.

  --only NAME  play this fault alone (repeat for several); writes no document
  --list       print the names of the faults
  --help

Exit code: 0 every promise was kept; 1 one was broken, or a fault could not be played to its end; 2 bad usage.
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readFaultOptions(args: readonly string[], known: readonly string[]): FaultOptions | "help" {
  const only: string[] = [];
  let list = false;
  const rest = args.values();
  for (const flag of rest) {
    switch (flag) {
      case "--help":
        return "help";
      case "--list":
        list = true;
        break;
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
  return { only, list };
}
