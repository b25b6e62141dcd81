import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { parse } from "yaml";

import { findTool, onPath } from "./chart/helm.ts";

/*
 * The chart, without a cluster: helm lints it, renders it for each file of values in deploy/helm/cordon/ci, and what it
 * renders is what deploy/helm/golden holds (`--write` makes that anew); a misspelt value is refused; kubeconform
 * holds the objects to the schemas of Kubernetes, and kube-score has no remark that is not decided here, where they are to be
 * had. What is absent is said aloud.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const chart = join(root, "deploy/helm/cordon");
const golden = join(root, "deploy/helm/golden");
const schemas = join(root, ".tools/kubernetes-schemas");
const renders = join(root, ".tools/chart-renders");
const write = process.argv.includes("--write");

interface Run {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], input?: string): Run {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw error;
  return { ok: status === 0, stdout, stderr };
}

const faults: string[] = [];

function render(helm: string, values: string): string {
  const { ok, stdout, stderr } = run(helm, ["template", "cordon", chart, "--namespace", "cordon", "-f", values]);
  if (!ok) faults.push(`${basename(values)}: helm template: ${stderr.trim()}`);
  return stdout;
}

interface Rendered {
  readonly kind?: string;
  readonly metadata?: { readonly name: string };
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * A render without the alert rules and the dashboard: those are files of deploy/, compared with them here, and a new rule
 * is no change of the chart.
 */
function withoutDeployFiles(name: string, text: string): string {
  const rules = new Map<string, unknown>();
  const kept = text.split(/^---\n/m).filter((part) => {
    const resource = (parse(part) ?? {}) as Rendered;
    if (resource.kind === "PrometheusRule") {
      rules.set(resource.metadata?.name.replace(/^cordon-/, "") ?? "", resource.spec);
      return false;
    }
    const dashboard = resource.data?.["cordon.json"];
    if (dashboard === undefined) return true;
    if (dashboard !== readFileSync(join(root, "deploy/grafana/cordon.json"), "utf8").trimEnd())
      faults.push(`${name}: the dashboard is not deploy/grafana/cordon.json`);
    return false;
  });
  if (rules.size > 0) compareRules(name, rules);
  return kept.join("---\n");
}

function compareRules(name: string, rules: ReadonlyMap<string, unknown>): void {
  const files = globSync("deploy/prometheus/rules/*.yml", { cwd: root });
  if (files.length !== rules.size)
    faults.push(`${name}: ${String(rules.size)} PrometheusRules for ${String(files.length)} files`);
  for (const file of files)
    if (!isDeepStrictEqual(rules.get(basename(file, ".yml")), parse(readFileSync(join(root, file), "utf8"))))
      faults.push(`${name}: the PrometheusRule of ${file} is not what the file says`);
}

