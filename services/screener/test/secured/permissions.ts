import { randomBytes, randomUUID } from "node:crypto";

import { canaryConfig, needsOf as canaryNeeds } from "@cordon/canary";
import { deskConfig, needsOf as deskNeeds } from "@cordon/desk";
import { gatewayConfig, needsOf as gatewayNeeds } from "@cordon/gateway";
import { createRedisJobStore } from "@cordon/index-store";
import type { Need } from "@cordon/kafka";
import { listSyncConfig, needsOf as listSyncNeeds } from "@cordon/list-sync";
import { leastPermissions, type Permission, type SecuredUser } from "@cordon/local-stack";
import { needsOf as secondLookNeeds, secondLookConfig } from "@cordon/second-look";
import { type Environment, readConfig, redisConfig } from "@cordon/service";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";

import { screenerConfig } from "../../src/config.ts";
import { needsOf } from "../../src/needs.ts";
import { clients, eventually, rejection, type SecuredBench } from "./bench.ts";

/** What each service asks for at its start, by its own settings. */
const needsBy = {
  screener: (env: Environment) => needsOf(readConfig(screenerConfig, { ...env, DELIVERY: "exactly_once" })),
  "list-sync": (env: Environment) => listSyncNeeds(readConfig(listSyncConfig, env)),
  canary: (env: Environment) => canaryNeeds(readConfig(canaryConfig, env)),
  "second-look": (env: Environment) => secondLookNeeds(readConfig(secondLookConfig, env)),
  gateway: (env: Environment) => gatewayNeeds(readConfig(gatewayConfig, { ...env, GATEWAY_AUTH: "none" })),
  desk: (env: Environment) => deskNeeds(readConfig(deskConfig, env)),
} as const satisfies Partial<Record<SecuredUser, (env: Environment) => readonly Need[]>>;
const services = Object.keys(needsBy) as readonly (keyof typeof needsBy)[];

const spelled: Readonly<Record<string, string>> = {
  READ: "Read",
  DESCRIBE: "Describe",
  WRITE: "Write to",
  DESCRIBE_CONFIGS: "DescribeConfigs of",
};

/** How the message names what is missing. A transactional id is allowed by its beginning, and needed by its whole. */
function spell({ kind, operation, name }: Permission): string {
  return `may not ${spelled[operation] ?? ""} ${kind.replaceAll("-", " ")} ${name}`;
}

const rowsOf = (user: SecuredUser): readonly Permission[] => leastPermissions.filter((row) => row.user === user);

/** Those that a service asks for: who may not write acts says them elsewhere, and is not stopped. */
const askedOf = (user: SecuredUser): readonly Permission[] =>
  rowsOf(user).filter(({ name }) => !name.includes("operator-acts"));

/** kafkajs alone reads as a member of a group. */
const isAskedBy = (client: string, { name }: Permission): boolean => client === "kafkajs" || name !== "cordon-reader-";

/** What a service must be told beside the secured stack to come as far as its look at Kafka. */
async function settingsOf(user: keyof typeof needsBy): Promise<Readonly<Record<string, string>>> {
  switch (user) {
    case "gateway":
      return { GATEWAY_AUTH: "none", GATEWAY_PORT: "0" };
    case "desk":
      return {
        DESK_DATABASE_URL: await newDatabase(),
        DESK_MASTER_KEY: randomBytes(32).toString("base64"),
        DESK_LOCAL_USERS: "true",
        DESK_PORT: "0",
      };
    case "screener":
    case "list-sync":
    case "canary":
    case "second-look":
      return { DELIVERY: "exactly_once", INDEX_SIGNING_KEY_FILE: "" };
  }
}

/** An empty database on the server of the stack, which goes with it. */
async function newDatabase(): Promise<string> {
  const url = new URL(inject("stack").databaseUrl);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  url.pathname = `/secured_${randomUUID().replaceAll("-", "")}`;
  await client.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
  await client.end();
  return url.href;
}

/** Brokers hear of a row one after another: while one refuses what another still allows, the refusal is told, and not yet the gap. */
async function settledRefusal(checking: Promise<void>): Promise<Error & { readonly code?: string }> {
  const error = await rejection(checking);
  if (error.code === "KAFKA_REFUSED") throw error;
  return error;
}

