import anyAscii from "any-ascii";

/** Korean family names of two syllables. */
const twoSyllables = new Set(["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"]);

/** The commonest spelling of a syllable where it is not the official one. Others are related by class. */
const usual: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "김kim 이lee 리ri 박park 최choi 정jung 조cho 강kang 윤yoon 장jang 임lim 림rim 한han 오oh 서seo 신shin 권kwon 황hwang 안ahn 송song 류ryu 유yoo " +
    "전jeon 홍hong 고ko 문moon 양yang 손son 배bae 백baek 허heo 남nam 심shim 노noh 로ro 하ha 곽kwak 성sung 차cha 주joo 우woo 구koo 민min " +
    "나na 진jin 지ji 엄um 채chae 원won 천chun 방bang 공kong 현hyun 함ham 변byun 염yeom 여yeo 추choo 도do 소so 석suk 선sun 설sul 마ma 길gil 연yeon " +
    "위wi 표pyo 명myung 기ki 반ban 라ra 왕wang 금keum 옥ok 육yook 인in 맹maeng 제je 모mo 은un 영young 종jong 준jun 철chul 혁hyuk 호ho 희hee 근keun 경kyung " +
    "재jae 태tae 룡ryong 용yong 수soo 숙sook 순soon 식sik 일il 숭soong 열yeol 웅woong 욱wook 훈hoon 환hwan 규kyu 국kook 군kun 광kwang 동dong 덕duk 대dae " +
    "만man 미mi 병byung 복bok 봉bong 상sang 세se 승seung 시si 아ah 애ae 혜hye 해hae 화hwa 후hoo 형hyung 택taek 평pyung 필pil 학hak 향hyang 중joong"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 1), entry.slice(1)]),
);

/** What ends a syllable is not voiced: 엽 is yeop. */
const unvoiced: Readonly<Record<string, string>> = { g: "k", d: "t", b: "p" };

/** One syllable as its commonest spelling. */
export function hangulSyllable(character: string): string {
  return (
    usual[character] ??
    anyAscii(character)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .replace(/^l/, "r")
      .replace(/(?<=[aeiou])[gdb]$/, (letter) => unvoiced[letter]!)
  );
}

const families = new Set(
  "김이리박최정조강윤장임림한오서신권황안송류유전홍고문양손배백허남심노로하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모은",
);

/** True for a syllable that is a Korean family name. */
export function isFamilyName(character: string): boolean {
  return families.has(character);
}

const LONGEST_KOREAN = 4;

/** True if the runs of Hangul of a text are a Korean's name: one run, or few syllables with a family name first or last. */
export function isKoreanName(runs: readonly string[]): boolean {
  if (runs.length < 2) return true;
  if (runs.join("").length > LONGEST_KOREAN) return false;
  return isFamilyName(runs[0]!) || isFamilyName(runs.at(-1)!);
}

/** A run of Hangul as words: the family name, then each syllable. */
export function hangulWords(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length > 3 && twoSyllables.has(characters.slice(0, 2).join("")))
    return [characters.slice(0, 2).map(hangulSyllable).join(""), ...characters.slice(2).map(hangulSyllable)];
  return characters.map(hangulSyllable);
}
