import { leastPermissions, type Permission, type SecuredUser } from "@cordon/local-stack";
import { describe, expect, test } from "vitest";

import { needsOf } from "../../src/needs.ts";
import { clients, eventually, rejection, type SecuredBench } from "./bench.ts";

const config = { topicPrefix: "", groupId: "cordon-screener", delivery: "exactly_once" } as const;

const spelled: Readonly<Record<string, string>> = {
  READ: "Read",
  WRITE: "Write to",
  DESCRIBE_CONFIGS: "DescribeConfigs of",
};

/** How the message names what is missing. A transactional id is allowed by its beginning, and needed by its whole. */
function spell({ kind, operation, name }: Permission): string {
  return `may not ${spelled[operation] ?? ""} ${kind.replaceAll("-", " ")} ${name}`;
}

const rowsOf = (user: SecuredUser): readonly Permission[] => leastPermissions.filter((row) => row.user === user);

export function permissionCases(bench: () => SecuredBench): void {
  describe.each(rowsOf("screener").map((row) => [`${row.operation} ${row.kind} ${row.name}`, row] as const))(
    "without %s",
    (_, row) => {
      test("a screener with either client names it, its operation and its user, and does not begin", async () => {
        const { stack, client } = bench();
        await stack.kafka.revoke([row]);
        try {
          for (const name of clients) {
            const kafka = client("screener", { KAFKA_CLIENT: name });
            const error = await eventually(() => rejection(kafka.check(needsOf(config))));
            expect(error).toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining(spell(row)) });
            expect(error.message).toContain("user screener");
            const gaps = row.kind === "transactional-id" ? 2 : 1;
            expect(error.message.match(/may not/g)).toHaveLength(gaps);
            expect(error.message).not.toContain(" and ");
          }
        } finally {
          await stack.kafka.allow([row]);
        }
        await eventually(() => client("screener").check(needsOf(config)));
      });
    },
  );

  describe.each(["screener", "list-sync", "canary"] as const)("%s with no permission at all", (user) => {
    test.each(clients)(
      "ends with 2 and one line that names every one of them (%s)",
      async (name) => {
        const { stack, start } = bench();
        const rows = rowsOf(user).filter((row) => !row.name.includes("operator-acts"));
        await stack.kafka.revoke(rows);
        try {
          const ended = start(user, { KAFKA_CLIENT: name, DELIVERY: "exactly_once", INDEX_SIGNING_KEY_FILE: "" });
          expect(await ended.exited).toBe(2);
          const lines = ended.log.filter(({ msg }) => msg === "failed");
          expect(lines).toHaveLength(1);
          const told = (lines[0]?.["error"] ?? {}) as { readonly message?: string; readonly stack?: string };
          const { message, stack: frames } = told;
          expect(frames).toBeUndefined();
          for (const row of rows) expect(message).toMatch(new RegExp(`${spelled[row.operation] ?? ""}.* ${row.name}`));
          expect(message).toContain(`user ${user}`);
        } finally {
          await stack.kafka.allow(rows);
        }
      },
      30_000,
    );
  });

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
