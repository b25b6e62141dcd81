import { text } from "@cordon/service";

/** One Cordon of several that share a Kafka. */
export const topicPrefix = text("TOPIC_PREFIX", {
  meaning: "Put before every topic's name, so that several Cordons can share one Kafka.",
  default: "",
  pattern: /^[A-Za-z0-9._-]{0,64}$/,
  expected: "up to 64 letters, digits and ._-",
});
