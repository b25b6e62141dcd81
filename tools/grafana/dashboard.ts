import { metricDefinitions } from "@cordon/service";

/*
 * The Grafana dashboard, from code: a metric that does not exist does not compile, and a test runs every query against
 * a Prometheus that scrapes a running Cordon.
 */

type MetricKey = keyof typeof metricDefinitions;
type Unit = "short" | "s" | "percentunit" | "ops" | "bytes" | "dateTimeFromNow";

interface Query {
  readonly expr: string;
  /** What the legend says, with `{{label}}`. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly kind: "timeseries" | "stat";
  readonly unit: Unit;
  readonly queries: readonly [Query, ...Query[]];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** The name of one of our metrics. */
function metric(key: MetricKey): string {
  return metricDefinitions[key].name;
}

const window = "$__rate_interval";

function rate(key: MetricKey, by: string): string {
  return `sum by (${by}) (rate(${metric(key)}[${window}]))`;
}

function quantile(share: number, key: MetricKey, by: string): string {
  return `histogram_quantile(${String(share)}, sum by (le, ${by}) (rate(${metric(key)}_bucket[${window}])))`;
}

function lines(title: string, description: string, unit: Unit, ...queries: Panel["queries"]): Panel {
  return { title, description, kind: "timeseries", unit, queries };
}

function number(title: string, description: string, unit: Unit, expr: string): Panel {
  return { title, description, kind: "stat", unit, queries: [{ expr, legend: title }] };
}

function q(expr: string, legend: string): Query {
  return { expr, legend };
}

export const rows: readonly Row[] = [
  {
    title: "Is it safe?",
    panels: [
      number(
        "Index age",
        "Since the list longest unread was read and found good.",
        "s",
        `max(${metric("indexAge")}{job="screener"})`,
      ),
      number(
        "Indexes in use",
        "More than one: some screeners decide by older lists.",
        "short",
        `count(count by (version) (${metric("indexInfo")}{job="screener"}))`,
      ),
      number(
        "Canary passed",
        "How long ago the kind of canary that passed longest ago did.",
        "s",
        `max(time() - ${metric("canaryLastPassed")})`,
      ),
      number(
        "Dead letters, 1 h",
        "Records that could not be read.",
        "short",
        `sum(increase(${metric("deadLetters")}[1h]))`,
      ),
      lines(
        "Canaries judged",
        "Known-bad events must be HIT and alerted, known-good ones CLEAR.",
        "ops",
        q(rate("canaryResults", "kind, result"), "{{kind}} {{result}}"),
      ),
      lines(
        "Canary detection, 99 of 100",
        "From sending until decision and alert were read back.",
        "s",
        q(quantile(0.99, "canaryDetection", "kind"), "{{kind}}"),
      ),
    ],
  },
  {
    title: "Stream",
    panels: [
      lines(
        "Decisions",
        "Events decided a second.",
        "ops",
        q(rate("decisions", "topic, outcome"), "{{topic}} {{outcome}}"),
      ),
      lines("Holds", "Events held a second, by reason.", "ops", q(rate("holds", "reason"), "{{reason}}")),
      lines("Hits", "Matches a second, by list.", "ops", q(rate("hits", "list"), "{{list}}")),
      lines(
        "Lag",
        "Records after the last one decided.",
        "short",
        q(`sum by (topic) (${metric("consumerLag")})`, "{{topic}}"),
      ),
      lines(
        "Lag objective",
        "Share of the time in which more than 30 seconds of work waited; 0.5 % is allowed.",
        "percentunit",
        q("cordon:lag_slow:ratio5m", "{{topic}} 5 m"),
        q("cordon:lag_slow:ratio1h", "{{topic}} 1 h"),
      ),
      lines(
        "Decision latency",
        "From the record's timestamp until its decision was durable.",
        "s",
        q(quantile(0.5, "decisionLatency", "topic"), "{{topic}} half"),
        q(quantile(0.99, "decisionLatency", "topic"), "{{topic}} 99 of 100"),
      ),
      lines(
        "Latency objective",
        "Share of the events decided later than 5 seconds; 0.1 % is allowed.",
        "percentunit",
        q("cordon:decisions_late:ratio5m", "{{topic}} 5 m"),
        q("cordon:decisions_late:ratio1h", "{{topic}} 1 h"),
      ),
      lines(
        "Batch duration, 99 of 100",
        "From taking a batch until its decisions were durable.",
        "s",
        q(quantile(0.99, "batchDuration", "topic"), "{{topic}}"),
      ),
      lines(
        "Time by stage",
        "Seconds spent in each stage, a second.",
        "percentunit",
        q(rate("stageSeconds", "stage"), "{{stage}}"),
      ),
      lines(
        "Consumer",
        "Rebalances, restarts and failed commits a second.",
        "ops",
        q(rate("rebalances", "instance"), "{{instance}} rebalances"),
        q(rate("consumerRestarts", "instance"), "{{instance}} restarts"),
        q(rate("commitFailures", "instance"), "{{instance}} failed commits"),
      ),
      lines(
        "Assigned partitions",
        "Their sum must be that of all partitions.",
        "short",
        q(`sum by (instance) (${metric("assignedPartitions")})`, "{{instance}}"),
      ),
      lines("Dead letters", "Records set aside a second.", "ops", q(rate("deadLetters", "code"), "{{code}}")),
    ],
  },
  {
    title: "Lists and index",
    panels: [
      lines(
        "List age",
        "Since the list was read and found good.",
        "s",
        q(`max by (list) (${metric("listAge")})`, "{{list}}"),
      ),
      lines(
        "Age until all is held",
        "The index's age beside the age over which no event is cleared.",
        "s",
        q("cordon:index_age:seconds", "age"),
        q("cordon:index_max_age:seconds", "held over"),
      ),
      lines(
        "Designations",
        "In the last good version of each list.",
        "short",
        q(`max by (list) (${metric("listEntries")})`, "{{list}}"),
      ),
      lines("Looks at lists", "By result.", "ops", q(rate("listSyncs", "list, result"), "{{list}} {{result}}")),
      lines(
        "Generation",
        "Of the index in use.",
        "short",
        q(`max by (job, instance) (${metric("indexGeneration")})`, "{{job}} {{instance}}"),
      ),
      lines("Index refused or not loaded", "By code.", "ops", q(rate("indexLoadFailures", "code"), "{{code}}")),
      lines("Publications", "By result.", "ops", q(rate("indexPublications", "result"), "{{result}}")),
      lines(
        "Changes to announce",
        "Published indexes whose changes wait.",
        "short",
        q(`max(${metric("pendingOutboxes")})`, "pending"),
      ),
    ],
  },
  {
    title: "Alert desk",
    panels: [
      number(
        "Late alerts",
        "Alerts and held events that should have been decided by now.",
        "short",
        `sum(${metric("deskLateAlerts")})`,
      ),
      number(
        "Oldest open alert",
        "How long ago the alert was raised that nobody has decided for the longest.",
        "s",
        `max(${metric("deskOldestAlert")})`,
      ),
      number(
        "Dispositions not sent",
        "Decided by people, and not acknowledged by Kafka.",
        "short",
        `sum(${metric("deskOutboxWaiting")})`,
      ),
      number(
        "Audit found whole",
        "How long ago the chain of the audit was last found whole.",
        "s",
        `max(time() - ${metric("deskAuditVerified")})`,
      ),
      lines(
        "Alerts in hand",
        "Alerts and held events that are not decided, by state.",
        "short",
        q(`max by (state) (${metric("deskAlerts")})`, "{{state}}"),
      ),
      lines(
        "Oldest by state",
        "How long ago the oldest alert in that state was raised.",
        "s",
        q(`max by (state) (${metric("deskOldestAlert")})`, "{{state}}"),
      ),
      lines(
        "Alerts taken in",
        "Alerts, held events and records that cannot be read, a second.",
        "ops",
        q(rate("deskAlertsReceived", "what"), "{{what}}"),
      ),
      lines(
        "Desk's lag",
        "Records after the last batch that the desk took.",
        "short",
        q(`sum by (topic) (${metric("deskConsumerLag")})`, "{{topic}}"),
      ),
      lines(
        "Decided by people",
        "Events released and rejected in an hour.",
        "short",
        q(`max by (decision) (delta(${metric("deskDispositions")}[1h]))`, "{{decision}}"),
      ),
      lines(
        "Oldest disposition not sent",
        "How long it has waited for Kafka.",
        "s",
        q(`max(${metric("deskOutboxOldest")})`, "oldest"),
      ),
      lines(
        "Requests refused",
        "By code; VERSION_CONFLICT and EVIDENCE_CHANGED are people who met, STORE_UNAVAILABLE is the database.",
        "ops",
        q(rate("deskRefusals", "code"), "{{code}}"),
      ),
      lines("Sign-ins", "By way and result.", "ops", q(rate("deskSignIns", "how, result"), "{{how}} {{result}}")),
      lines(
        "Good guys",
        "At the desk, by state.",
        "short",
        q(`max by (state) (${metric("deskGoodGuys")})`, "{{state}}"),
      ),
      lines(
        "Cleared by good guys",
        "Events that are CLEAR because a good guy set a match aside, a second.",
        "ops",
        q(rate("goodGuySuppressions", "instance"), "{{instance}}"),
      ),
      lines(
        "Good guys refused",
        "Looks of screeners that found no good guys to be used, by what was wrong.",
        "ops",
        q(rate("goodGuysRefused", "reason"), "{{reason}}"),
      ),
    ],
  },
  {
    title: "Processes",
    panels: [
      lines("Up", "1 while Prometheus reaches it.", "short", q("up", "{{job}} {{instance}}")),
      lines(
        "Event loop, 99 of 100",
        "Delay of the event loop.",
        "s",
        q("nodejs_eventloop_lag_p99_seconds", "{{job}} {{instance}}"),
      ),
      lines("Memory", "Resident.", "bytes", q("process_resident_memory_bytes", "{{job}} {{instance}}")),
      lines(
        "Processor",
        "Cores used.",
        "short",
        q(`rate(process_cpu_seconds_total[${window}])`, "{{job}} {{instance}}"),
      ),
      lines(
        "Waiting for others",
        "Times that work was tried again, by what gave no answer.",
        "ops",
        q(rate("retries", "job, code"), "{{job}} {{code}}"),
      ),
    ],
  },
];

const width = { timeseries: 8, stat: 6 } as const;
const height = { timeseries: 8, stat: 4 } as const;
const columns = 24;

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const datasource = { type: "prometheus", uid: "${datasource}" } as const;

function panelJson(panel: Panel, id: number, gridPos: Placed): unknown {
  return {
    id,
    type: panel.kind,
    title: panel.title,
    description: panel.description,
    datasource,
    gridPos,
    fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
    targets: panel.queries.map(({ expr, legend }, at) => ({
      refId: String.fromCodePoint(65 + at),
      datasource,
      expr,
      legendFormat: legend,
    })),
  };
}

/** The dashboard as Grafana imports it. */
export function dashboard(): unknown {
  const panels: unknown[] = [];
  let y = 0;
  for (const { title, panels: inRow } of rows) {
    panels.push({
      id: panels.length + 1,
      type: "row",
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: columns, h: 1 },
    });
    y += 1;
    let x = 0;
    let tallest = 0;
    for (const panel of inRow) {
      const [w, h] = [width[panel.kind], height[panel.kind]];
      if (x + w > columns || (tallest !== 0 && h !== tallest)) {
        y += tallest;
        x = 0;
      }
      tallest = h;
      panels.push(panelJson(panel, panels.length + 1, { x, y, w, h }));
      x += w;
    }
    y += tallest;
  }
  return {
    uid: "cordon",
    title: "Cordon",
    tags: ["cordon"],
    schemaVersion: 39,
    refresh: "15s",
    time: { from: "now-1h", to: "now" },
    templating: { list: [{ name: "datasource", type: "datasource", query: "prometheus", label: "Prometheus" }] },
    panels,
  };
}

/** The file's text. */
export function dashboardText(): string {
  return `${JSON.stringify(dashboard(), null, 2)}\n`;
}
