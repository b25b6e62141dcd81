import { expect, test } from "vitest";

import { LONGEST_TEXT } from "../../src/engine/read-query.ts";
import { compileSearchOptions, compileSnapshot, openSnapshot, scanText, type TextPlace } from "../../src/index.ts";
import { designation } from "../example-designations.ts";

const options = compileSearchOptions();

function isFound(text: string, listed: string, place: TextPlace = "line"): boolean {
  const result = scanText([designation("1", [listed], "PERSON")], text, options, place);
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

test.each([
  ["付给王朔房租", "WANG Shuo"],
  ["帮王朔买手机", "WANG Shuo"],
  ["请支付给金正恩的货款", "KIM Jong Un"],
  ["請支付給金正恩的貨款", "KIM Jong Un"],
  ["代金正恩支付", "KIM Jong Un"],
  ["今日与金正恩商定之事", "KIM Jong Un"],
  ["本月替诸葛孔明跑腿", "ZHUGE Kongming"],
  ["本月汇弗拉基米尔·普京的货款", "Vladimir PUTIN"],
  ["金正恩先生", "KIM Jong Un"],
  ["付给金 正恩的货款", "KIM Jong Un"],
  ["付给金 正 恩的货款", "KIM Jong Un"],
  ["付给金·正恩的货款", "KIM Jong Un"],
  ["付给金1正恩的货款", "KIM Jong Un"],
  ["付给金\u200b正\u200b恩的货款", "KIM Jong Un"],
  ["付给金\u{e0100}正恩的货款", "KIM Jong Un"],
  ["付给\u2fa6正恩的货款", "KIM Jong Un"],
  ["付给金正恩委员长的运费", "KIM Jong Un"],
  ["김정은위원장에게 송금", "KIM Jong Un"],
  ["山田太郎様家賃", "YAMADA Taro"],
  ["今月山田太郎宅修理", "YAMADA Taro"],
  ["プーチン・ウラジーミルさんへ送金", "Vladimir PUTIN"],
  ["김정은님께 월세", "KIM Jong Un"],
  ["โอนเงินให้วลาดีมีร์ ปูตินค่าเช่า", "Vladimir PUTIN"],
  ["မင်းအောင်လှိုင်သို့ငွေလွှဲ", "MIN AUNG HLAING"],
])("in %s, which has no spaces, stands %s", (text, listed) => {
  expect(isFound(text, listed)).toBe(true);
  expect(isFound(text, listed, "name")).toBe(true);
});

test.each([
  ["付给王朔方房租", "WANG Shuo"],
  ["这种人要房租", "CHEONG Jin"],
  ["各位赵先生的房租", "WEI Zhao"],
  ["付给王力宏的房租", "WANG Shuo"],
  ["付给金正男的货款", "KIM Jong Un"],
  ["付给周易神的货款", "ZHOU Shan"],
  ["山田花子様家賃", "YAMADA Taro"],
  ["付给金，正恩的货款", "KIM Jong Un"],
  ["文章 月娥 王", "CHANG Wol A"],
])("in %s stands no %s", (text, listed) => {
  expect(isFound(text, listed)).toBe(false);
  expect(isFound(text, listed, "name")).toBe(false);
});

test("the place of a name in running text is the name alone", () => {
  const text = "请支付给金正恩的货款";
  const result = scanText([designation("1", ["KIM Jong Un"], "PERSON")], text, options);
  const [match] = result.kind === "matches" ? result.matches : [];
  expect(text.slice(match?.start, match?.end)).toBe("金正恩");
});

test("behind many other names there is one more, and a long text is not too much", () => {
  const fillers = Array.from("赵钱孙李周吴郑冯陈沈韩杨朱秦许何吕施张孔").flatMap((family) => [
    `${family}文武`,
    `${family}明德`,
  ]);
  expect(isFound(`${fillers.join("")}金正恩之事`, "KIM Jong Un")).toBe(true);
  const index = openSnapshot(compileSnapshot([designation("1", ["KIM Jong Un"], "PERSON")]));
  const long = fillers.join("").repeat(LONGEST_TEXT).slice(0, LONGEST_TEXT);
  expect(index.searchText(long, options)).toMatchObject({ kind: "matches" });
});
