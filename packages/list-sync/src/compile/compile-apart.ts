import { setImmediate as turn } from "node:timers/promises";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";

import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching";

import type { Compiled, FromCompiler, ToCompiler } from "./compiled.ts";

/** Designations that are copied in one turn of the event loop: some milliseconds. */
const slice = 250;

/**
 * What `compileHere` does, in a thread of its own that ends with it: probes and metrics are answered meanwhile. The
 * designations are copied over in slices, the index comes back without a copy. Rejects with what `compileHere` throws, or
 * with the signal's reason.
 */
export async function compileApart(designations: readonly Designation[], signal: AbortSignal): Promise<Compiled> {
  signal.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData: { port: port2 },
    transferList: [port2],
  });
  const answered = answerOf(worker, port, signal);
  answered.catch(() => {}); // it may fail while the designations are still on their way
  try {
    for (let from = 0; from < designations.length; from += slice) {
      send(port, { kind: "some", designations: designations.slice(from, from + slice) });
      await turn();
      signal.throwIfAborted();
    }
    send(port, { kind: "end" });
    return await answered;
  } finally {
    port.close();
    await worker.terminate();
  }
}

function send(port: MessagePort, message: ToCompiler): void {
  port.postMessage(message);
}

function answerOf(worker: Worker, port: MessagePort, signal: AbortSignal): Promise<Compiled> {
  const { promise, resolve, reject } = Promise.withResolvers<Compiled>();
  const take = (message: FromCompiler): void => {
    if (message.kind === "compiled") resolve(message.compiled);
    else reject(new CordonError(message.code, message.message));
  };
  port.on("message", take);
  worker.on("error", reject);
  worker.on("exit", (code) => {
    // Answers come by another way than the end: where this thread was busy, the end may be told first.
    const left = receiveMessageOnPort(port);
    if (left !== undefined) take(left.message as FromCompiler);
    // After an answer this says nothing any more.
    reject(new Error(`the thread that compiles ended with ${String(code)} and without an answer`));
  });
  const stop = (): void => {
    reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
  };
  signal.addEventListener("abort", stop, { once: true });
  return promise.finally(() => {
    signal.removeEventListener("abort", stop);
  });
}
