import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { type Pipeline, withPipeline } from "../start/pipeline.ts";

/*
 * Lets two alerts fire in a real Prometheus with the committed rules, on real services: the lists get old because
 * list-sync hangs, and canaries fail because the screener hangs. Prints each change of an alert's state.
 * Times are made short by settings; the rules are those of production.
 */
const help = `Shows two alerts firing in a real Prometheus: needs prometheus on PATH, takes about six minutes.

  npm run trace:alerts               both
  npm run trace:alerts -- lists      only that of lists that get old
  npm run trace:alerts -- canaries   only that of canaries that fail
`;

const excerpt = fileURLToPath(new URL("../../data/gim/uk-gim.csv", import.meta.url));

const settings = {
  INDEX_MAX_AGE_HOURS: "0.03", // 108 s
  SYNC_INTERVAL_SECONDS: "5",
  CANARY_INTERVAL_SECONDS: "5",
  CANARY_DEADLINE_SECONDS: "20",
};

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: string;
}

const began = Date.now();

function say(text: string): void {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

async function alertsOf(url: string): Promise<ReadonlyMap<string, Alert>> {
  const response = await fetch(`${url}/api/v1/alerts`);
  const { data } = (await response.json()) as { readonly data: { readonly alerts: readonly Alert[] } };
  return new Map(data.alerts.map((alert) => [JSON.stringify(alert.labels), alert]));
}

/** Tells changes of alerts until `over`, or fails after the limit. */
function follow(url: string, limitSeconds: number) {
  let known: ReadonlyMap<string, Alert> = new Map();
  async function look(): Promise<ReadonlyMap<string, Alert>> {
    const now = await alertsOf(url);
    for (const [id, { labels, annotations, state }] of now)
      if (known.get(id)?.state !== state)
        say(
          `${labels["alertname"] ?? ""} ${state}  (${labels["severity"] ?? ""}) ${annotations["summary"] ?? ""}  -> ${annotations["runbook_url"] ?? ""}`,
        );
    for (const [id, { labels }] of known) if (!now.has(id)) say(`${labels["alertname"] ?? ""} resolved`);
    known = now;
    return now;
  }
  return async (over: (states: ReadonlyMap<string, string>) => boolean): Promise<void> => {
    const deadline = Date.now() + limitSeconds * 1000;
    for (;;) {
      const states = new Map(
        [...(await look()).values()].map(({ labels, state }) => [
          `${labels["alertname"] ?? ""} ${labels["kind"] ?? ""}`.trim(),
          state,
        ]),
      );
      if (over(states)) return;
      if (Date.now() > deadline) throw new Error("an alert did not change in time");
      await sleep(500);
    }
  };
}

function stopped(pipeline: Pipeline, name: "listSync" | "screener"): () => void {
  const { pid } = pipeline[name].fact();
  if (pid === null) throw new Error(`${name} does not run`);
  process.kill(pid, "SIGSTOP");
  return () => {
    process.kill(pid, "SIGCONT");
  };
}

type Until = ReturnType<typeof follow>;

async function listsGetOld(pipeline: Pipeline, until: Until): Promise<void> {
  say("--- list-sync hangs (SIGSTOP): the lists get old; INDEX_MAX_AGE_HOURS is 108 s here");
  const resumeLists = stopped(pipeline, "listSync");
  try {
    await until((states) => states.get("CordonListsOld") === "firing");
  } finally {
    say("--- list-sync goes on (SIGCONT)");
    resumeLists();
  }
  await until((states) => !states.has("CordonListsOld"));
}

async function canariesFail(pipeline: Pipeline, until: Until): Promise<void> {
  say("--- the screener hangs (SIGSTOP): canaries are missed");
  const resume = stopped(pipeline, "screener");
  try {
    await until((states) => states.get("CordonCanaryFailing known_bad") === "firing");
  } finally {
    say("--- the screener goes on (SIGCONT)");
    resume();
  }
}

async function trace(pipeline: Pipeline): Promise<void> {
  if (pipeline.watching === null) throw new Error("there is no Prometheus: apt-get install prometheus");
  const { url } = pipeline.watching;
  const until = follow(url, 240);
  say(`Cordon runs, Prometheus scrapes it at ${url}`);
  await sleep(20_000);

  if (asked !== "canaries") await listsGetOld(pipeline, until);
  if (asked !== "lists") await canariesFail(pipeline, until);
}

const asked = process.argv[2] ?? "both";
if (!["both", "lists", "canaries"].includes(asked)) {
  process.stdout.write(help);
  process.exit(asked === "--help" ? 0 : 2);
}
const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    controller.abort(new Error(signal));
  });
await withPipeline(
  {
    options: { events: null, rate: null, traffic: false, desk: false, secondLook: false, lists: { uk: excerpt } },
    environment: { ...process.env, ...settings },
    signal: controller.signal,
    say,
    onListening: () => {},
  },
  trace,
);
process.exit(0);
