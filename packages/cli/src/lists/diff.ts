import { describeChanges, diffDesignations } from "@cordon/lists";
import type { Designation } from "@cordon/matching";

import { indexOf, type ListsPorts, withStore } from "./store.ts";

/** What the second of two versions added, amended (with what changed) and removed. */
export async function diff(
  ports: ListsPorts,
  { from, to, json }: { readonly from: string; readonly to: string; readonly json: boolean },
): Promise<string> {
  const { before, after } = await withStore(ports, async (store) => ({
    before: await indexOf(store, from),
    after: await indexOf(store, to),
  }));
  const { added, amended, removed } = diffDesignations(
    [...before.index.designations()],
    [...after.index.designations()],
  );
  const unscreened = changedOtherwise([...before.index.designations()], [...after.index.designations()], amended);
  const changes = amended.map((each) => ({ designation: each.after, fields: describeChanges(each) }));
  if (json) {
    const entries = changes.map(({ designation, fields }) => ({ ...briefly(designation), fields }));
    const told = { added: added.map(briefly), amended: entries, removed: removed.map(briefly), unscreened };
    return `${JSON.stringify(told)}\n`;
  }
  const numbers = [before, after].map(({ version }) => String(version.manifest.generation)).join(" to ");
  const heading = `version ${numbers}: +${String(added.length)} -${String(removed.length)}, ${String(amended.length)} amended\n`;
  const parts = [
    ...added.map((each) => `+ ${inALine(each)}\n`),
    ...removed.map((each) => `- ${inALine(each)}\n`),
    ...changes.flatMap(({ designation, fields }) => [
      `~ ${inALine(designation)}\n`,
      ...fields.flatMap(({ field, removed: was, added: now }) => [
        ...was.map((line) => `    ${field}: - ${line}\n`),
        ...now.map((line) => `    ${field}: + ${line}\n`),
      ]),
    ]),
  ];
  const rest =
    unscreened.length === 0 ? "" : `changed in remarks or case only, alike for screening: ${unscreened.join(", ")}\n`;
  return heading + parts.join("") + rest;
}

/** Ids of what is in both and not amended, and yet not written the same: no screening is different for it. */
function changedOtherwise(
  before: readonly Designation[],
  after: readonly Designation[],
  amended: readonly { readonly after: Designation }[],
): readonly string[] {
  const was = new Map(before.map((designation) => [designation.id, designation]));
  const told = new Set(amended.map(({ after: { id } }) => id));
  return after
    .filter(({ id }) => was.has(id) && !told.has(id))
    .filter((designation) => written(was.get(designation.id)) !== written(designation))
    .map(({ id }) => id)
    .toSorted();
}

function written(designation: Designation | undefined): string {
  return JSON.stringify({ ...designation, updatedOn: null });
}

function briefly({ id, list, type, names, regime }: Designation) {
  return { id, list, type, primaryName: names[0]?.text ?? "", regime };
}

function inALine({ id, type, names, regime }: Designation): string {
  return `${id}  ${type.toLowerCase()}  ${names[0]?.text ?? ""}  (${regime})`;
}
