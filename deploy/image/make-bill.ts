import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { differences, idOf, type Lock, lockedPackages } from "./bill.ts";
import { cycloneDx } from "./cyclonedx.ts";
import { installedPackages, systemPackages } from "./installed.ts";
import { mayShip } from "./licences.ts";
import { notices } from "./notices.ts";

/*
 * `make-bill.ts [ROOTFS]`, run while the image is built, before anything is pruned: writes sbom.cdx.json and
 * THIRD-PARTY-NOTICES.txt. It fails when what is installed is not what the lock says these programs need, or when a
 * licence is not one that is shipped.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const rootfs = process.argv[2];

function manifest(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(`${root}${folder}package.json`, "utf8")) as { name: string; version: string };
}

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")) as { readonly packages: Lock };
const programs = [...globSync("services/*/package.json", { cwd: root }).map((file) => dirname(file)), "packages/cli"];
const locked = lockedPackages(packages, programs, (path) => manifest(`${path}/`).name);
// npm, asked for some workspaces, installs a little of what only the others need.
const needed = new Set(locked.map((each) => idOf(each)));
for (const each of installedPackages(root, programs))
  if (!each.own && !needed.has(idOf(each))) rmSync(each.folder, { recursive: true });
const installed = installedPackages(root, programs);
const { absent, unlisted } = differences(locked, installed);
const unshippable = installed.filter(({ licence }) => !mayShip(licence));

for (const id of unlisted) console.error(`installed, though the lock does not say that these programs need it: ${id}`);
for (const id of absent) console.error(`needed by the lock, but not installed: ${id}`);
for (const each of unshippable)
  console.error(`${idOf(each)}: its licence, ${each.licence || "none stated"}, is not among those that are shipped`);
if (unlisted.length + absent.length + unshippable.length > 0) process.exit(1);

const system = rootfs === undefined ? [] : systemPackages(rootfs);
writeFileSync(`${root}sbom.cdx.json`, cycloneDx(manifest("").version, { locked, installed }, system));
writeFileSync(`${root}THIRD-PARTY-NOTICES.txt`, notices(installed));
console.log(`${String(installed.length)} packages of npm and ${String(system.length)} of the system in the bill`);
