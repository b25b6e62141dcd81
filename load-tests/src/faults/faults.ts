import { exactlyOnceFaults } from "./scenarios/exactly-once.ts";
import { indexFaults } from "./scenarios/index-faults.ts";
import { kafkaFaults } from "./scenarios/kafka.ts";
import { listFaults } from "./scenarios/lists.ts";
import { poisonFaults } from "./scenarios/poison.ts";
import { redisFaults } from "./scenarios/redis.ts";
import { registryFaults } from "./scenarios/registry.ts";
import { screenerFaults } from "./scenarios/screener.ts";
import { streamFaults } from "./scenarios/stream.ts";
import { otherFaults } from "./scenarios/time-and-consumers.ts";
import type { Fault } from "./scene.ts";

/** Every fault that the suite plays, in the order of the table. */
export const faults: readonly Fault[] = [
  ...screenerFaults,
  ...kafkaFaults,
  ...streamFaults,
  ...exactlyOnceFaults,
  ...redisFaults,
  ...registryFaults,
  ...indexFaults,
  ...listFaults,
  ...poisonFaults,
  ...otherFaults,
];
