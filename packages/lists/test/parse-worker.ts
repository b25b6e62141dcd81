import { parentPort, workerData } from "node:worker_threads";

import { type ListName, listSources } from "../src/index.ts";

/** What the file is made of: one opening, many parts, one close. `#` in a part becomes its number. */
export interface ParseWork {
  readonly list: ListName;
  readonly open: string;
  readonly part: string;
  readonly parts: number;
  readonly close: string;
}

const { list, open, part, parts, close } = workerData as ParseWork;

async function* file(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(open);
  for (let n = 0; n < parts; n += 1) yield encoder.encode(part.replaceAll("#", String(n).padStart(4, "0")));
  yield encoder.encode(close);
}

const { counts } = await listSources[list].parse(file());
parentPort?.postMessage(counts.designations);
