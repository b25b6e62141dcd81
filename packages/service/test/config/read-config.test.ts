import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CordonError } from "@cordon/errors";
import {
  address,
  commaSeparated,
  type ConfigShape,
  decimal,
  describeConfig,
  type Environment,
  flag,
  group,
  integer,
  oneOf,
  optional,
  readConfig,
  secret,
  text,
} from "@cordon/service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "cordon-config-"));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

function errorOf(shape: ConfigShape, environment: Environment): unknown {
  try {
    return readConfig(shape, environment);
  } catch (error) {
    return error;
  }
}

function faultsOf(shape: ConfigShape, environment: Environment): readonly string[] {
  const error = errorOf(shape, environment);
  if (!(error instanceof CordonError)) return [];
  expect(error.code).toBe("CONFIG_INVALID");
  const faults = error.details["faults"] as readonly string[];
  expect(faults.filter((fault) => !error.message.includes(fault))).toEqual([]);
  return faults;
}

beforeAll(() => {
  file("password", "hunter2\n");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const meaning = "Something.";

describe("reading the configuration", () => {
  const shape = {
    threshold: decimal("THRESHOLD", { meaning, default: "85", min: 1, max: 100 }),
    server: group({
      port: integer("PORT", { meaning, min: 0, max: 65_535 }),
      fast: flag("FAST", { meaning, default: "false" }),
    }),
    mode: optional(oneOf("MODE", ["confirm", "raise"], { meaning })),
  };

  test("gives typed values, defaults and nulls, in the shape's form", () => {
    const config = readConfig(shape, { PORT: "8080", THRESHOLD: "90.5" });
    expect(config).toEqual({ threshold: 90.5, server: { port: 8080, fast: false }, mode: null });
    const port: number = config.server.port;
    const mode: "confirm" | "raise" | null = config.mode;
    expect([port, mode]).toEqual([8080, null]);
  });

  test("is frozen all the way down", () => {
    const config = readConfig(
      { ...shape, hosts: commaSeparated("HOSTS", { meaning, pattern: /^[a-z]+$/, expected: "names" }) },
      {
        PORT: "1",
        HOSTS: "a,b",
      },
    );
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.server)).toBe(true);
    expect(Object.isFrozen(config.hosts)).toBe(true);
  });

  test("an empty variable counts as not set", () => {
    expect(readConfig(shape, { PORT: "1", THRESHOLD: "", MODE: "" })).toMatchObject({ threshold: 85, mode: null });
    expect(faultsOf(shape, { PORT: "" })).toEqual(["PORT is not set, expected a whole number from 0 to 65535"]);
  });

  test("lists every fault in one error", () => {
    expect(faultsOf(shape, { THRESHOLD: "many", FAST: "yes", MODE: "Raise" })).toEqual([
      'THRESHOLD is "many", expected a number from 1 to 100',
      "PORT is not set, expected a whole number from 0 to 65535",
      'FAST is "yes", expected true or false',
      'MODE is "Raise", expected confirm or raise',
    ]);
  });

  test.each(["1e3", "0x10", "1.0", " 1", "1 ", "+1", "01", "-1", "65536", "NaN", "Infinity", "1_000", "٣", ""])(
    "%j is no port",
    (spelling) => {
      expect(faultsOf({ port: integer("PORT", { meaning, min: 0, max: 65_535 }) }, { PORT: spelling })).toHaveLength(1);
    },
  );

  test.each(["0", "100.1", "1e1", ".5", "5.", "NaN", "-5", "5,5"])("%j is no threshold", (spelling) => {
    expect(faultsOf({ threshold: shape.threshold }, { THRESHOLD: spelling })).toHaveLength(1);
  });

  test.each(["yes", "1", "True", "TRUE", "on", " true"])("%j is no flag", (spelling) => {
    expect(faultsOf({ fast: flag("FAST", { meaning }) }, { FAST: spelling })).toHaveLength(1);
  });

  test("a negative whole number is read where the range allows it", () => {
    expect(readConfig({ keep: integer("KEEP", { meaning, min: -1, max: 5 }) }, { KEEP: "-1" })).toEqual({ keep: -1 });
  });

  test("a list is split at commas, bounded, and holds nothing twice", () => {
    const hosts = { hosts: commaSeparated("HOSTS", { meaning, pattern: /^[a-z]+$/, expected: "names" }) };
    expect(readConfig(hosts, { HOSTS: "a, b,c" })).toEqual({ hosts: ["a", "b", "c"] });
    for (const bad of [
      "a,,b",
      "a,a",
      "a,",
      ",",
      "A",
      Array.from({ length: 101 }, (_, n) => "a".repeat(n + 1)).join(","),
    ])
      expect(faultsOf(hosts, { HOSTS: bad })).toHaveLength(1);
  });

  test("an address must have one of the protocols, and is never shown", () => {
    const shapeOfUrl = { url: address("URL", ["redis:", "rediss:"], { meaning }) };
    expect(readConfig(shapeOfUrl, { URL: "rediss://u:p@host:1/2" })).toEqual({ url: "rediss://u:p@host:1/2" });
    for (const bad of ["http://user:hunter2@host", "hunter2", "redis:hunter2", "redis:///0"]) {
      const [fault = ""] = faultsOf(shapeOfUrl, { URL: bad });
      expect(fault).toBe(
        "URL has an unacceptable value (not shown), expected an address that begins with redis:// or rediss://",
      );
    }
  });

  test("a text has no control characters and a pattern when it needs one", () => {
    expect(faultsOf({ t: text("T", { meaning }) }, { T: "a\nb" })).toHaveLength(1);
    expect(faultsOf({ t: text("T", { meaning, pattern: /^a+$/, expected: "a's" }) }, { T: "b" })).toEqual([
      'T is "b", expected a\'s',
    ]);
  });

  test("a long bad value is shown in part", () => {
    const [fault = ""] = faultsOf({ mode: shape.mode }, { MODE: "x".repeat(5000) });
    expect(fault.length).toBeLessThan(200);
  });

  test("a group's own check runs once its settings are good", () => {
    const pair = group(
      { low: integer("LOW", { meaning, min: 0, max: 9 }), high: integer("HIGH", { meaning, min: 0, max: 9 }) },
      ({ low, high }, fault) => {
        if (low > high) fault("LOW is greater than HIGH, expected at most as much");
        return { width: high - low };
      },
    );
    expect(readConfig({ pair }, { LOW: "1", HIGH: "4" })).toEqual({ pair: { width: 3 } });
    expect(faultsOf({ pair }, { LOW: "5", HIGH: "4" })).toEqual(["LOW is greater than HIGH, expected at most as much"]);
    expect(faultsOf({ pair }, { LOW: "5", HIGH: "x" })).toEqual(['HIGH is "x", expected a whole number from 0 to 9']);
  });
});

