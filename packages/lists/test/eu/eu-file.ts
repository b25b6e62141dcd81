export const euParts: readonly string[] = [
  "<remark>Invented. SWIFT/BIC TESTGB2LXXX</remark>",
  '<regulation regulationType="regulation" organisationType="council" publicationDate="2025-05-06" entryIntoForceDate="2025-05-07" numberTitle="2025/0 (TEST)" programme="TEST" logicalId="2"><publicationUrl>https://example.org/reg</publicationUrl></regulation>',
  '<subjectType code="person" classificationCode="P"/>',
  '<nameAlias firstName="Anna" middleName="" lastName="Example" wholeName="Anna Example" function="Clerk" gender="F" title="" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="3"/>' +
    '<nameAlias wholeName="Анна Пример" strong="true" nameLanguage="RU" logicalId="4"/>' +
    '<nameAlias firstName="Anni" lastName="Muster" wholeName="" strong="false" logicalId="5"/>' +
    '<nameAlias wholeName="Annchen" strong="true" logicalId="6"><remark>ood quality a.k.a.; lo quality</remark></nameAlias>',
  '<citizenship countryIso2Code="IQ" countryDescription="IRAQ" logicalId="7"/>',
  '<birthdate circa="false" calendarType="GREGORIAN" city="Exampletown" birthdate="1975-05-06" dayOfMonth="6" monthOfYear="5" year="1975" countryIso2Code="00" countryDescription="UNKNOWN" logicalId="8"/>' +
    '<birthdate circa="true" calendarType="GREGORIAN" yearRangeFrom="1970" yearRangeTo="1972" logicalId="9"/>',
  '<identification number="A1234567" identificationTypeCode="passport" knownExpired="true" issuedBy="the office" countryIso2Code="IQ" logicalId="10"/>',
  '<address city="Exampletown" street="1 Example Road" poBox="" zipCode="X1" countryIso2Code="IQ" countryDescription="IRAQ" asAtListingTime="false" logicalId="11"><contactInfo key="EMAIL" value="anna@example.org"/></address>',
];

export function euEntity(reference = "EU.1.1", parts: readonly string[] = euParts): string {
  return `<sanctionEntity designationDate="2024-02-01" designationDetails="" unitedNationId="QDi.901" euReferenceNumber="${reference}" logicalId="${reference.replaceAll(/\D/g, "")}">${parts.join("")}</sanctionEntity>`;
}

export function euXml(entities: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-06-05T15:51:25.849+02:00" globalFileId="1">${entities.join("\n")}</export>`;
}
