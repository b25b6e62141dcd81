import type { Kafka } from "kafkajs";

/** kafkajs makes a cluster for each of its clients by a function under a symbol of its own. */
const makerName = "private:Kafka:createCluster";

/** A cluster of kafkajs 2.2.4 without a client around it. `T` says what of it is used. */
export function bareCluster<T>(kafka: Kafka): T {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === makerName);
  const make = symbol === undefined ? undefined : (Reflect.get(kafka, symbol) as unknown);
  if (typeof make !== "function") throw new Error("kafkajs's maker of clusters is not where it was");
  return (make as (options: object) => T)({ allowAutoTopicCreation: false });
}
