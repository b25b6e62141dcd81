import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { parseStartOptions, UsageError } from "../../start/options.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-options-"));
  writeFileSync(join(folder, "uk.csv"), "");
  writeFileSync(join(folder, "un.xml"), "");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function options(...args: readonly string[]) {
  const command = parseStartOptions(args, folder);
  return command.kind === "run" ? command.options : command.kind;
}

test("nothing asked for is an endless stream over the lists that can be had", () => {
  expect(options()).toEqual({ events: null, rate: null, traffic: true, desk: true, secondLook: true, lists: null });
});

test("lists are found from where the user is, and only those given are on", () => {
  expect(options("--no-traffic", "--list", "uk=uk.csv", "--list", `un=${join(folder, "un.xml")}`)).toEqual({
    events: null,
    rate: null,
    traffic: false,
    desk: true,
    secondLook: false,
    lists: { uk: join(folder, "uk.csv"), un: join(folder, "un.xml") },
  });
});

test("the desk can be left out", () => {
  expect(options("--no-desk")).toMatchObject({ desk: false });
});

test("events and rate are numbers", () => {
  expect(options("--events", "100000", "--rate=2.5")).toMatchObject({ events: 100_000, rate: 2.5 });
});

test("help wins", () => {
  expect(options("--help")).toBe("help");
  expect(options("-h", "--events", "x")).toBe("help");
});

describe("what cannot be done is refused with a word on what is wrong", () => {
  const bad: readonly (readonly [readonly string[], RegExp])[] = [
    [["--events", "0"], /--events takes a whole number/],
    [["--events", "1.5"], /--events takes a whole number/],
    [["--events", "ten"], /not "ten"/],
    [["--events", "1e3"], /not "1e3"/],
    [["--rate", "-1"], /rate/],
    [["--rate", "0"], /--rate takes a number/],
    [["--rate", "NaN"], /--rate takes a number/],
    [["--list", "uk"], /NAME=FILE/],
    [["--list", "uk="], /NAME=FILE/],
    [["--list", "mars=uk.csv"], /not "mars"/],
    [["--list", "uk=absent.csv"], /no file .*absent\.csv/],
    [["--list", "uk=."], /no file/],
    [["--list", "uk=uk.csv", "--list", "uk=uk.csv"], /given twice/],
    [["--no-traffic", "--events", "5"], /leave out/],
    [["--no-traffic", "--rate", "5"], /leave out/],
    [["--nonsense"], /nonsense/],
    [["stray"], /stray/],
  ];
  test.each(bad)("%j", (args, reason) => {
    expect(() => parseStartOptions(args, folder)).toThrow(UsageError);
    expect(() => parseStartOptions(args, folder)).toThrow(reason);
  });
});

function asked(...args: readonly string[]): boolean {
  const found = options(...args);
  return typeof found !== "string" && found.secondLook;
}

test("looks again where traffic streams, and else only if asked", () => {
  expect([asked(), asked("--no-second-look")]).toEqual([true, false]);
  expect([asked("--no-traffic"), asked("--events", "5")]).toEqual([false, false]);
  expect([asked("--no-traffic", "--second-look"), asked("--events", "5", "--second-look")]).toEqual([true, true]);
  expect(() => options("--second-look", "--no-second-look")).toThrow("give one of");
});
