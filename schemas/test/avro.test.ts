import { readdirSync } from "node:fs";

import { schemaText, subjectOf, subjects, topicDefaults, topics, whyUnreadable } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { history, isArray, isUnion, namedIn, parsed } from "./schemas.ts";

test("each subject has one schema file, and no file is without a subject", () => {
  const files = readdirSync(new URL("../avro", import.meta.url)).toSorted();
  expect(files).toEqual(subjects.map((subject) => `${subject}.avsc`).toSorted());
});

test("each topic but that of dead letters has a subject, and every topic has its defaults", () => {
  const { deadLetters, ...avro } = topics;
  expect(Object.values(avro).map((topic) => subjectOf(topic))).toEqual(subjects);
  expect(Object.keys(topicDefaults).toSorted()).toEqual([deadLetters, ...Object.values(avro)].toSorted());
});

describe.each(subjects)("%s", (subject) => {
  const types = namedIn(parsed(subject));
  const fields = types.flatMap((type) =>
    (type.fields ?? []).map((field) => ({ ...field, at: `${type.name}.${field.name}` })),
  );

  test("says what each record, enum and field means", () => {
    const silent = [...types.map((type) => ({ at: type.name, doc: type.doc })), ...fields].filter((one) => !one.doc);
    expect(silent.map((one) => one.at)).toEqual([]);
  });

  test("is of the namespace cordon.v1", () => {
    expect(parsed(subject).namespace).toBe("cordon.v1");
    expect(types.filter((type) => type.namespace !== undefined)).toHaveLength(1);
  });

  test("reads an enum's unknown symbol as one it names", () => {
    const enums = types.filter((type) => type.type === "enum");
    for (const { symbols, default: fallback } of enums) expect(symbols).toContain(fallback);
  });

  test("lets a producer leave out what may be null and what may be empty", () => {
    const wrong = fields.filter(({ type, default: fallback }) => {
      if (isUnion(type)) return type[0] !== "null" || fallback !== null;
      return isArray(type) && !(Array.isArray(fallback) && fallback.length === 0);
    });
    expect(wrong.map((field) => field.at)).toEqual([]);
  });

  test("is the newest version in its history", () => {
    expect(history(subject).at(-1)).toBe(schemaText(subject));
  });

  test("reads what was written with every earlier version", () => {
    const current = schemaText(subject);
    expect(history(subject).map((earlier) => whyUnreadable(current, earlier))).toEqual(
      history(subject).map(() => null),
    );
  });
});
