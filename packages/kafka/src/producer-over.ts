import { CordonError } from "@cordon/errors";

import { notAcknowledged } from "./client-errors.ts";
import { late, withDeadline } from "./deadline.ts";
import { gathering, type SendAll } from "./gathered-sends.ts";
import type { CompiledKafkaOptions } from "./options.ts";
import type { Producer } from "./port.ts";

export interface ProducerParts {
  readonly options: CompiledKafkaOptions;
  readonly sendAll: SendAll;
  /** A library's error in Cordon's words; `doing` completes the sentence "while …". */
  readonly known: (error: unknown, doing: string) => Error;
  readonly close: () => Promise<void>;
}

/** The port's producer over what an adapter sends with. */
export function producerOver({ options, sendAll, known, close }: ProducerParts): Producer {
  const { brokers, sendTimeout, stopTimeout } = options;
  const sending = new Set<Promise<unknown>>();
  const sendGathered = gathering(sendAll);
  let closed = false;
  return {
    async send(records) {
      if (closed) throw new CordonError("CONTRACT_VIOLATED", "send was called on a closed producer");
      if (records.length === 0) return;
      const giveUp = new AbortController();
      const work = sendGathered(records, giveUp.signal);
      sending.add(work);
      try {
        if ((await withDeadline(work, sendTimeout)) === late)
          throw notAcknowledged(brokers, records.length, sendTimeout);
      } catch (error) {
        throw known(error, `sending ${String(records.length)} records`);
      } finally {
        giveUp.abort(new Error("nobody waits for these records any more"));
        sending.delete(work);
      }
    },
    async close() {
      closed = true;
      await withDeadline(Promise.allSettled(sending), stopTimeout);
      await close();
    },
  };
}
