import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Finding } from "../service.ts";
import { freePorts } from "./free-ports.ts";
import { onPath } from "./on-path.ts";
import { runProcess } from "./run-process.ts";
import { makeScratchFolder } from "./scratch-folder.ts";

export interface PrometheusOptions extends Finding {
  /** Files of recording and alert rules; the last part of the path may be a pattern. */
  readonly rules: string;
  /** How often targets are scraped and rules evaluated, in seconds. */
  readonly everySeconds: number;
}

/** A Prometheus on loopback, its data in a temporary folder that goes with it. */
export interface Prometheus {
  readonly url: string;
  /** What is scraped from now on: `host:port` by the name of its job. */
  setTargets(targets: ReadonlyMap<string, string>): void;
  stop(): Promise<void>;
}

/** Starts the Prometheus on PATH; `null` where there is none. Throws StackError when it does not come up. */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus | null> {
  const command = onPath("prometheus", options.env);
  if (command === undefined) return null;
  const scratch = makeScratchFolder();
  let targetsFile = "";
  const service = await runProcess(
    "prometheus",
    async (folder) => {
      const [port = 0] = await freePorts(1);
      targetsFile = join(folder, "targets.json");
      writeFileSync(targetsFile, "[]");
      const file = join(folder, "prometheus.json");
      // JSON is YAML, too.
      writeFileSync(file, JSON.stringify(configuration(options, targetsFile)));
      const address = `http://127.0.0.1:${String(port)}`;
      return {
        command,
        args: [
          `--config.file=${file}`,
          `--storage.tsdb.path=${join(folder, "data")}`,
          `--web.listen-address=127.0.0.1:${String(port)}`,
        ],
        address,
        answers: async () => {
          const response = await fetch(`${address}/-/ready`, { signal: AbortSignal.timeout(2000) });
          if (!response.ok) throw new Error(`status ${String(response.status)}`);
        },
      };
    },
    { ...options, newFolder: (name) => scratch.newFolder(name) },
  );
  return {
    url: service.address,
    setTargets(targets) {
      const groups = [...targets].map(([job, target]) => ({ targets: [target], labels: { job } }));
      writeFileSync(`${targetsFile}.new`, JSON.stringify(groups));
      renameSync(`${targetsFile}.new`, targetsFile);
    },
    async stop() {
      await service.stop();
      scratch.remove();
    },
  };
}

function configuration({ rules, everySeconds }: PrometheusOptions, targetsFile: string): unknown {
  const every = `${String(everySeconds)}s`;
  return {
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: [rules],
    scrape_configs: [{ job_name: "cordon", file_sd_configs: [{ files: [targetsFile], refresh_interval: "1s" }] }],
  };
}
