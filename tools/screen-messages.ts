import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";

import { compilePolicy, paymentToScreen, remittanceToScreen, screenEvent } from "@cordon/decisions";
import { openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { type Converted, convertMessage } from "@cordon/messages";

/*
 * `tools/with-node tools/screen-messages.ts --index FILE FOLDER`: what comes of every file of a folder, one line a kind of outcome of
 * each, as `cordon message --screen` says it: how docs/messages.md looked at the real files of `../shared/data/messages`.
 */

const policy = compilePolicy();

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

function outcomeOf(one: Converted, index: ScreeningIndex): string {
  if (one.kind === "error") return `${one.code}: ${one.message}`;
  const event = one.kind === "payment" ? paymentToScreen(one.event) : remittanceToScreen(one.event);
  const problems =
    one.kind === "payment" ? one.event.problems.map(({ code, sourcePath }) => `${code} at ${sourcePath ?? "?"}`) : [];
  const why = problems.length === 0 ? "" : ` [${[...new Set(problems)].join(", ")}]`;
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  switch (outcome.kind) {
    case "clear":
      return `CLEAR, ${String(one.fields.length)} texts${why}`;
    case "hold":
      return `HOLD ${outcome.reason}${why}`;
    case "hit": {
      const found = outcome.matches.map(
        ({ field, start, end, designation }) => `${field.path} "${field.text.slice(start, end)}" = ${designation.id}`,
      );
      return `HIT ${found.join("; ")}${why}`;
    }
  }
}

const { values, positionals } = parseArgs({ options: { index: { type: "string" } }, allowPositionals: true });
const [folder] = positionals;
if (values.index === undefined || folder === undefined) {
  console.error("tools/with-node tools/screen-messages.ts --index FILE FOLDER");
  process.exitCode = 2;
} else {
  const index = openSnapshot(readFileSync(values.index));
  for (const path of filesBelow(folder)) {
    const bytes = readFileSync(path);
    const type = path.includes("remittance") ? "remittance" : "payment";
    const counted = new Map<string, number>();
    for (const one of convertMessage(bytes, { receivedAt: 1, type })) {
      const said = outcomeOf(one, index);
      counted.set(said, (counted.get(said) ?? 0) + 1);
    }
    for (const [said, count] of counted) console.log(`${relative(folder, path)}  ${String(count)} x ${said}`);
  }
}
