import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { spawnSupervised } from "@cordon/local-stack";
import { readAddresses } from "@cordon/service";

/** What a process has used since it began. */
export interface Usage {
  readonly cpuMicros: number;
  readonly peakRssBytes: number;
}

/** A line of JSON that the program printed. */
export type Line = Readonly<Record<string, unknown>>;

/** A Node program under a supervisor that tells what it uses. */
export interface MeasuredProcess {
  usage(): Promise<Usage>;
  /** The first line that fits, past or to come. Rejects when the process ends or two minutes pass without it. */
  line(fits: (line: Line) => boolean): Promise<Line>;
  /** Where it serves that, once it does; rejects as `line` does. */
  address(name: string): Promise<string>;
  /** The last line that fits so far. */
  last(fits: (line: Line) => boolean): Line | undefined;
  stop(): Promise<void>;
}

/** Linux counts processor time in hundredths of a second. */
const tickMicros = 10_000;

/**
 * What a process has used, as Linux tells it; null elsewhere, where the process must be asked itself. A process that is busy answers
 * late, and then what it did meanwhile would count as done before.
 */
function usageFromOutside(pid: number): Usage | null {
  try {
    // The name before the bracket may hold spaces; behind it user and system time are the 12th and 13th.
    const fields = readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
    return {
      cpuMicros: (Number(fields[11]) + Number(fields[12])) * tickMicros,
      peakRssBytes: Number(peak) * 1024,
    };
  } catch {
    return null;
  }
}

const preload = fileURLToPath(new URL("report-usage.ts", import.meta.url));
const patienceMs = 120_000;
const keptLines = 2000;

export interface MeasureOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that a processor profile is written to when the program ends, or null. */
  readonly profile: string | null;
}

export function measure(entry: string, { environment, profile }: MeasureOptions): MeasuredProcess {
  const profiling = profile === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`, "--cpu-prof-interval=1000"];
  const folder = mkdtempSync(join(tmpdir(), "cordon-measured-"));
  const addressesFile = join(folder, "addresses.json");
  const supervised = spawnSupervised(process.execPath, [...profiling, `--import=${preload}`, entry], {
    env: { ...environment, ADDRESSES_FILE: addressesFile },
    output: "pipe",
    grace: 20,
    remove: folder,
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const other: string[] = [];
  let ended = false;
  const wake = (): void => {
    for (const look of waiting) look();
  };
  const onLine = (text: string): void => {
    if (text.startsWith("{")) lines.push(JSON.parse(text) as Line);
    else other.push(text);
    if (lines.length > keptLines) lines.splice(0, keptLines / 2);
    wake();
  };
  for (const stream of [supervised.stdout, supervised.stderr])
    if (stream !== null) createInterface({ input: stream }).on("line", onLine);
  const watchEnd = async (): Promise<void> => {
    await supervised.exited;
    ended = true;
    wake();
  };
  void watchEnd();

  function line(fits: (line: Line) => boolean): Promise<Line> {
    const { promise, resolve, reject } = Promise.withResolvers<Line>();
    const late = setTimeout(() => {
      reject(new Error(`${entry} did not say what was awaited: ${tail()}`));
    }, patienceMs);
    const look = (): void => {
      const found = lines.find(fits);
      if (found !== undefined) resolve(found);
      else if (ended) reject(new Error(`${entry} ended early: ${tail()}`));
    };
    waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(late);
      waiting.delete(look);
    });
  }
  const tail = (): string => JSON.stringify([lines.slice(-5), other.slice(-10)]);

  async function address(name: string): Promise<string> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const found = readAddresses(addressesFile)?.urls[name];
      if (found !== undefined) return found;
      if (ended) throw new Error(`${entry} ended early: ${tail()}`);
      if (performance.now() > deadline) throw new Error(`${entry} does not serve ${name}: ${tail()}`);
      await sleep(50);
    }
  }

  return {
    line,
    address,
    last: (fits) => lines.findLast(fits),
    async usage() {
      const { usagePid } = await line((one) => "usagePid" in one);
      const seen = usageFromOutside(usagePid as number);
      if (seen !== null) return seen;
      const answered = lines.length;
      process.kill(usagePid as number, "SIGUSR2");
      const { usageCpuMicros, usagePeakRssBytes } = await line(
        (one) => "usageCpuMicros" in one && lines.indexOf(one) >= Math.min(answered, lines.length - 1),
      );
      return { cpuMicros: usageCpuMicros as number, peakRssBytes: usagePeakRssBytes as number };
    },
    stop: () => supervised.stop(),
  };
}
