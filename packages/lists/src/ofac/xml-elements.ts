import type { VesselFactKind } from "@cordon/matching/listed";

import type { KnownElements } from "../format/known-elements.ts";

/** What an `sdnEntry` holds, by OFAC's schema. */
export const ofacXmlElements: KnownElements = {
  sdnEntry:
    "uid firstName lastName title sdnType remarks programList idList akaList addressList nationalityList " +
    "citizenshipList dateOfBirthList placeOfBirthList vesselInfo",
  programList: "program",
  idList: "id",
  id: "uid idType idNumber idCountry issueDate expirationDate",
  akaList: "aka",
  aka: "uid type category lastName firstName",
  addressList: "address",
  address: "uid address1 address2 address3 city stateOrProvince postalCode country",
  nationalityList: "nationality",
  nationality: "uid country mainEntry",
  citizenshipList: "citizenship",
  citizenship: "uid country mainEntry",
  dateOfBirthList: "dateOfBirthItem",
  dateOfBirthItem: "uid dateOfBirth mainEntry",
  placeOfBirthList: "placeOfBirthItem",
  placeOfBirthItem: "uid placeOfBirth mainEntry",
  vesselInfo: "callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage",
};

export const vesselElements: readonly (readonly [kind: VesselFactKind, element: string])[] = [
  ["TYPE", "vesselType"],
  ["FLAG", "vesselFlag"],
  ["OWNER", "vesselOwner"],
  ["TONNAGE", "tonnage"],
  ["GROSS_TONNAGE", "grossRegisteredTonnage"],
];

/** Types under which OFAC publishes what is no number. */
export const remarkIdTypes =
  /^(?:secondary sanctions risk|additional sanctions information|website|gender|title|executive order|organization (?:established date|type)|nationality of registration|target type|transactions prohibited|effective date|listing date|purchase\/sales|issuer name|equity ticker|ca[a-z]* |cmic|linked to|vessel (?:year|owner|flag|type)|other vessel|former vessel|date of|place of|aircraft|citizen|nationality|location|peesa|ifca|ifsr|syria|digital|ship|micex|moex)/i;
