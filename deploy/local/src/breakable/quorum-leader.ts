import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a node of Kafka keeps of the last election it took part in. */
interface QuorumState {
  /** -1: an election goes on. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

/** The id of the node that leads the cluster, by what its nodes have in their folders; null: none says so. */
export function quorumLeader(folders: readonly string[]): number | null {
  const states = folders
    .map((folder) => join(folder, "data", "__cluster_metadata-0", "quorum-state"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as QuorumState);
  const newest = states.toSorted((a, b) => b.leaderEpoch - a.leaderEpoch || b.leaderId - a.leaderId)[0];
  return newest === undefined || newest.leaderId < 0 ? null : newest.leaderId;
}
