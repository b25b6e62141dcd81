import { expect, test } from "vitest";

import { leastResultBytes, outputBounds, refuseSmallTopics } from "../src/small-topics.ts";
import { topicNames } from "../src/topics.ts";

const names = topicNames({ topicPrefix: "test." });
const usual = 1_048_588;
const reports = (small: Readonly<Record<string, number>>) =>
  Object.values(names).map((topic) => ({ topic, maxMessageBytes: small[topic] ?? usual }));

test("a topic of results that takes too little for one record is named before any event is read", () => {
  refuseSmallTopics(reports({ [names.decisions]: leastResultBytes }), names);
  const small = reports({ [names.decisions]: 2_000, [names.alerts]: leastResultBytes - 1 });
  expect(() => {
    refuseSmallTopics(small, names);
  }).toThrow(
    expect.objectContaining({
      code: "CONFIG_INVALID",
      message: expect.stringMatching(
        /test\.screening\.decisions\.v1 \(2000\), test\.screening\.alerts\.v1 \(65535\).*max\.message\.bytes/,
      ) as string,
    }) as Error,
  );
});

test("topics of events may take as little as their producers need", () => {
  expect(() => {
    refuseSmallTopics(reports({ [names.payments]: 500 }), names);
  }).not.toThrow();
});

test("alerts and dead letters are kept to what their topics take", () => {
  expect(outputBounds(reports({ [names.alerts]: 100_000, [names.deadLetters]: 200_000 }), names)).toEqual({
    matches: 100_000 - 16_384,
    deadLetter: 200_000 - 16_384,
  });
});
