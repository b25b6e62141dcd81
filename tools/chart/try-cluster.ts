import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { parseAllDocuments, stringify } from "yaml";

import { type Ran, run, startApiServer } from "./api-server.ts";
import { definitionFolders } from "./operators.ts";

/*
 * `npm run check:cluster -- --apiserver FILE [--etcd FILE]`: the chart against a real API server with the definitions of KEDA, the
 * Prometheus operator and Strimzi, in namespaces whose Pod Security is `restricted`: each file of values in deploy/helm/cordon/ci is
 * installed, upgraded and rolled back, its pods are admitted, and what is wrong is refused. Exit code 1 where anything was otherwise.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const chart = join(root, "deploy/helm/cordon");

/** What the trial knows while it runs. */
interface Trial {
  readonly kubeconfig: string;
  readonly faults: string[];
}

interface Manifest {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly spec: object; readonly metadata: object };
  };
}

function expected(trial: Trial, what: string, { ok, stderr }: Ran): boolean {
  console.log(`${ok ? "ok   " : "FAULT"} ${what}`);
  if (!ok) trial.faults.push(`${what}: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
  return ok;
}

/** `naming`: what the refusal must name. */
function refused(trial: Trial, what: string, { ok, stderr }: Ran, naming: string): void {
  const right = !ok && stderr.includes(naming);
  console.log(`${right ? "ok   " : "FAULT"} refused: ${what}`);
  if (!right) trial.faults.push(`${what} was ${ok ? "not refused" : `refused for another reason: ${stderr.trim()}`}`);
}

function withDefinitions(trial: Trial): void {
  const scratch = mkdtempSync(join(tmpdir(), "cordon-definitions-"));
  try {
    const files = definitionFolders(scratch).flatMap((folder) => globSync(`${folder}/*.yaml`));
    const definitions = files
      .filter((file) => !basename(file).startsWith("kustomiz"))
      .flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((one) => one.toJS() as Manifest | null))
      .filter((one) => one?.kind === "CustomResourceDefinition");
    const input = definitions.map((one) => stringify(one)).join("---\n");
    expected(
      trial,
      `${String(definitions.length)} definitions of operators`,
      run("kubectl", ["apply", "--server-side", "-f", "-"], { ...trial, input }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function withNamespace(trial: Trial, name: string): void {
  const labels = ["enforce", "warn"].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`);
  run("kubectl", ["create", "namespace", name], trial);
  expected(
    trial,
    `namespace ${name}, restricted`,
    run("kubectl", ["label", "--overwrite", "namespace", name, ...labels], trial),
  );
}

function manifestOf(trial: Trial, namespace: string): readonly Manifest[] {
  const { stdout } = run("helm", ["get", "manifest", "cordon", "-n", namespace], trial);
  return parseAllDocuments(stdout)
    .map((one) => one.toJS() as Manifest | null)
    .filter((one) => one !== null);
}

/** Nothing makes pods of Deployments here: each is offered to the server as the pod it would make. */
function admitPods(trial: Trial, namespace: string): void {
  for (const { kind, metadata, spec } of manifestOf(trial, namespace)) {
    if (kind !== "Deployment" || spec?.template === undefined) continue;
    const name = metadata?.name ?? "";
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...spec.template.metadata, name },
      spec: spec.template.spec,
    };
    const input = JSON.stringify(pod);
    const args = ["create", "--dry-run=server", "--validate=strict", "-n", namespace, "-f", "-"];
    const ran = run("kubectl", args, { ...trial, input });
    expected(trial, `${namespace}: a pod of ${name} is admitted`, ran);
    if (ran.stderr.includes("Warning")) trial.faults.push(`${name}: ${ran.stderr.trim()}`);
  }
}

function screeners(trial: Trial, namespace: string): string {
  return run(
    "kubectl",
    ["get", "deployment", "cordon-screener", "-n", namespace, "-o", "jsonpath={.spec.replicas}"],
    trial,
  ).stdout;
}

