import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { scanText } from "../../src/text/scan-text.ts";
import { designation, weak } from "../example-designations.ts";

const options = compileSearchOptions();

/** The scores of one listed name against a line, none if it is not contained; and the part it was found in. */
function found(line: string, listed: string, type: DesignationType = "PERSON") {
  const list = [designation("1", [listed], type)];
  const scanned = scanText(list, line, options);
  expect(openSnapshot(compileSnapshot(list)).searchText(line, options)).toEqual(scanned);
  if (scanned.kind !== "matches") return scanned.kind;
  return scanned.matches.map(({ score, start, end }) => [score, line.slice(start, end)])[0] ?? "nothing";
}

describe("a line contains a listed name", () => {
  test.each([
    ["Payment to Nusret Seferovic for March rent", "Nusret SEFEROVIC", "Nusret Seferovic"],
    ["INVOICE 4711 SEFEROVIC, NUSRET GOODS", "Nusret SEFEROVIC", "SEFEROVIC, NUSRET"],
    ["rent-Nusret/Seferović+thanks", "Nusret SEFEROVIC", "Nusret/Seferović"],
    ["goods Alpa Trading FZCO invoice 3", "ALPA TRADING FZCO", "Alpa Trading FZCO"],
    ["INVOICE 88 KOTI CORP STEEL", "KOTI CORP", "KOTI CORP"],
  ])("%j contains %j", (line, listed, part) => {
    expect(found(line, listed, "ORGANISATION")).toEqual([10_000, part]);
  });

  test("in another script", () => {
    const [score, part] = found("за Нусрет Сеферович спасибо", "Nusret SEFEROVIC");
    expect(score).toBeGreaterThanOrEqual(9000);
    expect(part).toBe("Нусрет Сеферович");
  });

  test("with one slip in a long word, or without a light word, for less", () => {
    const slip = found("Payment to Nusret Seferovc for rent", "Nusret SEFEROVIC");
    expect(slip).toEqual([expect.any(Number), "Nusret Seferovc"]);
    expect(slip[0]).toBeLessThan(10_000);
    expect(found("via Alpa Trading thanks", "ALPA TRADING FZCO", "ORGANISATION")).toEqual([
      expect.any(Number),
      "Alpa Trading",
    ]);
  });

  test("with words between its own, for less; scattered over the line, not at all", () => {
    expect(found("to Nusret B Seferovic", "Nusret SEFEROVIC")).toEqual([9580, "Nusret B Seferovic"]);
    expect(found("Nusret pays for the school fees of little Seferovic", "Nusret SEFEROVIC")).toBe("nothing");
  });

  test("not by a half of it", () => {
    expect(found("Payment to Nusret for rent", "Nusret SEFEROVIC")).toBe("nothing");
    expect(found("Trading FZCO invoice", "ALPA TRADING FZCO", "ORGANISATION")).toBe("nothing");
  });

  test("not when common names beside it make it somebody else's", () => {
    expect(found("Payment to Ahmed Saleh for rent", "Ahmed SALEH")).toEqual([10_000, "Ahmed Saleh"]);
    expect(found("Payment to Ahmed Saleh Omar for rent", "Ahmed SALEH")).toBe("nothing");
    expect(found("Payment to Ahmed Saleh, Omar for rent", "Ahmed SALEH")).toEqual([10_000, "Ahmed Saleh"]);
  });

  test("of one word only where it stands alone, spelt as listed, and is long enough", () => {
    expect(found("FORTUNE", "FORTUNE", "VESSEL")).toEqual([10_000, "FORTUNE"]);
    expect(found("freight vessel FORTUNE, 3 of May", "FORTUNE", "VESSEL")).toEqual([10_000, "FORTUNE"]);
    expect(found("Fortune cookies for the party", "FORTUNE", "VESSEL")).toBe("nothing");
    expect(found("freight vessel FORTUNA, 3 of May", "FORTUNE", "VESSEL")).toBe("nothing");
    expect(found("payment for BULL", "BULL", "VESSEL")).toBe("nothing");
  });

  test("no letter of a line is an initial", () => {
    expect(found("flat N Seferovic road", "Nusret SEFEROVIC")).toBe("nothing");
  });

  test("weak aliases confirm and never raise", () => {
    const list = [designation("1", ["Nusret SEFEROVIC", weak("King of Horgos")])];
    expect(scanText(list, "for the King of Horgos", options)).toEqual({ kind: "matches", matches: [] });
    const raising = compileSearchOptions({ weakAliases: "raise" });
    expect(scanText(list, "for the King of Horgos", raising)).toMatchObject({ matches: [{ score: 10_000 }] });
  });

  test("points sum to the score, and offsets are those of the part", () => {
    const line = "Zahlung 🙂 an Nusret B Seferovic";
    const result = scanText([designation("1", ["Nusret SEFEROVIC"])], line, options);
    expect(result).toMatchObject({ kind: "matches" });
    const [match] = result.kind === "matches" ? result.matches : [];
    expect(match?.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(match?.score);
    expect(line.slice(match?.start, match?.end)).toBe("Nusret B Seferovic");
  });
});

describe("a line", () => {
  test("of nothing is unreadable; one too long is too broad, never cut", () => {
    expect(found("", "Nusret SEFEROVIC")).toBe("unreadable");
    expect(found(" -- ", "Nusret SEFEROVIC")).toBe("unreadable");
    expect(found("x".repeat(4097), "Nusret SEFEROVIC")).toBe("too-broad");
  });

  test("of many words is read to its end", () => {
    expect(found(`${"word ".repeat(700)}Nusret Seferovic`, "Nusret SEFEROVIC")).toEqual([10_000, "Nusret Seferovic"]);
  });

  test("that nobody wrote to name anybody names nobody of a small list", () => {
    const list = [designation("1", ["Nusret SEFEROVIC"]), designation("2", ["Ahmed SALEH"])];
    const index = openSnapshot(compileSnapshot(list));
    const lines = readFileSync(new URL("innocent-lines.txt", import.meta.url), "utf8")
      .trim()
      .split("\n");
    expect(lines.length).toBeGreaterThan(400);
    for (const line of lines)
      expect([line, index.searchText(line, options)]).toEqual([line, { kind: "matches", matches: [] }]);
  });
});
