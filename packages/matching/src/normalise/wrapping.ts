/**
 * What stands around a name in the fields of payments and is no part of it. Each part found is blanked, so that places
 * hold. A name that is written so on a list is found by its plain reading all the same.
 */
const wrappings: readonly RegExp[] = [
  // Markup, and blanks that somebody encoded.
  /<[^<>]{1,40}>/g,
  /&(?:nbsp|#160|#xa0);|%20/gi,
  // The line numbers and the account of SWIFT's fields 50 and 59: `1/IVAN PETROV`, `/4411829 IVAN PETROV`.
  /(?<![^\r\n\s])[1-8]\/(?=\s*\p{L})/gu,
  /^\s*\/[a-z0-9]{3,34}(?=\s)/gi,
  // Care of, for the benefit of, account, trading as, doing business as.
  /^\s*(?:c\/o|f\/b\/o|a\/c|t\/a|d\/b\/a|h\.\s?e\.)/gi,
  /\([^()]*\)|\[[^[\]]*\]/g,
  // Dates, years, numbers of accounts and documents, and what announces them; at least four digits in a row.
  /(?:(?<![\p{L}\p{N}])(?:d\.?o\.?b|born(?: on)?|imo|passport|id|no|nr|acc|account|a\/c|iban|tel|phone)[\s.:#/]*)?(?<![\p{L}\p{N}./-])(?=[0-9./-]*[0-9]{4})[0-9][0-9./-]*(?![\p{L}\p{N}])/giu,
];

/** Apostrophes that somebody encoded; a sign without width fills the place. */
const encodedApostrophe = /&(?:apos|#39|#x27|rsquo|lsquo);/gi;

/** Where none of these stands, nothing wraps the name; most names have none. */
const marks = /[<&%/([0-9,]| [-–—]|h\.\s?e\./i;

/** The text with its wrapping blanked, of the same length; the text itself if nothing would be left. */
export function withoutWrapping(text: string): string {
  if (!marks.test(text)) return text;
  let bare = text.replace(encodedApostrophe, (part) => `'${"\u200b".repeat(part.length - 1)}`);
  for (const wrapping of wrappings) bare = bare.replace(wrapping, (part) => " ".repeat(part.length));
  const place = trailingPlace(bare);
  if (place !== undefined) bare = bare.slice(0, place) + " ".repeat(bare.length - place);
  return (bare.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS ? bare : text;
}

const FEWEST_LETTERS = 4;

/** Behind a comma or a dash between blanks, to the end. */
const lastParts = /(?:\s*,| [-–—])\s*(?<first>\p{L}[\p{L} .]*)(?:,\s*(?<second>\p{L}[\p{L} .]*))?\s*$/u;

/** Where the places begin that a name ends in (`Ivan Petrov, Moscow`, `Acme - Dubai, UAE`), with the mark before them. */
export function trailingPlace(text: string): number | undefined {
  const found = lastParts.exec(text);
  if (found === null) return undefined;
  const { first = "", second } = found.groups!;
  if (second !== undefined && !isPlace(second)) return undefined;
  if (isPlace(first)) return found.index;
  return second === undefined ? undefined : found.index + found[0].lastIndexOf(",");
}

function isPlace(text: string): boolean {
  return places.has(text.replaceAll(".", "").trim().toLowerCase().replaceAll(/\s+/g, " "));
}

/** Countries, and cities that stand behind names most; in small letters. Changing the table changes `engineVersion`. */
export const places: ReadonlySet<string> = new Set(
  (
    "afghanistan,albania,algeria,angola,argentina,armenia,australia,austria,azerbaijan,bahrain,bangladesh,belarus,belgium," +
    "bosnia and herzegovina,brazil,bulgaria,burma,cambodia,cameroon,canada,chad,chile,china,pr china,prc,colombia,congo,dr congo," +
    "costa rica,cote d'ivoire,croatia,cuba,cyprus,czech republic,czechia,denmark,djibouti,dominican republic,ecuador,egypt,el salvador," +
    "eritrea,estonia,ethiopia,finland,france,gabon,gambia,georgia,germany,ghana,greece,guatemala,guinea,guinea-bissau,haiti,honduras," +
    "hong kong,hungary,iceland,india,indonesia,iran,iraq,ireland,israel,italy,ivory coast,jamaica,japan,jordan,kazakhstan,kenya," +
    "kosovo,kuwait,kyrgyzstan,laos,latvia,lebanon,liberia,libya,lithuania,luxembourg,macao,malaysia,maldives,mali,malta," +
    "marshall islands,mauritania,mauritius,mexico,moldova,mongolia,montenegro,morocco,mozambique,myanmar,namibia,nepal,netherlands," +
    "the netherlands,new zealand,nicaragua,niger,nigeria,north korea,dprk,north macedonia,norway,oman,pakistan,palestine,gaza,panama," +
    "paraguay,peru,philippines,poland,portugal,qatar,romania,russia,russian federation,rwanda,saudi arabia,ksa,senegal,serbia," +
    "seychelles,sierra leone,singapore,slovakia,slovenia,somalia,south africa,south korea,south sudan,spain,sri lanka,sudan,sweden," +
    "switzerland,syria,syrian arab republic,taiwan,tajikistan,tanzania,thailand,togo,tunisia,turkey,turkiye,turkmenistan,uganda," +
    "ukraine,united arab emirates,uae,united kingdom,uk,great britain,england,scotland,wales,united states,usa,us,uruguay," +
    "uzbekistan,venezuela,vietnam,viet nam,yemen,zambia,zimbabwe," +
    "abu dhabi,accra,addis ababa,aleppo,algiers,almaty,amman,amsterdam,ankara,antwerp,ashgabat,astana,athens,baghdad,baku,bamako," +
    "bangkok,basra,beijing,beirut,belgrade,berlin,bern,bishkek,bogota,bratislava,brussels,bucharest,budapest,buenos aires,cairo," +
    "caracas,casablanca,chisinau,copenhagen,dakar,damascus,dar es salaam,delhi,new delhi,dhaka,doha,donetsk,dubai,dublin,dushanbe," +
    "erbil,frankfurt,geneva,guangzhou,hamburg,hanoi,harare,havana,helsinki,herat,homs,hong kong sar,isfahan,islamabad,istanbul,izmir," +
    "jakarta,jeddah,jerusalem,johannesburg,kabul,kampala,kandahar,karachi,khartoum,kinshasa,kuala lumpur,kyiv,kiev,lagos,lahore," +
    "limassol,lisbon,ljubljana,london,luanda,luhansk,madrid,manama,manchester,manila,maputo,mashhad,mexico city,miami,milan,minsk," +
    "mogadishu,monaco,moscow,mosul,mumbai,munich,muscat,nairobi,new york,nicosia,nur-sultan,odesa,oslo,panama city,paris,peshawar," +
    "phnom penh,prague,pristina,pyongyang,quetta,rangoon,yangon,riga,riyadh,rome,rostov-on-don,saint petersburg,st petersburg,sanaa," +
    "sana'a,sarajevo,seoul,sevastopol,shanghai,sharjah,shenzhen,shiraz,simferopol,skopje,sofia,stockholm,tabriz,taipei,tallinn,tashkent," +
    "tbilisi,tehran,tel aviv,tirana,tokyo,toronto,tripoli,benghazi,tunis,ulaanbaatar,valletta,vienna,vilnius,warsaw,yaounde,yerevan," +
    "zagreb,zurich"
  ).split(","),
);
