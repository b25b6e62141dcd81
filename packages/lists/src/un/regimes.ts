/** UN_LIST_TYPE in words (https://main.un.org/securitycouncil/en/sanctions/information), and as published in between. */
const regimes: ReadonlyMap<string, string> = new Map([
  ["Al-Qaida", "UN ISIL (Da'esh) and Al-Qaida sanctions"],
  ["CAR", "UN Central African Republic sanctions"],
  ["DPRK", "UN Democratic People's Republic of Korea sanctions"],
  ["DRC", "UN Democratic Republic of the Congo sanctions"],
  ["GB", "UN Guinea-Bissau sanctions"],
  ["Haiti", "UN Haiti sanctions"],
  ["Iran", "UN Iran sanctions"],
  ["Iraq", "UN Iraq sanctions"],
  ["Libya", "UN Libya sanctions"],
  ["Mali", "UN Mali sanctions"],
  ["Somalia", "UN Somalia sanctions"],
  ["SouthSudan", "UN South Sudan sanctions"],
  ["Sudan", "UN Sudan sanctions"],
  ["Taliban", "UN Taliban sanctions"],
  ["Yemen", "UN Yemen sanctions"],
]);

/** The regime in words, or null for a list type that is new. */
export function unRegime(listType: string): string | null {
  return regimes.get(listType) ?? null;
}
