import { createReadStream } from "node:fs";
import { setPriority } from "node:os";

import { compilePolicy, type Policy } from "@cordon/decisions";
import { archiveConfig, archiveOf, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import {
  type Customer,
  type CustomerFormat,
  type CustomerRead,
  type CustomerSink,
  keptCustomers,
  type LookedAgain,
  readCustomers,
  type Refused,
  rescreenCustomers as rescreenCustomersIn,
  type RescreenCustomersPorts,
  type RescreenCustomersReport,
} from "@cordon/looking-again";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import { createSchemaRegistry, optional, readConfig, text as textSetting } from "@cordon/service";

import { helpOption, readArguments } from "./arguments.ts";
import { counted, table } from "./lists/table.ts";
import { openIndex } from "./open-index.ts";
import { archivedIn, openChecked, screenersConfig } from "./services.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { reasonOf, UsageError } from "./usage-error.ts";

const rescreenCustomersHelp = `Screens the firm's customers, and raises alerts for what is new.

  cordon rescreen-customers FILE|- [--keep NAME] [--format ndjson|csv] [--dry-run] [--hits] [--json]
  cordon rescreen-customers --keep NAME
  cordon rescreen-customers FILE|- --index FILE [--threshold N] [--hits]

  FILE|-             customers: one JSON object a line, {"id", "name", "type"?, "birthDate"?, "birthPlace"?, "nationalities"?, "country"?,
                     "identifiers"?: [{"kind"?, "value", "issuer"?}], "address"?, "account"?, "contact"?, "note"?}; or
                     comma-separated values with such columns (and passport, taxId, lei, imo, wallet, phone, email, …) in
                     the first line. - reads stdin. What is under "note" is not screened; a field that is not known is refused
  --keep NAME        keeps them under this name in CUSTOMERS_DIR. At first all are screened against all that is listed;
                     then, with or without a file, each customer that is new or changed is, and the others against the
                     entries that changed since
  --full             all against all that is listed, whatever was screened before
  --format F         default: JSON if the file begins with {
  --dry-run          screens, writes no alert and keeps nothing
  --hits             one JSON object a line for each customer with something new, before the summary
  --index FILE       without any service: an index of "cordon compile"; writes no alerts and keeps nothing
  --threshold N      with --index: least score that is a hit, a whole percent from 50 to 100 (default 85)
  --json             the summary as one JSON object
  --help

Alerts go where the screener's go, with the origin CUSTOMER and the customer's id. The environment is that of the screener
(KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL and what decides outcomes), and CUSTOMERS_DIR: a folder for names of people, which
only its owner can read.
Exit code: 0 every customer was screened; 1 a line was refused, or a customer could not be screened; 2 bad usage, or a service that
cannot be had: then nothing of what is kept has changed.
`;

interface CustomersRequest {
  readonly file: string | null;
  readonly keep: string | null;
  readonly format: CustomerFormat | undefined;
  readonly full: boolean;
  readonly dryRun: boolean;
  readonly hits: boolean;
  readonly index: string | null;
  readonly threshold: string | null;
  readonly json: boolean;
}

/** Runs `cordon rescreen-customers …`. Throws UsageError, and CordonError of the services. */
export async function rescreenCustomers(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readCustomersRequest(args);
  if (request === "help") {
    await outputTo(terminal.stdout).write(rescreenCustomersHelp);
    return 0;
  }
  setPriority(10);
  return request.index === null
    ? await withServices(request, terminal)
    : await withIndex(request.index, request, terminal);
}

/** Throws UsageError. */
function readCustomersRequest(args: readonly string[]): CustomersRequest | "help" {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    keep: { type: "string" },
    format: { type: "string" },
    full: { type: "boolean" },
    "dry-run": { type: "boolean" },
    hits: { type: "boolean" },
    index: { type: "string" },
    threshold: { type: "string" },
    json: { type: "boolean" },
  });
  if (values.help === true) return "help";
  const [file = null, ...more] = positionals;
  const { keep = null, format, index = null, threshold = null } = values;
  if (more.length > 0) throw new UsageError("give one FILE, or - for stdin");
  if (file === null && keep === null) throw new UsageError("give a FILE of customers, or --keep NAME; try --help");
  if (format !== undefined && format !== "ndjson" && format !== "csv")
    throw new UsageError(`--format takes ndjson or csv, not "${format}"`);
  if (index !== null && (keep !== null || file === null))
    throw new UsageError("--index goes with a FILE, and without --keep");
  if (threshold !== null && index === null)
    throw new UsageError("--threshold goes with --index; else the policy has it");
  const { full = false, "dry-run": dryRun = false, hits = false, json = false } = values;
  return { file, keep, format, full, dryRun, hits, index, threshold, json };
}

const folderSetting = {
  folder: optional(
    textSetting("CUSTOMERS_DIR", {
      meaning: "The folder of `cordon rescreen-customers --keep`: it holds names of people.",
    }),
  ),
};

