import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";

import type { Publisher } from "./port.ts";

/** A publisher of these settings. */
export function publisherOf(by: string, settings: Readonly<Record<string, string>>): Publisher {
  const sorted = Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fingerprint = createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
  return { by, settings: Object.fromEntries(sorted), fingerprint };
}

/** How the settings of one publisher differ from another's, a line for each: `LIST_UK: off here, on there`. */
export function settingsDiffering(here: Publisher["settings"], there: Publisher["settings"]): readonly string[] {
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].toSorted();
  return names
    .filter((name) => here[name] !== there[name])
    .map((name) => `${name}: ${here[name] ?? "not set"} here, ${there[name] ?? "not set"} there`);
}

/** The refusal of one publisher while another of other settings keeps the index. `here` is null for one that told none. */
export function publisherConflict(here: Publisher | null, there: Publisher): CordonError {
  const differing = here === null ? ["none are told here"] : settingsDiffering(here.settings, there.settings);
  return new CordonError(
    "PUBLISHER_CONFLICT",
    `another list-sync (${there.by}) keeps this index by other settings: ${differing.join("; ")}. Stop one of the two, or give them the same`,
    { details: { by: there.by, differing } },
  );
}
