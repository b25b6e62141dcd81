import { readFileSync } from "node:fs";

import { compilePolicy, policyFileSchema, readPolicyFile } from "@cordon/decisions";
import { listNames } from "@cordon/matching";
import { describe, expect, test, vi } from "vitest";

/** `3:14 rules[0].apply.threshold must be integer`, or the version. */
function told(text: string): readonly string[] | string {
  const read = readPolicyFile(text);
  if (read.kind === "policy") return read.policy.version;
  return read.faults.map(({ line, column, path, message }) => `${String(line)}:${String(column)} ${path} ${message}`);
}

const rule = (text: string): string => `version: 1\nrules:\n  - { name: r, ${text} }\n`;

describe("a file without rules", () => {
  test("is the policy that its defaults are, whatever else it says of itself", () => {
    expect(told("version: 1\n")).toBe(compilePolicy().version);
    expect(told("# for people\nversion: 1\nname: Ours\ndefaults: { threshold: 90 }\nrules: []\n")).toBe(
      compilePolicy({ threshold: 90 }).version,
    );
  });

  test("leaves what it does not say to the environment", () => {
    const read = readPolicyFile("version: 1\ndefaults: { threshold: 90 }\n", { threshold: 70, weakAliases: "raise" });
    expect(read).toMatchObject({ policy: { threshold: 90, weakAliases: "raise", hardConflicts: "explain" } });
  });

  test("may have a name", () => {
    expect(readPolicyFile("version: 1\nname: Ours\n")).toMatchObject({ kind: "policy", name: "Ours" });
    expect(readPolicyFile("version: 1\n")).toMatchObject({ kind: "policy", name: null });
  });
});

const ruleNamed = (name: string, order = "apply: { threshold: 80 }, when: { rail: [FPS] }"): string =>
  `version: 1\nrules:\n  - { name: ${name}, ${order} }\n`;

describe("the version of a policy with rules", () => {
  test("is that of what they do, not of their names, reasons, comments or the order of keys", () => {
    const one = told(ruleNamed("a"));
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(told(ruleNamed("b, because: c", "when: { rail: [FPS] }, apply: { threshold: 80 }"))).toBe(one);
    expect(one).not.toBe(compilePolicy().version);
    expect(told(ruleNamed("a", "when: { rail: [SWIFT] }, apply: { threshold: 80 }"))).not.toBe(one);
    expect(told(ruleNamed("a", "when: { rail: [FPS] }, apply: { threshold: 81 }"))).not.toBe(one);
  });
});

const twice = (order: string): string => `version: 1\nrules:\n  - &r { name: a, apply: ${order} }\n  - *r\n`;

