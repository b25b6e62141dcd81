import { type MessagePort, workerData } from "node:worker_threads";

import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching";

import { compileHere, type FromCompiler, type ToCompiler } from "./compiled.ts";

const { port } = workerData as { readonly port: MessagePort };
const designations: Designation[] = [];

port.on("message", (message: ToCompiler) => {
  if (message.kind === "some") {
    for (const designation of message.designations) designations.push(designation);
    return;
  }
  answer();
  port.close();
});

function answer(): void {
  try {
    const compiled = compileHere(designations);
    const told: FromCompiler = { kind: "compiled", compiled };
    port.postMessage(told, [compiled.snapshot.buffer as ArrayBuffer]);
  } catch (error) {
    // An error without a code ends this thread, and so is nobody's bad list there either.
    if (!(error instanceof CordonError)) throw error;
    const told: FromCompiler = { kind: "refused", code: error.code, message: error.message };
    port.postMessage(told);
  }
}
