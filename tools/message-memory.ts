/**
 * `npm run memory:messages`: writes payment messages of 5 and 20 MB in each format, and prints what a process of its own took to convert
 * each as a stream: the most memory, and the time of a processor. The memory must not grow with the file.
 */
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { converter, surveyor } from "@cordon/messages";
import { finMessage, isoMessage, jsonMessage, randomChoice, seeded } from "@cordon/messages/testing";

const megabyte = 1e6;
/** Old space of the reading process in MB; without a bound V8 lets garbage lie while there is room. */
const heapMegabytes = 48;

const formats = { xml: transactions, fin: messages, json: events } as const;

/** One message of as many transactions as fit. */
function* transactions(bytes: number): Generator<string> {
  const whole = isoMessage("pain.001.001.09", randomChoice(seeded(1), 0.2));
  const [before, rest] = splitAt(whole, "<CdtTrfTxInf>");
  const [one, behind] = splitAt(rest, "</PmtInf>");
  yield before;
  for (let written = 0; written < bytes; written += one.length) yield one;
  yield behind;
}

function* messages(bytes: number): Generator<string> {
  const one = `${finMessage("MT103", randomChoice(seeded(1), 0.7))}\r\n$\r\n`;
  for (let written = 0; written < bytes; written += one.length) yield one;
}

function* events(bytes: number): Generator<string> {
  const one = `${jsonMessage("payment", randomChoice(seeded(1), 0.5))}\n`;
  for (let written = 0; written < bytes; written += one.length) yield one;
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at)];
}

async function convert(path: string): Promise<void> {
  const options = { receivedAt: Date.now() };
  const first = surveyor(options);
  for await (const bytes of createReadStream(path)) first.push(bytes as Uint8Array);
  const second = converter(first.end(), options);
  let made = 0;
  let refused = 0;
  const count = (some: ReturnType<typeof second.push>): void => {
    for (const { kind } of some)
      if (kind === "error") refused++;
      else made++;
  };
  for await (const bytes of createReadStream(path)) count(second.push(bytes as Uint8Array));
  count(second.end());
  const { user, system } = process.cpuUsage();
  const peak = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(
    `${String(Math.round(statSync(path).size / megabyte))} MB: ${String(made)} events, ${String(refused)} refused; peak resident memory ${String(peak)} MB, ${((user + system) / 1e6).toFixed(1)} s of a processor\n`,
  );
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-messages-"));
  try {
    for (const [format, texts] of Object.entries(formats))
      for (const size of [5, 20]) {
        const path = join(folder, `${String(size)}.${format}`);
        await pipeline(Readable.from(texts(size * megabyte)), createWriteStream(path));
        process.stdout.write(`${format}, `);
        const args = [`--max-old-space-size=${String(heapMegabytes)}`, fileURLToPath(import.meta.url), path];
        if (spawnSync(process.execPath, args, { stdio: "inherit" }).status !== 0) process.exitCode = 1;
        rmSync(path);
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [path] = process.argv.slice(2);
await (path === undefined ? measure() : convert(path));
