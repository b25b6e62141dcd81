import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

import { run } from "../src/index.ts";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process: the same but for the launcher, and faster. */
export async function cordon(args: readonly string[], input: string | Uint8Array = ""): Promise<Ran> {
  const [out, err] = [gathering(), gathering()];
  const bytes = Buffer.from(input);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) =>
    bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes),
  );
  const terminal = { stdin: Readable.from(chunks), stdout: out.stream, stderr: err.stream, watched: false, env: {} };
  const code = await run(args, terminal);
  return { code, signal: null, out: out.text(), err: err.text() };
}

const chunkBytes = 65_536;

function gathering() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}

/** Runs the program as a user would, through its launcher, and waits for its end. */
export async function binary(
  args: readonly string[],
  input: string | Uint8Array = "",
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ran> {
  const child = spawn(join(root, "bin/cordon"), args, { stdio: "pipe", env });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  // A program that refuses its input ends before it has read it.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code, signal, out, err });
    });
  });
}

export interface Folder {
  readonly path: (name: string) => string;
  readonly remove: () => void;
}

export function temporaryFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "cordon-cli-"));
  return {
    path: (name) => join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The excerpt of the UK list that is kept in the repository. */
export const excerpt = `uk=${root}data/gim/uk-gim.csv`;

/** A folder with an index of the excerpt in it; throws what the command says. */
export async function folderWithIndex(): Promise<{ readonly folder: Folder; readonly index: string }> {
  const folder = temporaryFolder();
  const index = folder.path("index");
  const { code, err } = await cordon(["compile", "--list", excerpt, "--out", index]);
  if (code !== 0) throw new Error(err);
  return { folder, index };
}
