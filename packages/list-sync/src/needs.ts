import type { Need } from "@cordon/kafka";

import type { ListSyncConfig } from "./config.ts";
import { listChangesTopic } from "./topics.ts";

/** What list-sync's user must be allowed to do: the table of docs/security.md. Acts of people are said elsewhere, too, where their topic is refused. */
export function needsOf(config: Pick<ListSyncConfig, "topicPrefix">): readonly Need[] {
  return [{ kind: "topic", name: listChangesTopic(config), operations: ["Write", "DescribeConfigs"] }];
}
