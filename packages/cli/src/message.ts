import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";

import { compilePolicy } from "@cordon/decisions";
import { type Converted, converter, type ConvertOptions, surveyor } from "@cordon/messages";
import { type Rail, railSymbols } from "@cordon/schemas";

import { helpOption, readArguments } from "./arguments.ts";
import { jsonLine } from "./message/json-line.ts";
import { plainText } from "./message/plain-text.ts";
import { screened, type ScreenedWith } from "./message/screened.ts";
import { openIndex } from "./open-index.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { blaming, UsageError } from "./usage-error.ts";

const messageHelp = `Converts a payment message into events: what is screened of it, and where in the message that stands.

  cordon message FILE|- [--json] [--rail R] [--format xml|fin|json] [--type payment|remittance]
  cordon message --screen --index FILE FILE|- [--rail R] [--format xml|fin|json] [--type payment|remittance]

ISO 20022, SWIFT FIN, and the project's own events in JSON, one or several in a file.

  --json             one line a transaction: {"event", "fields"}, or {"error"} for what could not be converted
  --screen           screens each event, and prints what was found where
  --index FILE       an index of "cordon compile", for --screen
  --rail R           the rail of messages that do not tell theirs, such as FPS or CHAPS
  --format F         what the file is, where its beginning does not tell
  --type T           what an event in JSON is; payment, if nothing is said
  --help

Exit code: 0 every transaction was converted (and with --screen is clear); 1 some were not, or have problems (or are not
clear); 2 nothing could be read, or bad usage.
`;

const rails: ReadonlySet<string> = new Set(railSymbols);

/** Throws UsageError. */
export async function message(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    json: { type: "boolean" },
    screen: { type: "boolean" },
    index: { type: "string" },
    rail: { type: "string" },
    format: { type: "string" },
    type: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(messageHelp);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError("one FILE is needed, or - for stdin");
  if ((values.screen === true) !== (values.index !== undefined))
    throw new UsageError("--screen and --index FILE go together");
  const options = optionsOf(values);
  const screening =
    values.index === undefined
      ? null
      : { index: await openIndex(values.index), policy: compilePolicy(), watched: terminal.watched };
  const tally = { converted: 0, faulty: 0 };
  const told = (one: Converted): string => tell(one, { tally, json: values.json === true, screening });
  await blaming(file, async () => {
    for await (const some of convertedIn(await sourceOf(file, terminal), options))
      if (!(await output.write(some.map(told).join("")))) return;
  });
  return tally.converted === 0 ? 2 : tally.faulty > 0 ? 1 : 0;
}

interface Telling {
  readonly tally: { converted: number; faulty: number };
  readonly json: boolean;
  readonly screening: (ScreenedWith & { readonly watched: boolean }) | null;
}

function tell(one: Converted, { tally, json, screening }: Telling): string {
  if (one.kind === "error") tally.faulty += 1;
  else tally.converted += 1;
  if (one.kind === "payment" && one.event.problems.length > 0) tally.faulty += 1;
  if (screening !== null) {
    const { text, clear } = screened(one, screening);
    if (!clear) tally.faulty += 1;
    return text;
  }
  return json ? jsonLine(one) : plainText(one);
}

/** Opened anew for each reading: the hash of all bytes stands in the first event. */
type Source = () => AsyncIterable<Uint8Array>;

async function sourceOf(file: string, { stdin }: Terminal): Promise<Source> {
  if (file !== "-") return () => createReadStream(file);
  const bytes = await buffer(stdin);
  // eslint-disable-next-line -- a stream of one piece
  return async function* () {
    yield await Promise.resolve(bytes);
  };
}

async function* convertedIn(source: Source, options: ConvertOptions): AsyncGenerator<readonly Converted[]> {
  const first = surveyor(options);
  for await (const bytes of source()) first.push(bytes);
  const second = converter(first.end(), options);
  for await (const bytes of source()) {
    const made = second.push(bytes);
    if (made.length > 0) yield made;
  }
  yield second.end();
}

interface Told {
  readonly rail?: string;
  readonly format?: string;
  readonly type?: string;
}

function optionsOf({ rail, format, type }: Told): ConvertOptions {
  if (rail !== undefined && !rails.has(rail)) throw new UsageError(`--rail is one of ${[...rails].join(", ")}`);
  if (format !== undefined && format !== "xml" && format !== "fin" && format !== "json")
    throw new UsageError(`--format is xml, fin or json, not "${format}"`);
  if (type !== undefined && type !== "payment" && type !== "remittance")
    throw new UsageError(`--type is payment or remittance, not "${type}"`);
  return {
    receivedAt: Date.now(),
    rail: (rail as Rail | undefined) ?? null,
    format: format ?? null,
    type: type ?? "payment",
  };
}
