import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { eachDisposition } from "./desk.ts";
import { outputTo, type Terminal } from "./terminal.ts";

const dispositionsHelp = `Prints what people decided at the alert desk, one JSON object a line, oldest first within a partition.

  cordon dispositions [--follow]

  --follow           goes on, and prints each as it comes
  --help

KAFKA_BROKERS and SCHEMA_REGISTRY_URL say where they are. For one event (eventId and its source) the first RELEASE or REJECT counts, for
ever; a repeat is equal; ESCALATE changes nothing. Times are ISO 8601.
Exit code: 0 done, or nobody reads any more; 2 bad usage, or a service that cannot be had.
`;

/** Runs `cordon dispositions …`. Throws UsageError, and CordonError of the services. */
export async function dispositions(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, { ...helpOption, follow: { type: "boolean" } });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(dispositionsHelp);
    return 0;
  }
  noPositionals(positionals);
  await eachDisposition(terminal, values.follow === true, (one) =>
    output.write(
      `${JSON.stringify({ ...one, proposedAt: new Date(one.proposedAt).toISOString(), decidedAt: new Date(one.decidedAt).toISOString() })}\n`,
    ),
  );
  return 0;
}
