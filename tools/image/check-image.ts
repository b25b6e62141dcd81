import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/*
 * `check-image.ts IMAGE [--platform P]`: holds a built image to what docs/deploy.md promises of it: who it runs as, what is
 * in it and what is not, its bill, its exit codes, and that a SIGTERM ends it at any moment. Needs an engine.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { platform: { type: "string" } } });
const [image = "cordon:local"] = positionals;
const platform = values.platform === undefined ? [] : ["--platform", values.platform];
const mostBytes = 190_000_000;
const stopWithinSeconds = 5;
const locked = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "512m"];
/** Addresses that answer nothing: a service that waits for its dependencies. */
const nowhere = [
  "KAFKA_BROKERS=127.0.0.1:1",
  "SCHEMA_REGISTRY_URL=http://127.0.0.1:1",
  "REDIS_URL=redis://127.0.0.1:1",
];

const faults: string[] = [];

function expect(what: string, held: boolean, seen = ""): void {
  console.log(`${held ? "ok    " : "FAULT "} ${what}${seen === "" ? "" : `: ${seen}`}`);
  if (!held) faults.push(what);
}

function docker(...args: readonly string[]): { readonly code: number; readonly out: string } {
  const { status, stdout, stderr, error } = spawnSync("docker", args, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return { code: status ?? -1, out: `${stdout}${stderr}`.trim() };
}

function run(...args: readonly string[]): { readonly code: number; readonly out: string } {
  return docker("run", "--rm", ...platform, ...locked, image, ...args);
}

interface Inspected {
  readonly Size: number;
  readonly Config: {
    readonly User: string;
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck?: unknown;
  };
}

function describeImage(): void {
  const [{ Size: bytes, Config: config }] = JSON.parse(docker("image", "inspect", image).out) as [Inspected];
  expect(`is below ${String(mostBytes / 1e6)} MB`, bytes < mostBytes, `${(bytes / 1e6).toFixed(0)} MB`);
  expect("runs as a user by number that is not root", /^[1-9]\d*:[1-9]\d*$/.test(config.User), config.User);
  for (const label of ["title", "version", "revision", "created", "licenses", "source"])
    expect(`has the label ${label}`, (config.Labels[`org.opencontainers.image.${label}`] ?? "") !== "");
  expect("has a health check", config.Healthcheck !== undefined);
}

/** Every file of the image by name, and the text of some. */
function contents(): ReadonlySet<string> {
  const id =
    docker("create", ...platform, image)
      .out.split("\n")
      .at(-1) ?? "";
  const command = `docker export ${id} | tar -t`;
  const { stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  docker("rm", id);
  return new Set(stdout.split("\n"));
}

function textIn(path: string): string {
  const script = `process.stdout.write(require("fs").readFileSync(${JSON.stringify(path)}))`;
  return docker("run", "--rm", ...platform, "--entrypoint", "/nodejs/bin/node", image, "-e", script).out;
}

function judgeContents(): void {
  const files = contents();
  const named = (pattern: RegExp): string => [...files].find((file) => pattern.test(file)) ?? "";
  expect(
    "has no shell",
    named(/(^|\/)bin\/(sh|bash|dash|busybox)$/) === "",
    named(/(^|\/)bin\/(sh|bash|dash|busybox)$/),
  );
  expect("has no npm", named(/(^|\/)(npm|npx)(-cli\.js)?$/) === "", named(/(^|\/)(npm|npx)(-cli\.js)?$/));
  expect("has no test of ours", named(/^app\/(packages|services)\/[^/]+\/test\//) === "");
  expect("has the notices of third parties", files.has("app/THIRD-PARTY-NOTICES.txt"));
  const { components } = JSON.parse(textIn("/app/sbom.cdx.json")) as {
    readonly components: readonly { readonly purl: string; readonly version: string; readonly name: string }[];
  };
  const packages = new Set(
    [...files].flatMap(
      (file) => /^app\/(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? [],
    ),
  );
  const billed = new Set(components.map(({ name }) => name));
  const missing = [...packages].filter((name) => !billed.has(name));
  expect("has nothing that its bill lacks", missing.length === 0, missing.join(" "));
  const claimed = components.filter(({ purl, name }) => purl.startsWith("pkg:npm/") && !name.startsWith("@cordon/"));
  const absent = claimed.filter(({ name }) => !packages.has(name)).map(({ name }) => name);
  expect("lacks nothing that its bill claims", absent.length === 0, absent.join(" "));
  const pinned = /^node_version=(\S+)$/m.exec(
    readFileSync(fileURLToPath(new URL("../with-node", import.meta.url)), "utf8"),
  )?.[1];
  const node = docker("run", "--rm", ...platform, "--entrypoint", "/nodejs/bin/node", image, "-v").out;
  expect("has the project's Node", node.endsWith(`v${pinned ?? ""}`), node);
}

function judgePrograms(): void {
  const services = /services of this image: ([^.]*)\./.exec(run("--help").out)?.[1]?.split(", ") ?? [];
  expect("names its services", services.length >= 3, services.join(", "));
  for (const service of services) {
    const { code, out } = run(service);
    expect(
      `${service} without settings ends with 2 and names them`,
      code === 2 && out.includes("CONFIG_INVALID"),
      String(code),
    );
  }
  const compared = run("compare", "Amelia Whitcombe", "Amelia Whitcombe");
  expect("is the command line", compared.code === 0 && compared.out.includes('"score":100'), String(compared.code));
  expect("refuses a program that it has not with 2", run("services/none/src/main.ts").code === 2);
}

async function judgeStops(): Promise<void> {
  const settings = [...nowhere, "GATEWAY_AUTH=none"].flatMap((setting) => ["-e", setting]);
  for (const service of ["screener", "list-sync", "canary", "gateway", "second-look"])
    for (const after of [0, 20, 50, 100, 200, 400, 800, 2000, 8000]) {
      const id =
        docker("run", "-d", ...platform, ...locked, ...settings, image, service)
          .out.split("\n")
          .at(-1) ?? "";
      await sleep(after);
      const began = performance.now();
      docker("stop", "-t", "30", id);
      const seconds = (performance.now() - began) / 1000;
      const code = docker("inspect", "-f", "{{.State.ExitCode}}", id).out;
      docker("rm", "-f", id);
      const held = seconds < stopWithinSeconds && code !== "137";
      expect(
        `${service} stopped ${String(after)} ms after its start, all it needs away`,
        held,
        `${seconds.toFixed(1)} s, exit code ${code}`,
      );
    }
}

describeImage();
judgeContents();
judgePrograms();
await judgeStops();
process.exitCode = faults.length > 0 ? 1 : 0;
