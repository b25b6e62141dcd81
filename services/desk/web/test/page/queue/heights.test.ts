import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { headingHeight, rowHeight } from "../../../src/page/queue/window.ts";

test("the rows are as high as the window of rows counts with", () => {
  const styles = readFileSync(new URL("../../../src/page/styles/queue.css", import.meta.url), "utf8");
  const heightOf = (selector: string): number => {
    const [, body = ""] = styles.split(`\n${selector} {`);
    return Number(/^\s*height: (\d+)px;/m.exec(body.split("}")[0] ?? "")?.[1]);
  };
  expect(heightOf(".rows a")).toBe(rowHeight);
  expect(heightOf(".rows .day")).toBe(headingHeight);
});
