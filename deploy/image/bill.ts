/** An entry of package-lock.json, as far as we read it. */
export interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export type Lock = Readonly<Record<string, LockEntry>>;

/** A package that the lock says the programs need. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Its folder below the root. */
  readonly path: string;
  readonly integrity: string | null;
  /** Another system may do without it. */
  readonly optional: boolean;
  /** One of our own workspaces. */
  readonly own: boolean;
}

/** A package as it stands in the image. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; empty where none is stated. */
  readonly licence: string;
  /** The texts of its LICENSE and NOTICE files. */
  readonly texts: readonly string[];
  /** One of our own workspaces. */
  readonly own: boolean;
  /** Where it is. */
  readonly folder: string;
}

export function idOf({ name, version }: Pick<InstalledPackage, "name" | "version">): string {
  return `${name}@${version}`;
}

/** Where Node finds the dependency of the package in `from`: beside it, or beside a folder above it. */
function resolve(lock: Lock, from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const path = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    const entry = lock[path];
    if (entry !== undefined) return entry.link === true ? (entry.resolved ?? path) : path;
    if (at === "") return null;
  }
}

/**
 * Everything that the workspaces in `roots` need at run time by the lock, themselves included, sorted. Throws when the
 * lock lacks something that is not optional.
 */
export function lockedPackages(
  lock: Lock,
  roots: readonly string[],
  nameOf: (path: string) => string,
): readonly LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  const waiting = roots.map((path) => ({ path, optional: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, optional } = next;
    const entry = lock[path];
    if (entry === undefined) throw new Error(`package-lock.json has no ${path}`);
    const before = found.get(path);
    // Whoever needs it without fail outranks whoever can do without it.
    if (before !== undefined && (!before.optional || optional)) continue;
    const at = path.lastIndexOf("node_modules/");
    const name = at < 0 ? nameOf(path) : path.slice(at + "node_modules/".length);
    const { version = "", integrity = null } = entry;
    found.set(path, { name, version, path, integrity, optional, own: at < 0 });
    for (const [needed, mayLack] of [
      ...Object.keys(entry.dependencies ?? {}).map((each) => [each, optional] as const),
      ...Object.keys(entry.optionalDependencies ?? {}).map((each) => [each, true] as const),
      ...Object.keys(entry.peerDependencies ?? {}).map((each) => [each, true] as const),
    ]) {
      const target = resolve(lock, path, needed);
      if (target !== null) waiting.push({ path: target, optional: mayLack });
      else if (!mayLack) throw new Error(`package-lock.json has no ${needed}, which ${name} needs`);
    }
  }
  return [...found.values()].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** What the lock says is needed and is not installed, and the reverse. */
export function differences(
  locked: readonly LockedPackage[],
  installed: readonly InstalledPackage[],
): { readonly absent: readonly string[]; readonly unlisted: readonly string[] } {
  const listed = new Set(locked.map((each) => idOf(each)));
  const here = new Set(installed.map((each) => idOf(each)));
  return {
    absent: locked.filter((each) => !each.optional && !here.has(idOf(each))).map((each) => idOf(each)),
    unlisted: [...here].filter((id) => !listed.has(id)),
  };
}
