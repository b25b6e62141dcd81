import { type ListName, listNames, listSources, listVariable } from "@cordon/lists";

import type { StartOptions } from "./options.ts";

/** What list-sync is told: the value of `LIST_UK` and the like by list, and what to say about the choice. */
export interface ListPlan {
  readonly sources: Readonly<Record<ListName, string>>;
  readonly notes: readonly string[];
}

export interface ListPlanRequest {
  readonly given: StartOptions["lists"];
  readonly environment: NodeJS.ProcessEnv;
  /** The file that stands in for the UK list where the official one cannot be reached. */
  readonly excerpt: string;
  /** Null when the address answers with a file, else why not. */
  readonly probe: (url: string) => Promise<string | null>;
}

async function officialOrExcerpt(list: ListName, { environment, excerpt, probe }: ListPlanRequest) {
  const set = environment[listVariable(list)] ?? "";
  if (set !== "") return { source: set, note: null };
  const { url, title, onByDefault } = listSources[list];
  if (url === null || !onByDefault) return { source: "off", note: null };
  const fault = await probe(url);
  if (fault === null) return { source: url, note: null };
  const instead = list === "uk" ? "going on with the small excerpt kept with the source" : "going on without it";
  return { source: list === "uk" ? excerpt : "off", note: `lists: cannot reach the ${title} (${fault}): ${instead}` };
}

/** Given files alone are on. Else the environment decides, else the official address, else the excerpt. */
export async function planLists(request: ListPlanRequest): Promise<ListPlan> {
  const { given } = request;
  const sources = Object.fromEntries(listNames.map((list) => [list, "off"])) as Record<ListName, string>;
  if (given !== null) return { sources: { ...sources, ...given }, notes: [] };
  const chosen = await Promise.all(listNames.map((list) => officialOrExcerpt(list, request)));
  const notes: string[] = [];
  for (const [at, { source, note }] of chosen.entries()) {
    const list = listNames[at];
    if (list !== undefined) sources[list] = source;
    if (note !== null) notes.push(note);
  }
  return { sources, notes };
}

/** Asks for the file and takes its first bytes only. */
export async function probeAddress(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(4000)]) });
    await response.body?.cancel();
    return response.ok ? null : `status ${String(response.status)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
    return cause instanceof Error && cause.name === "TimeoutError" ? "no answer in time" : "no answer";
  }
}
