import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { spawnSupervised } from "@cordon/local-stack";

import { findTool } from "./helm.ts";

export interface ApiServer {
  /** The file that tells kubectl and helm where it is, and who they are. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

export interface ApiServerOptions {
  /** Paths of the programs. */
  readonly apiserver: string;
  readonly etcd: string;
  /** A folder for their data and logs, which the caller removes. */
  readonly folder: string;
}

/** How long it may take to answer, milliseconds: the first start makes its certificate and its own objects. */
const READY_WITHIN = 120_000;

/** An etcd and a kube-apiserver on free ports of loopback, with admission as a cluster has it. No controller and no node: no pod runs. */
export async function startApiServer({ apiserver, etcd, folder }: ApiServerOptions): Promise<ApiServer> {
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const token = randomBytes(16).toString("hex");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const url = `http://127.0.0.1:${String(etcdPort)}`;
  const peer = `http://127.0.0.1:${String(peerPort)}`;
  const options = { cwd: folder, grace: 10, output: openSync(join(folder, "log"), "a") };
  const store = spawnSupervised(
    etcd,
    [
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ],
    options,
  );
  const server = spawnSupervised(
    apiserver,
    [
      `--etcd-servers=${url}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${String(port)}`,
      `--cert-dir=${join(folder, "certificates")}`,
      `--token-auth-file=${file("tokens.csv", `${token},tester,tester,system:masters\n`)}`,
      "--authorization-mode=RBAC",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${file("accounts.pub", publicKey.export({ type: "spki", format: "pem" }).toString())}`,
      `--service-account-signing-key-file=${file("accounts.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString())}`,
      "--service-cluster-ip-range=10.0.0.0/24",
      "--allow-privileged=true",
      // Nothing here makes a namespace's default account.
      "--disable-admission-plugins=ServiceAccount",
    ],
    options,
  );
  const stop = async (): Promise<void> => {
    await server.stop();
    await store.stop();
  };
  const kubeconfig = file("kubeconfig", kubeconfigOf(port, token));
  try {
    await ready(kubeconfig);
  } catch (error) {
    await stop();
    throw error;
  }
  return { kubeconfig, stop };
}

async function ready(kubeconfig: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN; ; await sleep(500)) {
    if (run("kubectl", ["get", "--raw", "/readyz"], { kubeconfig }).ok) return;
    if (Date.now() > until) throw new Error(`the API server was not ready within ${String(READY_WITHIN / 1000)} s`);
  }
}

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl or helm against that server. Throws where the tool is not to be had. */
export function run(
  name: "kubectl" | "helm",
  args: readonly string[],
  { kubeconfig, input }: { readonly kubeconfig: string; readonly input?: string },
): Ran {
  const tool = findTool(name);
  if (tool.kind === "absent") throw new Error(tool.why);
  const { status, stdout, stderr, error } = spawnSync(tool.path, [...args], {
    encoding: "utf8",
    env: { ...process.env, KUBECONFIG: kubeconfig },
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw error;
  return { ok: status === 0, stdout, stderr };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port of loopback is free");
  return address.port;
}

/** Its certificate is of its own making. */
function kubeconfigOf(port: number, token: string): string {
  const server = `https://127.0.0.1:${String(port)}`;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "here",
    clusters: [{ name: "here", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "here", user: { token } }],
    contexts: [{ name: "here", context: { cluster: "here", user: "here" } }],
  });
}
