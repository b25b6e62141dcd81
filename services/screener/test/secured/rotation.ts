import { readFileSync, writeFileSync } from "node:fs";

import { makeAuthority, makeCertificate } from "@cordon/local-stack";
import { describe, expect, test } from "vitest";

import { clients, type SecuredBench } from "./bench.ts";

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Passwords and authorities are changed while events flow, with a screener of each client in one group. */
export function rotationCases(bench: () => SecuredBench): void {
  describe("under load", () => {
    test("passwords and certificates are changed with no exit, nothing lost and nothing repeated", async () => {
      const { stack, start, pay, decisions, processes } = bench();
      const screeners = clients.map((client) => start("screener", { KAFKA_CLIENT: client }));
      for (const screener of screeners) await screener.logged("partitions assigned");
      const before = processes.length;
      const sent: string[] = [];
      const load = new AbortController();
      const loading = (async () => {
        for (let wave = 0; !load.signal.aborted; wave++) {
          const ids = Array.from({ length: 20 }, (_, at) => `rotation-${String(wave)}-${String(at)}`);
          sent.push(...ids);
          await pay(ids.map((id) => [id, ["Amelia Whitcombe", "Oliver Baker"]]));
          await pause(100);
        }
      })();

      try {
        await rotatePassword(bench());
        await rotateAuthority(bench());
        // Longer than `connections.max.reauth.ms`: every connection has proved itself anew.
        await pause(9_000);
      } finally {
        load.abort();
        await loading;
      }

      const decided = (): number => new Set(decisions.map(({ eventId }) => eventId)).size;
      const missing = (): readonly string[] => {
        const ids = new Set(decisions.map(({ eventId }) => eventId));
        return sent.filter((id) => !ids.has(id));
      };
      await expect.poll(() => missing().length, { timeout: 30_000, interval: 200 }).toBe(0);
      expect(decided()).toBeGreaterThan(0);
      const own = decisions.filter(({ eventId }) => eventId.startsWith("rotation-"));
      expect(own.length).toBe(sent.length);
      expect(processes).toHaveLength(before);
      for (const screener of screeners) {
        expect(screener.log.filter(({ level }) => level === "fatal")).toEqual([]);
        expect(await screener.stop()).toBe(0);
      }
      expect(stack.passwords.screener).not.toBe("");
    }, 120_000);
  });
}

/** The services learn of the new one a moment after Kafka, Redis and the registry did: that is the hard order. */
async function rotatePassword({ stack }: SecuredBench): Promise<void> {
  const next = `next-${stack.passwords.screener}`;
  await stack.kafka.setPassword("screener", next);
  await stack.redis.command("ACL", "SETUSER", "screener", `>${next}`, `<${stack.passwords.screener}`);
  stack.registry.users.set("screener", { password: next, write: true });
  await stack.redis.command("CLIENT", "KILL", "USER", "screener");
  await pause(1_500);
  stack.writePassword("screener", next);
}

/** First both authorities are trusted, then the servers' certificates change, then the old one goes. */
async function rotateAuthority({ stack }: SecuredBench): Promise<void> {
  const authority = await makeAuthority("next-ca");
  const identity = await makeCertificate(authority, { commonName: "localhost", hosts: ["localhost", "127.0.0.1"] });
  const old = readFileSync(stack.files.ca, "utf8");
  writeFileSync(stack.files.ca, `${old}\n${authority.cert}`);
  stack.registry.present(identity);
  writeFileSync(stack.files.server.cert, identity.cert);
  writeFileSync(stack.files.server.key, identity.key);
  await stack.redis.command("CONFIG", "SET", "tls-cert-file", stack.files.server.cert);
  await stack.redis.command("CLIENT", "KILL", "TYPE", "normal").catch(() => undefined);
  await pause(2_000);
}
