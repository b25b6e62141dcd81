import { expect, test } from "vitest";

import { compileSearchOptions, scanText } from "../../src/index.ts";
import { designation } from "../example-designations.ts";

const options = compileSearchOptions();

function isFound(text: string, listed: string): boolean {
  const result = scanText([designation("1", [listed], "PERSON")], text, options, "line");
  return result.kind === "matches" && result.matches.length > 0;
}

test.each([
  ["payment to 金正恩 for rent", "KIM Jong Un"],
  ["收款人：金正恩 用途：房租 备注：无", "KIM Jong Un"],
  ["收款人 王朔 房租", "WANG Shuo"],
  ["收款人：蔡添强 用途：货款", "CHUA Thiam Keong"],
  ["payment to 山田太郎 for rent", "YAMADA Taro"],
  ["受取人：山田太郎 家賃", "YAMADA Taro"],
  ["수취인 김정은 용도 월세", "KIM Jong Un"],
  ["수취인 김 정은 용도 월세", "KIM Jong Un"],
  ["수취인 장성택 용도 월세 비고 없음", "JANG Song Thaek"],
  ["수취인 블라디미르 푸틴 용도 월세", "Vladimir PUTIN"],
])("in %s stands %s", (text, listed) => {
  expect(isFound(text, listed)).toBe(true);
});

test.each([
  ["收款人：王力宏 用途：房租", "WANG Shuo"],
  ["收款人 房租 用途", "WANG Shuo"],
  ["수취인 김정숙 용도 월세", "KIM Jong Un"],
  ["payment to 山田花子 for rent", "YAMADA Taro"],
])("in %s stands no %s", (text, listed) => {
  expect(isFound(text, listed)).toBe(false);
});
