const row = (name: string, gained: number, lost: number, kept: number) => ({ name, gained, lost, kept });

/** Runs that are over, with what the command line tells of such ones. */
export function finishedJobs(now: number): readonly unknown[] {
  const done = (kind: string, settings: object, result: object, state = "DONE") => ({
    kind,
    id: `${kind}-${state.toLowerCase()}`,
    state,
    startedAt: now - 600_000,
    finishedAt: now - 540_000,
    progress: 1,
    by: "chen",
    settings,
    result,
  });
  return [
    done(
      "look-backs",
      { days: 30 },
      {
        dryRun: false,
        lookBackId: "l-1",
        from: { version: "a".repeat(64), generation: 4, createdAt: now - 9e6 },
        to: { version: "b".repeat(64), generation: 5, createdAt: now - 7e5 },
        added: 5,
        amended: 2,
        events: 21_594,
        found: 118,
        matches: 120,
        notScreened: {},
        alerts: 118,
        seconds: 12.4,
        secondsFromPublication: 106.1,
      },
    ),
    done(
      "look-backs",
      { days: 365 },
      { failed: "INDEX_ABSENT: nothing was ever published: start list-sync" },
      "FAILED",
    ),
    done(
      "customer-files",
      { name: "customers-of-november.ndjson" },
      { customers: 1200, inFull: 1200, found: 1, refused: 2, notScreened: {} },
    ),
    done(
      "shadow-runs",
      { threshold: 80, events: 1_000_000 },
      {
        sides: { a: "as now, threshold 85", b: "threshold 80" },
        events: 1_000_000,
        alerts: { a: 1216, b: 1904, gained: 700, lost: 12, kept: 1204 },
        alertsPerDay: { a: 121.6, b: 190.4 },
        trueMatches: 3,
        trueLost: [],
        byBand: [
          row("75 to 80", 0, 0, 0),
          row("80 to 85", 688, 0, 0),
          row("85 to 90", 12, 12, 640),
          row("95 to 100", 0, 0, 564),
        ],
        byList: [row("us-ofac", 420, 8, 700), row("uk", 200, 4, 420), row("un", 80, 0, 84)],
        byRegime: [
          row("Counter-Terrorism (International)", 300, 4, 300),
          row("Russia", 200, 4, 500),
          row("The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025", 200, 4, 404),
        ],
        byRail: [row("SWIFT", 500, 10, 1000), row("FPS", 200, 2, 204)],
        scores: [],
      },
    ),
  ];
}
