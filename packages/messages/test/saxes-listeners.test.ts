import { SaxesParser } from "saxes";
import { expect, test } from "vitest";

import { makeRoomForListeners } from "../src/xml/saxes-listeners.ts";

test("what listens to the parser stands in properties that were there before", () => {
  const parser = new SaxesParser({ xmlns: false, position: true });
  makeRoomForListeners(parser);
  const before = Object.keys(parser);
  for (const event of [
    "doctype",
    "opentag",
    "closetag",
    "text",
    "cdata",
    "comment",
    "processinginstruction",
    "xmldecl",
  ] as const)
    parser.on(event, () => undefined);
  expect(Object.keys(parser)).toEqual(before);
});
