import type { Job, Report } from "../wire.ts";

/*
 * What came out of a run, in words, from what the command line told as JSON. A figure that is not there is left out, and what no part of
 * this knows is told as the service has it: another release may have run it.
 */

type Told = Readonly<Record<string, unknown>>;

/** What of the service's answers makes a run: the first part of the address of its kind. */
export type JobKind = "look-backs" | "customer-files" | "shadow-runs";

export function resultText({ state, result }: Job, kind: JobKind): string {
  if (!result) return "";
  if (typeof result["failed"] === "string") return failedText(result["failed"]);
  if (state !== "DONE") return "";
  switch (kind) {
    case "look-backs":
      return lookBackText(result);
    case "customer-files":
      return customersText(result);
    case "shadow-runs":
      return shadowText(result);
  }
}

/** What the command line said, without its own name and its options, which nobody can give here. */
function failedText(said: string): string {
  const text = said
    .trim()
    .replace(/^cordon: /, "")
    .replace(/: give --.*$/s, "");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What a run was asked for. */
export function settingsText({ settings }: Job, kind: JobKind): string {
  const { days, name, threshold, events, weakAliases, hardConflicts } = settings ?? {};
  switch (kind) {
    case "look-backs":
      return counted(days, "day", "days") ?? "";
    case "customer-files":
      return typeof name === "string" ? name : "";
    case "shadow-runs":
      return [
        isNumber(threshold) ? `threshold ${written(threshold)}` : null,
        typeof weakAliases === "string" ? `weak aliases ${weakAliases}` : null,
        typeof hardConflicts === "string" ? `hard conflicts ${hardConflicts}` : null,
        counted(events, "payment", "payments"),
      ]
        .filter((part) => part !== null)
        .join(", ");
  }
}

function lookBackText(result: Told): string {
  if (result["nothingNew"] === true) return "Nothing is new since the last one.";
  return sentence([
    counted(result["alerts"], "alert", "alerts"),
    counted(result["events"], "payment looked at", "payments looked at"),
    changes(result),
    notScreened(result),
  ]);
}

function customersText(result: Told): string {
  return sentence([
    counted(result["found"], "customer with something new", "customers with something new"),
    counted(result["customers"], "customer screened", "customers screened"),
    positive(counted(result["refused"], "line refused", "lines refused")),
    notScreened(result),
  ]);
}

function shadowText(result: Told): string {
  const { gained, lost, kept } = partOf(result, "alerts");
  const perDay = partOf(result, "alertsPerDay");
  const trueLost = Array.isArray(result["trueLost"]) ? result["trueLost"].length : null;
  return sentence([
    counted(gained, "alert gained", "alerts gained"),
    counted(lost, "lost", "lost"),
    counted(kept, "in both", "in both"),
    isNumber(perDay["a"]) && isNumber(perDay["b"])
      ? `${written(perDay["a"])} a day now, ${written(perDay["b"])} then`
      : null,
    trueLost === null || !isNumber(result["trueMatches"])
      ? null
      : trueLost === 0
        ? "no true match lost"
        : `TRUE MATCHES LOST: ${written(trueLost)}`,
  ]);
}

/** The plots of a shadow run: what would come and go, by what people ask for; first the figure of which there is more. */
export function shadowReports({ result }: Job): readonly Report[] {
  const { gained, lost } = partOf(result ?? {}, "alerts");
  const figures = isNumber(gained) && isNumber(lost) && lost > gained ? losses : gains;
  return plotted.flatMap(({ name, title, first }) => {
    const all: unknown = result?.[name];
    if (!Array.isArray(all)) return [];
    const rows = (all as readonly Told[]).map((row): readonly (string | number | null)[] => [
      typeof row["name"] === "string" ? row["name"] : "",
      ...figures.map((figure) => (isNumber(row[figure]) ? row[figure] : null)),
    ]);
    const columns: Report["columns"] = [
      { name: first, unit: "text" },
      ...figures.map((figure) => ({ name: figureNames[figure], unit: "count" as const })),
    ];
    return rows.length === 0 ? [] : [{ name, title, columns, rows }];
  });
}

const plotted = [
  { name: "byBand", title: "By score", first: "Score" },
  { name: "byList", title: "By list", first: "List" },
  { name: "byRegime", title: "By regime", first: "Regime" },
  { name: "byRail", title: "By rail", first: "Rail" },
] as const;

const gains = ["gained", "lost", "kept"] as const;
const losses = ["lost", "gained", "kept"] as const;
const figureNames = { gained: "Gained", lost: "Lost", kept: "In both" } as const;

function changes(result: Told): string | null {
  const [added, amended] = [result["added"], result["amended"]];
  if (!isNumber(added) || !isNumber(amended)) return null;
  return `${written(added)} ${added === 1 ? "entry" : "entries"} added and ${written(amended)} amended`;
}

function notScreened(result: Told): string | null {
  const times = Object.values(partOf(result, "notScreened")).reduce<number>(
    (sum, one) => sum + (isNumber(one) ? one : 0),
    0,
  );
  return positive(counted(times, "could not be screened", "could not be screened"));
}

function partOf(result: Told, name: string): Told {
  const part = result[name];
  return typeof part === "object" && part !== null ? (part as Told) : {};
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function counted(value: unknown, one: string, many: string): string | null {
  return isNumber(value) ? `${written(value)} ${value === 1 ? one : many}` : null;
}

/** Null for none of what should not be. */
function positive(text: string | null): string | null {
  return text?.startsWith("0 ") === true ? null : text;
}

function sentence(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" · ");
}

function written(value: number): string {
  return value.toLocaleString("en-GB");
}
