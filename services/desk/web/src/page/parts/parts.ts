import { ask } from "../api.ts";
import { wentAway } from "../settle.ts";
import type { Desk } from "../state.ts";

/** Parts of the page that are scripts of their own, so that a list of alerts waits for none of them. */
const parts = {
  alert: async () => (await import("../alert/alert-view.tsx")).AlertView,
  audit: async () => (await import("../pages/audit.tsx")).Audit,
  "good-guys": async () => (await import("../pages/good-guys.tsx")).GoodGuys,
  keys: async () => (await import("../pages/keys-page.tsx")).KeysPage,
  "look-backs": async () => (await import("../pages/look-backs.tsx")).LookBacks,
  reports: async () => (await import("../pages/reports.tsx")).Reports,
  samples: async () => (await import("../pages/samples.tsx")).Samples,
  "shadow-runs": async () => (await import("../pages/shadow-runs.tsx")).ShadowRuns,
} as const;

type Views = { readonly [Name in keyof typeof parts]: Awaited<ReturnType<(typeof parts)[Name]>> };
export type PartName = keyof Views;

export type Part<View> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed" }
  | { readonly kind: "there"; readonly View: View };

const known: { -readonly [Name in PartName]?: Part<Views[Name]> } = {};
const loading = { kind: "loading" } as const;

/** A part as far as it is there. It is loaded when it is first asked for, and drawn when it has come. */
export function partOf<Name extends PartName>(desk: Desk, name: Name): Part<Views[Name]> {
  const part: Part<Views[Name]> | undefined = known[name];
  if (part !== undefined) return part;
  void load(desk, name);
  return loading;
}

export function isThere(name: PartName): boolean {
  return known[name]?.kind === "there";
}

async function load<Name extends PartName>(desk: Desk, name: Name): Promise<void> {
  const keep = (part: Part<Views[Name]>): void => {
    known[name] = part as (typeof known)[Name];
  };
  keep(loading);
  try {
    keep({ kind: "there", View: (await parts[name]()) as Views[Name] });
  } catch {
    keep({ kind: "failed" });
    // A line that is cut is told and tried again by itself; where the desk answers, its files may have become others.
    if ((await ask("GET", "/me")).kind === "away") wentAway(desk);
  }
  desk.update({});
}

/** What could not be loaded is loaded again, when it is next drawn. */
export function forgetFailed(desk: Desk): void {
  for (const name of Object.keys(known) as PartName[]) if (known[name]?.kind === "failed") delete known[name];
  desk.update({});
}
