import { parseArgs } from "node:util";

import { CordonError } from "@cordon/errors";
import type { OnceTask, RollBackTask } from "@cordon/list-sync";
import { type ListName, listNames } from "@cordon/lists";

export const usage = `list-sync keeps the sanctions lists in Redis.
  --once              look at every list once; exit 0 if each is good and its index live and announced, else 1
  --release           with --once: publish over a version that was rolled back to, which is left alone otherwise
  --same-lists        with --once: do nothing, and exit 2, where the live index has a list that is off here
  --release-list LIST with --once or --rollback: LIST may leave the index, which is refused otherwise; can be repeated
  --rollback VERSION  make a kept version live again, by its generation or the beginning of its hash, and end
  --because TEXT      with --rollback, --release or --release-list: why, for the record of who did what
  --help              this text
Everything else is told by the environment.
`;

/** What list-sync was started for. */
export type Task =
  | { readonly kind: "help" }
  | { readonly kind: "keep" }
  | ({ readonly kind: "once" } & OnceTask)
  | ({ readonly kind: "rollback" } & RollBackTask);

/** Reads the arguments. Throws CONFIG_INVALID for what list-sync does not know or what does not go together. */
export function readTask(args: readonly string[]): Task {
  const values = parsed(args);
  const {
    help = false,
    once = false,
    release = false,
    "same-lists": sameLists = false,
    rollback,
    because = null,
  } = values;
  if (help) return { kind: "help" };
  if ((release || sameLists) && !once)
    throw new CordonError("CONFIG_INVALID", "--release and --same-lists go with --once; try --help");
  const releaseLists = listsIn(values["release-list"] ?? []);
  if (releaseLists.length > 0 && !once && rollback === undefined)
    throw new CordonError("CONFIG_INVALID", "--release-list goes with --once or --rollback; try --help");
  if (because !== null && rollback === undefined && !release && releaseLists.length === 0)
    throw new CordonError("CONFIG_INVALID", "--because goes with --rollback, --release or --release-list; try --help");
  if (rollback === undefined)
    return once ? { kind: "once", release, sameLists, releaseLists, because } : { kind: "keep" };
  if (once) throw new CordonError("CONFIG_INVALID", "--rollback does not go with --once; try --help");
  return { kind: "rollback", version: rollback, releaseLists, because };
}

function listsIn(words: readonly string[]): readonly ListName[] {
  return words.map((word) => {
    const list = listNames.find((name) => name === word);
    if (list === undefined)
      throw new CordonError("CONFIG_INVALID", `--release-list takes one of ${listNames.join(", ")}, not "${word}"`);
    return list;
  });
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        help: { type: "boolean" },
        once: { type: "boolean" },
        release: { type: "boolean" },
        "same-lists": { type: "boolean" },
        "release-list": { type: "string", multiple: true },
        rollback: { type: "string" },
        because: { type: "string" },
      },
    }).values;
  } catch (cause) {
    throw new CordonError("CONFIG_INVALID", "an option that list-sync does not know; try --help", { cause });
  }
}
