import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

import type { InstalledPackage } from "./bill.ts";
import type { Component } from "./cyclonedx.ts";

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
}

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === "string") return license;
  return license?.type ?? licenses?.map(({ type }) => type ?? "").join(" OR ") ?? "";
}

function read(folder: string, own: boolean): InstalledPackage | null {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return null;
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  if (manifest.name === undefined || manifest.version === undefined) return null;
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name) && lstatSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return { name: manifest.name, version: manifest.version, licence: licenceOf(manifest), texts, own, folder };
}

/** The packages in a folder `node_modules`, and in those within them. */
function* within(modules: string): Generator<string> {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const path = join(modules, entry.name);
    if (entry.name.startsWith("@")) {
      for (const scoped of readdirSync(path)) yield join(path, scoped);
    } else yield path;
  }
}

/** Every package of npm that is installed under `root`, and the workspaces of ours that it links or `programs` names, sorted. */
export function installedPackages(root: string, programs: readonly string[]): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const note = (folder: string, own: boolean): void => {
    const installed = read(folder, own);
    if (installed !== null) found.set(`${installed.name}@${installed.version}`, installed);
  };
  for (const program of programs) note(join(root, program), true);
  const waiting = [join(root, "node_modules"), ...programs.map((program) => join(root, program, "node_modules"))];
  for (let modules = waiting.pop(); modules !== undefined; modules = waiting.pop()) {
    for (const folder of within(modules)) {
      // A link leads to a workspace of ours; one that leads nowhere, to a workspace that is not in the image.
      if (!existsSync(folder)) continue;
      note(realpathSync(folder), lstatSync(folder).isSymbolicLink());
      waiting.push(join(realpathSync(folder), "node_modules"));
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** Debian's packages as a distroless image lists them, Node and tini: what is in the image and not of npm. */
export function systemPackages(rootfs: string): readonly Component[] {
  const folder = join(rootfs, "var/lib/dpkg/status.d");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".md5sums")) : [];
  const debian = names.flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const field = (key: string): string => new RegExp(`^${key}: (.*)$`, "m").exec(text)?.[1] ?? "";
    const [pack, version] = [field("Package"), field("Version")];
    return pack === ""
      ? []
      : [{ type: "library" as const, name: pack, version, purl: `pkg:deb/debian/${pack}@${version}` }];
  });
  const node = process.version.slice(1);
  return [
    ...debian.filter(({ name }) => !name.startsWith("nodejs")),
    { type: "platform", name: "node", version: node, purl: `pkg:generic/node@${node}` },
  ];
}
