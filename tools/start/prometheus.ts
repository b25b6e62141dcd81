import { fileURLToPath } from "node:url";

import { type Prometheus, startPrometheus } from "@cordon/local-stack";

import type { KeptService } from "./service.ts";

const rules = fileURLToPath(new URL("../../deploy/prometheus/rules/*.yml", import.meta.url));

export interface WatchOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  readonly services: () => readonly KeptService[];
}

/** A Prometheus that scrapes the services wherever they listen. */
export interface Watching {
  readonly url: string;
  stop(): Promise<void>;
}

const everySeconds = 2;

/** Starts Prometheus with the project's rules where it is on PATH; else says how to have it, and answers null. */
export async function watchServices({ environment, signal, say, services }: WatchOptions): Promise<Watching | null> {
  const prometheus = await startPrometheus({ env: environment, report: say, signal, rules, everySeconds });
  if (prometheus === null) {
    say("prometheus is not on PATH, so nothing keeps the metrics (apt-get install prometheus)");
    return null;
  }
  const follow = followTargets(prometheus, services);
  return {
    url: prometheus.url,
    stop: () => {
      clearInterval(follow);
      return prometheus.stop();
    },
  };
}

/** A service that is started again may listen elsewhere. */
function followTargets(prometheus: Prometheus, services: () => readonly KeptService[]): NodeJS.Timeout {
  let told = "";
  const look = (): void => {
    const targets = new Map<string, string>();
    for (const { name, url } of services().map((service) => service.fact()))
      if (url !== null) targets.set(name, new URL(url).host);
    const text = JSON.stringify([...targets]);
    if (text !== told) prometheus.setTargets(targets);
    told = text;
  };
  look();
  return setInterval(look, 500);
}
