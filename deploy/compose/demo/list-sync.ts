import { type ListName, listNames, listSources, listVariable } from "@cordon/lists";

/*
 * list-sync for trying out: a list that is on by default, was not set, and whose publisher cannot be reached from here, is
 * replaced by the excerpt in the image (UK) or left out, aloud. Whoever sets a LIST_… is never second-guessed.
 */
const excerpt = "/app/data/gim/uk-gim.csv";

/** Null when the address answers with a file, else why not. */
async function fault(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok ? null : `status ${String(response.status)}`;
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    return cause?.code ?? "no answer";
  }
}

async function standIn(list: ListName): Promise<void> {
  const { url, title, onByDefault } = listSources[list];
  const variable = listVariable(list);
  if ((process.env[variable] ?? "") !== "" || url === null || !onByDefault) return;
  const why = await fault(url);
  if (why === null) return;
  process.env[variable] = list === "uk" ? excerpt : "off";
  const instead = list === "uk" ? "a SMALL EXCERPT of it is screened against" : "it is NOT screened against";
  const message = `the ${title} cannot be reached (${why}): ${instead}. Set ${variable} to a file or an address.`;
  process.stdout.write(`${JSON.stringify({ level: "warn", service: "list-sync", message })}\n`);
}

await Promise.all(listNames.map((list) => standIn(list)));
await import("../../../services/list-sync/src/main.ts");
