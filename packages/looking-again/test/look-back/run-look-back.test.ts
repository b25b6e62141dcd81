import { alertIdOf } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import { type LookBackReport, runLookBack } from "@cordon/looking-again";
import { canaryHeader, decimalToString, topics } from "@cordon/schemas";
import { createDecoder, frame, subjectOf } from "@cordon/schemas";
import { listed, paymentSchema } from "@cordon/screening/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { createWorld, names, type World } from "../world.ts";

const known = listed("KNOWN", "Goran Jalal");
const added = listed("ADDED", "Tamsin Whitcombe");

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.publish([known]);
  await world.pay("old-hit", ["Goran Jalal", "Oliver Baker"]);
  await world.pay("new-hit", ["Tamsin Whitcombe", "Oliver Baker"]);
  await world.pay("both", ["Tamsin Whitcombe", "Goran Jalal"]);
  await world.pay("innocent");
  await world.publish([known, added]);
});

function doneOf(report: LookBackReport): Extract<LookBackReport, { kind: "done" }> {
  if (report.kind !== "done") throw new Error("nothing was new");
  return report;
}

describe("a look-back", () => {
  test("raises alerts for what the new entry matches, and for nothing that was found before", async () => {
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report).toMatchObject({ added: 1, amended: 0, resumed: false, state: { counts: { events: 4, found: 2 } } });
    const alerts = world.alerts();
    expect(alerts.map(({ eventId }) => eventId)).toEqual(["new-hit", "both"]);
    for (const alert of alerts) {
      expect(alert).toMatchObject({
        origin: "LOOK_BACK",
        lookBackId: report.state.plan.id,
        alertId: alertIdOf(alert.eventId, [added.id]),
        sourceTopic: topics.payments,
        index: { generation: 2 },
        raisedAt: world.now,
      });
      expect(alert.matches.map(({ designationId }) => designationId)).toEqual([added.id]);
    }
    expect(world.kafka.records(names.decisions)).toHaveLength(0);
  });

  test("brings the event along as it was received", async () => {
    await runLookBack(world.ports(), world.options());
    const [alert] = world.alerts();
    expect(alert?.eventSchemaId).toBe(world.schemaId);
    const decoder = createDecoder(subjectOf(topics.payments), paymentSchema);
    const event = decoder.decode(frame(world.schemaId, Buffer.from(alert?.event ?? [])));
    expect(event).toMatchObject({ eventId: "new-hit" });
    expect(decimalToString(event.money.amount)).toBe("12.5");
  });

  test("writes and keeps nothing on trial, and then everything", async () => {
    const trial = doneOf(await runLookBack(world.ports(), world.options({ dryRun: true })));
    expect(trial.state.counts.found).toBe(2);
    expect(world.alerts()).toHaveLength(0);
    await runLookBack(world.ports(), world.options());
    expect(world.alerts()).toHaveLength(2);
  });

  test("has nothing to do twice, and then begins where the last one ended", async () => {
    await runLookBack(world.ports(), world.options());
    expect(await runLookBack(world.ports(), world.options())).toMatchObject({ kind: "nothing-new" });
    await world.publish([known, added, listed("MORE", "Oliver Baker")]);
    await world.publish([known, added, listed("MORE", "Oliver Baker"), listed("STILL", "Amelia Whitfield")]);
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report.state.plan).toMatchObject({ from: { generation: 2 }, to: { generation: 4 } });
    expect(report).toMatchObject({ added: 2 });
  });

  test("looks for everything when the version of the last one is kept no more: nobody knows what came since", async () => {
    await runLookBack(world.ports(), world.options());
    const lists = ["Oliver Baker", "Amelia Whitfield", "Edith Marlow", "Rupert Haye"].map((name, at) =>
      listed(`N${String(at)}`, name),
    );
    for (let some = 1; some <= lists.length; some++)
      for (const _ of "abcdefgh") await world.publish([known, added, ...lists.slice(0, some)]);
    expect((await world.ports().store.versions()).map(({ manifest }) => manifest.generation)).not.toContain(2);
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report.state.plan.from).toBeNull();
    expect(world.alerts().flatMap(({ matches }) => matches.map(({ designationId }) => designationId))).toContain(
      "uk:N0",
    );
  });

  test("finds the version of the last one in the archive, where there is one, and believes no other bytes", async () => {
    await runLookBack(world.ports(), world.options());
    const live = await world.ports().store.current();
    if (live === null) throw new Error("no index");
    const bytes = await world.ports().store.load(live);
    for (const some of "abcdefghijkl") await world.publish([known, added, listed(some, `Nobody ${some}`)]);
    const asked: string[] = [];
    const archived = async (version: string): Promise<Uint8Array | null> => {
      asked.push(version);
      return await Promise.resolve(bytes);
    };
    const tried = await runLookBack({ ...world.ports(), archived }, world.options({ dryRun: true }));
    expect(asked).toEqual([live.version]);
    expect(doneOf(tried)).toMatchObject({
      added: 1,
      state: { plan: { from: { version: live.version, generation: 2 } } },
    });
    const report = doneOf(
      await runLookBack(
        {
          ...world.ports(),
          archived: async () => await Promise.reject(new CordonError("INDEX_CORRUPT", "something else")),
        },
        world.options(),
      ),
    );
    expect(report.state.plan.from).toBeNull();
  });

  test("goes on looking for everything when that was broken off", async () => {
    const broken = world.options({
      whole: true,
      onProgress: () => {
        throw new Error("killed");
      },
    });
    await expect(runLookBack(world.ports(), broken)).rejects.toThrow("killed");
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report).toMatchObject({ resumed: true, state: { plan: { from: null } } });
    expect(world.alerts().map(({ eventId }) => eventId)).toContain("old-hit");
  });

  test("looks at an amended entry in both versions", async () => {
    await runLookBack(world.ports(), world.options());
    await world.publish([
      known,
      { ...added, names: added.names.flatMap((name) => [name, { ...name, text: "Oliver Baker" }]) },
    ]);
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report).toMatchObject({ added: 0, amended: 1, state: { counts: { found: 3 } } });
    // The entry was found in another field of this event before: the alert must not be taken for a repeat of that one.
    const alerts = world.alerts().filter(({ eventId }) => eventId === "new-hit");
    expect(alerts).toHaveLength(2);
    expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(2);
  });

  test("looks only at the events of its window", async () => {
    world.now += 3_600_000;
    await world.pay("late", ["Tamsin Whitcombe", "x"]);
    await runLookBack(world.ports(), world.options({ since: world.now - 1000 }));
    expect(world.alerts().map(({ eventId }) => eventId)).toEqual(["late"]);
  });

  test("does not ask for a deadline that passed long ago, and leaves canaries alone", async () => {
    await world.pay("due", ["Tamsin Whitcombe", "x"], { decideBy: 1 });
    await world.pay("cordon-canary:1", ["Tamsin Whitcombe", "x"], {}, { [canaryHeader]: "1" });
    const { state } = doneOf(await runLookBack(world.ports(), world.options()));
    expect(world.alerts().map(({ eventId }) => eventId)).toContain("due");
    expect(state.counts).toMatchObject({ canaries: 1 });
  });

  test("waits until no screener decides by the old index any more, and looks at what came until then", async () => {
    const waited: number[] = [];
    await runLookBack(
      world.ports(),
      world.options({
        settleMs: 60_000,
        pause: async (milliseconds) => {
          if (waited.length === 0) await world.pay("meanwhile", ["Tamsin Whitcombe", "x"]);
          waited.push(milliseconds);
          world.now += milliseconds;
        },
      }),
    );
    expect(waited.reduce((sum, milliseconds) => sum + milliseconds)).toBe(60_000);
    expect(world.alerts().map(({ eventId }) => eventId)).toEqual(["new-hit", "both", "meanwhile"]);
  });

  test("counts events that cannot be concluded from", async () => {
    await world.pay("broad", ["BROAD", "Oliver Baker"]);
    const { state } = doneOf(await runLookBack(world.ports(), world.options()));
    expect(state.counts.notScreened).toEqual({ QUERY_TOO_BROAD: 1 });
  });

  test("with nothing to compare with, looks for everything that is listed", async () => {
    await runLookBack(world.ports(), world.options({ whole: true }));
    const alerts = world.alerts();
    expect(alerts.map(({ eventId }) => eventId)).toEqual(["old-hit", "new-hit", "both"]);
    // What a screener would have raised, so that it is known again.
    expect(alerts.map(({ alertId }) => alertId)).toEqual([
      alertIdOf("old-hit", [known.id]),
      alertIdOf("new-hit", [added.id]),
      alertIdOf("both", [known.id, added.id]),
    ]);
  });

  test("refuses versions that are not kept, and a first version without one before it", async () => {
    const wrong = runLookBack(world.ports(), world.options({ from: "17" }));
    await expect(wrong).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
    const fresh = await createWorld();
    await expect(runLookBack(fresh.ports(), fresh.options())).rejects.toMatchObject({ code: "INDEX_ABSENT" });
    await fresh.publish([known]);
    await expect(runLookBack(fresh.ports(), fresh.options())).rejects.toThrow(/--whole/);
  });

  test("says what to do when the old version is of another engine", async () => {
    const ports = world.ports();
    let opened = 0;
    const open: typeof ports.open = (bytes) => {
      if (++opened === 2) throw new CordonError("SNAPSHOT_INVALID", "another engine");
      return ports.open(bytes);
    };
    await expect(runLookBack({ ...ports, open }, world.options())).rejects.toThrow(/another engine.*--whole/);
  });
});

