import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import {
  compareTexts,
  compileSearchOptions,
  decodeText,
  engineVersion,
  identifiersIn,
  scanText,
} from "../../src/index.ts";
import { designation } from "../example-designations.ts";
import golden from "./engine-outcomes.json" with { type: "json" };
import { disguised, identifierTexts } from "./texts.ts";

/*
 * Every decision names the version of the engine, so that it can be explained years later. A version must therefore never stand for two
 * behaviours: the outcomes of fixed texts are kept beside it.
 */

interface Case {
  readonly type: DesignationType;
  readonly payment: string;
  readonly listed: string;
}

const cases: readonly Case[] = readFileSync(new URL("../../../../tools/accuracy/cases.csv", import.meta.url), "utf8")
  .split(/\r?\n/)
  .slice(1)
  .filter((line) => line !== "")
  .map((line) => {
    const cells = Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, cell = ""]) =>
      cell.replace(/^"|"$/g, "").replaceAll('""', '"'),
    );
    const [, type, , , payment = "", listed = ""] = cells;
    return { type: type as DesignationType, payment, listed };
  });

const options = compileSearchOptions();

function outcomesOf({ type, payment, listed }: Case): unknown {
  const compared = compareTexts(payment, listed, type);
  const list = [designation("1", [listed], type)];
  const found = disguised(payment).map(({ text, place }) => {
    const result = scanText(list, text, options, place);
    if (result.kind !== "matches") return result.kind;
    return result.matches.map(({ score, start, end }) => [score, start, end]);
  });
  return [compared.kind === "compared" ? compared.score : compared.kind, found];
}

function digestOf(outcomes: unknown): string {
  return createHash("sha256").update(JSON.stringify(outcomes)).digest("hex").slice(0, 16);
}

const decoded = (text: string): unknown => {
  const { readings, unreadable } = decodeText(text);
  return [readings.map((reading) => reading.text), unreadable];
};

test("an engine version stands for one behaviour", () => {
  const outcomes = {
    names: digestOf(cases.map(outcomesOf)),
    decoded: digestOf(cases.flatMap(({ payment }) => disguised(payment).map(({ text }) => decoded(text)))),
    identifiers: digestOf(identifierTexts.map((text) => identifiersIn(text))),
  };
  expect(cases.length).toBeGreaterThan(600);
  // Outcomes changed: raise RULES in engine-version.ts, then write what is printed here into engine-outcomes.json.
  expect({ engineVersion, ...outcomes }).toEqual(golden);
});