function tryValues(trial: Trial, values: string): void {
  const namespace = `cordon-${basename(values, ".yaml")}`;
  withNamespace(trial, namespace);
  const args = ["cordon", chart, "-n", namespace, "-f", values];
  if (!expected(trial, `${namespace}: helm install`, run("helm", ["install", ...args], trial))) return;
  const input = run("helm", ["get", "manifest", "cordon", "-n", namespace], trial).stdout;
  const strict = ["apply", "--dry-run=server", "--validate=strict", "-f", "-"];
  expected(trial, `${namespace}: nothing in it is unknown to the server`, run("kubectl", strict, { ...trial, input }));
  admitPods(trial, namespace);
  const before = screeners(trial, namespace);
  const scaled = before === "" || manifestOf(trial, namespace).some(({ kind }) => kind === "ScaledObject");
  const set = scaled ? "screener.autoscaling.maxReplicas=9" : "screener.replicas=5";
  expected(trial, `${namespace}: helm upgrade, ${set}`, run("helm", ["upgrade", ...args, "--set", set], trial));
  if (!scaled && screeners(trial, namespace) !== "5") trial.faults.push(`${namespace}: the upgrade changed nothing`);
  refused(
    trial,
    `${namespace}: another delivery while screeners run`,
    run("helm", ["upgrade", ...args, "--set", `screener.env.DELIVERY=${otherDelivery(values)}`], trial),
    "Two deliveries in one group",
  );
  expected(trial, `${namespace}: helm rollback`, run("helm", ["rollback", "cordon", "1", "-n", namespace], trial));
  if (screeners(trial, namespace) !== before) trial.faults.push(`${namespace}: the rollback left other replicas`);
}

function otherDelivery(values: string): string {
  return readFileSync(values, "utf8").includes("exactly_once") ? "at_least_once" : "exactly_once";
}

/** A rendered object, changed so that the server must refuse it. */
function tryFaults(trial: Trial): void {
  const objects = manifestOf(trial, "cordon-keda-strimzi");
  const offer = (what: string, kind: string, change: (text: string) => string, naming: string): void => {
    const one = objects.find((object) => object.kind === kind);
    const text = JSON.stringify(one ?? {});
    const input = change(text);
    if (one === undefined || input === text) trial.faults.push(`${what}: there is nothing to change in a ${kind}`);
    const args = ["apply", "--dry-run=server", "--validate=strict", "-f", "-"];
    refused(trial, what, run("kubectl", args, { ...trial, input }), naming);
  };
  offer("a misspelt operation of a KafkaUser", "KafkaUser", (text) => text.replace('"Read"', '"Reed"'), "operations");
  offer(
    "a number as a trigger's setting",
    "ScaledObject",
    (text) => text.replace(/"lagThreshold":"(\d+)"/, '"lagThreshold":$1'),
    "lagThreshold",
  );
  offer(
    "a misspelt field",
    "Deployment",
    (text) => text.replace('"replicas"', '"replica"').replace('"strategy"', '"stratgy"'),
    "unknown field",
  );
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "root", namespace: "cordon-minimal" },
    spec: { containers: [{ name: "root", image: "cordon", securityContext: { privileged: true } }] },
  };
  refused(
    trial,
    "a pod with more rights",
    run("kubectl", ["create", "--dry-run=server", "-f", "-"], { ...trial, input: JSON.stringify(pod) }),
    "violates PodSecurity",
  );
}

const { values: given } = parseArgs({
  options: { apiserver: { type: "string" }, etcd: { type: "string", default: "etcd" } },
});
if (given.apiserver === undefined) {
  console.error(
    "usage: npm run check:cluster -- --apiserver FILE [--etcd FILE]; docs/deploy.md says how to build a kube-apiserver",
  );
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "cordon-cluster-"));
const faults: string[] = [];
const server = await startApiServer({ apiserver: given.apiserver, etcd: given.etcd, folder });
try {
  const trial: Trial = { kubeconfig: server.kubeconfig, faults };
  console.log(run("kubectl", ["version"], trial).stdout.trim());
  withDefinitions(trial);
  withNamespace(trial, "kafka");
  // Of secure.yaml; a cluster's operator makes it.
  run("kubectl", ["create", "priorityclass", "payments", "--value=1000"], trial);
  for (const values of globSync(`${chart}/ci/*.yaml`).toSorted()) tryValues(trial, values);
  tryFaults(trial);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