describe("a look-back that is broken off", () => {
  test("goes on where it was, and finds the same in all", async () => {
    for (let at = 0; at < 20; at++) await world.pay(`more-${String(at)}`, ["Tamsin Whitcombe", "x"]);
    let batches = 0;
    const dying = world.options({
      onProgress: () => {
        world.now += 6000;
        if (++batches === 4) throw new Error("killed");
      },
    });
    await expect(runLookBack(world.ports(), dying)).rejects.toThrow("killed");
    const before = world.alerts().length;
    expect(before).toBeGreaterThan(0);
    const report = doneOf(await runLookBack(world.ports(), world.options()));
    expect(report.resumed).toBe(true);
    expect(report.state.counts.events).toBeLessThanOrEqual(24 + 3);
    expect(new Set(world.alerts().map(({ eventId }) => eventId)).size).toBe(22);
    expect(world.alerts().length).toBeLessThanOrEqual(22 + 3);
  });

  test("can be begun anew", async () => {
    const dying = world.options({
      onProgress: () => {
        throw new Error("killed");
      },
    });
    await expect(runLookBack(world.ports(), dying)).rejects.toThrow("killed");
    const report = doneOf(await runLookBack(world.ports(), world.options({ restart: true })));
    expect(report).toMatchObject({ resumed: false, state: { counts: { events: 4, found: 2 } } });
  });

  test("is nobody else's while it runs, and ends when it was taken over", async () => {
    const other = world.options({ holder: "other" });
    const asked: Promise<unknown>[] = [];
    const first = world.options({
      onProgress: () => {
        if (asked.length === 0) asked.push(runLookBack(world.ports(), other).catch((error: unknown) => error));
      },
    });
    await runLookBack(world.ports(), first);
    expect(await Promise.all(asked)).toMatchObject([{ code: "JOB_TAKEN" }]);
    world.jobs.texts.clear();
    const slow = world.options({
      onProgress: () => {
        world.now += 120_000;
        world.jobs.claims.set("look-back", { holder: "other", until: world.now + 60_000 });
      },
    });
    await expect(runLookBack(world.ports(), slow)).rejects.toMatchObject({ code: "JOB_TAKEN" });
  });

  test("writes nothing more once its claim has lapsed, though nobody has it any more: another one may have done some of it", async () => {
    const ports = world.ports();
    let last = "";
    const slow = world.options({
      pace: {
        // It stands still for longer than it is waited for, and another one begins, and is told to stop.
        rest: async () => {
          world.now += 120_000;
          expect(await ports.jobs.claim("look-back", "other", 60_000)).toBe(true);
          last = world.jobs.texts.get("look-back") ?? "";
          await ports.jobs.release("look-back", "other");
        },
      },
    });
    await expect(runLookBack(ports, slow)).rejects.toMatchObject({ code: "JOB_TAKEN" });
    expect(last).not.toBe("");
    expect(world.jobs.texts.get("look-back")).toBe(last);
  });
});
