import { allEntries, changedEntries } from "@cordon/looking-again";
import { listed } from "@cordon/screening/testing";
import { expect, test } from "vitest";

const [a, b, c, d] = [listed("A", "Name A"), listed("B", "Name B"), listed("C", "Name C"), listed("D", "Name D")];

test("an entry that is new or amended is watched, one that stayed or went is not", () => {
  const amended = { ...b, names: b.names.map((name) => ({ ...name, text: "Another Name" })) };
  const changes = changedEntries([a, b, c], [a, amended, d]);
  expect([...changes.watched]).toEqual([d.id, b.id]);
  expect(changes).toMatchObject({ added: 1, amended: 1, before: [b], after: [amended, d] });
});

test("a new stamp or remark is no change", () => {
  const stamped = { ...a, updatedOn: "2026-11-29", remarks: [] };
  expect(changedEntries([a], [stamped]).watched.size).toBe(0);
});

test("an unchanged entry that is linked with a changed one is watched, and what it is linked with is compared", () => {
  const linked = { ...b, references: [a.id] };
  const further = { ...c, references: [b.id] };
  const amended = { ...a, regime: "Another regime" };
  const changes = changedEntries([a, linked, further, d], [amended, linked, further, d]);
  expect([...changes.watched].toSorted()).toEqual([a.id, b.id]);
  expect(changes.before).toEqual([a, linked, further]);
  expect(changes.after).toEqual([amended, linked, further]);
});

test("with nothing to compare with, everything is new", () => {
  expect(allEntries([a, b])).toMatchObject({ before: [], after: [a, b], added: 2, amended: 0 });
});
