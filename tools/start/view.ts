import type { LedgerTotals } from "@cordon/simulator";

import { clockTime, count, duration, type Line, milliseconds, type Span } from "./text.ts";

/** One alert as it came. Names may show: the traffic is synthetic. */
export interface AlertFact {
  readonly at: number;
  /** The name in the event, as received. */
  readonly text: string;
  readonly matchedName: string;
  readonly designationId: string;
  readonly list: string;
  /** 0..100. */
  readonly score: number;
  readonly path: string;
  readonly reason: string;
}

export interface IndexFact {
  readonly version: string;
  readonly generation: number;
  readonly lists: readonly { readonly list: string; readonly entries: number }[];
  /** Since the list that was checked longest ago was last checked. */
  readonly ageSeconds: number;
}

export interface ServiceFact {
  readonly name: string;
  readonly pid: number | null;
  readonly url: string | null;
  readonly restarts: number;
}

/** Everything the view shows, at one moment. */
export interface ViewState {
  readonly at: number;
  readonly startedAt: number;
  /** With `--events`: how many there will be. */
  readonly goal: number | null;
  readonly totals: LedgerTotals;
  readonly perSecond: { readonly sent: number; readonly decided: number };
  readonly latency: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null };
  /** Events that the screener has still to read; null: not known. */
  readonly lag: number | null;
  readonly planted: { readonly sent: number; readonly found: number };
  readonly index: IndexFact | null;
  readonly services: readonly ServiceFact[];
  /** Newest last. */
  readonly alerts: readonly AlertFact[];
  readonly notices: readonly { readonly at: number; readonly text: string }[];
}

function row(label: string, ...spans: readonly Span[]): Line {
  return [{ text: label.padEnd(10), style: "dim" }, ...spans];
}

function headline({ at, startedAt, goal, totals }: ViewState): Line {
  const running = duration((at - startedAt) / 1000);
  const progress =
    goal === null ? "synthetic traffic, Ctrl-C stops" : `${count(totals.decided)} of ${count(goal)} events decided`;
  return [{ text: "Cordon", style: "bold" }, `  ${running}  ${progress}`];
}

function shownIndex(index: IndexFact | null): readonly Span[] {
  if (index === null) return ["none yet"];
  const lists = index.lists.map(({ list, entries }) => `${list} ${count(entries)}`).join("  ");
  return [
    { text: index.version.slice(0, 12), style: "cyan" },
    `  generation ${count(index.generation)}  age ${duration(index.ageSeconds)}  designations: ${lists}`,
  ];
}

export function alertLine(alert: AlertFact): Line {
  return [
    `  ${clockTime(alert.at)}  `,
    { text: alert.score.toFixed(2).padStart(6), style: "red" },
    `  "${alert.text}" ~ `,
    { text: alert.matchedName, style: "bold" },
    `  ${alert.designationId} (list ${alert.list})  ${alert.path}  `,
    { text: alert.reason, style: "dim" },
  ];
}

function facts(state: ViewState): readonly Line[] {
  const { totals, perSecond, latency, planted } = state;
  const lag = state.lag === null ? "-" : count(state.lag);
  return [
    row(
      "events",
      { text: `${count(perSecond.sent)}/s in`, style: "bold" },
      "  ",
      { text: `${count(perSecond.decided)}/s decided`, style: "bold" },
      `  ${count(totals.sent)} sent  ${count(totals.decided)} decided  lag ${lag}`,
    ),
    row(
      "outcomes",
      { text: `CLEAR ${count(totals.outcomes.CLEAR)}`, style: "green" },
      "  ",
      { text: `HIT ${count(totals.outcomes.HIT)}`, style: "red" },
      "  ",
      { text: `HOLD ${count(totals.outcomes.HOLD)}`, style: "yellow" },
      `  unexpected ${count(totals.unexpected)}  repeated ${count(totals.repeated)}`,
    ),
    row(
      "latency",
      `p50 ${milliseconds(latency.p50)}  p95 ${milliseconds(latency.p95)}  p99 ${milliseconds(latency.p99)}`,
      { text: "  from sending to the decision read back, last 10 s", style: "dim" },
    ),
    row("planted", `${count(planted.sent)} listed names sent, ${count(planted.found)} found`),
    row("index", ...shownIndex(state.index)),
  ];
}

function serviceLine({ name, pid, url, restarts }: ServiceFact): Line {
  const address = url === null ? "starting" : `${url}/metrics`;
  const again = restarts === 0 ? "" : `  started again ${count(restarts)}x`;
  return row(name, address, `  pid ${pid === null ? "-" : String(pid)}`, { text: again, style: "yellow" });
}

/** The live view: at most `rows` lines, newest alerts kept when they do not all fit. */
export function viewLines(state: ViewState, rows: number): readonly Line[] {
  const top = [headline(state), ...facts(state), ...state.services.map(serviceLine)];
  const notices = state.notices
    .slice(-3)
    .map(({ at, text }): Line => [{ text: `  ${clockTime(at)}  ${text}`, style: "yellow" }]);
  const room = Math.max(0, Math.min(10, rows - top.length - notices.length - 1));
  const alerts = room === 0 ? [] : state.alerts.slice(-room);
  const heading: readonly Line[] = room === 0 ? [] : [[{ text: "alerts", style: "dim" }]];
  return [...top, ...heading, ...alerts.map(alertLine), ...notices].slice(0, Math.max(1, rows));
}

/** The same in one line, for where there is no terminal. */
export function statusLine(state: ViewState): string {
  const { totals, perSecond, latency, index } = state;
  return [
    `${duration((state.at - state.startedAt) / 1000)}:`,
    `${count(perSecond.sent)}/s in, ${count(perSecond.decided)}/s decided,`,
    `${count(totals.sent)} sent, ${count(totals.decided)} decided`,
    `(CLEAR ${count(totals.outcomes.CLEAR)}, HIT ${count(totals.outcomes.HIT)}, HOLD ${count(totals.outcomes.HOLD)}),`,
    `p50 ${milliseconds(latency.p50)}, p95 ${milliseconds(latency.p95)}, p99 ${milliseconds(latency.p99)},`,
    `lag ${state.lag === null ? "-" : count(state.lag)},`,
    index === null
      ? "no index"
      : `index ${index.version.slice(0, 12)} generation ${count(index.generation)} age ${duration(index.ageSeconds)}`,
  ].join(" ");
}
