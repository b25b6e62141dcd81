/**
 * Patronymics of East Slavic names in Russian, Ukrainian and Belarusian spellings, bytes a-z0-9, one class a line. They
 * are often left out, and many bear the same, so one tells little; but another one is another person.
 */
export const patronymics: readonly string[] = [
  "nikolaevich nikolayevich nikolayvich mykolayovych mykolaiovych mikolayvych mikalaevich mikalayevich",
  "alexandrovich aleksandrovich oleksandrovych aleksandrovych aliaksandravich alyaksandravich alexandrowitsch",
  "alexeevich alekseevich alexeyevich alekseyevich oleksiyovych oleksiiovych aliakseevich aliakseyevich",
  "anatolievich anatolyevich anatoliyovych anatoliiovych anatolevich anatoljewitsch anatoliyevich",
  "andreevich andreyevich andriyovych andriiovych andreievich",
  "antonovich antonovych antonavich",
  "arkadievich arkadyevich arkadiyovych",
  "borisovich borysovych barysavich",
  "dmitrievich dmitriyevich dmytrovych dzmitryevich dmitryevich",
  "evgenievich evgenyevich yevgenievich yevgenyevich yevhenovych yevheniiovych yaugenavich yauhenavich",
  "fedorovich fyodorovich fedorovych fiodaravich",
  "gennadievich gennadyevich gennadiyevich hennadiyovych henadzevich",
  "georgievich georgiyevich heorhiyovych georgyevich",
  "grigorievich grigoryevich grigoriyevich hryhorovych ryhoravich",
  "igorevich ihorovych iharavich",
  "ivanovich ivanovych ivanavich ivanovitch iwanowitsch",
  "konstantinovich kostyantynovych kanstantsinavich",
  "leonidovich leonidovych leanidavich",
  "mikhailovich mikhaylovich mykhailovych mykhaylovych mikhailavich michailowitsch",
  "olegovich olehovych alehavich",
  "pavlovich pavlovych paulavich",
  "petrovich petrovych petrovitch piatrovich pyatrovich",
  "romanovich romanovych ramanavich",
  "sergeevich sergeyevich sergeyvich serhiyovych serhiiovych siarheevich siarheyevich sergejewitsch",
  "stepanovich stepanovych stsiapanavich",
  "valentinovich valentynovych valiantsinavich",
  "valerievich valeryevich valerevich valeriyovych valeriiovych valeryievich",
  "vasilievich vasilyevich vasilevich vasiliyevich vasylovych",
  "viktorovich viktorovych viktaravich",
  "vitalievich vitalyevich vitalevich vitaliyovych vitaliiovych vitalyovych",
  "vladimirovich vladmirovich volodymyrovych uladzimiravich wladimirowitsch",
  "vyacheslavovich viacheslavovich viachaslavavich vechislavovich",
  "yurievich yuryevich iurievich yuriyovych yuriiovych jurjewitsch",
  "alexandrovna aleksandrovna oleksandrivna aliaksandrauna",
  "alekseevna alexeevna alekseyevna oleksiivna aliakseeuna",
  "anatolievna anatolyevna anatoliivna anatoleuna",
  "dmitrievna dmitriyevna dmytrivna dzmitryeuna",
  "ivanovna ivanivna ivanauna",
  "leonidovna leonidivna leanidauna",
  "mikhailovna mikhaylovna mykhailivna mikhailauna",
  "nikolaevna nikolayevna mykolaivna mikalaeuna",
  "petrovna petrivna piatrouna",
  "sergeevna sergeyevna serhiivna siarheeuna",
  "sviatoslavovna svyatoslavovna sviataslavauna",
  "viktorovna viktorivna viktarauna",
  "vladimirovna volodymyrivna uladzimirauna",
  "yurievna yuryevna yuriivna yureuna",
];

const ending = /^([a-z]{3,})(?:[aeo]v[iy]ch|[eo]vna|[iy]vna)$/;

/** Family names that are made like patronymics. */
const families: ReadonlySet<string> = new Set(
  (
    "abramovich adamovich danilovich davidovich filipovich klimovich lazarovich leibovich markovich matusevich rabinovich simonovich urbanovich " +
    "yakimovich yakubovich"
  ).split(" "),
);

/** Of a given name that we know, as *Eduardovich* is of *Eduard*; bytes a-z0-9. */
export function isPatronymic(word: string, isKnown: (name: string) => boolean): boolean {
  const name = ending.exec(word)?.[1];
  return name !== undefined && isKnown(name) && !families.has(word);
}