describe("every fault is told at once, with its line and column", () => {
  test("of keys and values, of several rules, and of what the schema cannot say", () => {
    const text = `version: 1
defaults: { treshold: 90 }
rules:
  - name: one
    when: { rail: [FPX], from: [gb] }
    apply: { threshold: 85.5 }
  - name: two
    apply: { screened: false }
  - name: two
    when: { role: [DEBTOR] }
    apply: { deadline: tell }
`;
    expect(told(text)).toEqual([
      `2:13 defaults.treshold "treshold" is not known here: threshold, weakAliases, hardConflicts, indexMaxAgeHours, goodGuys, ignoredFields`,
      expect.stringMatching(/^5:20 rules\[0\]\.when\.rail\[0\] must be one of OTHER, SWIFT/),
      "5:33 rules[0].when.from[0] must be a country's code in capitals, or unknown",
      "6:25 rules[0].apply.threshold must be integer",
      `8:14 rules[1].apply.screened leaves out names of a named role: say why in "because"`,
      "9:11 rules[2].name another rule has this name",
      `11:14 rules[2].apply.deadline "deadline" is of whole events: a rule with "role" or "kind" cannot say it`,
    ]);
  });

  test.each([
    ["", "1:1  the file is no policy: it must begin with version: 1"],
    ["- 1\n", "1:1  the file is no policy: it must begin with version: 1"],
    ["rules: []\n", '1:1  "version" is missing'],
    ["version: 2\n", "1:10 version must be 1"],
    ["version: 1\nversion: 1\n", "2:1  Map keys must be unique"],
    ["version: 1\n---\nversion: 1\n", "2:1  Source contains multiple documents; please use YAML.parseAllDocuments()"],
    ["version: !!js 1\n", "1:10  Unresolved tag: tag:yaml.org,2002:js"],
    [rule("apply: {}"), "3:23 rules[0].apply says nothing: leave it out, or name something"],
    [
      rule("when: { rail: [] }, apply: { threshold: 80 }"),
      "3:30 rules[0].when.rail says nothing: leave it out, or name something",
    ],
    [rule("when: { rail: [FPS, FPS] }, apply: { threshold: 80 }"), "3:30 rules[0].when.rail names something twice"],
    [
      rule("when: { event: remittance, rail: [FPS] }, apply: { threshold: 80 }"),
      "3:43 rules[0].when.rail the rule can never hold: a remittance has no rail",
    ],
    [
      rule("when: { event: payment, channel: [CASH] }, apply: { threshold: 80 }"),
      "3:40 rules[0].when.channel the rule can never hold: a payment has no channel",
    ],
    [
      rule("when: { to: [GB], toAny: [US] }, apply: { threshold: 80 }"),
      '3:34 rules[0].when.toAny the rule can never hold: no country of it is in "to"',
    ],
    [
      rule("when: { amount: { currency: GBP, below: 1e3 } }, apply: { threshold: 80 }"),
      "3:56 rules[0].when.amount.below must be a plain decimal number such as 1000 or 0.05",
    ],
    [
      rule("when: { amount: { currency: GBP, atLeast: 5, below: 5 } }, apply: { threshold: 80 }"),
      "3:24 rules[0].when.amount the rule can never hold: atLeast is not less than below",
    ],
    [
      rule("when: { kind: [NAME] }, apply: { name: code }"),
      '3:49 rules[0].apply.name "name" is of whole parties and agents: a rule with "kind" cannot say it',
    ],
    [
      rule("when: { kind: [TEXT] }, apply: { lists: { only: [uk, offac] } }"),
      `3:69 rules[0].apply.lists.only[1] must be one of ${listNames.join(", ")}`,
    ],
    [
      rule("because: told, apply: { lists: { except: [ofac consolidated] } }"),
      `3:58 rules[0].apply.lists.except[0] must be one of ${listNames.join(", ")}`,
    ],
    [
      rule("when: { role: [MESSAGE] }, apply: { required: [address] }"),
      '3:52 rules[0].apply.required "required" is of parties and agents: MESSAGE is none',
    ],
    [
      rule("when: { rail: [FPS], channel: [CASH] }, apply: { threshold: 80 }"),
      "3:24 rules[0].when.rail the rule can never hold: a remittance has no rail",
    ],
    [
      rule("when: { from: [GB, FR], fromAny: [US, NL] }, apply: { threshold: 80 }"),
      '3:40 rules[0].when.fromAny the rule can never hold: no country of it is in "from"',
    ],
    [
      rule('when: { amount: { currency: GBP, atLeast: "0x10" } }, apply: { threshold: 80 }'),
      "3:58 rules[0].when.amount.atLeast must be a plain decimal number such as 1000 or 0.05",
    ],
    [
      rule("when: { amount: { currency: GBP, atLeast: 6, below: 5 } }, apply: { threshold: 80 }"),
      "3:24 rules[0].when.amount the rule can never hold: atLeast is not less than below",
    ],
    [
      rule("when: { kind: [TEXT] }, apply: { decideWithinSeconds: 5 }"),
      '3:49 rules[0].apply.decideWithinSeconds "decideWithinSeconds" is of whole events: a rule with "role" or "kind" cannot say it',
    ],
    [
      rule("when: { role: [DEBTOR, PURPOSE, MESSAGE] }, apply: { name: code }"),
      '3:69 rules[0].apply.name "name" is of parties and agents: PURPOSE, MESSAGE is none',
    ],
    ["just text\n", "1:1  the file is no policy: it must begin with version: 1"],
    ["version: 1\nrule: []\n", '2:1 rule "rule" is not known here: version, name, description, defaults, rules'],
    ["version: 1\nrules: { a: 1 }\n", "2:8 rules must be array"],
    ["version: 1\ndefaults:\n", "2:10 defaults must be object"],
    ["version: 1\nrules:\n  - name:\n    apply: { threshold: 80 }\n", "3:10 rules[0].name must be string"],
    [
      "version: 1\nrules:\n  - apply: { threshold: 80 }\n    a/b: 1\n    name: r\n",
      '4:5 rules[0].a/b "a/b" is not known here: name, because, when, apply',
    ],
    ["version: 1\ndefaults: { threshold: 101 }\n", "2:24 defaults.threshold must be <= 100"],
    ["version: 1\nrules:\n  - { name, apply: { threshold: 80 } }\n", "3:5 rules[0].name must be string"],
  ])("%j", (text, fault) => {
    expect(told(text)).toEqual([fault]);
  });

  test("also of a key that is longer than YAML allows", () => {
    const key = "x".repeat(2000);
    expect(told(`version: 1\n${key}: 1\n`)).toEqual([expect.stringContaining("must be at most 1024 chars")]);
    expect(told(`version: 1\n? ${key}\n: 1\n`)).toEqual([expect.stringMatching(/^2:3 x+ "x+" is not known here/)]);
  });

  test("in the order of the file, whichever check finds them", () => {
    const why = `leaves out names of a named role: say why in "because"`;
    const faults = [`rules[0].apply.screened ${why}`, "rules[1].apply.threshold must be integer"] as const;
    const one = "{ name: a, apply: { screened: false } }";
    const two = "{ name: b, apply: { threshold: x } }";
    expect(told(`version: 1\nrules:\n  - ${one}\n  - ${two}\n`)).toEqual([`3:25 ${faults[0]}`, `4:36 ${faults[1]}`]);
    expect(told(`version: 1\nrules: [${one}, ${two}]\n`)).toEqual([`2:29 ${faults[0]}`, `2:81 ${faults[1]}`]);
  });

  test("where an anchor is used, in the place of its use; and nothing is merged", () => {
    expect(told(twice("{ threshold: 85.5 }"))).toEqual([
      "3:39 rules[0].apply.threshold must be integer",
      "4:5 rules[1].apply.threshold must be integer",
    ]);
    expect(told(twice("{ treshold: 85 }"))).toEqual([
      expect.stringMatching(/^3:28 rules\[0\]\.apply\.treshold "treshold" is not known here/),
      expect.stringMatching(/^4:5 rules\[1\]\.apply\.treshold "treshold" is not known here/),
    ]);
    const merged = "version: 1\nrules:\n  - &r { name: a, apply: { threshold: 85 } }\n  - { <<: *r, name: b }\n";
    expect(told(merged)).toEqual([
      '4:5 rules[1] "apply" is missing',
      expect.stringMatching(/^4:7 rules\[1\]\.<< "<<" is not known here/),
    ]);
  });

  test.each([
    "when: { event: payment, rail: [FPS] }, apply: { threshold: 80 }",
    "when: { event: remittance, channel: [CASH] }, apply: { threshold: 80 }",
    "when: { from: [GB, FR], fromAny: [US, FR] }, apply: { threshold: 80 }",
    "when: { from: [GB], toAny: [US] }, apply: { threshold: 80 }",
    "when: { amount: { currency: GBP, atLeast: 4, below: 5 } }, apply: { threshold: 80 }",
    "when: { amount: { currency: GBP, atLeast: 5 } }, apply: { threshold: 80 }",
    "when: { rail: [FPS] }, apply: { decideWithinSeconds: 5, deadline: tell }",
    "when: { role: [DEBTOR] }, apply: { name: code, required: [address] }",
    "when: { kind: [TEXT] }, apply: { threshold: 80 }",
  ])("and none where there is none: %s", (text) => {
    expect(told(rule(text))).toMatch(/^[0-9a-f]{16}$/);
  });

  test("a rule with a fault of its own does not hide those of others, nor the name that it takes", () => {
    const text = `version: 1
rules:
  - { name: a, apply: { threshold: x } }
  - { name: a, apply: { screened: false } }
  - { name: b, apply: { threshold: 80 } }
  - { name: b, apply: { threshold: 81 } }
`;
    expect(told(text)).toEqual([
      "3:36 rules[0].apply.threshold must be integer",
      expect.stringMatching(/^4:25 rules\[1\]\.apply\.screened leaves out/),
      "6:13 rules[3].name another rule has this name",
    ]);
  });

  test("a file as long as may be is read", () => {
    const head = "version: 1\n# ";
    expect(told(head + "x".repeat(1024 * 1024 - head.length))).toBe(compilePolicy().version);
  });

  test("a file too long, or that grows by anchors, is refused before it is read", () => {
    expect(told(`version: 1\n# ${"x".repeat(1024 * 1024)}\n`)).toEqual([
      "1:1  the file is longer than 1048576 characters",
    ]);
    const grows = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ...["b", "c", "d", "e", "f"].map(
        (key, at) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${"abcde"[at] ?? ""}`).join(", ")}]`,
      ),
    ];
    expect(told(`version: 1\n${grows.join("\n")}\n`)).toEqual([
      "1:1  the file uses anchors more often than a policy needs",
    ]);
  });
});

