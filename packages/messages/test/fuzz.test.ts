import { readdirSync, readFileSync } from "node:fs";

import {
  faultIn,
  finMessage,
  finTypes,
  isoFamilies,
  isoMessage,
  jsonMessage,
  mutated,
  randomChoice,
  seeded,
} from "@cordon/messages/testing";
import { describe, expect, test } from "vitest";

/* A short run of what `npm run fuzz:messages` does for an hour. */

const corpus = new URL("corpus/", import.meta.url);
const options = { receivedAt: 1 } as const;
const encoder = new TextEncoder();

describe("messages of the corpus", () => {
  test.each(readdirSync(corpus))(
    "%s is read alike in whole and in pieces, and spoilt ones never break the reader",
    (name) => {
      const bytes = new Uint8Array(readFileSync(new URL(name, corpus)));
      const type = name.startsWith("remittance") ? "remittance" : "payment";
      const random = seeded(name.length);
      const faults = [bytes, ...Array.from({ length: 8 }, () => mutated(bytes, bytes, random))].map((one) =>
        faultIn(one, 1 + Math.floor(random() * 200), { ...options, type }),
      );
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
    },
  );
});

describe("messages of the grammar", () => {
  test.each([...isoFamilies, ...finTypes, "payment", "remittance"] as const)(
    "%s is read whatever is changed in it",
    (name) => {
      const random = seeded(name.length * 31);
      const type = name === "remittance" ? "remittance" : "payment";
      const draw = (): Uint8Array => {
        const choice = randomChoice(random, 0.2);
        if (name === "payment" || name === "remittance") return encoder.encode(jsonMessage(name, choice));
        const family = isoFamilies.find((one) => one === name);
        return encoder.encode(
          family === undefined ? finMessage(name as (typeof finTypes)[number], choice) : isoMessage(family, choice),
        );
      };
      const faults = Array.from({ length: 12 }, () =>
        faultIn(mutated(draw(), draw(), random), 1 + Math.floor(random() * 500), { ...options, type }),
      );
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
    },
  );
});
