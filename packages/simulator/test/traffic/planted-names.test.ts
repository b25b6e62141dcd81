import { plantedNames } from "@cordon/simulator";
import { expect, test } from "vitest";

import { designation, gimDesignations } from "./designations.ts";

const strong = { kind: "PRIMARY", strength: "STRONG" } as const;

test("only Latin, strong names of two words and ten letters are planted", () => {
  const { names } = plantedNames([
    designation("A", [
      { text: "Quentin Marrowbone", ...strong },
      { text: "Marrow Weakling", kind: "ALIAS", strength: "WEAK" },
      { text: "Кирилл Маркович", ...strong },
      { text: "Marrowbonequentin", ...strong },
      { text: "Abe Roe", ...strong },
      { text: "Quentin Marrowbone; Q. Marrow", ...strong },
    ]),
    designation("B", [{ text: "MV Marrow Bone Trader", ...strong }], { type: "VESSEL" }),
  ]);
  expect(names).toEqual([{ text: "Quentin Marrowbone", type: "PERSON", designationIds: ["uk:A"] }]);
});

test("a name of two designations is answered by either, whatever the order of its words", () => {
  const { names } = plantedNames([
    designation("A", [{ text: "Quentin Marrowbone", ...strong }]),
    designation("B", [{ text: "MARROWBONE, Quentin", kind: "ALIAS", strength: "WEAK" }]),
  ]);
  expect(names[0]?.designationIds).toEqual(["uk:A", "uk:B"]);
});

test("a word of many designations is usual", () => {
  const many = Array.from({ length: 16 }, (_, at) =>
    designation(`N${String(at)}`, [{ text: `Company Number${"x".repeat(at + 1)}`, ...strong }]),
  );
  const { usual } = plantedNames(many);
  expect(usual("COMPANY")).toBe(true);
  expect(usual("Numberx")).toBe(false);
});

test("the excerpt kept with the source has enough names to plant", async () => {
  const { names } = plantedNames(await gimDesignations());
  expect(names.length).toBeGreaterThan(20);
});
