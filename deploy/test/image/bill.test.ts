import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { differences, idOf, type InstalledPackage, type Lock, lockedPackages } from "../../image/bill.ts";
import { cycloneDx } from "../../image/cyclonedx.ts";
import { installedPackages } from "../../image/installed.ts";
import { mayShip } from "../../image/licences.ts";
import { notices } from "../../image/notices.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const { packages: lockHere } = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")) as {
  readonly packages: Lock;
};
const programsHere = [
  ...globSync("services/*/package.json", { cwd: root }).map((file) => dirname(file)),
  "packages/cli",
];

const lock: Lock = {
  "": { dependencies: { onlyForTests: "1" } },
  "services/one": { version: "0.1.0", dependencies: { "@our/core": "*", shared: "2" } },
  "packages/core": {
    version: "0.1.0",
    dependencies: { shared: "1", native: "1" },
    optionalDependencies: { extra: "1" },
  },
  "node_modules/@our/core": { link: true, resolved: "packages/core" },
  "node_modules/shared": { version: "1.0.0", integrity: "sha512-AAAA", dependencies: { deep: "1" } },
  "node_modules/deep": { version: "3.0.0" },
  "services/one/node_modules/shared": { version: "2.0.0" },
  "node_modules/native": { version: "1.0.0", optionalDependencies: { "native-linux": "1", "native-darwin": "1" } },
  "node_modules/native-linux": { version: "1.0.0", optional: true },
  "node_modules/native-darwin": { version: "1.0.0", optional: true },
  "node_modules/onlyForTests": { version: "9.0.0" },
};
const nameOf = (path: string): string => (path === "packages/core" ? "@our/core" : "one");

function installed(name: string, version: string, licence = "MIT", texts: readonly string[] = []): InstalledPackage {
  return { name, version, licence, texts, own: false, folder: "" };
}

describe("the bill of an image", () => {
  test("holds what the programs need by the lock, each where Node would find it, and nothing of the tests", () => {
    const ids = lockedPackages(lock, ["services/one"], nameOf).map(({ name, version }) => `${name}@${version}`);
    expect(ids).toEqual([
      "@our/core@0.1.0",
      "deep@3.0.0",
      "native-darwin@1.0.0",
      "native-linux@1.0.0",
      "native@1.0.0",
      "one@0.1.0",
      "shared@1.0.0",
      "shared@2.0.0",
    ]);
  });

  test("is refused by a lock that lacks something needed", () => {
    const { "node_modules/deep": _, ...without } = lock;
    expect(() => lockedPackages(without, ["services/one"], nameOf)).toThrow("no deep, which shared needs");
    expect(() => lockedPackages(lock, ["services/two"], nameOf)).toThrow("no services/two");
  });

  test("differs from an image that has more or less, but not for what only other systems install", () => {
    const locked = lockedPackages(lock, ["services/one"], nameOf);
    const all = locked.map(({ name, version }) => installed(name, version));
    const here = all.filter(({ name }) => name !== "native-darwin");
    expect(differences(locked, here)).toEqual({ absent: [], unlisted: [] });
    const wrong = [...here.filter(({ name }) => name !== "deep"), installed("stowaway", "1.0.0")];
    expect(differences(locked, wrong)).toEqual({ absent: ["deep@3.0.0"], unlisted: ["stowaway@1.0.0"] });
  });

  test("is the same text for the same packages, with the lock's hashes and scoped names as a purl has them", () => {
    const locked = lockedPackages(lock, ["services/one"], nameOf);
    const packages = { locked, installed: [installed("@our/core", "0.1.0"), installed("shared", "1.0.0", "")] };
    const text = cycloneDx("1.2.3", packages, []);
    expect(cycloneDx("1.2.3", packages, [])).toBe(text);
    const { components } = JSON.parse(text) as { readonly components: readonly Record<string, unknown>[] };
    expect(components[0]).toMatchObject({ purl: "pkg:npm/%40our/core@0.1.0", licenses: [{ expression: "MIT" }] });
    expect(components[1]).toMatchObject({ hashes: [{ alg: "SHA-512", content: "000000" }] });
    expect(components[1]).not.toHaveProperty("licenses");
  });

  test("of this checkout finds every program's packages, none of them for tests", () => {
    const found = lockedPackages(lockHere, programsHere, (path) => path).map(({ name }) => name);
    expect(found).toEqual(expect.arrayContaining(["kafkajs", "ioredis", "pino", "zod", "avsc", "services/screener"]));
    for (const name of ["vitest", "typescript", "testcontainers", "oxlint", "deploy/local", "load-tests"])
      expect(found).not.toContain(name);
  });

  test("of this checkout names no package that may not be shipped", () => {
    const needed = new Set(lockedPackages(lockHere, programsHere, (path) => path).map((each) => idOf(each)));
    const shipped = installedPackages(root, programsHere).filter((each) => needed.has(idOf(each)));
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.filter(({ licence }) => !mayShip(licence)).map((each) => idOf(each))).toEqual([]);
  });
});

describe("licences", () => {
  test.each(["MIT", "(MIT OR GPL-3.0)", "Apache-2.0 AND MIT", "BlueOak-1.0.0", "(BSD-2-Clause OR MIT OR Apache-2.0)"])(
    "%s may be shipped",
    (expression) => {
      expect(mayShip(expression)).toBe(true);
    },
  );
  test.each(["", "GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-2.0", "SEE LICENSE IN file", "UNLICENSED", "LGPL-3.0"])(
    "%j may not",
    (expression) => {
      expect(mayShip(expression)).toBe(false);
    },
  );

  test("stand in the notices once, with everybody who bears them, and none of ours", () => {
    const text = notices([
      installed("a", "1.0.0", "MIT", ["The text."]),
      installed("b", "1.0.0", "MIT", ["The text."]),
      installed("c", "1.0.0", "ISC"),
      { ...installed("ours", "0.1.0", "Apache-2.0", ["Ours."]), own: true },
    ]);
    expect(text.split("The text.")).toHaveLength(2);
    expect(text).toContain("a 1.0.0 (MIT)\nb 1.0.0 (MIT)");
    expect(text).toContain("Licence as stated: ISC");
    expect(text).not.toContain("Ours.");
  });
});
