/** What is read of one name of a target, in the CSV's order: its column, and the XML's element where it has another name. */
export const ofsiFields = {
  name6: { column: "Name 6", element: "Name6" },
  name1: { column: "Name 1", element: "name1" },
  name2: { column: "Name 2", element: "name2" },
  name3: { column: "Name 3", element: "name3" },
  name4: { column: "Name 4", element: "name4" },
  name5: { column: "Name 5", element: "name5" },
  title: { column: "Title", element: "Title" },
  nonLatinName: { column: "Name Non-Latin Script", element: "NameNonLatinScript" },
  birthDate: { column: "DOB", element: "Individual_DateOfBirth" },
  townOfBirth: { column: "Town of Birth", element: "Individual_TownOfBirth" },
  countryOfBirth: { column: "Country of Birth", element: "Individual_CountryOfBirth" },
  nationality: { column: "Nationality", element: "Individual_Nationality" },
  passportNumber: { column: "Passport Number", element: "Individual_PassportNumber" },
  passportDetails: { column: "Passport Details", element: "Individual_PassportDetails" },
  nationalId: { column: "National Identification Number", element: "Individual_NINumber" },
  nationalIdDetails: { column: "National Identification Details", element: "Individual_NIDetails" },
  position: { column: "Position", element: "Individual_Position" },
  address1: { column: "Address 1", element: "Address1" },
  address2: { column: "Address 2", element: "Address2" },
  address3: { column: "Address 3", element: "Address3" },
  address4: { column: "Address 4", element: "Address4" },
  address5: { column: "Address 5", element: "Address5" },
  address6: { column: "Address 6", element: "Address6" },
  postCode: { column: "Post/Zip Code", element: "PostCode" },
  country: { column: "Country", element: "Country" },
  otherInformation: { column: "Other Information", element: "OtherInformation" },
  groupType: { column: "Group Type", element: "GroupTypeDescription" },
  aliasType: { column: "Alias Type", element: "AliasType" },
  aliasQuality: { column: "Alias Quality", element: "AliasQuality" },
  regime: { column: "Regime", element: "RegimeName" },
  listedOn: { column: "Listed On", element: "DateListed" },
  designatedOn: { column: "UK Sanctions List Date Designated", element: "DateDesignated" },
  updatedOn: { column: "Last Updated", element: "LastUpdated" },
  groupId: { column: "Group ID", element: "GroupID" },
  status: { column: null, element: "GrpStatus" },
  ukReference: { column: null, element: "UKSanctionsListRef" },
  unReference: { column: null, element: "UNRef" },
  reasons: { column: null, element: "UKStatementOfReasons" },
  phone: { column: null, element: "PhoneNumber" },
  email: { column: null, element: "EmailAddress" },
  website: { column: null, element: "Website" },
  gender: { column: null, element: "Individual_Gender" },
  entityType: { column: null, element: "Entity_Type" },
  parentCompany: { column: null, element: "Entity_ParentCompany" },
  subsidiaries: { column: null, element: "Entity_Subsidiaries" },
  registration: { column: null, element: "Entity_BusinessRegNumber" },
  imoNumber: { column: null, element: "Ship_IMONumber" },
  shipType: { column: null, element: "Ship_Type" },
  flag: { column: null, element: "Ship_Flag" },
  formerFlags: { column: null, element: "Ship_PreviousFlags" },
  owner: { column: null, element: "Ship_CurrentOwners" },
  formerOwners: { column: null, element: "Ship_PreviousOwners" },
  tonnage: { column: null, element: "Ship_Tonnage" },
  shipLength: { column: null, element: "Ship_Length" },
  yearBuilt: { column: null, element: "Ship_YearBuilt" },
  hullNumber: { column: null, element: "Ship_HIN" },
} as const satisfies Readonly<Record<string, { readonly column: string | null; readonly element: string }>>;

export type OfsiField = keyof typeof ofsiFields;

export const ofsiFieldNames = Object.keys(ofsiFields) as readonly OfsiField[];

/** Without these it cannot be told whom a row names: a file without one of them is refused. */
export const requiredFields = [
  "name6",
  "name1",
  "name2",
  "name3",
  "name4",
  "name5",
  "nonLatinName",
  "birthDate",
  "nationality",
  "groupType",
  "aliasType",
  "aliasQuality",
  "regime",
  "groupId",
] as const satisfies readonly OfsiField[];

/** One row of the CSV, or one target of the XML: a name, and all else that is known of whom it names. */
export interface OfsiRecord {
  /** As published; "" when there is nothing. */
  readonly field: (name: OfsiField) => string;
  readonly line: number;
}
