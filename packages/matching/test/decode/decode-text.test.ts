import { expect, test } from "vitest";

import { decodeText } from "../../src/decode/decode-text.ts";
import { bytesIn, encoders } from "./encoders.ts";
import { inventedNames, readsAs } from "./names.ts";

const readingsOf = (text: string): readonly string[] => decodeText(text).readings.map((reading) => reading.text);

test.each(encoders)("a name in $kind is read, or the text is unreadable", (encoder) => {
  const encoded = inventedNames.flatMap((name) => {
    const text = encoder.encode(name);
    return text === undefined || text === name ? [] : [{ name, text }];
  });
  expect(encoded.length).toBeGreaterThan(0);
  const missed = encoded.filter(({ name, text }) => !decodeText(text).unreadable && !readsAs(text, name));
  expect(missed).toEqual([]);
});

const examples: readonly (readonly [written: string, read: string])[] = [
  ["Zor&aacute;n Vel&iacute;k", "Zorán Velík"],
  ["ZOR&AACUTE;N", "ZORáN"],
  ["Zor&aacuten", "Zorán"],
  ["Zor&#225n Vel&#x0000ed;k", "Zorán Velík"],
  ["Zor&#146;an", "Zor’an"],
  ["#90;#111;#114;#97;#110;", "Zoran"],
  ["<b>Z</b>or<i>an</i><br/>Velik", "Zoran Velik"],
  ["Zoran%20Vel%EDk", "Zoran Velík"],
  ["Zoran+Vel%C3%ADk", "Zoran Velík"],
  ["Zor%u00E1n", "Zorán"],
  ["Zor\\u00e1n", "Zorán"],
  ["Zor\\\\u00e1n", "Zorán"],
  ["Zoru00e1n", "Zorán"],
  ["Zor\\'e1n", "Zorán"],
  ["Zor\\'{a}n M\\\"uller \\v{S}imek", "Zorán Müller Šimek"],
  ["Zor\\303\\241n", "Zorán"],
  ["Zor\\e1 n", "Zorán"],
  ["PAY\\nZoran Velik", "PAY Zoran Velik"],
  ["O\\'Velik", "O'Velik"],
  ["Zor_x00E1_n", "Zorán"],
  ["Zor<U+00E1>n", "Zorán"],
  ["=?UTF-8?Q?Zor=C3=A1n?= =?UTF-8?Q?_Vel=C3=ADk?=", "Zorán Velík"],
  ["=?utf-8?B?Wm9yw6E=?=\r\n =?utf-8?B?biBWZWzDrWs=?=", "Zorán Velík"],
  ["=?utf-8?Q?Zor=C3?= =?utf-8?Q?=A1n?=", "Zorán"],
  ["utf-8'en'Zor%c3%a1n", "Zorán"],
  ["Zor=E1n", "Zorán"],
  ["Zor=\r\nan", "Zoran"],
  ["Zor+AOE-n", "Zorán"],
  ["Zor&AOE-n", "Zorán"],
  ["xn--zorn-7na.example", "zorán.example"],
  ["pay to Wm9yYW4gVmVsaWs= today", "pay to Zoran Velik today"],
  ["5a6f72616e2056656c696b", "Zoran Velik"],
  ["90 111 114 97 110", "Zoran"],
  ["⠵⠕⠗⠁⠝", "zoran"],
  ["ʞᴉlǝʌ uɐɹoz", "zoran velik"],
  ["Z\u0000o\u0000r\u0000a\u0000n", "Zoran"],
  ["Zoq\bran", "Zoran"],
  ["\u001b[31mZor\u001b[0man", "Zoran"],
  ["🅉🅾️🆁🅰🅽", "🅉O\uFE0FRAN"],
  ["ZorÃ¡n", "Zorán"],
  ["ZorÃƒÂ¡n", "Zorán"],
  ["Zor√°n", "Zorán"],
  ["Zorбn", "Zorán"],
  ["VoilÃ  Zoran", "Voilà Zoran"],
  ["Miloševiæ", "Milošević"],
  ["Þahin Yýldýz", "Şahin Yıldız"],
];

test.each(examples)("%j is read as %j", (written, read) => {
  expect(readingsOf(written)).toContain(read);
});

