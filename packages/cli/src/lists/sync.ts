import { CordonError } from "@cordon/errors";
import {
  type ActTask,
  asAct,
  type Ended,
  type OnceTask,
  releases,
  rollBackOnce,
  type RollBackTask,
  type SyncReport,
  syncOnce,
} from "@cordon/list-sync";

import { outputTo, type Terminal } from "../terminal.ts";
import type { ListsPorts } from "./store.ts";
import type { Syncing } from "./syncing.ts";
import { counted, table } from "./table.ts";
import { type Told, tellSync } from "./tell-sync.ts";

const SHORT_HASH = 12;

export type SyncTask = ({ readonly kind: "once" } & OnceTask) | ({ readonly kind: "rollback" } & RollBackTask);

/**
 * Syncs once, or rolls back, and tells what came of it; gives the exit code. On a terminal each step is told
 * as it happens. Trouble is told on stderr in any case.
 */
export async function sync(
  { openSyncing }: Pick<ListsPorts, "openSyncing">,
  { task, json }: { readonly task: SyncTask; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const troubles: string[] = [];
  const step = (text: string): void => {
    if (terminal.watched) terminal.stderr.write(`${text}\n`);
  };
  const trouble = (text: string): void => {
    troubles.push(text);
    step(text);
  };
  const { done, failure, ...report } = await ended(openSyncing, task, { step, trouble });
  if (failure !== null) trouble(failure.message);
  const output = outputTo(terminal.stdout);
  await output.write(json ? `${JSON.stringify({ ...report, troubles })}\n` : described(report));
  if (!terminal.watched) for (const one of troubles) terminal.stderr.write(`cordon: ${one}\n`);
  return codeOf({ done, failure });
}

function codeOf({ done, failure }: Pick<Ended, "done" | "failure">): number {
  if (failure?.code === "CONFIG_INVALID") return 2;
  return done ? 0 : 1;
}

const nothing: SyncReport = { lists: [], live: null, announced: null };

async function ended(openSyncing: ListsPorts["openSyncing"], task: SyncTask, told: Told): Promise<Ended> {
  let syncing: Syncing;
  try {
    syncing = openSyncing();
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return { ...nothing, done: false, failure: error };
  }
  try {
    return await carriedOut(syncing, task, told);
  } finally {
    await syncing.close();
  }
}

async function carriedOut({ config, ports }: Syncing, task: SyncTask, told: Told): Promise<Ended> {
  const options = { telemetry: tellSync(told), signal: new AbortController().signal };
  const recorded = (act: ActTask, work: () => Promise<Ended>): Promise<Ended> =>
    asAct(
      act,
      {
        config,
        ports,
        codeOf,
        onRecord: (_, unrecorded) => {
          if (unrecorded !== null) told.trouble(`act of a person, which its topic has not: ${unrecorded.message}`);
        },
      },
      work,
    );
  if (task.kind === "rollback") return await recorded(task, () => rollBackOnce(config, ports, { ...options, task }));
  const work = (): Promise<Ended> => syncOnce(config, ports, { ...options, task });
  return await (releases(task) ? recorded(task, work) : work());
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
