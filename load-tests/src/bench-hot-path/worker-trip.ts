import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Step } from "./steps.ts";

const events = 320;
const batch = 1000;
const rounds = 200;

/** The thread that answers: it does nothing but take the bytes and give a number for each event back. */
const echo = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ bytes, count }) => {
    const answers = new Int32Array(count);
    for (let i = 0; i < count; i++) answers[i] = bytes[i];
    parentPort.postMessage(answers, [answers.buffer]);
  });`;

/**
 * What it would cost to screen in another thread, before anything is screened there: the values of a batch copied into one
 * run of bytes that is handed over, and a number for each handed back. Processor time of the whole process.
 */
export async function workerTrip(): Promise<readonly Step[]> {
  const worker = new Worker(echo, { eval: true });
  try {
    const values = Array.from({ length: batch }, () => Buffer.alloc(events, 7));
    const trip = async (): Promise<void> => {
      const bytes = new Uint8Array(batch * events);
      for (const [place, value] of values.entries()) bytes.set(value, place * events);
      worker.postMessage({ bytes, count: batch }, [bytes.buffer]);
      await once(worker, "message");
    };
    for (let round = 0; round < rounds; round++) await trip();
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round++) await trip();
    const { user, system } = process.cpuUsage(before);
    return [
      {
        step: "hand an event to another thread and back (both threads)",
        nanos: ((user + system) * 1000) / (rounds * batch),
      },
    ];
  } finally {
    await worker.terminate();
  }
}
