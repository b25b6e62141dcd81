import type { DeliveryName, Mode } from "./options.ts";
import type { Outputs } from "./outputs-check.ts";
import type { EventSize, PopulationName } from "./populations.ts";
import type { RunFigures } from "./run-mode.ts";

/** What a set of runs has in common that compare with one another. */
export interface Setting {
  readonly adapter: string;
  readonly population: PopulationName;
  readonly size: EventSize;
}

/** One run. `outputs` and `delivery` are null where nothing is written. */
export interface Run extends RunFigures, Setting {
  readonly mode: Mode;
  readonly delivery: DeliveryName | null;
  readonly replicas: number;
  readonly outputs: Outputs | null;
}

/** The figures of one setting and delivery as other programs read them; a run that was not asked for is null. */
export interface SettingFigures extends Setting {
  readonly delivery: DeliveryName;
  readonly countPerSecond: number | null;
  readonly decodePerSecond: number | null;
  readonly allDecisionsPerSecond: number | null;
  readonly hitsOnlyPerSecond: number | null;
  readonly twoReplicasPerSecond: number | null;
  readonly cpuMicrosPerEvent: Readonly<Record<string, number>>;
  readonly stageMicrosPerEvent: Readonly<Record<string, number>>;
  /** Of a process that screens, the most of any run. */
  readonly peakRssBytes: number;
  /** The same when half of the events were done. */
  readonly peakRssAtHalfBytes: number;
  /** From starting a screener until its first event was decided, the longest of any run. */
  readonly startSeconds: number;
  readonly lost: number;
  readonly repeated: number;
  readonly missedHits: number;
  /** By processor time for each event: the decoding consumer's as a share of the screener's. */
  readonly allToDecode: number | null;
  readonly hitsOnlyToDecode: number | null;
  /** Processor time for each event as a share of that of a screener which delivers at least once. */
  readonly allToAtLeastOnce: number | null;
}

/** One after another in the order in which they were run. */
export function figuresOf(all: readonly Run[]): readonly SettingFigures[] {
  const settings = Map.groupBy(all, ({ adapter, population, size }) => `${adapter} ${population} ${size}`);
  return [...settings.values()].flatMap((runs) => {
    const deliveries = new Set(runs.flatMap(({ delivery }) => delivery ?? []));
    return [...(deliveries.size === 0 ? (["at_least_once"] as const) : deliveries)].map((one) =>
      settingFigures(runs, one),
    );
  });
}

function settingFigures(all: readonly Run[], delivery: DeliveryName): SettingFigures {
  const { adapter, population, size } = all[0]!;
  const runs = all.filter((run) => run.delivery === null || run.delivery === delivery);
  const of = (mode: Mode, replicas = 1): Run | undefined =>
    runs.find((run) => run.mode === mode && run.replicas === replicas);
  const usual = all.find((run) => run.mode === "all" && run.replicas === 1 && run.delivery === "at_least_once");
  const perSecond = (mode: Mode, replicas = 1): number | null => of(mode, replicas)?.perSecond ?? null;
  const screened = runs.filter(({ outputs }) => outputs !== null);
  const total = (what: keyof Outputs): number => screened.reduce((sum, { outputs }) => sum + (outputs?.[what] ?? 0), 0);
  return {
    adapter,
    population,
    size,
    delivery,
    countPerSecond: perSecond("count"),
    decodePerSecond: perSecond("decode"),
    allDecisionsPerSecond: perSecond("all"),
    hitsOnlyPerSecond: perSecond("hitsOnly"),
    twoReplicasPerSecond: perSecond("all", 2),
    cpuMicrosPerEvent: Object.fromEntries(
      runs.map(({ mode, replicas, cpuMicrosPerEvent }) => [nameOf(mode, replicas), cpuMicrosPerEvent]),
    ),
    stageMicrosPerEvent: of("all")?.stageMicrosPerEvent ?? {},
    peakRssBytes: Math.max(0, ...screened.map(({ peakRssBytes }) => peakRssBytes)),
    peakRssAtHalfBytes: Math.max(0, ...screened.map(({ peakRssAtHalfBytes }) => peakRssAtHalfBytes)),
    startSeconds: Math.max(0, ...screened.map(({ startSeconds }) => startSeconds)),
    lost: total("lost"),
    repeated: total("repeated"),
    missedHits: total("missedHits"),
    allToDecode: share(of("decode"), of("all")),
    hitsOnlyToDecode: share(of("decode"), of("hitsOnly")),
    allToAtLeastOnce: share(of("all"), usual),
  };
}

function nameOf(mode: Mode, replicas: number): string {
  return replicas === 1 ? mode : `${mode}On${String(replicas)}`;
}

function share(yardstick: Run | undefined, run: Run | undefined): number | null {
  return yardstick === undefined || run === undefined ? null : yardstick.cpuMicrosPerEvent / run.cpuMicrosPerEvent;
}

const columns: readonly (readonly [title: string, cell: (row: Run) => string])[] = [
  ["adapter", ({ adapter }) => adapter],
  ["population", ({ population }) => population],
  ["size", ({ size }) => size],
  ["mode", ({ mode }) => mode],
  ["delivery", ({ delivery }) => delivery ?? ""],
  ["replicas", ({ replicas }) => String(replicas)],
  ["events/s", ({ perSecond }) => Math.round(perSecond).toLocaleString("en")],
  ["CPU us/event", ({ cpuMicrosPerEvent }) => cpuMicrosPerEvent.toFixed(1)],
  ["peak MB", ({ peakRssBytes }) => (peakRssBytes / 1e6).toFixed(0)],
  ["at half", ({ peakRssAtHalfBytes }) => (peakRssAtHalfBytes / 1e6).toFixed(0)],
  ["start s", ({ startSeconds }) => startSeconds.toFixed(1)],
  ["lost", ({ outputs }) => String(outputs?.lost ?? "")],
  ["repeated", ({ outputs }) => String(outputs?.repeated ?? "")],
  ["missed hits", ({ outputs }) => String(outputs?.missedHits ?? "")],
  ["other hits", ({ outputs }) => String(outputs?.otherHits ?? "")],
  [
    "CPU us/event by stage",
    ({ stageMicrosPerEvent }) =>
      Object.entries(stageMicrosPerEvent)
        .map(([stage, micros]) => `${stage} ${micros.toFixed(1)}`)
        .join(", "),
  ],
];

/** The runs as text, each column as wide as its widest cell. */
export function tableOf(runs: readonly Run[]): string {
  const cells = [columns.map(([title]) => title), ...runs.map((run) => columns.map(([, cell]) => cell(run)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("  ")).join("\n");
}
