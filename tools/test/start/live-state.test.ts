import { createLedger, createPlantedRegister } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

import { createLiveState, indexFactOf } from "../../start/live-state.ts";
import { samplesOf, sumOf } from "../../start/metrics-text.ts";

const text = `# HELP cordon_index_generation Generation of the index in use; 0 is none.
# TYPE cordon_index_generation gauge
cordon_index_generation 3
cordon_index_age_seconds 75.5
cordon_index_info{version="abc123",engine="e1"} 1
cordon_index_entries{list="uk"} 6046
cordon_index_entries{list="un"} 1003
cordon_kafka_consumer_lag_messages{topic="payments.v1",partition="0"} 5
cordon_kafka_consumer_lag_messages{topic="payments.v1",partition="1"} 7
cordon_kafka_consumer_lag_messages_other 99
`;

describe("metrics", () => {
  test("are read by name, with their labels", () => {
    expect(samplesOf(text, "cordon_index_entries")).toEqual([
      { labels: { list: "uk" }, value: 6046 },
      { labels: { list: "un" }, value: 1003 },
    ]);
    expect(sumOf(text, "cordon_kafka_consumer_lag_messages")).toBe(12);
    expect(sumOf(text, "cordon_absent")).toBeNull();
  });

  test("tell which index the screener uses", () => {
    expect(indexFactOf(text)).toEqual({
      version: "abc123",
      generation: 3,
      lists: [
        { list: "uk", entries: 6046 },
        { list: "un", entries: 1003 },
      ],
      ageSeconds: 75.5,
    });
    expect(indexFactOf(text.replace("generation 3", "generation 0"))).toBeNull();
  });
});

describe("the live state", () => {
  test("keeps the last index while the screener gives no metrics, but no lag", () => {
    const ledger = createLedger();
    const state = createLiveState({
      ledger,
      planted: createPlantedRegister(),
      services: () => [],
      startedAt: 0,
      goal: null,
    });
    state.metricsRead(text);
    expect(state.view(1000)).toMatchObject({ lag: 12, index: { version: "abc123" } });
    state.metricsRead(null);
    expect(state.view(2000)).toMatchObject({ lag: null, index: { version: "abc123" } });
  });

  test("tells events a second over the last three", () => {
    const ledger = createLedger();
    const options = { ledger, planted: createPlantedRegister(), services: () => [], startedAt: 0, goal: null };
    const state = createLiveState(options);
    let number = 0;
    for (let second = 0; second <= 10; second += 1) {
      for (let sent = 0; sent < (second < 5 ? 100 : 40); sent += 1) ledger.sent(number++, "CLEAR", second * 1000);
      state.view(second * 1000);
    }
    expect(state.view(10_000).perSecond).toEqual({ sent: 40, decided: 0 });
    expect(state.view(20_000).perSecond).toEqual({ sent: 0, decided: 0 });
  });
});
