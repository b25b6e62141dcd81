import { engineVersion, openSnapshot, selfCheck } from "@cordon/matching";

import { compileApart } from "./compile/compile-apart.ts";
import { sha256 } from "./compile/compiled.ts";
import type { Engine } from "./sync/list-sync.ts";

/** The engine itself, compiling in a thread of its own. */
export const matchingEngine: Engine = {
  version: engineVersion,
  compile: compileApart,
  open: (snapshot) => openSnapshot(snapshot, { sha256 }),
  selfCheck,
};
