import {
  type IndexStore,
  isAhead,
  type KeptVersion,
  type ListFault,
  type Publisher,
  type StoreSurvey,
} from "@cordon/index-store";

import { type ListsPorts, withStore } from "./store.ts";
import { counted, moment, table } from "./table.ts";

const SHORT_HASH = 12;

interface Found {
  readonly versions: readonly KeptVersion[];
  readonly faults: readonly ListFault[];
  readonly keptBy: Publisher | null;
  readonly store: StoreSurvey;
}

async function look(store: IndexStore): Promise<Found> {
  const [versions, faults, keptBy, survey] = await Promise.all([
    store.versions(),
    store.listFaults(),
    store.claimedBy(),
    store.survey(),
  ]);
  return { versions, faults, keptBy, store: survey };
}

/** The lists of the live index with their ages, why lists fail, and the versions that can be gone back to. */
export async function status(ports: ListsPorts, { json }: { readonly json: boolean }): Promise<string> {
  const { versions, faults, keptBy, store } = await withStore(ports, look);
  const [live] = versions;
  if (json) {
    const manifests = versions.map(({ manifest }) => manifest);
    return `${JSON.stringify({ live: live ?? null, versions: manifests, faults, keptBy, store })}\n`;
  }
  const parts =
    live === undefined
      ? [
          "Nothing was ever published. Start list-sync, or run: cordon lists sync\n",
          failed(faults),
          keeping(keptBy),
          dangers(store),
        ]
      : [
          listsOf(live, ports.now()),
          failed(faults),
          released(live),
          notUnderstood(live),
          notKept(live),
          versionsOf(versions),
          keeping(keptBy),
          dangers(store),
        ];
  return parts.filter((part) => part !== "").join("\n");
}

function failed(faults: readonly ListFault[]): string {
  if (faults.length === 0) return "";
  return table(
    ["list", "failed last", "since", "times", "why"],
    faults.map(({ list, at, since, times, code, message }) => [
      list,
      moment(at),
      moment(since),
      counted(times),
      `${code}: ${message}`,
    ]),
  );
}

function released({ manifest: { released: lists = [] } }: KeptVersion): string {
  return lists.length === 0 ? "" : `released by name, and not in the index: ${lists.join(", ")}\n`;
}

function keeping(publisher: Publisher | null): string {
  return publisher === null ? "no list-sync says that it runs\n" : `kept by the list-sync ${publisher.by}\n`;
}

function dangers({ dangers: all, evictionPolicy }: StoreSurvey): string {
  const words = {
    evicts_index: `Redis may delete the index when it is short of memory: maxmemory-policy is ${String(evictionPolicy)}, and must be noeviction`,
    evicts_uploads: `Redis may delete an index on its way when it is short of memory: maxmemory-policy is ${String(evictionPolicy)}, and should be noeviction`,
    cut_off: "this Redis is a replica that lost its primary: what it tells grows old",
    unknown: "Redis does not tell its maxmemory-policy, which must be noeviction",
  } as const satisfies Record<StoreSurvey["dangers"][number], string>;
  return all.map((danger) => `${words[danger]}\n`).join("");
}

function listsOf({ states }: KeptVersion, now: number): string {
  return table(
    ["list", "entries", "published", "read and passed", "hours ago", "source"],
    states.map(({ list, entries, publishedAt, checkedAt, source }) => [
      list,
      counted(entries),
      publishedAt ?? "not told",
      moment(checkedAt),
      isAhead(checkedAt, now) ? "in the future: vouches for nothing" : ((now - checkedAt) / 3_600_000).toFixed(1),
      source,
    ]),
  );
}

function notUnderstood({ states }: KeptVersion): string {
  return byKind(
    "not understood",
    states.map(({ list, unknown }) => [list, unknown]),
  );
}

function notKept({ states }: KeptVersion): string {
  return byKind(
    "understood, of no use here and left out",
    states.map(({ list, notKept: left }) => [list, left]),
  );
}

function byKind(
  heading: string,
  counts: readonly (readonly [string, Readonly<Record<string, number>> | undefined])[],
): string {
  const rows = counts.flatMap(([list, some = {}]) =>
    Object.entries(some).map(([kind, count]) => [list, counted(count), kind]),
  );
  return rows.length === 0 ? "" : table(["list", "times", heading], rows);
}

function versionsOf(versions: readonly KeptVersion[]): string {
  return table(
    ["version", "hash", "published", "entries", ""],
    versions.map(({ manifest }, at) => [
      String(manifest.generation),
      manifest.version.slice(0, SHORT_HASH),
      moment(manifest.createdAt),
      counted(manifest.lists.reduce((sum, { entries }) => sum + entries, 0)),
      [
        at === 0 ? "live" : "",
        manifest.rolledBack === undefined ? "" : `rolled back to ${String(manifest.rolledBack.to)}`,
      ]
        .filter((word) => word !== "")
        .join(", "),
    ]),
  );
}
