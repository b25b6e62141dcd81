import { counted, table } from "../lists/table.ts";
import type { NamedEvent } from "./find-waiting.ts";
import type { GoneUnread } from "./gone-unread.ts";
import type { RescreenReport } from "./rescreen-with.ts";

/** More than that are only counted in a table: `--json` has all of them. */
const mostNamed = 50;

/** Whether something waits still. */
export function isLeft({ held, undecodable, gone, goneUnread }: RescreenReport): boolean {
  return held.size > 0 || undecodable > 0 || gone.length > 0 || (goneUnread ?? []).length > 0;
}

export function jsonOf(report: RescreenReport, dryRun: boolean): string {
  return `${JSON.stringify({ dryRun, ...report, held: Object.fromEntries(report.held) })}\n`;
}

export function tableOf(report: RescreenReport, dryRun: boolean): string {
  const { index, found, clear, hit, held, undecodable, gone, canaries, decidedBefore, strangers } = report;
  const unread = report.goneUnread ?? [];
  const holds = [...held].map(([reason, times]): [string, number] => [`HOLD ${reason}`, times]);
  const rows: readonly (readonly [string, number])[] = [
    ["waiting", found],
    ["CLEAR", clear],
    ["HIT", hit],
    ...holds,
    ["cannot be read still", undecodable],
    ["not kept any more", gone.length],
    ["canaries, left alone", canaries],
    ["decided before, left alone", decidedBefore],
    ["not of this Cordon", strangers],
  ];
  const shown = rows.filter(([what, times]) => times > 0 || what === "waiting");
  const decisions = `${counted(report.written)} ${report.written === 1 ? "decision" : "decisions"}`;
  const verb = dryRun ? "would be" : report.written === 1 ? "was" : "were";
  return [
    table(
      ["events", ""],
      shown.map(([what, times]) => [what, counted(times)]),
    ),
    `${decisions} ${verb} written, by index ${String(index.generation)} (${index.version.slice(0, 12)}).\n`,
    ...(gone.length === 0 ? [] : [`\nNot kept any more, so they must be sent again:\n${named(gone)}`]),
    ...(unread.length === 0
      ? []
      : [
          `\nDeleted before any screener read them, so they have no decision and must be sent again:\n${places(unread)}`,
        ]),
  ].join("");
}

function places(unread: readonly GoneUnread[]): string {
  const rows = unread.map(({ topic, partition, from, to }) => [
    topic,
    String(partition),
    String(from),
    String(to - 1),
    counted(to - from),
  ]);
  return table(["topic", "partition", "from offset", "to offset", "at most"], rows);
}

function named(gone: readonly NamedEvent[]): string {
  const rows = gone
    .slice(0, mostNamed)
    .map(({ eventId, topic, partition, offset }) => [
      eventId === "" ? "(no key)" : eventId,
      topic,
      String(partition),
      String(offset),
    ]);
  const more = gone.length > mostNamed ? `and ${counted(gone.length - mostNamed)} more: --json has all\n` : "";
  return `${table(["event", "topic", "partition", "offset"], rows)}${more}`;
}
