import { CordonError } from "@cordon/errors";
import type { ConsumedRecord, OutRecord } from "@cordon/kafka";
import { createClearDecisionWriter, decisionHeaders, type Outcome } from "@cordon/schemas";

import { type OutputDeps, traceparentOf } from "../outputs.ts";
import type { ClearDecision } from "./fast-path.ts";

/**
 * Writes the decisions of a batch on events that are clear by their parts. They are what `outputsOf` writes of the same events
 * screened in full, byte for byte; what all of them have in common is made once.
 */
export function clearOutputs({
  source,
  screening: { generation, policy },
  format,
}: OutputDeps): (record: ConsumedRecord, screened: ClearDecision) => OutRecord {
  const { topics, decisions } = format;
  const writer = createClearDecisionWriter(
    {
      sourceTopic: source.topic,
      sourcePartition: source.partition,
      index: generation.stamp,
      engineVersion: generation.index.engineVersion,
      policyVersion: policy.version,
    },
    decisions.schemaId,
  );
  const headers = { [decisionHeaders.outcome]: clearOutcome };
  return (record, clear) => {
    const { value } = record;
    if (value === null) throw new CordonError("CONTRACT_VIOLATED", "a record without a value has no parts");
    const traceparent = traceparentOf(record);
    return {
      topic: topics.decisions,
      key: value.subarray(clear.idStart, clear.idEnd),
      value: writer.write(value, clear, Number(record.offset)),
      headers: traceparent === undefined ? headers : { ...headers, [decisionHeaders.traceparent]: traceparent },
    };
  };
}

const clearOutcome: Outcome = "CLEAR";
