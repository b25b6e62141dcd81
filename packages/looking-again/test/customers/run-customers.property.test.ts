import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compilePolicy } from "@cordon/decisions";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { type CustomerRead, keptCustomers, readCustomer, rescreenCustomers } from "@cordon/looking-again";
import type { Designation } from "@cordon/matching";
import { type Alert, createDecoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import { fakeIndex, listed, openFake, publishFake } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

const decoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));
const names = topicNames({ topicPrefix: "" });
const people = ["Goran Jalal", "Tamsin Whitcombe", "Almir Jahovic", "Amelia Whitfield"] as const;

/** Which names an entry has; none: it is not listed. */
const lists = fc.array(fc.constantFrom<readonly string[]>([], ...people.map((name) => [name]), people.slice(0, 2)), {
  minLength: 3,
  maxLength: 3,
});
const names4 = fc.constantFrom(...people, "", "BROAD", "@@@");
const customers = fc.array(fc.option(names4), { minLength: 4, maxLength: 4 });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("publish" as const), entries: lists }),
    fc.record({ kind: fc.constant("file" as const), customers }),
    fc.constant({ kind: "kept" as const }),
    fc.constant({ kind: "broken" as const }),
  ),
  { minLength: 2, maxLength: 10 },
);

function entry(all: readonly string[], key: number): Designation {
  return {
    ...listed(`E${String(key)}`, all[0] ?? ""),
    names: all.map((text) => ({ text, kind: "PRIMARY", strength: "STRONG" })),
  };
}

async function* read(people4: readonly (string | null)[]): AsyncGenerator<readonly CustomerRead[]> {
  for (const [id, name] of people4.entries())
    if (name !== null) yield await Promise.resolve([readCustomer({ id: String(id), name }, id + 1)]);
}

test("runs with deltas alert on exactly what becomes true: no customer who is listed goes without, and none gets one that is not", async () => {
  let alerted = 0;
  let inDeltas = 0;
  await fc.assert(
    fc.asyncProperty(lists, customers, steps, async (firstList, firstFile, more) => {
      const folder = mkdtempSync(join(tmpdir(), "cordon-customers-"));
      try {
        const store = createMemoryIndexStore(createMemoryIndexBackend(), { now: () => 0 });
        const format = await registerOutputFormat(createMemoryRegistry(), {
          names,
          decisionsWritten: "hits-and-holds",
        });
        let entries: readonly (readonly string[])[] = [];
        let file: readonly (string | null)[] = firstFile;
        /** By customer: his name and the entries that he was alerted with, since he is who he is and they are what they are. */
        const known = new Map<string, string>();
        let sent: Alert[] = [];
        let failing = false;
        const publish = async (next: readonly (readonly string[])[]): Promise<void> => {
          entries = next;
          await publishFake(
            store,
            // A list does not leave.
            [
              listed("STAYS", "Nobody Whatsoever"),
              ...next.flatMap((all, key) => (all.length === 0 ? [] : [entry(all, key)])),
            ],
            0,
          );
        };
        const run = async (given: readonly (string | null)[] | null): Promise<boolean> => {
          sent = [];
          const report = await rescreenCustomers(
            { store, open: openFake, indexOf: fakeIndex, clock: () => 0 },
            {
              policy: compilePolicy(),
              customers: given === null ? null : read(given),
              kept: await keptCustomers(folder, "all"),
              full: false,
              sink: {
                format,
                producer: {
                  send: async (records) => {
                    if (failing) throw new Error("away");
                    sent.push(...records.map(({ value }) => decoder.decode(value ?? Buffer.alloc(0))));
                    await Promise.resolve();
                  },
                },
              },
            },
          ).catch((error: unknown) => {
            if (!(error instanceof Error) || error.message !== "away") throw error;
            return null;
          });
          if (report?.changes != null) inDeltas += sent.length;
          return report !== null;
        };
        /** What is true now must be known, by what was alerted before and is so still, or by this run. */
        const check = (): void => {
          const now = new Set<string>();
          for (const [id, name] of file.entries())
            for (const [key, all] of entries.entries())
              if (name !== null && all.includes(name)) now.add(`${String(id)} ${name} E${String(key)}`);
          const told = new Set(
            sent.flatMap(({ customerId, matches }) =>
              matches.map(
                ({ designationId }) =>
                  `${String(customerId)} ${file[Number(customerId)] ?? ""} ${designationId.split(":")[1] ?? ""}`,
              ),
            ),
          );
          expect([...told].filter((one) => !now.has(one))).toEqual([]);
          expect([...now].filter((one) => !known.has(one) && !told.has(one))).toEqual([]);
          alerted += told.size;
          known.clear();
          for (const one of now) known.set(one, one);
        };
        await publish(firstList);
        if (await run(file)) check();
        for (const step of more) {
          if (step.kind === "publish") await publish(step.entries);
          else if (step.kind === "broken") {
            // What a run that was broken off found is found again.
            failing = true;
            const before = new Map(known);
            const went = await run(file);
            failing = false;
            if (went) check();
            else for (const [key, value] of before) known.set(key, value);
          } else {
            if (step.kind === "file") ({ customers: file } = step);
            if (await run(step.kind === "file" ? file : null)) check();
          }
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
  expect(alerted).toBeGreaterThan(20);
  expect(inDeltas).toBeGreaterThan(5);
}, 120_000);
