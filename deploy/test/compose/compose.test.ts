import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { listNames } from "@cordon/matching/listed";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = fileURLToPath(new URL("../../compose/", import.meta.url));

interface Service {
  readonly image?: string;
  readonly build?: { readonly target: string };
  readonly container_name?: string;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
}

function services(file: string): Readonly<Record<string, Service>> {
  const { services: found } = parse(readFileSync(`${folder}${file}`, "utf8"), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };
  return found;
}

const all = Object.entries(services("compose.yaml"));
const ours = all.filter(([, { build }]) => build !== undefined);

describe("the compose file", () => {
  test("hands list-sync the setting of every list", () => {
    const settings = listNames.map((list) => `LIST_${list.toUpperCase().replaceAll("-", "_")}`);
    expect(Object.keys(services("compose.yaml")["list-sync"]?.environment ?? {})).toEqual(
      expect.arrayContaining(settings),
    );
  });

  test("opens ports on loopback only, and names no container, so that every service can be scaled", () => {
    for (const [name, { ports = [], container_name: fixed }] of all) {
      expect([name, fixed]).toEqual([name, undefined]);
      for (const port of ports) expect([name, port]).toEqual([name, expect.stringMatching(/^127\.0\.0\.1:/)]);
    }
  });

  test("runs our image read-only, without capabilities or new privileges, within a limit of memory", () => {
    expect(ours.map(([name]) => name)).toEqual(expect.arrayContaining(["screener", "list-sync", "canary", "traffic"]));
    for (const [name, service] of ours)
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          cap_drop: ["ALL"],
          security_opt: ["no-new-privileges:true"],
          mem_limit: expect.stringMatching(/^\d+[mg]$/),
        }),
      ]);
  });

  test("looks at the health of whatever stays up: `up --wait` fails for a container that it cannot ask", () => {
    const staying = all.filter(([, { restart, profiles }]) => restart !== "no" && profiles === undefined);
    expect(staying.map(([name]) => name)).toEqual(expect.arrayContaining(["screener", "desk-door", "kafka"]));
    expect(staying.filter(([, { healthcheck }]) => healthcheck?.["disable"] === true).map(([name]) => name)).toEqual(
      [],
    );
  });

  test("has every service there is, and gives second-look the screeners' threshold", () => {
    const there = readdirSync(fileURLToPath(new URL("../../../services/", import.meta.url)));
    expect(ours.map(([name]) => name)).toEqual(expect.arrayContaining(there));
    const { screener, "second-look": secondLook } = services("compose.yaml");
    expect(secondLook?.environment?.["SCREENING_THRESHOLD"]).toBe(screener?.environment?.["SCREENING_THRESHOLD"]);
  });

  test("lets every setting be set, by a file of settings that need not be there", () => {
    for (const [name, service] of ours)
      expect([name, service.env_file]).toEqual([name, [{ path: "settings.env", required: false }]]);
  });

  test("asks nothing of an engine older than 25: no start_interval", () => {
    for (const [name, { healthcheck = {} }] of all)
      expect([name, Object.keys(healthcheck)]).not.toContain("start_interval");
  });

  test("scrapes each replica of each service under the job that the rules know", () => {
    const { scrape_configs: jobs } = parse(readFileSync(`${folder}prometheus.yml`, "utf8")) as {
      readonly scrape_configs: readonly {
        readonly job_name: string;
        readonly dns_sd_configs: readonly [{ readonly names: readonly string[] }];
      }[];
    };
    for (const { job_name: job, dns_sd_configs: found } of jobs) expect(found[0].names).toEqual([job]);
    expect(jobs.map(({ job_name: job }) => job)).toEqual(
      expect.arrayContaining(
        ours.map(([name]) => name).filter((name) => !["traffic", "desk-door", "desk-keys"].includes(name)),
      ),
    );
  });
});

const source = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");

describe("the secured file's users of Redis", () => {
  const script = readFileSync(`${folder}make-secure.sh`, "utf8");
  const hand = /^hand='(.*)'$/m.exec(script)?.[1] ?? "";

  test.each([
    ["gateway", "services/gateway/src/ledger/scripts.ts"],
    ["second-look", "packages/index-store/src/jobs/redis-job-store.ts"],
    ["desk", "packages/index-store/src/good-guys/redis-good-guy-store.ts"],
    ["list-sync", "packages/index-store/src/publish-script.ts"],
  ])("let %s run every command of the scripts in %s", (user, path) => {
    const rules = new RegExp(`^user ${user} on .*$`, "m").exec(script)?.[0].replace("$hand", hand).split(" ");
    const called = [...source(path).matchAll(/redis\.p?call\('([A-Z]+)'/g)].map(([, name = ""]) => name.toLowerCase());
    expect(called).not.toHaveLength(0);
    expect(rules).toEqual(expect.arrayContaining(called.map((name) => `+${name}`)));
  });
});
