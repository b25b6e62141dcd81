/** A package in which conditions decide whether money moves, and the files that hold them. Its own tests must notice each change. */
export interface Area {
  readonly folder: string;
  /** Below `folder`; a pattern of Stryker. */
  readonly files: readonly string[];
}

export const areas: readonly Area[] = [
  {
    folder: "packages/messages",
    files: [
      "src/by-evidence.ts",
      "src/judge-part.ts",
      "src/line-seams.ts",
      "src/match-identifiers.ts",
      "src/policy.ts",
      "src/screen-event.ts",
      "src/screenable-event.ts",
      "src/screenable-identifier.ts",
      "src/set-aside.ts",
    ],
  },
  {
    folder: "packages/pipeline",
    files: ["src/clear-parts.ts", "src/screen-record.ts", "src/outputs.ts", "src/event-readers.ts", "src/index/*.ts"],
  },
  { folder: "packages/lists", files: ["src/guard-list.ts"] },
  {
    folder: "packages/screening",
    files: [
      "src/evidence/birth-dates.ts",
      "src/evidence/check-digits.ts",
      "src/evidence/find-in-text.ts",
      "src/evidence/identifier-keys.ts",
      "src/evidence/listed-keys.ts",
      "src/evidence/wallet.ts",
      "src/evidence/weigh.ts",
    ],
  },
  { folder: "services/screener", files: ["src/batch/screen-batch.ts", "src/index/holder.ts"] },
];
