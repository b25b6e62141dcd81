/** Korean names in Cyrillic, in the Kontsevich system and the older one of the North: the syllable, then its Latin spelling. */
const table =
  "ким:kim ли:ri ри:ri лим:rim рим:rim пак:pak чхве:choe цой:choe чон:jong чен:jong чжон:jong джон:jong кан:kang чо:jo юн:yun " +
  "чан:jang хан:han о:o со:so син:sin квон:kwon хван:hwang ан:an сон:song сен:song рю:ryu хон:hong но:no ко:ko мун:mun ян:yang " +
  "хо:ho пэк:paek нам:nam ын:un ир:il иль:il ён:yong ен:yong чхоль:chol чхол:chol чоль:chol чер:chol хе:hye хэ:hae кын:kun " +
  "гын:gun хён:hyon хен:hyon хёк:hyok хек:hyok сок:sok сик:sik су:su тхэ:thae тхэк:thaek тхек:thaek бом:bom чун:jun чхун:chun " +
  "чу:ju джу:ju мин:min ми:mi гук:guk кук:guk гван:gwang кван:gwang бон:bong пон:bong дон:dong тон:dong ук:uk ун:ung джун:jun " +
  "чжун:jun джэ:jae чэ:jae хи:hui гю:gyu сан:sang бок:bok пок:bok хак:hak ок:ok вон:won рён:ryong рен:ryong рёль:ryol мён:myong " +
  "мен:myong гён:gyong кён:gyong ги:gi ки:gi джин:jin чин:jin ха:ha сун:sun сын:sung тэ:tae пхиль:phil пхён:phyong";
const syllables = new Map(table.split(" ").map((entry) => entry.split(":") as [string, string]));
const families = new Set(
  "ким ли ри лим рим пак чхве цой чон кан чо юн чан хан о со син квон хван ан сон рю хон но ко мун ян хо пэк нам".split(
    " ",
  ),
);

const alternatives = [...syllables.keys()].toSorted((a, b) => b.length - a.length).join("|");
const word = new RegExp(`^(${alternatives})(${alternatives})?$`, "u");

/** The syllables of a word in Latin letters, if it has one or two and both are known. `word`: lower case. */
export function koreanOfKontsevich(cyrillic: string): readonly string[] | undefined {
  const found = word.exec(cyrillic);
  return found?.slice(1).flatMap((syllable) => (syllable === undefined ? [] : [syllables.get(syllable)!]));
}

const FEWEST_SYLLABLES = 3;

/** True if words are a Korean name: a family name, and syllables of given names. */
export function isKontsevich(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > FEWEST_SYLLABLES || !families.has(words[0]!)) return false;
  const read = words.map(koreanOfKontsevich);
  return (
    read.every((syllable) => syllable !== undefined) &&
    read.reduce((count, some) => count + some.length, 0) >= FEWEST_SYLLABLES
  );
}
