import { describeChanges, diffDesignations } from "@cordon/lists";
import type { Designation } from "@cordon/screening";

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
  const changes = amended.map((each) => ({ designation: each.after, fields: describeChanges(each) }));
  if (json) {
    const entries = changes.map(({ designation, fields }) => ({ ...briefly(designation), fields }));
    return `${JSON.stringify({ added: added.map(briefly), amended: entries, removed: removed.map(briefly) })}\n`;
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
  return heading + parts.join("");
}

function briefly({ id, list, type, names, regime }: Designation) {
  return { id, list, type, primaryName: names[0]?.text ?? "", regime };
}

function inALine({ id, type, names, regime }: Designation): string {
  return `${id}  ${type.toLowerCase()}  ${names[0]?.text ?? ""}  (${regime})`;
}
