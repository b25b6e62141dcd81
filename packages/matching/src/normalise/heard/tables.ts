/** Letters of scripts and the sounds they write (`relations/heard/spellings.ts`); longer spellings first. `.`: no sound. */
const cyrillic =
  "дж:j дз:z шч:6 ье:e ьо:o а:a б:b в:v г:g ґ:g д:d е:e ё:o є:e ж:7 з:z и:i і:i ї:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:w ф:f " +
  "х:x ц:8 ч:c ш:6 щ:6 ъ:. ы:i ь:. э:e ю:u я:a ђ:j ј:y љ:l њ:n ћ:c џ:j ѓ:j ќ:k ѕ:z ә:a ғ:5 қ:k ң:9 ө:o ұ:u ү:u һ:h ӯ:u ӣ:i ҳ:h ҷ:j";
const greek =
  "γου:w γκ:g γγ:g μπ:b ντ:d τζ:j τσ:c ου:u αι:e ει:i οι:i υι:i αυ:av ευ:ev ξ:ks ψ:ps α:a β:v γ:g δ:d ε:e ζ:z η:i θ:3 ι:i κ:k λ:l μ:m ν:n " +
  "ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f χ:x ω:o";
const armenian =
  "ու:u և:ev ա:a բ:b գ:g դ:d ե:e զ:z է:e ը:1 թ:t ժ:7 ի:i լ:l խ:x ծ:8 կ:k հ:h ձ:z ղ:5 ճ:c մ:m յ:y ն:n շ:6 ո:o չ:c պ:p ջ:j ռ:r ս:s վ:v տ:t ր:r ց:8 ւ:w " +
  "փ:p ք:k օ:o ֆ:f";
const georgian =
  "ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:7 რ:r ს:s ტ:t უ:u ფ:f ქ:k ღ:5 ყ:q შ:6 ჩ:c ც:8 ძ:z წ:8 ჭ:c ხ:x ჯ:j ჰ:h";
const hebrew =
  "טש:1 דז':j דג':j ח':x ר':5 ע':5 ט':4 ג':j ז':7 צ':c ץ':c ת':3 ט':c ד':4 וו:w יי:i א:2 ב:b ג:g ד:d ה:h ו:w ז:z ח:x ט:t י:i כ:k ך:k ל:l מ:m ם:m נ:n ן:n ס:s ע:2 פ:p ף:p צ:8 ץ:8 ק:k ר:r ש:6 ת:t";
/** Plain letters, see `plainArabic`; those of Persian, Urdu and Pashto too. First two letters that write one sound of another language. */
const arabic =
  "تش:1 دج:9 دچ:9 دژ:9 تس:0 آ:a ا:a ب:b پ:p ت:t ٹ:t ټ:t ث:3 ج:j چ:c څ:8 ځ:z ح:h خ:x د:d ڈ:d ډ:d ذ:4 ر:r ڑ:r ړ:r ز:z ژ:7 ږ:7 س:s ش:6 ښ:x ص:s ض:4 ط:t ظ:4 ع:2 غ:5 ف:f ڤ:v ق:q ك:k گ:g ل:l م:m ن:n " +
  "ڼ:n ں:n ه:h ھ:h ہ:h ۀ:h و:w ي:i";
const thai =
  "รร:26 เีย:ia เือ:ua เิ:2 เา:ao ัว:ua ก:k ข:k ฃ:k ค:k ฅ:k ฆ:k ง:9 จ:j ฉ:c ช:c ซ:s ฌ:c ญ:y ฎ:d ฏ:t ฐ:t ฑ:t ฒ:t ณ:n ด:d ต:t ถ:t ท:t ธ:t น:n บ:b ป:p ผ:p ฝ:f พ:p ฟ:f ภ:p ม:m ย:y ร:r ฤ:ri ล:l ว:w ศ:s ษ:s ส:s ห:h ฬ:l " +
  "\u0001:3 \u0002:4 อ:2 ฮ:h ะ:a ั:a า:a ำ:am ํา:am ํ:m ิ:i ี:i ึ:u ื:u ุ:u ู:u เ:e แ:e โ:o ใ:ai ไ:ai";
