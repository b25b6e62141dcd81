import { helpOption, readArguments } from "./arguments.ts";
import { checkPolicy } from "./policy/check.ts";
import { testPolicy } from "./policy/test.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const policyHelp = `Looks over the file of a policy, and shows what it would change. docs/policy.md explains the file.

  cordon policy check FILE
  cordon policy test FILE --index FILE [--against FILE] < events.ndjson

check     tells every fault with its line and column; of a good file the version that decisions will name, and its rules.
test      screens each event of stdin by FILE and by another policy, and prints those that are decided otherwise, then what
          became of them by rail. In: an event a line, as "cordon message --json" writes it; a line that has "sender" or
          "channel" is a remittance. Times are not asked: neither decideBy, nor the age of the lists.
  --index FILE       an index of "cordon compile"
  --against FILE     the other policy; without it the one that the environment tells (POLICY_FILE, SCREENING_THRESHOLD, …)
  --json             one JSON object instead of text (check), or one a line (test)
  --help

What FILE leaves out is what the environment says. Exit code: 0 a good file (check), or no event is decided otherwise (test);
1 faults, or some event is; 2 bad usage or input.
`;

/** Runs `cordon policy …`. Throws UsageError. */
export async function policy(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    json: { type: "boolean" },
    index: { type: "string" },
    against: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(policyHelp);
    return 0;
  }
  const [command, file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError("one FILE of a policy is needed; try --help");
  const { json = false, index, against } = values;
  if (command === "check") {
    if (index !== undefined || against !== undefined) throw new UsageError("--index and --against go with test");
    return await checkPolicy({ file, json }, terminal);
  }
  if (command !== "test") throw new UsageError(`"${command ?? ""}" is no command of policy: check, test`);
  if (index === undefined) throw new UsageError("--index FILE is missing");
  return await testPolicy({ file, json, index, against: against ?? null }, terminal);
}
