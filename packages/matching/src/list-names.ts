/** Short names of the lists that Cordon reads, in the order in which people are told of them. They prefix every designation id. */
export const listNames = [
  "uk",
  "un",
  "ofac",
  "ofac-consolidated",
  "eu",
  "opensanctions",
  "own",
  "ofsi",
  "places",
  "words",
] as const;

export type ListName = (typeof listNames)[number];
