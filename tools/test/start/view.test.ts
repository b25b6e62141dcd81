import { describe, expect, test } from "vitest";

import { paint } from "../../start/text.ts";
import { type AlertFact, alertLine, statusLine, viewLines, type ViewState } from "../../start/view.ts";

const at = new Date(2026, 10, 23, 12, 0, 0).getTime();

function alert(number: number): AlertFact {
  return {
    at: at + number * 1000,
    text: `NAME ${String(number)}`,
    matchedName: "Name Listed",
    designationId: "uk:GIM0001",
    list: "uk",
    score: 97.5,
    path: "sender.name",
    reason: "exact name, spelling x",
  };
}

const state: ViewState = {
  at,
  startedAt: at - 192_000,
  goal: null,
  totals: {
    sent: 96_010,
    decided: 96_000,
    outcomes: { CLEAR: 95_700, HIT: 200, HOLD: 100 },
    repeated: 3,
    contradicted: 0,
    unexpected: 0,
    wronglyCleared: 0,
    pending: 10,
  },
  perSecond: { sent: 500.2, decided: 499.6 },
  latency: { p50: 8.25, p95: 42, p99: 1250 },
  lag: 12,
  planted: { sent: 192, found: 191 },
  index: { version: "0123456789abcdef", generation: 3, lists: [{ list: "uk", entries: 6046 }], ageSeconds: 75 },
  services: [
    { name: "screener", pid: 4711, url: "http://127.0.0.1:4001", restarts: 2 },
    { name: "list-sync", pid: null, url: null, restarts: 0 },
  ],
  alerts: [alert(1), alert(2), alert(3)],
  notices: [{ at, text: "screener died (killed by signal 9); starting it again in 0.3 s" }],
};

function plain(lines: readonly (readonly unknown[])[], columns = 200): readonly string[] {
  return (lines as Parameters<typeof paint>[0][]).map((line) => paint(line, { columns, colour: false }));
}

describe("the live view", () => {
  test("shows what happens now", () => {
    expect(plain(viewLines(state, 40))).toMatchInlineSnapshot(`
      [
        "Cordon  3m 12s  synthetic traffic, Ctrl-C stops",
        "events    500/s in  500/s decided  96,010 sent  96,000 decided  lag 12",
        "outcomes  CLEAR 95,700  HIT 200  HOLD 100  unexpected 0  repeated 3",
        "latency   p50 8.3 ms  p95 42 ms  p99 1.3 s  from sending to the decision read back, last 10 s",
        "planted   192 listed names sent, 191 found",
        "index     0123456789ab  generation 3  age 1m 15s  designations: uk 6,046",
        "screener  http://127.0.0.1:4001/metrics  pid 4711  started again 2x",
        "list-sync starting  pid -",
        "alerts",
        "  12:00:01   97.50  "NAME 1" ~ Name Listed  uk:GIM0001 (list uk)  sender.name  exact name, spelling x",
        "  12:00:02   97.50  "NAME 2" ~ Name Listed  uk:GIM0001 (list uk)  sender.name  exact name, spelling x",
        "  12:00:03   97.50  "NAME 3" ~ Name Listed  uk:GIM0001 (list uk)  sender.name  exact name, spelling x",
        "  12:00:00  screener died (killed by signal 9); starting it again in 0.3 s",
      ]
    `);
  });

  test("fits the rows there are, and keeps the newest alerts", () => {
    for (let rows = 1; rows <= 20; rows += 1) expect(viewLines(state, rows).length).toBeLessThanOrEqual(rows);
    const text = plain(viewLines(state, 11)).join("\n");
    expect(text).toContain("NAME 3");
    expect(text).not.toContain("NAME 1");
  });

  test("shows a dash for what is not known yet", () => {
    const young: ViewState = {
      ...state,
      latency: { p50: null, p95: null, p99: null },
      lag: null,
      index: null,
      alerts: [],
      notices: [],
    };
    const text = plain(viewLines(young, 40)).join("\n");
    expect(text).toContain("lag -");
    expect(text).toContain("p50 -  p95 -  p99 -");
    expect(text).toContain("none yet");
  });

  test("has progress instead of the advice to stop when there is a goal", () => {
    expect(plain(viewLines({ ...state, goal: 100_000 }, 40))[0]).toBe(
      "Cordon  3m 12s  96,000 of 100,000 events decided",
    );
  });
});

describe("a painted line", () => {
  test("is cut to the width, and wide characters count twice", () => {
    expect(plain([["習近平 and more"]], 7)).toEqual(["習近平 "]);
    expect(plain([["習近平 and more"]], 5)).toEqual(["習近"]);
    expect(plain([["é́e", { text: "bold", style: "bold" }]], 4)).toEqual(["é́ebo"]);
  });

  test("has colour only where it is wanted", () => {
    const line = [{ text: "red", style: "red" }] as const;
    expect(paint(line, { columns: 80, colour: true })).toBe("\u001b[31mred\u001b[0m");
    expect(paint(line, { columns: 80, colour: false })).toBe("red");
  });

  test("cannot be steered by what a name contains", () => {
    const [text] = plain([alertLine({ ...alert(1), text: "x\u001b[2J\u0007\r\n\u202egnp" })]);
    // oxlint-disable-next-line no-control-regex -- none of them may be left
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

test("without a terminal one line tells the same", () => {
  expect(statusLine(state)).toMatchInlineSnapshot(
    `"3m 12s: 500/s in, 500/s decided, 96,010 sent, 96,000 decided (CLEAR 95,700, HIT 200, HOLD 100), p50 8.3 ms, p95 42 ms, p99 1.3 s, lag 12, index 0123456789ab generation 3 age 1m 15s"`,
  );
});