describe("a rule must say why", () => {
  test.each([
    ["apply: { screened: false }", true],
    ["when: { role: [DEBTOR] }, apply: { screened: false }", true],
    ["when: { kind: [NAME, TEXT] }, apply: { screened: false }", true],
    ["apply: { lists: { except: [ofac] } }", true],
    ["apply: { regimes: { only: [x] } }", true],
    ["apply: { name: optional }", true],
    ["when: { kind: [TEXT] }, apply: { screened: false }", false],
    ["when: { role: [OTHER, RELATED_PARTY] }, apply: { screened: false }", false],
    ["when: { role: [MESSAGE] }, apply: { screened: false }", false],
    ["when: { role: [MESSAGE, DEBTOR] }, apply: { screened: false }", true],
    ["when: { role: [OTHER, DEBTOR_AGENT] }, apply: { name: optional }", true],
    ["when: { role: [DEBTOR], kind: [TEXT] }, apply: { lists: { only: [uk] } }", false],
    ["apply: { regimes: { except: [x] }, threshold: 80 }", true],
    ["apply: { name: required }", false],
    ["apply: { screened: true }", false],
    ["apply: { name: code }", false],
    ["because: told, apply: { screened: false }", false],
  ])("where it leaves out the name of somebody in a named role: %s", (text, isFaulty) => {
    expect(JSON.stringify(told(rule(text))).includes("say why")).toBe(isFaulty);
  });
});

