export const ukXmlParts: readonly string[] = [
  "<LastUpdated>03/03/2025</LastUpdated><DateDesignated>01/02/2024</DateDesignated>",
  "<OFSIGroupID>90001</OFSIGroupID><UNReferenceNumber>QDi.901</UNReferenceNumber>",
  `<Names>
    <Name><Name1>Anna</Name1><Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name>
    <Name><Name1>Anni</Name1><Name6>MUSTER</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
  </Names>`,
  "<NonLatinNames><NonLatinName><NameNonLatinScript>Анна ПРИМЕР</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType><NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>",
  "<RegimeName>The Test Regulations 2025</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UN</DesignationSource>",
  "<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed><SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><ArmsEmbargo>false</ArmsEmbargo><TravelBan>true</TravelBan></SanctionsImposedIndicators>",
  "<OtherInformation>Invented. SWIFT/BIC - TESTGB2L</OtherInformation>",
  "<Addresses><Address><AddressLine1>1 Example Road</AddressLine1><AddressPostalCode>X1</AddressPostalCode><AddressCountry>Iraq</AddressCountry></Address></Addresses>",
  `<IndividualDetails><Individual><DOBs><DOB>dd/mm/1975</DOB><DOB>06/05/1976</DOB></DOBs>
    <PassportDetails><Passport><PassportNumber>A1234567</PassportNumber><PassportAdditionalInformation>Issued in Iraq</PassportAdditionalInformation></Passport>
    <Passport><PassportNumber>B7654321</PassportNumber></Passport></PassportDetails>
    <Nationalities><Nationality>Iraq</Nationality></Nationalities>
    <BirthDetails><Location><TownOfBirth>Exampletown</TownOfBirth><CountryOfBirth>Iraq</CountryOfBirth></Location></BirthDetails></Individual></IndividualDetails>`,
];

export function ukDesignation(key = "TST0001", parts: readonly string[] = ukXmlParts): string {
  return `<Designation><UniqueID>${key}</UniqueID>${parts.join("")}</Designation>`;
}

export function ukXml(designations: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>29/04/2026</DateGenerated>${designations.join("\n")}</Designations>`;
}
