import { type AuditRow, hashOfRecord, verifyChain, type Witness } from "@cordon/audit-chain";
import { createKafkaClient } from "@cordon/kafka";
import { createDecoder, type Decoder, type Disposition, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import { topicPrefix } from "@cordon/screening";
import { createSchemaRegistry, kafkaConfig, readConfig, registryConfig, secret } from "@cordon/service";
import pg from "pg";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const deskHelp = `Checks the audit of the alert desk.

  cordon desk verify [--json]

Reads every row of the audit, in order, and checks that each follows from the one before; then compares them with what is known of them
elsewhere: the desk's own note of the chain's end, and the dispositions on Kafka, each of which carries the number and hash of its row,
and must be, field for field, the one whose hash that row holds (left out, and said so, where KAFKA_BROKERS is not set).

  --json             one JSON object
  --help

DESK_DATABASE_URL, KAFKA_BROKERS and SCHEMA_REGISTRY_URL say where they are. A login that may read the tables suffices.
Exit code: 0 the chain is whole; 1 a row was changed, dropped, put elsewhere or cut off, or a disposition is none of its row; 2 bad usage, or a service that cannot be had.
`;

/** Runs `cordon desk …`. Throws UsageError, and CordonError of the services. */
export async function desk(args: readonly string[], terminal: Terminal): Promise<number> {
  const [what, ...rest] = args;
  const { values, positionals } = readArguments(what === "verify" ? rest : args, {
    ...helpOption,
    json: { type: "boolean" },
  });
  if (values.help === true) {
    await outputTo(terminal.stdout).write(deskHelp);
    return 0;
  }
  if (what !== "verify") throw new UsageError("cordon desk knows verify; try --help");
  noPositionals(positionals);
  const { databaseUrl } = readConfig(
    { databaseUrl: secret("DESK_DATABASE_URL", { meaning: "The desk's database." }) },
    terminal.env,
  );
  if (databaseUrl === null) throw new UsageError("DESK_DATABASE_URL is not set");
  const seen = (terminal.env["KAFKA_BROKERS"] ?? "") === "" ? null : await witnessesOnKafka(terminal);
  if (seen === null)
    terminal.stderr.write("cordon: KAFKA_BROKERS is not set: what dispositions saw of the audit is not compared\n");
  const progress = progressOn(terminal);
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows: heads } = await client.query<{ seq: string; hash: string }>("SELECT seq, hash FROM audit_head");
    const { rows: old } = await client.query<{ seq: string }>("SELECT seq FROM audit_before_records");
    const ends = heads.map(({ seq, hash }): Witness => ({ seq: Number(seq), hash })).filter(({ seq }) => seq > 0);
    const found = await verifyChain(
      rowsOf(client, (rows) => {
        progress.to(rows, "rows checked");
      }),
      [...(seen ?? []), ...ends],
      Number(old[0]?.seq ?? 0),
    );
    progress.end();
    const told = { ...found, witnesses: seen?.length ?? null };
    const line = found.ok
      ? `the audit is whole: ${String(found.rows)} rows, ${String(seen?.length ?? 0)} dispositions agree`
      : `the audit is broken at row ${String(found.brokenAt)}: ${found.why ?? ""}`;
    await outputTo(terminal.stdout).write(`${values.json === true ? JSON.stringify(told) : line}\n`);
    return found.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) && !(error instanceof Error && "code" in error)) throw error;
    throw new UsageError(`the desk's database: ${error.message}`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function* rowsOf(client: pg.Client, onRead: (rows: number) => void): AsyncGenerator<AuditRow> {
  let read = 0;
  // From the very first row: one before row 1 is none of the chain's.
  for (let after: string | null = null; ;) {
    const { rows }: pg.QueryResult<Omit<AuditRow, "seq" | "at"> & { readonly seq: string; readonly at: Date }> =
      await client.query(
        "SELECT seq, at, actor, action, subject, detail, prev, hash FROM audit WHERE $1::bigint IS NULL OR seq > $1 ORDER BY seq LIMIT 5000",
        [after],
      );
    for (const row of rows) yield { ...row, seq: Number(row.seq), at: row.at.toISOString() };
    read += rows.length;
    onRead(read);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** What each disposition saw of the audit. */
async function witnessesOnKafka(terminal: Terminal): Promise<readonly Witness[]> {
  const witnesses: Witness[] = [];
  await eachDisposition(terminal, false, (disposition) => {
    const { auditSeq: seq, auditHash: hash } = disposition;
    witnesses.push({ seq, hash, record: hashOfRecord(disposition) });
    return true;
  });
  return witnesses;
}

/** Reads the topic from its beginning; with `follow` until `use` says false. What is no disposition is passed over. */
export async function eachDisposition(
  { env }: Terminal,
  follows: boolean,
  use: (disposition: Disposition) => boolean | Promise<boolean>,
): Promise<void> {
  const config = readConfig({ kafka: kafkaConfig, registry: registryConfig, topicPrefix }, env);
  const topic = config.topicPrefix + topics.dispositions;
  const registry = createSchemaRegistry(config.registry);
  const decoders = new Map<number, Decoder<Disposition> | null>();
  const reader = await createKafkaClient(config.kafka).reader();
  const next = new Map<number, bigint>();
  let goesOn = true;
  try {
    for (;;) {
      const ranges = (await reader.extent(topic)).map((range) => {
        const from = next.get(range.partition) ?? range.from;
        return { ...range, from: from > range.from ? from : range.from };
      });
      for (const { partition, to } of ranges) next.set(partition, to);
      await reader.read(
        ranges.filter(({ from, to }) => from < to),
        async ({ records }) => {
          for (const { value } of records) {
            const id = schemaIdOf(value);
            if (id === null || value === null) continue;
            let decoder = decoders.get(id);
            if (decoder === undefined) {
              const schema = await registry.schemaById(id);
              decoders.set(
                id,
                (decoder = schema === null ? null : createDecoder(subjectOf(topics.dispositions), schema)),
              );
            }
            if (decoder !== null && goesOn) goesOn = await use(decoder.decode(value));
          }
        },
      );
      if (!follows || !goesOn) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await reader.close();
  }
}
