import { type InstalledPackage, idOf, type LockedPackage } from "./bill.ts";

/** A component of a CycloneDX bill, as far as we write it. */
export interface Component {
  readonly type: "application" | "library" | "platform";
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly { readonly expression: string }[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

export function purlOf({ name, version }: Pick<InstalledPackage, "name" | "version">): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** The bill of what is installed, with the hashes that the lock gives. No time and no random number: the same for the same. */
export function cycloneDx(
  version: string,
  packages: { readonly locked: readonly LockedPackage[]; readonly installed: readonly InstalledPackage[] },
  system: readonly Component[],
): string {
  const integrity = new Map(packages.locked.map((each) => [idOf(each), each.integrity]));
  const components = packages.installed.map((each): Component => {
    const hash = integrity.get(idOf(each)) ?? null;
    return {
      type: each.own ? "application" : "library",
      name: each.name,
      version: each.version,
      purl: purlOf(each),
      ...(each.licence === "" ? {} : { licenses: [{ expression: each.licence }] }),
      ...(hash?.startsWith("sha512-") === true
        ? { hashes: [{ alg: "SHA-512", content: Buffer.from(hash.slice(7), "base64").toString("hex") }] }
        : {}),
    };
  });
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { type: "application", name: "cordon", version, purl: `pkg:npm/cordon@${version}` } },
    components: [...components, ...system],
  };
  return `${JSON.stringify(bill, null, 1)}\n`;
}
