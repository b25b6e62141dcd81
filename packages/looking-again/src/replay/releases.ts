/** Which release of Cordon has which engine. A line for each: `docs/looking-again.md` says when. */
const releases: Readonly<Record<string, string>> = {
  "12.c27f67f9749b": "0.1.0 before 29 November 2026 (commit f1aa56a)",
  "13.96c29f15be86": "0.1.0 before 29 November 2026 (commit eb5cecb)",
  "13.9bcd66585a48": "0.1.0 before 29 November 2026 (commit 64a0033)",
  "15.bb9b27ad0e3b": "0.1.0 before 30 November 2026 (commit a2d836f)",
  "15.851bc4aee25f": "0.1.0 before 30 November 2026 (commit 5a547ea)",
  "16.5b392fcf2962": "0.1.0 before 30 November 2026 (commit 57b809a)",
  "17.5b392fcf2962": "0.1.0 before 30 November 2026 (commit f0e2076)",
  "18.5b392fcf2962": "0.1.0 before 30 November 2026 (commit a1f7c3f)",
  "19.5b392fcf2962": "0.1.0 before 30 November 2026 (commit dc696f1)",
  "20.5b392fcf2962": "0.1.0 before 30 November 2026 (commit efff902)",
  "21.92697224a372": "0.1.0 before 30 November 2026 (commit 1e0dde5)",
  "22.92697224a372": "0.1.0 before 30 November 2026 (commit 88a0b6f)",
  "23.3433bd8698fc": "0.1.0 before 30 November 2026 (commit 06c06ba)",
  "24.3433bd8698fc": "0.1.0",
};

/** Null for an engine that no release is known of: it was decided by a build between two. */
export function releaseOf(engineVersion: string): string | null {
  return Object.hasOwn(releases, engineVersion) ? (releases[engineVersion] ?? null) : null;
}