test.each(["Милан Волков", "محمد الطماري", "דוד ישראלי", "王 伟明", "김 민수", "विनोद राय", "Łukasz Wiśnicki"])(
  "UTF-16 of %s, read as Latin-1, is read alone and in a line, in one way only, and is held besides",
  (name) => {
    const stored = Buffer.from(name, "utf16le");
    for (const bytes of [stored, Buffer.from(stored).swap16()])
      for (const [before, behind] of [
        ["", ""],
        ["REF-1 for ", " Leeds"],
      ] as const) {
        const received = `${before}${bytes.toString("latin1")}${behind}`;
        const { readings, unreadable, isEscaped } = decodeText(received);
        expect([readings.map(({ text }) => text), unreadable]).toEqual([[`${before}${name}${behind}`], true]);
        expect(readings[0]?.place(before.length, before.length + name.length)).toEqual({
          start: before.length,
          end: received.length - behind.length,
        });
        expect(isEscaped(before.length, received.length - behind.length)).toBe(true);
      }
  },
);

test("letters between control characters are no UTF-16 where they say nothing in it", () => {
  expect(readingsOf("V\u0004e\u0004l\u0004i\u0004k\u0004")).toContain("Velik");
  for (const text of ["Zoran\u0000 Velik\u0000", "Zora\u0000 Velik", "Zora \u0000Velika"])
    expect(decodeText(text)).toMatchObject({ readings: [{ text: text.replaceAll("\u0000", "") }], unreadable: false });
});

const lost: readonly (readonly [why: string, text: string])[] = [
  ["a replacement character", "Zor\uFFFDn Velik"],
  ["one that was decoded", "Zor&#xFFFD;n"],
  ["one whose bytes were misread", "Zorï¿½n"],
  ["half of a pair", "Zor\uD83Dn"],
  ["question marks for all letters", "?????? ?????"],
  ["a question mark inside a name", "Zor?n Velik"],
  ["a word of a set that is not known", "=?x-unknown?Q?Zor=E1n?="],
  ["a word that broke off", "=?UTF-8?Q?Zor=C3=A1n Vel"],
  ["bytes that say nothing in any set", "ãæ«ÿÖý"],
  [
    "more encodings in one another than are taken away",
    Array.from({ length: 8 }).reduce<string>((text) => text.replaceAll("&", "&amp;"), "Z&#111;ran"),
  ],
  ["more than is decoded", `%5A${"x".repeat(1 << 14)}`],
];

test.each(lost)("%s makes a text unreadable", (_, text) => {
  expect(decodeText(text).unreadable).toBe(true);
});

const encoded = "Wm9yYW4gVmVsaWs= 5a6f72616e2056656c696b 90 111 114 97 110";

test("eight readings are all screened; a text with more of them is unreadable beside the first eight", () => {
  expect(decodeText(`%50ay ${encoded}`)).toMatchObject({ readings: { length: 8 }, unreadable: false });
  expect(decodeText(`%50ay ${encoded} Zor\\e1 n Zor\u0431n`)).toMatchObject({
    readings: { length: 8 },
    unreadable: true,
  });
});

test("each reading is there once", () => {
  const texts = [`pay ${encoded}`, `%50ay ${encoded}`, "Zoran&shy; Velik", ...examples.map(([written]) => written)];
  for (const text of texts) {
    const readings = readingsOf(text);
    expect(new Set(readings).size).toBe(readings.length);
  }
});

test("three encodings in one another are taken away, a fourth makes the text unreadable", () => {
  const wrapped = [1, 2, 3, 4].reduce<readonly string[]>(
    (all) => [...all, Buffer.from(all.at(-1) ?? "").toString("base64")],
    ["Zoran Velik"],
  );
  expect(readingsOf(wrapped[3] ?? "")).toContain("Zoran Velik");
  expect(decodeText(wrapped[3] ?? "").unreadable).toBe(false);
  expect(decodeText(wrapped[4] ?? "").unreadable).toBe(true);
});

test("short base64 is read also before a sign that ends it", () => {
  // Four bytes, and what stands behind them is a digit of the other base64.
  for (const text of ["T21hcg-1", "INV-T21hcg-2026", "(T21hcg_2", "VXNhbW_z"])
    expect(readingsOf(text).some((reading) => /Omar|Usam/.test(reading))).toBe(true);
  expect(readingsOf("Wm_Dqw/2").some((reading) => reading.includes("Zoë"))).toBe(true);
});

