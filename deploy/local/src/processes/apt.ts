import type { Finding } from "../service.ts";
import { spawnLeashed } from "../spawn-leashed.ts";
import { onPath } from "./on-path.ts";

/** The program, installed with apt where we are root or sudo asks no password; undefined where that is not so or failed. */
export async function aptInstall(program: string, { env, report, signal }: Finding): Promise<string | undefined> {
  if (onPath("apt-get", env) === undefined) return undefined;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && !(await succeeds(["sudo", "-n", "true"], signal))) return undefined;
  report(`${program}: installing it with apt-get`);
  // RUNLEVEL=1 keeps the package from starting a server of its own.
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq"];
  await succeeds([...apt, "update"], signal);
  await succeeds([...apt, "install", "-y", "--no-install-recommends", program], signal);
  return onPath(program, env);
}

async function succeeds([command = "", ...args]: readonly string[], signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const leashed = spawnLeashed(command, args, { output: "ignore" });
  const abandon = (): void => void leashed.stop();
  signal.addEventListener("abort", abandon, { once: true });
  const { code } = await leashed.exited;
  signal.removeEventListener("abort", abandon);
  signal.throwIfAborted();
  return code === 0;
}