function compare(name: string, text: string): void {
  const file = join(golden, name);
  if (write) {
    mkdirSync(golden, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  let held = "";
  try {
    held = readFileSync(file, "utf8");
  } catch {
    // An absent one differs.
  }
  if (held === text) return;
  const lines = [held.split("\n"), text.split("\n")] as const;
  const at = lines[1].findIndex((line, index) => line !== lines[0][index]);
  const where = `line ${String(at + 1)}: "${lines[0][at] ?? ""}" was "${lines[1][at] ?? ""}"`;
  faults.push(
    `deploy/helm/golden/${name} differs (${where}): read it, then tools/with-node tools/check-chart.ts --write`,
  );
}

function refusals(helm: string, values: string): void {
  const misspelt = [
    "screner.replicas=3",
    "screener.replica=3",
    "env.SCREENING_TRESHOLD=90",
    "screener.env.KAFKA_SASL_PASSWORD=x",
  ];
  const wrong = [
    "screener.autoscaling.minReplicas=0",
    "image.digest=latest",
    "kafka.saslMechanism=SCRAM",
    "screener.replicas=0",
  ];
  for (const set of [...misspelt, ...wrong])
    if (run(helm, ["template", "cordon", chart, "-f", values, "--set", set]).ok)
      faults.push(`--set ${set} is not refused`);
  for (const [name] of [["kafka.brokers"], ["registry.url"], ["redis.url"]] as const) {
    const { ok, stderr } = run(helm, ["template", "cordon", chart, "-f", values, "--set", `${name}=`]);
    if (ok || !stderr.includes(name)) faults.push(`without ${name} it is not refused by that name`);
  }
}

function conform(files: readonly string[]): void {
  const kubeconform = onPath("kubeconform") ? "kubeconform" : join(root, ".tools/bin/kubeconform");
  if (globSync(`${schemas}/*.json`).length === 0 || !run("sh", ["-c", `test -x "$(command -v ${kubeconform})"`]).ok) {
    console.log(
      "SKIPPED: kubeconform or the schemas of Kubernetes are not here, so the chart's objects were NOT held to them (.ci/run fetches both)",
    );
    return;
  }
  const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  const skipped = ["KafkaTopic", "KafkaUser"].filter(
    (kind) => globSync(`${schemas}/${kind.toLowerCase()}-*`).length === 0,
  );
  if (skipped.length > 0)
    console.log(`SKIPPED: no schemas of Strimzi are here, so ${skipped.join(" and ")} were NOT judged`);
  const skip = skipped.length === 0 ? [] : ["-skip", skipped.join(",")];
  const { ok, stdout, stderr } = run(kubeconform, [
    "-strict",
    "-summary",
    ...skip,
    "-schema-location",
    location,
    ...files,
  ]);
  if (!ok) faults.push(`kubeconform: ${stdout}${stderr}`);
  else console.log(`kubeconform: ${stdout.trim()}`);
}

/** What kube-score remarks on, and why it is left so. */
const decided: Readonly<Record<string, string>> = {
  "container-image-pull-policy":
    "an image is named by what does not move; a pod must start while the image registry is away",
  "container-ephemeral-storage-request-and-limit":
    "the root is read-only, and the volume of /tmp has a bound of its own",
  "deployment-has-host-podantiaffinity": "topologySpreadConstraints spread pods and still place every one",
  "pod-networkpolicy": "where pods may go is the operator's to list (networkPolicy.egress); off.yaml leaves out all",
  "container-security-context-user-group-id": "it is 65532; off.yaml leaves it to the platform, as OpenShift wants",
  "deployment-replicas": "one desk ingests; a second would wait for it",
  "deployment-strategy": "the desk never runs beside its successor, whose tables may be other ones",
};

function score(files: readonly string[]): void {
  const kubeScore = onPath("kube-score") ? "kube-score" : join(root, ".tools/bin/kube-score");
  if (!run("sh", ["-c", `test -x "$(command -v ${kubeScore})"`]).ok) {
    console.log("SKIPPED: kube-score is not here, so the chart was NOT judged by it (.ci/run fetches it)");
    return;
  }
  const ignored = Object.keys(decided).flatMap((test) => ["--ignore-test", test]);
  // A limit of processor time would hold back heartbeats: docs/deploy.md.
  const options = ["--ignore-container-cpu-limit", "--exit-one-on-warning", "--output-format", "ci", ...ignored];
  // Each for itself: a policy of one render would serve the pods of another.
  for (const file of files) {
    const { ok, stdout } = run(kubeScore, ["score", ...options, file]);
    if (!ok) faults.push(`kube-score, ${basename(file)}: ${stdout.replaceAll(/^\[(OK|SKIPPED)\].*\n/gm, "")}`);
  }
}

function check(helm: string): void {
  const files = globSync(`${chart}/ci/*.yaml`).toSorted();
  mkdirSync(renders, { recursive: true });
  if (files.length < 4) faults.push("deploy/helm/cordon/ci has fewer than four files of values");
  for (const values of files) {
    const { ok, stdout } = run(helm, ["lint", "--strict", "--quiet", chart, "-f", values]);
    if (!ok) faults.push(`${basename(values)}: helm lint: ${stdout}`);
    const rendered = render(helm, values);
    writeFileSync(join(renders, basename(values)), rendered);
    compare(basename(values), withoutDeployFiles(basename(values), rendered));
  }
  refusals(helm, join(chart, "ci/minimal.yaml"));
  const rendered = files.map((values) => join(renders, basename(values)));
  conform(rendered);
  score(rendered);
}

const helm = findTool("helm");
if (helm.kind === "absent") console.log(`SKIPPED: the chart was NOT rendered or compared: ${helm.why}`);
else check(helm.path);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