const lao =
  "ກ:k ຂ:k ຄ:k ງ:9 ຈ:j ສ:s ຊ:s ຍ:y ດ:d ຕ:t ຖ:t ທ:t ນ:n ບ:b ປ:p ຜ:p ຝ:f ພ:p ຟ:f ມ:m ຢ:y ຣ:r ລ:l ວ:v ຫ:h ອ:2 ຮ:h ໜ:n ໝ:m ະ:a ັ:a າ:a ຳ:am ໍາ:am ໍ:o ິ:i ີ:i ຶ:u ື:u ຸ:u ູ:u ເ:e ແ:e ໂ:o ໃ:ai ໄ:ai ົ:o ຽ:e";
const khmer =
  "ក:k ខ:k គ:k ឃ:k ង:8 ច:c ឆ:c ជ:c ឈ:c ញ:n ដ:d ឋ:t ឌ:d ឍ:t ណ:n ត:t ថ:t ទ:t ធ:t ន:n ប:b ផ:p ព:p ភ:p ម:m យ:y រ:r ល:l វ:v ស:s ហ:h ឡ:l អ:2 ឥ:i ឦ:i ឧ:u ឩ:u ឯ:e ឱ:o " +
  "\u0001:3 \u0002:4 \u0003:u ា:a ិ:i ី:i ឹ:7 ឺ:7 ុ:o ូ:o ួ:u ើ:e ឿ:0 ៀ:e េ:e ែ:e ៃ:ai ោ:o ៅ:ao ំ:m ះ:h";
/** By offset from the block: the scripts of India are laid out alike. */
const indic =
  "01:n 02:n 03:h 05:a 06:a 07:i 08:i 09:u 0a:u 0b:ri 0d:e 0e:e 0f:e 10:ai 11:o 12:o 13:o 14:au 15:k 16:k 17:g 18:g 19:9 1a:c 1b:c 1c:j 1d:j 1e:n 1f:t 20:t 21:d 22:d 23:n 24:t 25:t 26:d 27:d " +
  "28:n 29:n 2a:p 2b:f 2c:b 2d:b 2e:m 2f:y 30:r 31:r 32:l 33:l 34:l 35:v 36:6 37:6 38:s 39:h 3e:a 3f:i 40:i 41:u 42:u 43:ri 45:e 46:e 47:e 48:ai 49:o 4a:o 4b:o 4c:au 4e:t 57:u 58:q 59:x 5a:5 5b:z 5c:r 5d:r 5e:f 5f:y " +
  "70:n 71:r 72:n 74:l 75:l 76:k 7a:n 7b:n 7c:r 7d:l 7e:l 7f:k";
const sinhala =
  "02:n 03:h 05:a 06:a 07:a 08:a 09:i 0a:i 0b:u 0c:u 11:e 12:e 13:ai 14:o 15:o 16:au 1a:k 1b:k 1c:g 1d:g 1e:9 1f:g 20:c 21:c 22:j 23:j 24:n 25:n 26:j 27:t 28:t 29:d 2a:d 2b:n 2c:d 2d:t 2e:t 2f:d 30:d 31:n 33:d " +
  "34:p 35:p 36:b 37:b 38:m 39:b 3a:y 3b:r 3d:l 40:v 41:6 42:6 43:s 44:h 45:l 46:f 4f:a 50:a 51:a 52:i 53:i 54:u 56:u 58:ru 59:e 5a:e 5b:ai 5c:o 5d:o 5e:au";
const ethiopic =
  "00:h 08:l 10:h 18:m 20:s 28:r 30:s 38:6 40:k 48:k 50:k 60:b 68:v 70:t 78:c 80:h 88:h 90:n 98:n a0:. a8:k b0:k b8:h c8:w d0:. d8:z e0:7 e8:y f0:d f8:d 100:j 108:g 110:g 120:t 128:c 130:p 138:8 140:8 148:f 150:p";
const kana =
  "あ:a い:i う:u え:e お:o か:ka き:ki く:k1 け:ke こ:ko が:ga ぎ:gi ぐ:g1 げ:ge ご:go さ:sa し:6i す:s1 せ:se そ:so ざ:za じ:ji ず:z1 ぜ:ze ぞ:zo た:ta ち:ci つ:81 て:te と:t1 だ:da ぢ:ji づ:z1 で:de ど:d1 " +
  "な:na に:ni ぬ:n1 ね:ne の:no は:ha ひ:hi ふ:f1 へ:he ほ:ho ば:ba び:bi ぶ:b1 べ:be ぼ:bo ぱ:pa ぴ:pi ぷ:p1 ぺ:pe ぽ:po ま:ma み:mi む:m1 め:me も:mo や:ya ゆ:yu よ:yo ら:0a り:0i る:01 れ:0e ろ:0o " +
  "わ:wa を:o ん:n ゔ:v1 ー:q っ:.";

