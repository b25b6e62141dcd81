import { compilePolicy, paymentToScreen, screenEvent } from "@cordon/decisions";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { party, payment } from "./events.ts";
import { listed } from "./fake-index.ts";

const index = openSnapshot(
  compileSnapshot([
    listed("uk:1", "Qasem Soleimani"),
    listed("uk:2", "Akhmat Kadyrov"),
    listed("uk:3", "Rahat Hasan Khan"),
    listed("uk:4", "Tambov"),
    listed("uk:5", "Sevastopol", { type: "VESSEL" }),
    listed("uk:6", "Velikiy Novgorod", { type: "VESSEL" }),
    listed("uk:7", "Northern Lantern Shipping", { type: "ORGANISATION" }),
    listed("uk:8", "Saint Petersburg Exchange", { type: "ORGANISATION" }),
    listed("uk:9", "Kronstadt", { type: "ORGANISATION" }),
    listed("uk:10", "Amber Wharf", { type: "ORGANISATION" }),
    listed("uk:11", "Zhukovskiy", { type: "AIRCRAFT" }),
    listed("uk:12", "Lantern Harbour Quay Exchange", { type: "ORGANISATION" }),
    listed("uk:13", "Matar Hussein"),
    listed("uk:14", "Jami Karim Rahat"),
    listed("uk:15", "Strada Lantern", { type: "ORGANISATION" }),
  ] satisfies Designation[]),
);
const policy = compilePolicy();

type Where = "street" | "town" | "lines" | "birthPlace" | "name";

function outcome(where: Where, text: string): string {
  const bearer = party("CREDITOR", where === "name" ? text : "Ann Baker", "UNKNOWN");
  const address = { country: null, town: null, postCode: null, street: null, lines: [], region: null };
  const filled = {
    street: { ...bearer, address: { ...address, street: text } },
    town: { ...bearer, address: { ...address, town: text } },
    lines: { ...bearer, address: { ...address, lines: ["Flat 2", text] } },
    birthPlace: { ...bearer, birthPlace: text },
    name: bearer,
  }[where];
  const found = screenEvent(paymentToScreen(payment({ parties: [filled] })), index, policy, {
    indexAge: 0,
    at: 0,
  });
  return found.kind === "hold" ? found.reason : found.kind.toUpperCase();
}

describe("a street, a square or a building that is called after a person is no hit", () => {
  test.each([
    "Qasem Soleimani Street",
    "14 Qasem Soleimani Street, Flat 3",
    "Qasem Soleimani Rd 5",
    "near Qasem Soleimani Mosque",
    "12b Shahid Qasem Soleimani Highway",
    "ulitsa Akhmata Kadyrova 5",
    "Grozny, ul. Akhmata Kadyrova, d. 5",
    "prospekt Akhmata Kadyrova",
    "5 Akhmat Kadyrov prospekt",
    "Akhmat Kadyrov Avenue, Grozny",
    "Rue Qasem Soleimani 14",
    "14, avenue du Général Qasem Soleimani",
    "Calle Qasem Soleimani No. 3",
    "Av. Qasem Soleimani 14",
    "Str. Akhmat Kadyrov nr. 4",
    "Qasem-Soleimani-Straße 9",
    "Ali-Qasem-Soleimani-Rahimi-Straße 9",
    "Qasem Soleimani Str. 9",
    "Kasım Süleymani Cad. No: 4",
    "Qasem Soleimani Sokak 4",
    "Jl. Qasem Soleimani 3",
    "улица Ахмата Кадырова, 5",
    "ул. Ахмата Кадырова, 5",
    "شارع قاسم سليماني 5",
    "Khiyaban-e Qasem Soleimani",
  ])("%s", (text) => {
    expect(outcome("street", text)).toBe("CLEAR");
    expect(outcome("lines", text)).toBe("CLEAR");
    expect(outcome("name", `Ann Baker, ${text}`)).toBe("CLEAR");
  });
});