export function permissionCases(bench: () => SecuredBench): void {
  describe.each(services.flatMap((user) => askedOf(user).map((row) => [user, spell(row), row] as const)))(
    "%s that %s",
    (user, gap, row) => {
      test("names it, its operation and its user with either client, and does not begin", async () => {
        const { stack, client } = bench();
        const check = (name: string): Promise<void> =>
          client(user, { KAFKA_CLIENT: name }).check(needsBy[user]({ ...stack.env(user), KAFKA_CLIENT: name }));
        await stack.kafka.revoke([row]);
        try {
          for (const name of clients.filter((each) => isAskedBy(each, row))) {
            const error = await eventually(() => settledRefusal(check(name)));
            expect(error).toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining(gap) });
            expect(error.message).toContain(`user ${user} `);
            const gaps = row.kind === "transactional-id" ? 2 : 1;
            expect(error.message.match(/may not/g)).toHaveLength(gaps);
            expect(error.message).not.toContain(" and ");
          }
          for (const name of clients.filter((each) => !isAskedBy(each, row))) await check(name);
        } finally {
          await stack.kafka.allow([row]);
        }
        for (const name of clients) await eventually(() => check(name));
      });
    },
  );

  describe.each(services)("%s with no permission at all", (user) => {
    test.each(user === "screener" || user === "list-sync" || user === "canary" ? clients : clients.slice(0, 1))(
      "ends with 2 and one line that names every one of them (%s)",
      async (name) => {
        const { stack, start } = bench();
        const rows = askedOf(user);
        const settings = await settingsOf(user);
        await stack.kafka.revoke(rows);
        try {
          const ended = start(user, { KAFKA_CLIENT: name, HTTP_PORT: "0", ...settings });
          expect(await ended.exited).toBe(2);
          const lines = ended.log.filter(({ msg }) => msg === "failed");
          expect(lines).toHaveLength(1);
          const told = (lines[0]?.["error"] ?? {}) as { readonly message?: string; readonly stack?: string };
          const { message, stack: frames } = told;
          expect(frames).toBeUndefined();
          for (const row of rows) expect(message).toMatch(new RegExp(`${spelled[row.operation] ?? ""}.* ${row.name}`));
          expect(message).toContain(`user ${user} `);
        } finally {
          await stack.kafka.allow(rows);
        }
      },
      30_000,
    );
  });

  test.each(rowsOf("keda").map((row) => [`${row.operation} ${row.kind} ${row.name}`, row] as const))(
    "who scales by the lag does not see it without %s, and sees it with the rows of the table",
    async (_, row) => {
      const { stack, client } = bench();
      const lag = async (): Promise<number> => {
        const admin = await client("keda", { KAFKA_CLIENT: "platformatic" }).admin();
        try {
          return (await admin.survey("cordon-screener", ["payments.v1", "remittances.v1"])).length;
        } finally {
          await admin.close();
        }
      };
      await stack.kafka.revoke([row]);
      try {
        expect(await eventually(() => rejection(lag()))).toMatchObject({ code: "CONFIG_INVALID" });
      } finally {
        await stack.kafka.allow([row]);
      }
      expect(await eventually(lag)).toBe(6);
    },
  );

  test("what is allowed at start and taken away later is waited for, and named in /readyz", async () => {
    const { stack, start, pay, decisions } = bench();
    const row = rowsOf("screener").filter(({ name }) => name === "screening.decisions.v1");
    const screener = start("screener", { KAFKA_CLIENT: "kafkajs" });
    const { url } = await screener.logged("listening");
    await screener.logged("partitions assigned");
    await stack.kafka.revoke(row);
    await pay([["taken-away", ["Amelia Whitcombe", "Oliver Baker"]]]);
    await expect
      .poll(async () => (await fetch(`${String(url)}/readyz`)).text(), { timeout: 25_000 })
      .toMatch(/KAFKA_REFUSED.*user screener/);
    await stack.kafka.allow(row);
    await expect.poll(() => decisions.map(({ eventId }) => eventId), { timeout: 25_000 }).toContain("taken-away");
    expect(await screener.stop()).toBe(0);
  }, 90_000);

  test("the user of Redis that looks again may claim a look-back, keep it, note how far it is, and let it go", async () => {
    const { stack } = bench();
    const { redis } = readConfig({ redis: redisConfig }, stack.env("second-look"));
    const jobs = createRedisJobStore(redis);
    try {
      expect(await jobs.claim("look-back", "one", 60_000)).toBe(true);
      expect(await jobs.renew("look-back", "one", 60_000)).toBe(true);
      expect(await jobs.save("look-back", "one", "so far")).toBe(true);
      expect(await jobs.read("look-back")).toBe("so far");
      await jobs.release("look-back", "one");
    } finally {
      await jobs.close();
    }
  });

  test("a user of Redis that screens may not write, run scripts or list keys", async () => {
    const { Redis } = await import("ioredis");
    const { stack } = bench();
    const { readFileSync } = await import("node:fs");
    const redis = new Redis(stack.redis.url, {
      username: "screener",
      password: stack.passwords.screener,
      tls: { ca: readFileSync(stack.files.ca, "utf8") },
    });
    for (const words of [
      ["set", "cordon:{idx}:current", "x"],
      ["hset", "cordon:{idx}:lists", "uk", "x"],
      ["del", "cordon:{idx}:current"],
      ["eval", "return 1", "0"],
      ["flushall"],
      ["keys", "*"],
      ["get", "another:key"],
    ] as const)
      await expect(redis.call(words[0], ...words.slice(1))).rejects.toThrow(/NOPERM/);
    redis.disconnect();
  });
}
