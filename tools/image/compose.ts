import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The compose file of deploy/compose, as a project of its own on ports of its own. It needs an engine. */
export interface Compose {
  /** What `docker compose ARGUMENT...` prints. Throws what it said when it fails. */
  run(...args: readonly string[]): string;
  /** The same, while we go on: rejects when it fails. */
  start(...args: readonly string[]): Promise<string>;
  /** Stops a container as an operator does, with time for what is in hand, and starts it again. Throws what was said when it fails. */
  restart(id: string): void;
  /** Of all containers of a service: id, whether it runs, its health, and how often it was started again. */
  containers(service: string): readonly Container[];
}

export interface Container {
  readonly id: string;
  readonly running: boolean;
  readonly health: string;
  readonly restarts: number;
}

const cwd = fileURLToPath(new URL("../../deploy/compose", import.meta.url));
const ports = ["KAFKA_PORT", "REGISTRY_PORT", "REDIS_PORT", "PROMETHEUS_PORT", "GATEWAY_PORT", "DESK_PORT"];

/** `files`: further compose files, by absolute path. */
export function openCompose(
  project: string,
  {
    settings = {},
    files = [],
  }: { readonly settings?: Readonly<Record<string, string>>; readonly files?: readonly string[] },
): Compose {
  // What Docker is told besides is the person's.
  const env = { ...process.env, ...Object.fromEntries(ports.map((name) => [name, "0"])), ...settings };
  const first = ["compose", "-p", project, ...["compose.yaml", ...files].flatMap((file) => ["-f", file])];
  const docker = (args: readonly string[]): string => {
    const { status, stdout, stderr, error } = spawnSync("docker", args, {
      cwd,
      encoding: "utf8",
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };
  const run = (...args: readonly string[]): string => docker([...first, ...args]);
  return {
    run,
    async start(...args) {
      const child = spawn("docker", [...first, ...args], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
      if (code !== 0) throw new Error(`docker compose ${args.join(" ")} ended with ${String(code)}: ${text}`);
      return text;
    },
    restart: (id) => void docker(["restart", "--time", "45", id]),
    containers: (service) => {
      const ids = run("ps", "--all", "--quiet", service)
        .trim()
        .split("\n")
        .filter((id) => id !== "");
      const format =
        "{{.State.Running}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.RestartCount}}";
      return ids.map((id) => {
        const [running, health = "", restarts] = docker(["inspect", "--format", format, id]).trim().split(" ");
        return { id, running: running === "true", health, restarts: Number(restarts) };
      });
    },
  };
}