describe("a secret", () => {
  const shape = { password: secret("PASSWORD", { meaning }) };

  test("comes from its variable, from a file, or is null", () => {
    expect(readConfig(shape, { PASSWORD: "hunter2" })).toEqual({ password: "hunter2" });
    expect(readConfig(shape, { PASSWORD_FILE: join(folder, "password") })).toEqual({ password: "hunter2" });
    expect(readConfig(shape, {})).toEqual({ password: null });
  });

  test("loses only the newline at the end of its file", () => {
    const path = file("spaces", "  a b \r\n");
    expect(readConfig(shape, { PASSWORD_FILE: path })).toEqual({ password: "  a b " });
  });

  test("is refused when it is given twice", () => {
    expect(faultsOf(shape, { PASSWORD: "hunter2", PASSWORD_FILE: join(folder, "password") })).toEqual([
      "PASSWORD and PASSWORD_FILE are both set, expected one of them",
    ]);
  });

  test("is not shown when it is refused", () => {
    for (const environment of [{ PASSWORD: "hunter2\u0000" }, { PASSWORD_FILE: file("two", "hunter2\nhunter3\n") }]) {
      const [fault = ""] = faultsOf(shape, environment);
      expect(fault).toContain("PASSWORD has an unacceptable value (not shown)");
      expect(fault).not.toContain("hunter");
    }
  });

  test("says which file cannot be read, and why", () => {
    const path = join(folder, "absent");
    expect(faultsOf(shape, { PASSWORD_FILE: path })).toEqual([
      `PASSWORD_FILE names ${JSON.stringify(path)}, which cannot be read (ENOENT), expected a readable file`,
    ]);
    expect(faultsOf(shape, { PASSWORD_FILE: folder })[0]).toContain("EISDIR");
    expect(faultsOf(shape, { PASSWORD_FILE: file("huge", "x".repeat(1_100_000)) })[0]).toContain("1100000 bytes");
  });

  test("has two rows in the table of variables", () => {
    expect(
      describeConfig({ a: group(shape), b: integer("B", { meaning: "Count.", default: "3", min: 1, max: 5 }) }),
    ).toEqual([
      {
        name: "PASSWORD",
        default: null,
        required: false,
        expected: "one line of text without control characters",
        meaning,
      },
      {
        name: "PASSWORD_FILE",
        default: null,
        required: false,
        expected: "the path of a file",
        meaning: "Instead of PASSWORD: the file that holds it.",
      },
      { name: "B", default: "3", required: false, expected: "a whole number from 1 to 5", meaning: "Count." },
    ]);
  });
});