test("a country that other YAML takes for a truth value is a country", () => {
  expect(told(rule("when: { to: [NO, ON] }, apply: { threshold: 80 }"))).toMatch(/^[0-9a-f]{16}$/);
});

test("a list is known by its short name, whatever its case", () => {
  for (const name of listNames)
    for (const written of [name, name.toUpperCase()])
      expect(told(rule(`because: told, apply: { lists: { only: [${written}] } }`))).toMatch(/^[0-9a-f]{16}$/);
});

test("an amount is read as it is written", () => {
  const read = readPolicyFile(
    rule(
      'when: { amount: { currency: GBP, atLeast: 0.10000, below: "1000000000000.00001" } }, apply: { threshold: 80 }',
    ),
  );
  expect(read).toMatchObject({
    policy: { rules: [{ when: { amount: { atLeast: "0.10000", below: "1000000000000.00001" } } }] },
  });
  const half = readPolicyFile(rule("when: { amount: { currency: GBP, below: 5 } }, apply: { threshold: 80 }"));
  expect(half.kind === "policy" && half.policy.rules[0]?.when.amount).toEqual({ currency: "GBP", below: "5" });
});

test("the schema that ships is the one that is checked by, and the example passes it", () => {
  const root = new URL("../../../", import.meta.url);
  expect(JSON.parse(readFileSync(new URL("schemas/policy/policy.schema.json", root), "utf8"))).toEqual(
    policyFileSchema,
  );
  expect(told(readFileSync(new URL("docs/examples/policy.yaml", root), "utf8"))).toMatch(/^[0-9a-f]{16}$/);
});

test("the schema has nothing of which its checker warns", async () => {
  const warn = vi.spyOn(console, "warn");
  vi.resetModules();
  await import("../src/policy-file/read-policy-file.ts");
  expect(warn).not.toHaveBeenCalled();
});
