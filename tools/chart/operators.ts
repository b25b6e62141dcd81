import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Kubernetes and the operators whose resources the chart renders, as Go modules. */
const modules = {
  kubernetes: "k8s.io/kubernetes@v1.35.4",
  keda: "github.com/kedacore/keda/v2@v2.20.2",
  prometheus: "github.com/prometheus-operator/prometheus-operator@v0.85.0",
} as const;

/** Where the files of a module are. Needs go; throws what go said. */
export function moduleFolder(name: keyof typeof modules): string {
  const module = modules[name];
  const { status, stdout, stderr } = spawnSync("go", ["mod", "download", "-json", module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`go mod download ${module}: ${stderr || stdout}`);
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/**
 * Folders with the custom resource definitions of KEDA, the Prometheus operator and Strimzi. Strimzi's come out of a program of
 * theirs, which is run in `scratch`; without Maven and Java they are left out, and it is said.
 */
export function definitionFolders(scratch: string): readonly string[] {
  const others = [
    join(moduleFolder("keda"), "config/crd/bases"),
    join(moduleFolder("prometheus"), "example/prometheus-operator-crd"),
  ];
  if (makeStrimzi(scratch)) return [...others, scratch];
  console.log("the definitions of Strimzi could not be made: they need mvn and java");
  return others;
}

function makeStrimzi(scratch: string): boolean {
  const pom = fileURLToPath(new URL("strimzi-pom.xml", import.meta.url));
  const libs = join(scratch, "libs");
  const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${libs}`];
  if (spawnSync("mvn", ["-q", "-B", "-f", pom, ...goal]).status !== 0) return false;
  const kinds = ["topic.KafkaTopic", "user.KafkaUser"].map(
    (name) => `io.strimzi.api.kafka.model.${name}=${join(scratch, `${name}.yaml`)}`,
  );
  const args = ["-cp", join(libs, "*"), "io.strimzi.crdgenerator.CrdGenerator", "--yaml"];
  return spawnSync("java", [...args, "--label", "app:strimzi", "--target-kube", "1.30+", ...kinds]).status === 0;
}
