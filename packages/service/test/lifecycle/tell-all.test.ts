import { tellAll } from "@cordon/service";
import { expect, test } from "vitest";

test("every listener hears every fact, in order", () => {
  const heard: string[] = [];
  const listener = (who: string) => ({
    opened: (what: string) => void heard.push(`${who} opened ${what}`),
    closed: () => void heard.push(`${who} closed`),
  });
  const all = tellAll([listener("first"), listener("second")]);
  all.opened("door");
  all.closed();
  expect(heard).toEqual(["first opened door", "second opened door", "first closed", "second closed"]);
});