async function withServices(request: CustomersRequest, terminal: Terminal): Promise<number> {
  const config = readConfig({ ...screenersConfig, archive: archiveConfig, ...folderSetting }, terminal.env);
  if (request.keep !== null && config.folder === null) throw new UsageError("--keep needs a folder: set CUSTOMERS_DIR");
  const store = createRedisIndexStore(config.redis);
  try {
    const archived = archivedIn(archiveOf(config.archive));
    const ports: RescreenCustomersPorts = { store, ...archived, open: openChecked, clock: Date.now };
    const kept =
      request.keep === null || config.folder === null ? null : await keptCustomers(config.folder, request.keep);
    if (request.dryRun)
      return await reportOnCustomers(ports, { ...request, policy: config.policy, kept, sink: null }, terminal);
    const format = await registerOutputFormat(createSchemaRegistry(config.registry), {
      names: topicNames(config),
      decisionsWritten: "hits-and-holds",
    });
    const producer = await createKafkaClient(config.kafka).producer();
    try {
      return await reportOnCustomers(
        ports,
        { ...request, policy: config.policy, kept, sink: { producer, format } },
        terminal,
      );
    } finally {
      await producer.close();
    }
  } finally {
    await store.close();
  }
}

/** An index of a file stands in for the one that is live. */
async function withIndex(path: string, request: CustomersRequest, terminal: Terminal): Promise<number> {
  const index = await openIndex(path);
  const threshold = Number(request.threshold ?? "85");
  if (!Number.isInteger(threshold) || threshold < 50 || threshold > 100)
    throw new UsageError(`--threshold takes a whole percent from 50 to 100, not "${String(request.threshold)}"`);
  const manifest = {
    version: "",
    generation: 0,
    bytes: 0,
    chunks: 0,
    engineVersion: index.engineVersion,
    createdAt: 0,
    lists: [],
  };
  const ports: RescreenCustomersPorts = {
    store: {
      versions: async () => Promise.resolve([{ manifest, states: [] }]),
      load: async () => Promise.resolve(new Uint8Array()),
    },
    open: () => index,
    clock: Date.now,
  };
  return await reportOnCustomers(
    ports,
    { ...request, policy: compilePolicy({ threshold }), kept: null, sink: null },
    terminal,
  );
}

interface OnCustomers extends CustomersRequest {
  readonly policy: Policy;
  readonly kept: Parameters<typeof rescreenCustomersIn>[1]["kept"];
  readonly sink: CustomerSink | null;
}

/** More than that are only counted. */
const mostTold = 50;

async function reportOnCustomers(
  ports: RescreenCustomersPorts,
  { file, format, policy, kept, full, sink, hits, json }: OnCustomers,
  terminal: Terminal,
): Promise<number> {
  const output = outputTo(terminal.stdout);
  const progress = progressOn(terminal);
  const refused: Refused[] = [];
  let lines = "";
  const report = await rescreenCustomersIn(ports, {
    policy,
    kept,
    full,
    sink,
    customers:
      file === null
        ? null
        : flushing(customersOf(file, format, terminal), async () => {
            if (lines === "") return;
            await output.write(lines);
            lines = "";
          }),
    onFound: (customer, hit) => {
      if (hits) lines += `${JSON.stringify(hitLine(customer, hit))}\n`;
    },
    onRefused: (one) => {
      if (refused.length < mostTold) refused.push(one);
    },
    onProgress: ({ customers, found }) => {
      progress.to(customers, `customers, ${counted(found)} with something new`);
    },
  });
  progress.end();
  if (lines !== "") await output.write(lines);
  for (const { line, why } of refused) terminal.stderr.write(`cordon: line ${String(line)} ${why}\n`);
  await output.write(
    json
      ? `${JSON.stringify({ ...report.index, ...report.counts, changes: report.changes, whyInFull: report.whyInFull })}\n`
      : tableOf(report),
  );
  return report.counts.refused > 0 || Object.keys(report.counts.notScreened).length > 0 ? 1 : 0;
}

/** Hands groups on, and does something between them. */
async function* flushing<T>(groups: AsyncIterable<T>, between: () => Promise<void>): AsyncGenerator<T> {
  for await (const group of groups) {
    yield group;
    await between();
  }
}

async function* customersOf(
  file: string,
  format: CustomerFormat | undefined,
  { stdin }: Terminal,
): AsyncGenerator<readonly CustomerRead[]> {
  const source: AsyncIterable<Uint8Array> = file === "-" ? stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    yield* readCustomers(source, format);
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof TypeError ? "is not UTF-8 text" : reasonOf(error)}`, {
      cause: error,
    });
  }
}

function hitLine({ id }: Customer, { alertId, matches }: Extract<LookedAgain, { kind: "found" }>["hit"]) {
  return {
    id,
    alertId,
    hits: matches.map(({ designation, name, score, field }) => ({
      designationId: designation.id,
      list: designation.list,
      regime: designation.regime,
      matchedName: name.text,
      score: score / 100,
      field: field.path,
    })),
  };
}

function tableOf({ index, counts, changes, whyInFull }: RescreenCustomersReport): string {
  const rows: readonly (readonly [string, number])[] = [
    ["customers", counts.customers],
    ["screened against all that is listed", counts.inFull],
    ["with something new", counts.found],
    ["matches", counts.matches],
    ...Object.entries(counts.notScreened).map(([reason, times]): [string, number] => [
      `not screened: ${reason}`,
      times,
    ]),
    ["lines refused", counts.refused],
  ];
  const what =
    changes === null
      ? `all in full: ${whyInFull ?? ""}`
      : `${counted(changes.added)} entries added and ${counted(changes.amended)} amended since`;
  return `${table(
    ["", ""],
    rows.filter(([, times], at) => times > 0 || at < 3).map(([name, times]) => [name, counted(times)]),
  )}index ${String(index.generation)} (${index.version.slice(0, 12)}); ${what}\n`;
}
