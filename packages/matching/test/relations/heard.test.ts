import { expect, test } from "vitest";

import { heardWord } from "../../src/normalise/heard/read-heard.ts";
import { similarity, termOf } from "../../src/relations/similarity.ts";
import { scoreOf } from "../score-of.ts";

const percent = (word: string, latin: string): number =>
  similarity(termOf(heardWord(word) ?? ""), termOf(latin)).percent;

test.each([
  ["a breath that begins a word is written in Arabic", "معيد", "hamid", "mueed"],
  ["and in India", "जेतल", "hojatal", "jetal"],
  ["a half-vowel that begins a word is heard", "यादव", "adib", "yadav"],
  ["a consonant's own vowel at the end is no i", "जैन", "zaini", "jain"],
  ["a Persian p is no f", "پور", "faour", "pour"],
  ["an emphatic z is no s", "ظفار", "safar", "zafar"],
  ["a t is no d", "لاهوتی", "laode", "lahuti"],
  ["a y between consonants is written in Arabic", "خضر", "haydar", "khadir"],
  ["an ng of Khmer is no n", "ហេង", "hen", "heng"],
  ["what ends a Khmer word below a consonant is not heard", "រិទ្ធ", "ritan", "rith"],
  ["u and o of Khmer are told by the series of the consonant", "វិបុល", "vimol", "vibol"],
  ["a letter of Thai that is silenced may be spelt", "จันทร์", "chalita", "chandra"],
  ["and may be not", "สิทธิ์", "sitara", "sit"],
  ["ia and uea of Thai stand around their consonants", "เรือง", "rong", "rueang"],
  ["an Arab writes ch with two letters", "سيتشين", "sitin", "sechin"],
  ["which are two sounds in other words", "تشرين", "ahrin", "tishreen"],
  ["and j", "دجلاتي", "salati", "djelati"],
  ["and ts", "تسيبراس", "tobaras", "tsipras"],
  ["and of ts, too, two sounds", "تسنيم", "nemat", "tasnim"],
  ["in Hebrew ch may be two letters", "מדבדטשוק", "madvik", "medvedchuk"],
  ["Tamil writes twice what Latin letters write once", "வேலுப்பிள்ளை", "velusamy", "velupilai"],
])("%s: %s is not %s, but %s", (_, word, other, own) => {
  expect(percent(word, other)).toBeLessThan(85);
  expect(percent(word, own)).toBeGreaterThanOrEqual(85);
});

test("a name that very many bear is not met by what only nearly sounds like it", () => {
  const sounds = heardWord("कालता") ?? "";
  expect(similarity(termOf(sounds), termOf("kalet")).percent).toBeGreaterThan(0);
  expect(similarity(termOf(sounds), termOf("khaled")).percent).toBe(0);
});

/** Names that no rule or table was made from. */
test.each([
  ["កឹម សុខា", "Kem Sokha"],
  ["ហ៊ុន សែន", "Hun Sen"],
  ["ហេង សំរិន", "Heng Samrin"],
  ["ហ៊ុន ម៉ាណែត", "Hun Manet"],
  ["ទ្រី ភាព", "Try Pheap"],
  ["เฉลิม อยู่บำรุง", "Chalerm Yubamrung"],
  ["เศรษฐา ทวีสิน", "Srettha Thavisin"],
  ["พิธา ลิ้มเจริญรัตน์", "Pita Limjaroenrat"],
  ["வேலுப்பிள்ளை பிரபாகரன்", "Velupillai Prabhakaran"],
  ["إيغور سيتشين", "Igor Sechin"],
  ["فيكتور ميدفيدتشوك", "Viktor Medvedchuk"],
  ["إيغور شتشيغوليف", "Igor Shchegolev"],
  ["رادوفان كارادجيتش", "Radovan Karadzic"],
  ["فاتسلاف كلاوس", "Vaclav Klaus"],
  ["تشن تشوانغو", "Chen Quanguo"],
  ["أليشر عثمانوف", "Alisher Usmanov"],
  ["عبد القادر ڨدري", "Abdelkader Guedri"],
  ["مصطفى ڭلاوي", "Mustapha Glaoui"],
  ["רדובן קרדז'יץ'", "Radovan Karadzic"],
  ["ר'אנם סעיד", "Ghanem Said"],
  ["阿列克谢·莫尔达绍夫", "Alexei Mordashov"],
  ["维克托·布特", "Viktor Bout"],
  ["威廉·福克纳", "William Faulkner"],
])("%s is %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
});
