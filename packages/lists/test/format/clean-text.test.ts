import { describe, expect, test } from "vitest";

import { cleanText, unguarded } from "../../src/format/clean-text.ts";

describe("clean text", () => {
  test.each([
    ["  two\u00A0\u00A0 words\r\nhere ", "two words here"],
    ["Smith &amp; Sons", "Smith & Sons"],
    ["Workers&rsquo; &#39;Party&#x27;", "Workers’ 'Party'"],
    [
      "Jos&eacute; P&Eacute;REZ, &Scaron;e&scaron;elj, G&ouml;ran Gro&szlig;, &Oslash;rsted",
      "José PÉREZ, Šešelj, Göran Groß, Ørsted",
    ],
    ["no letter: &qacute; &acute; &éuml;", "no letter: &qacute; &acute; &éuml;"],
    ["once only &amp;lt;", "once only &lt;"],
    ["unknown &zwsp; and bare & stay; AT&T;", "unknown &zwsp; and bare & stay; AT&T;"],
    ["no character: &#0; &#xD800; &#1114112;", "no character: &#0; &#xD800; &#1114112;"],
  ])("of %j is %j", (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  test.each([
    ["'000737", "000737"],
    ["' D0009720\u00A0", "D0009720"],
    ["'quoted whole '", "quoted whole"],
    ["O'Neil 12", "O'Neil 12"],
  ])("without the guard, %j is %j", (raw, clean) => {
    expect(unguarded(raw)).toBe(clean);
  });
});
