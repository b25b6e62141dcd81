import type { KeptVersion } from "@cordon/platform";

import { type ListsPorts, withStore } from "./store.ts";
import { counted, moment, table } from "./table.ts";

const SHORT_HASH = 12;

/** The lists of the live index with their ages, and the versions that can be gone back to. */
export async function status(ports: ListsPorts, { json }: { readonly json: boolean }): Promise<string> {
  const versions = await withStore(ports, (store) => store.versions());
  const [live] = versions;
  if (json) return `${JSON.stringify({ live: live ?? null, versions: versions.map(({ manifest }) => manifest) })}\n`;
  if (live === undefined) return "Nothing was ever published. Start list-sync, or run: cordon lists sync\n";
  return [listsOf(live, ports.now()), notUnderstood(live), notKept(live), versionsOf(versions)]
    .filter((part) => part !== "")
    .join("\n");
}

function listsOf({ states }: KeptVersion, now: number): string {
  return table(
    ["list", "entries", "published", "read and passed", "hours ago", "source"],
    states.map(({ list, entries, publishedAt, checkedAt, source }) => [
      list,
      counted(entries),
      publishedAt ?? "not told",
      moment(checkedAt),
      ((now - checkedAt) / 3_600_000).toFixed(1),
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
