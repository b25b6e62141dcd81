import type { TopicPartition } from "./port.ts";

/** How the records of one producer id and epoch are numbered, partition by partition, so that a broker knows a repeat. */
export interface Sequences {
  /** The number of the first of so many records; each call takes the next ones. */
  take(partition: TopicPartition, records: number): number;
  /** So many of the numbers taken last for that partition were never sent: the next records get them. */
  giveBack(partition: TopicPartition, records: number): void;
}

/** After the largest int32 comes 0, as in Java's client. */
const numbers = 2 ** 31;

export function createSequences(): Sequences {
  const next = new Map<string, number>();
  const move = ({ topic, partition }: TopicPartition, records: number): number => {
    const name = `${topic} ${String(partition)}`;
    const from = next.get(name) ?? 0;
    next.set(name, (from + records + numbers) % numbers);
    return from;
  };
  return {
    take: move,
    giveBack: (partition, records) => void move(partition, -records),
  };
}