describe("a listed name that is not the whole name of a street is a hit", () => {
  test.each([
    "Qasem Soleimani",
    "c/o Qasem Soleimani, 14 Kirova Street",
    "c/o Qasem Soleimani 14 Kirova Street",
    "c/o Qasem Soleimani Street 14",
    "Attn Qasem Soleimani Road",
    "14 Kirova Street, Qasem Soleimani",
    "14 Kirova Street Qasem Soleimani",
    "14 Kirova Avenue Qasem Soleimani, Flat 5",
    "14 Kirova Str. Qasem Soleimani",
    "Qasem Soleimani, Street 14",
    "Qasem Soleimani Avenue Kirova",
    "Flat 5 (Qasem Soleimani), Kirova Street",
    "Qasem Soleimani-Kirova Street",
    // Three words are a person's whole name, and hardly a street's.
    "Rahat Hasan Khan Street",
    "ulitsa Rahat Hasan Khan 5",
    // A word of streets may be that of a name: matar is an airport, jami a mosque, strada a street.
    "Matar Hussein",
    "c/o Matar Hussein",
    "Matar Hussein, Flat 2",
    "Jami Karim Rahat",
    "Strada Lantern",
    "c/o Strada Lantern, Flat 2",
    // No street is called after a firm.
    "Northern Lantern Shipping Street",
    "Northern Lantern Shipping, 5 Quay Road",
    "Amber Wharf Street",
    "Kronstadt",
  ])("%s", (text) => {
    expect(outcome("street", text)).toBe("HIT");
    expect(outcome("lines", text)).toBe("HIT");
  });

  test("nor is a name at the beginning of its own field that of a street", () => {
    expect(outcome("name", "Qasem Soleimani Street 14, Tehran")).toBe("HIT");
    expect(outcome("name", "Qasem Soleimani, 14 Kirova Street")).toBe("HIT");
    expect(outcome("name", "Ann Baker, Qasem Soleimani")).toBe("HIT");
    expect(outcome("name", "Ann Baker, Matar Hussein")).toBe("HIT");
    expect(outcome("name", "Ann Baker, Strada Lantern")).toBe("HIT");
  });
});

/** Rows: where, the text, what comes of it. */
describe("towns", () => {
  test.each([
    ["town", "Tambov", "CLEAR"],
    ["birthPlace", "TAMBOV", "CLEAR"],
    ["lines", "12 Lenina, Tambov, Russia", "CLEAR"],
    ["lines", "392000 Tambov", "CLEAR"],
    ["lines", "c/o Tambov", "HIT"],
    ["town", "c/o Tambov", "HIT"],
    ["town", "Qasem Soleimani", "HIT"],
    ["birthPlace", "Qasem Soleimani", "HIT"],
    ["town", "Sevastopol", "CLEAR"],
    ["lines", "Lenina 4, Sevastopol", "CLEAR"],
    ["lines", "Sevastopol", "CLEAR"],
    ["lines", "vessel Sevastopol", "HIT"],
    ["lines", "vessel: Sevastopol, Flat 2", "HIT"],
    ["town", "Velikiy Novgorod", "CLEAR"],
    ["lines", "Velikiy Novgorod", "HIT"],
    ["town", "Saint Petersburg", "CLEAR"],
    ["lines", "Nevsky 4, Saint Petersburg", "CLEAR"],
    ["lines", "Saint Petersburg Exchange, Nevsky 4", "HIT"],
    ["town", "Northern Lantern Shipping", "HIT"],
    ["town", "Kronstadt", "HIT"],
    ["lines", "Kronstadt Street 4", "CLEAR"],
    ["town", "Zhukovskiy", "CLEAR"],
    ["lines", "Lenina 4, Zhukovskiy", "CLEAR"],
    ["town", "Tambov, for Ann", "HIT"],
    ["town", "for Ann, Tambov", "HIT"],
    ["lines", "Saint Petersburg for Ann", "HIT"],
    ["lines", "for Saint Petersburg", "HIT"],
    ["town", "Lantern Harbour Quay", "HIT"],
    ["lines", "flats of Sevastopol for Ann", "CLEAR"],
    ["name", "Ann Baker, Tambov for Ann", "HIT"],
    ["name", "Ann Baker, for Tambov", "HIT"],
    ["name", "Ann Baker, Tambov", "CLEAR"],
    ["name", "Blue Heron Books, Sevastopol", "CLEAR"],
    ["name", "Sevastopol", "HIT"],
    ["name", "New Dawn ex Sevastopol", "HIT"],
  ] as const)("%s %s: %s", (where, text, expected) => {
    expect(outcome(where, text)).toBe(expected);
  });
});

test("a text that is no address knows no streets", () => {
  for (const text of ["for Qasem Soleimani Street", "Qasem Soleimani Street", "Tambov"]) {
    const event = payment({ remittanceInformation: [text] });
    expect(screenEvent(paymentToScreen(event), index, policy, { indexAge: 0, at: 0 }).kind).toBe("hit");
  }
});