test.each([
  ["37329,27491,24681", "金正恩"],
  ["75 105 109", "Kim"],
  ["72;229;107", "Håk"],
  ["4b 69 6d 73", "Kims"],
  ["044b,0456,043c", "ыім"],
])(
  "a list of few numbers, %s, is read also in brackets, behind a sign and before a letter beyond ASCII",
  (list, said) => {
    for (const [before, behind] of [
      ["", ""],
      ["(", ")"],
      ["/", ""],
      ["[", "] 12"],
      ["ref#", "é"],
    ])
      expect(readingsOf(`${before}${list}${behind}`).some((reading) => reading.includes(said))).toBe(true);
  },
);

test("the longest text that is decoded is read", () => {
  expect(decodeText(`%5A${"x".repeat((1 << 14) - 3)}`)).toMatchObject({ readings: { length: 1 }, unreadable: false });
});

test("letters that were lost in what is only guessed do not hold the text", () => {
  expect(decodeText(Buffer.from("Zoran Ve?ik Velda").toString("base64")).unreadable).toBe(false);
});

test("what the engine reads alike is no other reading", () => {
  for (const text of ["\u{1D419}oran Velik", "\u24E9oran Velik", "Zo\u200Bran", "\u202dZoran\u202c", "Z\uFE0Foran"])
    expect(decodeText(text)).toMatchObject({ readings: [], unreadable: false });
});

const innocent =
  "50% off|100%|R&D|AT&T|Müller & Söhne; Berlin|Müller &Söhne|a=b|=?|x=1&y=2|C:\\users\\anna|Đuro Đaković|Þór Ðurićson|Nguyễn Thị Ánh|Ñíguez|Straße 5|" +
  "İstanbul Şişli|550e8400-e29b-41d4-a716-446655440000|DE89 3704 0044 0532 0130 00|DEUTDEFF500|bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq|" +
  "0x901bb9583b24d97e995513c6778dc6888ab6870e|d41d8cd98f00b204e9800998ecf8427e|9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08|" +
  "INV-20391 / PO 88123|+49 30 901820|+971501234567|ref: aGVsbG8|What? Really?|https://example.org/?q=anna&lang=en|?20SVWZ?21RENT?32ANNA BERG|" +
  "Å|Öå|éà|na 10 %|“Acme” – L’Aquila|O´Brien|Nº 5, 2ª planta|«Альфа»|أحمد|東京|Ελλάδα|a < b|<none>|{x}|1,234.56|A_B_C|snake_case_x|__init__|" +
  "20260115 4711 0815 9932|12 50 33 18|Σύρος|Łódź|Ærø|Öland|français|Haÿ|Ÿ";

test.each(innocent.split("|"))("%j is not held", (text) => {
  expect(decodeText(text).unreadable).toBe(false);
});

test.each([
  "Anna Berg",
  "Müller",
  "50% off",
  "R&D",
  "AT&T",
  "Müller & Söhne; Berlin",
  "=?",
  "Åsa Öberg",
  "José María Nuñez",
  "François Lefèvre",
  "東京",
  "أحمد",
])("%j is plain", (text) => {
  expect(decodeText(text)).toMatchObject({ readings: [], unreadable: false });
});

test("a reading tells where its parts stand in the text as received", () => {
  const text = "pay to &#90;or%C3%A1n today";
  const reading = decodeText(text).readings.find((one) => one.text === "pay to Zorán today")!;
  const { start, end } = reading.place(7, 12);
  expect(text.slice(start, end)).toBe("&#90;or%C3%A1n");
});

test("letters under an override are placed where they stand", () => {
  const text = "pay to \u202Enaroz\u202C today";
  const reading = decodeText(text).readings.find((one) => one.text === "pay to zoran today")!;
  const { start, end } = reading.place(7, 12);
  expect(text.slice(start, end)).toBe("naroz");
});

test("a letter is placed with the tags around it", () => {
  const text = "to <b>Z</b>or<i>a</i>n now";
  const reading = decodeText(text).readings.find((one) => one.text === "to Zoran now")!;
  expect(reading.place(3, 8)).toEqual({ start: 3, end: 22 });
  expect(reading.place(4, 5)).toEqual({ start: 11, end: 12 });
});

test("a decoded word of a header is placed within it", () => {
  const text = "to =?utf-8?B?Wm9yw6Fu?= now";
  const reading = decodeText(text).readings.find((one) => one.text === "to Zorán now")!;
  const { start, end } = reading.place(3, 8);
  expect(text.slice(start, end)).toBe("Wm9yw6Fu");
});

test("bytes of East Asian sets are those of the runtime's tables", () => {
  expect(bytesIn("王", "gbk")).toEqual([0xcd, 0xf5]);
  expect(readingsOf("ÍõÎ°")).toContain("王伟");
});
