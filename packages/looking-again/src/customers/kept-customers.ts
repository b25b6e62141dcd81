import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, constants as zlib } from "node:zlib";

import { CordonError } from "@cordon/errors";

import type { Customer } from "./customer.ts";

/** Against what the kept customers were screened last. */
export interface KeptState {
  readonly indexVersion: string;
  readonly generation: number;
  readonly engineVersion: string;
  readonly policyVersion: string;
  /** Ids of those that could not be screened, and so must be in full the next time; null: too many to tell, or not known. */
  readonly notScreened: readonly string[] | null;
  readonly customers: number;
  /** SHA-256 of the kept file. */
  readonly contentHash: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Customers that are kept under a name, in a folder that only its owner may read. */
export interface KeptCustomers {
  readonly state: KeptState | null;
  /** In groups. Rejects with CONTRACT_VIOLATED when the file is not what was kept. */
  read(): AsyncGenerator<readonly Customer[]>;
  /** What is written takes the place of what was kept when `finish` is called, at once. */
  write(): Promise<KeptWriter>;
  /** Keeps the file, and says against what it was screened. */
  confirm(state: Omit<KeptState, "customers" | "contentHash">): Promise<void>;
}

export interface KeptWriter {
  add(customers: readonly Customer[]): Promise<void>;
  finish(state: Omit<KeptState, "customers" | "contentHash">): Promise<void>;
  /** Leaves what was kept as it was. */
  abandon(): Promise<void>;
}

const names = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Throws OPTIONS_INVALID for a name that is no file's, CONTRACT_VIOLATED when what is kept cannot be read. */
export async function keptCustomers(folder: string, name: string): Promise<KeptCustomers> {
  if (!names.test(name))
    throw new CordonError(
      "OPTIONS_INVALID",
      `a list of customers is kept under a name of letters, digits, . _ -, not "${name}"`,
    );
  const place = join(folder, name);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const statePath = join(place, "state.json");
  const state = await readState(statePath);
  const fileOf = (hash: string): string => join(place, `customers-${hash.slice(0, 16)}.ndjson.gz`);
  const confirm = async (next: KeptState): Promise<void> => {
    const path = `${statePath}.${randomUUID()}`;
    await writeFile(path, `${JSON.stringify(next)}\n`, { mode: 0o600, flush: true });
    await rename(path, statePath);
  };
  return {
    state,
    read: () => readKept(state === null ? null : { path: fileOf(state.contentHash), hash: state.contentHash }),
    async confirm(next) {
      if (state === null) throw new CordonError("CONTRACT_VIOLATED", "no customers are kept that could be confirmed");
      await confirm({ ...next, customers: state.customers, contentHash: state.contentHash });
    },
    write: () =>
      writerTo(join(place, `writing-${randomUUID()}`), async (path, written, next) => {
        await rename(path, fileOf(written.contentHash));
        await confirm({ ...next, ...written });
        if (state !== null && state.contentHash !== written.contentHash)
          await rm(fileOf(state.contentHash), { force: true });
      }),
  };
}

async function readState(path: string): Promise<KeptState | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const state = JSON.parse(text) as KeptState;
    if (typeof state.contentHash === "string" && typeof state.indexVersion === "string")
      return { ...state, notScreened: Array.isArray(state.notScreened) ? state.notScreened : null };
  } catch {
    // Told below.
  }
  throw new CordonError(
    "CONTRACT_VIOLATED",
    `${path} is not what is kept beside customers: delete its folder, and give the file again`,
  );
}

async function* readKept(
  file: { readonly path: string; readonly hash: string } | null,
): AsyncGenerator<readonly Customer[]> {
  if (file === null) return;
  const hash = createHash("sha256");
  const text = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 }).pipe(
      createGunzip({ chunkSize: 1 << 18 }),
    )) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      const pieces = (rest + text.decode(bytes, { stream: true })).split("\n");
      rest = pieces.pop() ?? "";
      yield pieces.map((piece) => JSON.parse(piece) as Customer);
    }
  } catch (error) {
    throw damaged(file.path, error);
  }
  if (rest !== "" || hash.digest("hex") !== file.hash) throw damaged(file.path);
}

function damaged(path: string, cause?: unknown): CordonError {
  return new CordonError("CONTRACT_VIOLATED", `${path} is not what was kept: give the file of customers again`, {
    cause,
  });
}

async function writerTo(
  path: string,
  finished: (
    path: string,
    written: Pick<KeptState, "customers" | "contentHash">,
    state: Omit<KeptState, "customers" | "contentHash">,
  ) => Promise<void>,
): Promise<KeptWriter> {
  const hash = createHash("sha256");
  let customers = 0;
  const gzip = createGzip({ level: zlib.Z_BEST_SPEED });
  const done = pipeline(gzip, createWriteStream(path, { mode: 0o600 }));
  // Told by whoever awaits it.
  done.catch(() => undefined);
  return {
    async add(some) {
      if (some.length === 0) return;
      customers += some.length;
      const bytes = Buffer.from(some.map((customer) => `${JSON.stringify(customer)}\n`).join(""), "utf8");
      hash.update(bytes);
      if (!gzip.write(bytes)) await Promise.race([done, new Promise((resolve) => gzip.once("drain", resolve))]);
    },
    async finish(state) {
      gzip.end();
      await done;
      const handle = await open(path, "r");
      await handle.sync();
      await handle.close();
      await finished(path, { customers, contentHash: hash.digest("hex") }, state);
    },
    async abandon() {
      gzip.destroy();
      await done.catch(() => undefined);
      await rm(path, { force: true });
    },
  };
}
