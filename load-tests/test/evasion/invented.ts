import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedIdentifier,
  newDesignation,
} from "@cordon/matching";

function listed(
  key: string,
  type: DesignationType,
  names: readonly string[],
  more: Partial<Designation> = {},
): Designation {
  return newDesignation({
    id: designationId("own", key),
    list: "own",
    type,
    names: names.map((text, at) => ({ text, kind: at === 0 ? "PRIMARY" : "ALIAS", strength: "STRONG" })),
    regime: "Invented",
    ...more,
  });
}

function number(kind: ListedIdentifier["kind"], value: string, currency?: string): ListedIdentifier {
  return { kind, value, note: null, ...(currency !== undefined && { currency }) };
}

/** Designations of a list of nobody, on which every kind of trick can be played. */
export const invented: readonly Designation[] = [
  listed("P1", "PERSON", ["Goran Jalal Rasulov"], {
    identifiers: [
      number("PASSPORT", "QK4471902"),
      number("PASSPORT", "611947725"),
      number("NATIONAL_ID", "4471936628"),
    ],
  }),
  listed("P2", "PERSON", ["Dmitrov Yaroslav Veldanovich"], {
    identifiers: [number("TAX_ID", "7719898900"), number("TAX_ID", "805017535-3"), number("TAX_ID", "AAME610125-QP6")],
  }),
  listed("P3", "PERSON", ["سالم الزرقاني الفهدي"], { identifiers: [number("PHONE", "+964 770 555 0183")] }),
  listed("P4", "PERSON", ["Mohammed Abdul Wendawila Karimbakov Sostratinov Elhazar"], {
    identifiers: [number("EMAIL", "desk@lantern-freight.example")],
  }),
  listed("O1", "ORGANISATION", ["Northern Lantern Shipping Company"], {
    identifiers: [
      number("REGISTRATION", "1147746527279"),
      number("REGISTRATION", "HE447190"),
      number("BIC", "NLSHRUMM"),
      number("LEI", "2534006SJ05GGKETEY75"),
    ],
  }),
  listed("O2", "ORGANISATION", ["Ostermarsch Trading Group"], {
    identifiers: [
      number("WALLET", "0x901bb9583b24d97e995513c6778dc6888ab6870e", "ETH"),
      number("WALLET", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "XBT"),
      number("WALLET", "qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq", "BCH"),
    ],
  }),
  listed("V1", "VESSEL", ["Ariadne Lantern 2"], {
    identifiers: [number("IMO", "9278064"), number("MMSI", "572469210")],
  }),
];
