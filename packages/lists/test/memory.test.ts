import { Worker } from "node:worker_threads";

import { expect, test } from "vitest";

import type { ParseWork } from "./parse-worker.ts";
import { ukFile, ukHeader, ukRow } from "./uk/uk-file.ts";

const maxHeapMegabytes = 40;

/** Parses in a thread of 40 MB heap, which ends with ERR_WORKER_OUT_OF_MEMORY if it needs more. */
async function designationsWithin40Megabytes(work: ParseWork): Promise<unknown> {
  const worker = new Worker(new URL("./parse-worker.ts", import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
  });
  return await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** 20 KB that no designation keeps, one of them outside Latin-1, so that they take twice as much in memory. */
const prose = `Ё${"prose that is not kept ".repeat(870)}`;
const parts = 2_500;

test("a UK list of 50 MB is read in a heap of 40 MB", { timeout: 60_000 }, async () => {
  const row = ukRow({
    "Unique ID": "TST#",
    "Name 1": "A rather long given name #",
    "UK Statement of Reasons": prose,
    "D.O.B": "dd/mm/1958",
    "Nationality(/ies)": "United Kingdom of Great Britain and Northern Ireland",
    "Passport number": "Passport number of length #",
    "Business registration number (s)": "Business registration number #",
  });
  const [open = "", header = "", line = ""] = ukFile([row]).split("\r\n");
  expect(header).toBe(ukHeader.join(","));
  const work = { list: "uk", open: `${open}\r\n${header}\r\n`, part: `${line}\r\n`, parts, close: "" } as const;
  expect(await designationsWithin40Megabytes(work)).toBe(parts);
});

test("a UN list of 50 MB is read in a heap of 40 MB", { timeout: 60_000 }, async () => {
  const part = `<INDIVIDUAL><FIRST_NAME>A rather long given name #</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
    <REFERENCE_NUMBER>QDi.#</REFERENCE_NUMBER><COMMENTS1>${prose}</COMMENTS1>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Another rather long name #</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL>`;
  const work = {
    list: "un",
    open: "<CONSOLIDATED_LIST><INDIVIDUALS>",
    part,
    parts,
    close: "</INDIVIDUALS></CONSOLIDATED_LIST>",
  } as const;
  expect(await designationsWithin40Megabytes(work)).toBe(parts);
});
