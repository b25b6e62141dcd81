/** Words of organisations' and ships' names, by how little they tell; weight, then words in the bytes of a token. */
export const commonWords: readonly (readonly [weight: number, words: string])[] = [
  [1, "of and the for in on to y et und der die das des du na za joint stock liability open closed"],
  // And, or the izafet of Persian: Jaish-e-Mohammad, Jaish-i-Mohammad.
  [2, "e i estate behalf vessel"],
  [
    3,
    "junior senior filho neto sobrinho group holding holdings public enterprise enterprises entreprise firm business " +
      "organization organisation association society union federal state national international global republic " +
      "branch department division office unit bureau service services general",
  ],
  [
    5,
    "bank trading trade trust foundation fund institute research center centre development industries industry " +
      "industrial technology technologies technical scientific science engineering production products manufacturing " +
      "plant factory works machinery equipment systems solutions energy oil gas petroleum petrochemical power electric " +
      "shipping marine maritime transport transportation logistics aviation airlines airways air construction " +
      "investment investments finance financial capital exchange insurance export import commercial commerce supply " +
      "management consulting ministry army force forces front movement party liberation islamic revolutionary popular " +
      "university academy school college military defence defense security special design centr company agency " +
      "authority committee council corps brigade battalion network media television radio news press chemical metal " +
      "steel mining agriculture agricultural food foods medical pharmaceutical health hospital communication " +
      "communications telecom electronics electronic information computer software charity relief humanitarian aid " +
      "welfare people peoples east west north south middle central new star sea ocean line lines",
  ],
  [
    7,
    "valley river view harbour harbor port bay lake mountain forest blue red black white gold golden silver royal " +
      "books print plumbing bakery dental joinery maple leaf heron kestrel riverside northgate city town house home " +
      "land world euro asia africa america europe china russia russian iran iranian iraq iraqi korea korean syria " +
      "syrian libya libyan belarus belarusian ukraine pakistan afghan afghanistan somali yemen moscow dubai tehran",
  ],
];
