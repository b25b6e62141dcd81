/** An entry of SDN.XML for an invented person. */
export function sdnEntry(uid = "901", parts: readonly string[] = personParts): string {
  return `<sdnEntry><uid>${uid}</uid>${parts.join("")}</sdnEntry>`;
}

export const personParts: readonly string[] = [
  "<lastName>EXAMPLE</lastName>",
  "<firstName>Anna Test</firstName>",
  "<title>Clerk</title>",
  "<sdnType>Individual</sdnType>",
  "<programList><program>TEST-A</program><program>TEST-B</program></programList>",
  `<idList>
    <id><uid>1</uid><idType>Passport</idType><idNumber>A1234567</idNumber><idCountry>Iraq</idCountry></id>
    <id><uid>2</uid><idType>Digital Currency Address - ETH</idType><idNumber>0x${"ab".repeat(20)}</idNumber></id>
    <id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>Invented</idNumber></id>
    <id><uid>4</uid><idType>Moon Permit</idType><idNumber>7</idNumber></id>
  </idList>`,
  `<akaList>
    <aka><uid>5</uid><type>a.k.a.</type><category>strong</category><lastName>SAMPLE</lastName><firstName>Ann</firstName></aka>
    <aka><uid>6</uid><type>f.k.a.</type><category>weak</category><lastName>MUSTER, Anni</lastName></aka>
  </akaList>`,
  `<addressList><address><uid>7</uid><address1>1 Example Road</address1><city>Exampletown</city><country>Iraq</country></address></addressList>`,
  "<nationalityList><nationality><uid>8</uid><country>Iraq</country><mainEntry>true</mainEntry></nationality></nationalityList>",
  "<dateOfBirthList><dateOfBirthItem><uid>9</uid><dateOfBirth>circa 1975</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>",
  "<placeOfBirthList><placeOfBirthItem><uid>10</uid><placeOfBirth>Exampletown, Iraq</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>",
];

/** SDN.XML or CONSOLIDATED.XML of these entries. */
export function sdnXml(entries: readonly string[], count = entries.length): string {
  return `<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>03/28/2025</Publish_Date><Record_Count>${String(count)}</Record_Count></publshInformation>
${entries.join("\n")}</sdnList>`;
}