const cells = (table: string): readonly (readonly [string, string])[] =>
  table.split(" ").map((cell) => {
    const at = cell.lastIndexOf(":");
    const sounds = cell.slice(at + 1);
    return [cell.slice(0, at), sounds === "." ? "" : sounds] as const;
  });
const offsets = (table: string): ReadonlyMap<number, string> =>
  new Map(cells(table).map(([offset, sounds]) => [Number.parseInt(offset, 16), sounds]));

export const letterTables = {
  cyrillic: cells(cyrillic),
  greek: cells(greek),
  armenian: cells(armenian),
  georgian: cells(georgian),
  hebrew: cells(hebrew),
  arabic: cells(arabic),
  thai: cells(thai),
  lao: cells(lao),
  khmer: cells(khmer),
} as const;
export const offsetTables = { indic: offsets(indic), sinhala: offsets(sinhala), ethiopic: offsets(ethiopic) } as const;
export const kanaTable: ReadonlyMap<string, string> = new Map(cells(kana));

/** Of a Hangul syllable: first consonants, vowels, last consonants, in the order of Unicode. */
export const jamo = {
  first: "g k n d t 0 m b p s s . j j c k t p h".split(" ").map((sound) => (sound === "." ? "" : sound)),
  vowels: "a e ya ye 2 e y2 ye o wa we we yo u w2 we wi yu 1 1i i".split(" "),
  last: ". k k k n n n t 0 0 m 0 0 0 0 0 m p p t t 9 t t k t p h"
    .split(" ")
    .map((sound) => (sound === "." ? "" : sound)),
} as const;

/** Initials and finals of pinyin, as the Chinese write foreign names with them. */
export const pinyinInitials: readonly (readonly [string, string])[] = cells(
  "zh:j ch:c sh:6 b:b p:p m:m f:f d:d t:t n:n l:0 g:g k:k h:h j:j q:c x:6 r:0 z:z c:8 s:s y:y w:w",
);
export const pinyinFinals: ReadonlyMap<string, string> = new Map(
  cells(
    "a:a ai:e ao:o an:an ang:a9 e:2 ei:e en:2n eng:29 er:20 i:i ia:ia ie:ie iao:iao iu:iu ian:ian in:in ing:i9 iang:ia9 iong:io9 o:o ou:o ong:o9 u:1 ua:ua uo:o uai:uai ui:ui un:1n uan:uan uang:ua9 ue:ue",
  ),
);
/** Characters that stand for one sound in foreign names. */
export const hanSounds: ReadonlyMap<string, string> = new Map(
  cells(
    "汤:tom 湯:tom 让:ja9 讓:ja9 瑞:0i 怀:we 懷:we 斯:s1 尔:0 爾:0 特:t1 克:k1 德:d1 夫:f1 弗:f1 普:p1 格:g1 布:b1 姆:m1 恩:1n 兹:z1 茲:z1 茨:81 赫:h1 勒:01 约:yo 約:yo 雷:0e 杰:je 傑:je 乔:jo 喬:jo 詹:ja 思:s1 士:s1 史:s1 什:6 施:61 希:6i 奇:ci 契:ci 吉:ji 季:ji 茹:0u 泽:z2 澤:z2 森:s2n 逊:s2n 遜:s2n 顿:t2n 頓:t2n 顿:t2n 曼:man 伯:b2 柏:b2 路:0u 卢:0u 盧:0u 鲁:0u 魯:0u 亨:h2n 迪:di 蒂:ti 丝:s1 絲:s1 贝:be 貝:be 维:vi 維:vi 威:wi 韦:we 韋:we 沃:wo 瓦:va 万:van 馮:von 冯:von 范:van 文:vin 温:win 溫:win",
  ),
);

/** All of the above by content, for the engine's version. */
export const soundTables: readonly unknown[] = [
  letterTables,
  [indic, sinhala, ethiopic, kana],
  jamo,
  pinyinInitials,
  [...pinyinFinals],
  [...hanSounds],
];
