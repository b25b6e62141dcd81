import { outputTo, type Terminal } from "../terminal.ts";
import type { ListsPorts } from "./store.ts";
import { createSyncReader, type SyncReport } from "./sync-report.ts";
import { counted, table } from "./table.ts";

const SHORT_HASH = 12;

/**
 * Runs list-sync once, with its options, and tells what came of it; gives its exit code. On a terminal each step is told
 * as it happens. Trouble is told on stderr in any case.
 */
export async function sync(
  { listSync }: ListsPorts,
  { options, json }: { readonly options: readonly string[]; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const reader = createSyncReader();
  const code = await listSync(options, (line) => {
    const told = reader.take(line);
    if (told !== null && terminal.watched) terminal.stderr.write(`${told}\n`);
  });
  const report = reader.report();
  const output = outputTo(terminal.stdout);
  await output.write(json ? `${JSON.stringify(report)}\n` : described(report));
  if (!terminal.watched) for (const trouble of report.troubles) terminal.stderr.write(`cordon: ${trouble}\n`);
  return code;
}

function described({ lists, live, announced }: SyncReport): string {
  const rows = lists.map(({ list, result, entries, code, why }) => [
    list,
    result,
    entries === null ? "none" : counted(entries),
    code === undefined ? "" : `${code}: ${why ?? ""}`,
  ]);
  const parts = [
    ...(rows.length === 0 ? [] : [table(["list", "result", "entries", ""], rows)]),
    ...(live === null
      ? []
      : [
          `version ${String(live.generation)} (${live.version.slice(0, SHORT_HASH)}) ${live.isNew ? "is live now" : "stays live"}\n`,
        ]),
    ...(announced === null
      ? []
      : [
          `announced: +${String(announced.added)} -${String(announced.removed)}, ${String(announced.amended)} amended\n`,
        ]),
  ];
  return parts.join("");
}
