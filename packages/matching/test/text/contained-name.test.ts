import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import type { TextPlace } from "../../src/search.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { scanText } from "../../src/text/scan-text.ts";
import { designation, weak } from "../example-designations.ts";

const options = compileSearchOptions();

/** The scores of one listed name against a line, none if it is not contained; and the part it was found in. */
function found(line: string, listed: string, type: DesignationType = "PERSON", place: TextPlace = "line") {
  const list = [designation("1", [listed], type)];
  const scanned = scanText(list, line, options, place);
  expect(openSnapshot(compileSnapshot(list)).searchText(line, options, place)).toEqual(scanned);
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

/** The part of a field for a name that reads like a listed name. */
function within(field: string, listed: string, type: DesignationType = "PERSON"): unknown {
  const result = found(field, listed, type, "name");
  return typeof result === "string" ? result : result[1];
}

describe("a field for a name holds a listed name", () => {
  test.each([
    "Ana Horvat AND/OR Nusret Seferovic",
    "Ana Horvat & Nusret Seferovic",
    "Nusret Seferovic; Ana Horvat",
    "Ana Horvat/Nusret Seferovic",
    "Ana Horvat - Nusret Seferovic",
    "Ana Horvat–Nusret Seferovic",
    "Ana Horvat-Nusret Seferovic",
    "Ana Horvat, Nusret Seferovic",
    "Ana Horvat\nNusret Seferovic",
    "Ana Horvat\tNusret Seferovic",
    "Ana Horvat c/o Nusret Seferovic",
    "Blue Heron Books BV d/b/a Nusret Seferovic",
    "Blue Heron Books BV Nusret Seferovic",
    "Blue Heron Books as trustee for Nusret Seferovic",
    "Estate of Nusret Seferovic",
    "Ana Horvat im Auftrag von Nusret Seferovic",
    "Ana Horvat por cuenta de Nusret Seferovic",
    "Ana Horvat через Nusret Seferovic",
    "Ana Horvat (Nusret Seferovic)",
    "Ana Horvat 'Nusret Seferovic'",
    "Ana Horvat «Nusret Seferovic»",
    "Nusret Seferovic, 14 Kirova Street, Apt 5, Moscow 103132, Russian Federation",
    "14 Kirova Street Moscow 103132 Nusret Seferovic",
    "Nusret Seferovic Keizersgracht 104",
    "1/Nusret Seferovic\n2/14 KIROVA STREET APT 5\n3/RU/MOSCOW",
    "1/Nusret Seferovic2/14 KIROVA STREET3/RU/MOSCOW",
    "Nusret Seferovic +38 160 555 0199",
    "the money is for Nusret Seferovic who lives next door",
    "Ana Horvat wat Nusret Seferovic",
    "Ana Maria Horvat Nusret Seferovic Ivan Babic",
  ])("%j", (field) => {
    expect(within(field, "Nusret SEFEROVIC")).toBe("Nusret Seferovic");
  });

  test("of a firm with its branch, and of a ship", () => {
    expect(
      within("GARIZIM CAPITAL GROUP, S.A., Dubai Main Branch", "Garizim Capital Group, S.A.", "ORGANISATION"),
    ).toBe("GARIZIM CAPITAL GROUP, S.A");
    expect(within("Blue Heron Books BV d/b/a KOLMA", "KOLMA", "VESSEL")).toBe("KOLMA");
    expect(within("Ana Horvat (KOTI 5)", "KOTI 5", "VESSEL")).toBe("KOTI 5");
  });

  test("with the words of the listed name rather than others like them before it", () => {
    expect(within("Blue Heron Books BV\nVelada LLC", "Velada LLC", "ORGANISATION")).toBe("Velada LLC");
  });

  test("not where words right beside two of it make another name", () => {
    expect(within("Ahmed Saleh Omar, 14 Kirova Street", "Ahmed SALEH")).toBe("nothing");
    expect(within("Wexcombe Ahmed Saleh & Ana Horvat", "Ahmed SALEH")).toBe("nothing");
    expect(within("Ahmed Saleh de Luna, Madrid", "Ahmed SALEH")).toBe("nothing");
    expect(within("Ahmed Saleh, 14 Kirova Street", "Ahmed SALEH")).toBe("Ahmed Saleh");
  });

  test("of one short word only where it stands alone on both sides", () => {
    for (const field of [
      "Gold & Atlas Ltd",
      "Atlas coffee, 14 Station Road",
      "12 Atlas Street, Leeds",
      "Isis de Atlas, Rome",
    ])
      expect([field, within(field, "KOLMA", "VESSEL")]).toEqual([field, "nothing"]);
    expect(within("Fuel card, Ana Horvat", "CARD", "ORGANISATION")).toBe("nothing");
    expect(within("Trading LLC, Leeds", "AB", "ORGANISATION")).toBe("nothing");
  });

  test("a plain name is not searched within, and costs nothing", () => {
    const index = openSnapshot(compileSnapshot([designation("1", ["Nusret SEFEROVIC"])]));
    expect(index.searchText("Nusret Seferovic", options, "name")).toEqual({ kind: "matches", matches: [] });
    expect(index.work.words).toBe(0);
    index.searchText("Nusret Seferovic, Horgos", options, "name");
    expect(index.work.words).toBeGreaterThan(0);
  });
});

describe("in a line", () => {
  test.each([
    "Ana Horvat - Nusret Seferovic",
    "Ana Horvat\nNusret Seferovic",
    "Ana dit Nusret Seferovic",
    "Sig. Nusret Seferovic e Sig.ra Ana Horvat",
  ])("a name is parted by what parts names: %j", (line) => {
    expect(found(line, "Nusret SEFEROVIC")).toEqual([10_000, "Nusret Seferovic"]);
  });

  test("a ship stands alone beside a joining word, and in no street", () => {
    expect(found("cargo owned by FORTUNE", "FORTUNE", "VESSEL")).toEqual([10_000, "FORTUNE"]);
    expect(found("12 Fortune Avenue Leeds", "FORTUNE", "VESSEL")).toBe("nothing");
  });

  test("the house of a family begins the name behind it", () => {
    expect(found("شعبان آل قصير", "AL-SHABAN", "ORGANISATION")).toBe("nothing");
    expect(found("شركة الشعبان للتجارة", "AL-SHABAN", "ORGANISATION")).toEqual([expect.any(Number), "الشعبان"]);
    expect(found("شعبان آل", "AL-SHABAN", "ORGANISATION")).toEqual([expect.any(Number), "شعبان آل"]);
  });

  test("a name in Hangul stands in its order, as in a field of its own", () => {
    expect(found("business partner of 영수 이", "RI, Su Yong")).toBe("nothing");
    expect(found("business partner of 이수용", "RI, Su Yong")).toEqual([expect.any(Number), "이수용"]);
    expect(found("partner of 영철 수민 김", "KIM, Min Chol")).toBe("nothing");
  });

  test("two Han characters are no southern spelling of two others; three may be", () => {
    expect(found("pay 东 王", "HENG Tong")).toBe("nothing");
    expect(found("pay 王东", "WANG Dong")).toEqual([10_000, "王东"]);
    expect(found("pay 李桂華", "LI, Kwai-wah")).toEqual([expect.any(Number), "李桂華"]);
  });
});
