import { kafkaFaults } from "./scenarios/kafka.ts";
import { redisFaults } from "./scenarios/redis.ts";
import { screenerFaults } from "./scenarios/screener.ts";
import type { Fault } from "./scene.ts";

/** Every fault that the suite plays, in the order of the table. */
export const faults: readonly Fault[] = [...screenerFaults, ...kafkaFaults, ...redisFaults];
