import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { postgresAnswers } from "../answering.ts";
import type { Service, Starting } from "../service.ts";
import { StackError } from "../stack-error.ts";
import { freePorts } from "./free-ports.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { runProcess } from "./run-process.ts";
import { run } from "./run.ts";
import { unprivileged } from "./unprivileged.ts";

/**
 * The supervisor asks a program to stop by SIGTERM, upon which PostgreSQL waits for its clients; SIGINT ends it at once and in order. A
 * second word to `wait` takes the exit code that the trap's end hides.
 */
const endAtOnce = `trap 'kill -INT "$child"' TERM; "$@" & child=$!; wait "$child"; wait "$child"`;

/** A PostgreSQL on loopback, with a password made for it. Its data is the folder's and goes with it. */
export async function startPostgres(starting: Starting): Promise<Service> {
  const found = await postgresBinaries(starting);
  starting.report("postgres: starting");
  return runProcess(
    "postgres",
    async (folder) => {
      const [port] = await freePorts(1);
      const password = randomBytes(18).toString("base64url");
      const { prefix, binaries } = await unprivileged(found, folder, starting);
      const data = await initialised(folder, { prefix, binaries, password, starting });
      const settings = {
        listen_addresses: "127.0.0.1",
        port: String(port),
        unix_socket_directories: "",
        max_connections: "60",
        // Its data ends with it: nothing is gained by waiting for the disk.
        fsync: "off",
      };
      const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      const address = `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`;
      return {
        command: "/bin/sh",
        args: ["-c", endAtOnce, "sh", ...prefix, join(binaries, "postgres"), "-D", data, ...options],
        address,
        answers: () => postgresAnswers(address),
      };
    },
    starting,
  );
}

interface Initialising {
  readonly prefix: readonly string[];
  readonly binaries: string;
  readonly password: string;
  readonly starting: Starting;
}

async function initialised(folder: string, { prefix, binaries, password, starting }: Initialising): Promise<string> {
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (prefix[0]?.endsWith("setpriv") ?? false) for (const path of [data, passwordFile]) chownSync(path, 65_534, 65_534);
  const args = [
    "--no-sync",
    "--auth=scram-sha-256",
    "--locale=C",
    "--encoding=UTF8",
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "-D",
    data,
  ];
  const [command, ...before] = [...prefix, join(binaries, "initdb")] as const;
  const { code, output } = await run(command ?? "", [...before, ...args], { env: starting.env, cwd: folder });
  rmSync(passwordFile, { force: true });
  if (code !== 0)
    throw new StackError(`postgres: initdb failed:\n${output.trimEnd().split("\n").slice(-5).join("\n")}`);
  return data;
}
