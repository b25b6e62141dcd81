import { encoding } from "./kinds/encoding.ts";
import { identifier } from "./kinds/identifier.ts";
import { largerField } from "./kinds/larger-field.ts";
import { later } from "./kinds/later.ts";
import { unreadField } from "./kinds/unread-field.ts";
import type { Trick } from "./trick.ts";

/** All kinds of trick, in the order of the report. */
export const tricks: readonly Trick[] = [...largerField, ...unreadField, ...identifier, ...encoding, ...later];
