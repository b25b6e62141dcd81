/** Ids that carry another publisher's key, and how that key is written there. */
const publishers: readonly {
  readonly id: RegExp;
  readonly list: string;
  readonly key: (part: string) => string;
}[] = [
  { id: /^gb-fcdo-([a-z]{2,5}\d{4,6})$/, list: "uk", key: (part) => part.toUpperCase() },
  { id: /^gb-hmt-(\d{4,6})$/, list: "ofsi", key: (part) => part },
  { id: /^ofac-(\d{1,7})$/, list: "ofac", key: (part) => part },
  { id: /^eu-fsf-eu-(\d+-\d+)$/, list: "eu", key: (part) => `EU.${part.replace("-", ".")}` },
];

/** `gb-fcdo-gim0001` as `uk:GIM0001`, and other ids as they stand behind `opensanctions:`. */
export function referenceOf(id: string): string {
  for (const { id: pattern, list, key } of publishers) {
    const part = pattern.exec(id)?.[1];
    if (part !== undefined) return `${list}:${key(part)}`;
  }
  return `opensanctions:${id}`;
}
