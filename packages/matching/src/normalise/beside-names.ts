import { beginsWithFamily } from "./family-signs.ts";

/**
 * Words that stand right beside a name where a script writes no spaces: to whom and from whom, how somebody is addressed, what is paid.
 * Short ones that are parts of many names are left out, for here they would part those. Changing the table changes `engineVersion`.
 */
export const wordsBesideNames: readonly string[] = // Chinese: who is paid.
  (
    "支付给 支付給 付款给 付款給 付给 付給 汇款给 匯款給 汇给 匯給 转账给 轉賬給 转帐给 轉帳給 转给 轉給 交给 交給 还给 還給 借给 借給 发给 發給 寄给 寄給 送给 送給 打给 打給 给 給 " +
    "收款人 付款人 汇款人 匯款人 受益人 收款方 付款方 户名 戶名 姓名 账户 賬戶 帐户 帳戶 名下 客户 客戶 员工 員工 业主 業主 房东 房東 本人 以及 等人 去年 今年 " +
    // How one is addressed, and a firm's end.
    "先生 女士 小姐 太太 同志 老师 老師 教授 医生 醫生 律师 律師 总经理 總經理 经理 經理 董事长 董事長 书记 書記 主席 总统 總統 将军 將軍 委员长 委員長 部长 部長 局长 局長 股份有限公司 有限责任公司 有限責任公司 有限公司 公司 " +
    // What is paid.
    "房租 租金 货款 貨款 工资 工資 薪水 薪资 薪資 学费 學費 医疗费 醫療費 生活费 生活費 服务费 服務費 咨询费 諮詢費 贷款 貸款 借款 还款 還款 欠款 捐款 运费 運費 手续费 手續費 管理费 管理費 维修费 維修費 保险费 保險費 加工费 加工費 材料费 材料費 工程款 水电费 水電費 佣金 报销 報銷 奖金 獎金 定金 订金 訂金 押金 尾款 " +
    "预付款 預付款 支付 付款 收款 代收 代付 转账 轉賬 转帐 轉帳 汇款 匯款 " +
    "的 买 買 购 購 租 付 还 還 欠 借 转 轉 汇 匯 是 在 这 這 去 交 寄 了 帮 幫 替 " +
    // Japanese.
    "様 殿 氏 さん さま くん 御中 会長 社長 課長 名義 口座 家賃 代金 給与 給料 振込 送金 支払 株式会社 有限会社 から より へ に の を は が と " +
    // Korean.
    "씨에게 씨께 씨 선생님 위원장 회장 사장 대표 님에게 님께 님 에게서 에게 한테 께서 께 귀하 앞으로 송금 입금 월세 대금 급여 계좌 주식회사 " +
    // Thai.
    "ให้แก่ ให้กับ ให้ แก่ ถึง จาก ของ เพื่อ โดย แทน นางสาว นาย นาง คุณ ท่าน ค่าเช่าบ้าน ค่าเช่า ค่าบ้าน ค่าสินค้า ค่าจ้าง ค่า ชำระ จ่าย โอนเงิน โอน เงินเดือน เงินกู้ เงิน บริษัท จำกัด บัญชี ชื่อ ผู้รับ " +
    // Lao.
    "ໃຫ້ແກ່ ໃຫ້ ແກ່ ເຖິງ ຈາກ ຂອງ ເພື່ອ ໂດຍ ທ່ານ ທ້າວ ນາງ ຄ່າເຊົ່າ ຄ່າ ຈ່າຍ ໂອນເງິນ ໂອນ ເງິນເດືອນ ເງິນ ບໍລິສັດ ຈຳກັດ ບັນຊີ ຊື່ " +
    // Khmer.
    "ទៅឱ្យ ទៅអោយ ទៅ ឱ្យ អោយ ដល់ របស់ សម្រាប់ ដោយ ជូន លោកស្រី លោក អ្នកស្រី កញ្ញា ថ្លៃ បង់ ផ្ញើ ប្រាក់ខែ ប្រាក់ ក្រុមហ៊ុន គណនី ឈ្មោះ " +
    // Burmese.
    "ထံသို့ သို့ အတွက် နှင့် ငွေလွှဲ ကုမ္ပဏီ"
  ).split(" ");

const anyWord = anyOf(wordsBesideNames);
const longWord = anyOf(wordsBesideNames.filter((word) => word.length > 1));
/** Letters of scripts that write no spaces, or words that are no part of a name onto it. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const fewSigns = /(?<![\p{Script=Han}·•・‧∙﹒．‑-])\p{Script=Han}{1,2}(?![\p{Script=Han}·•・‧∙﹒．‑-])/gu;
const cutBefore = /\p{Script=Han}$/u;
const cutBehind = /^\p{Script=Han}/u;
const moreBefore = /\p{Script=Han}\s$/u;
const moreBehind = /^\s\p{Script=Han}/u;
/** A space and a character, in UTF-16 units. */
const NEAR = 3;

/** Whether a text has letters of a script that writes no spaces. */
export function isWithoutSpaces(text: string): boolean {
  return withoutSpaces.test(text);
}

function anyOf(some: readonly string[]): RegExp {
  return new RegExp(some.toSorted((a, b) => b.length - a.length).join("|"), "g");
}

function blank(part: string): string {
  return " ".repeat(part.length);
}

/** The places amid those of these words that have more than one character: no name ends there. */
export function amidWordsBesideNames(text: string): ReadonlySet<number> {
  const amid = new Set<number>();
  for (const { 0: word, index } of text.matchAll(longWord))
    for (let at = index + 1; at < index + word.length; at++) amid.add(at);
  return amid;
}

/**
 * The text with these words blanked, of the same length: what stood beside them stands alone. One or two Han characters that are left of a
 * longer run are blanked, too, unless a family name begins them or a space parts them from more of a name: running text is full of them.
 */
export function withoutWordsBesideNames(text: string): string {
  if (!withoutSpaces.test(text)) return text;
  const apart = text.replace(anyWord, blank);
  if (apart === text) return text;
  return apart.replace(fewSigns, (signs, at: number) => {
    const before = text.slice(Math.max(0, at - NEAR), at);
    const behind = text.slice(at + signs.length).slice(0, NEAR);
    const isLeft = cutBefore.test(before) || cutBehind.test(behind);
    const isPart = moreBefore.test(before) || moreBehind.test(behind);
    return isLeft && !isPart && !mayBeName(signs) ? blank(signs) : signs;
  });
}

function mayBeName(few: string): boolean {
  const signs = Array.from(few);
  return signs.length > 1 && beginsWithFamily(signs);
}
