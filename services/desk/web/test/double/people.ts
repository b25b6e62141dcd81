/** Invented people of the desk. All have one password. */
export const people = [
  { userId: "hanna", name: "Hanna Berg", roles: ["handler", "checker"] },
  { userId: "omar", name: "Omar Said", roles: ["handler", "checker"] },
  { userId: "chen", name: "Chen Wei", roles: ["checker"] },
  { userId: "auditor", name: "Ruth Okoro", roles: ["auditor"] },
  { userId: "admin", name: "Sam Field", roles: ["admin"] },
] as const;

export type Person = (typeof people)[number];

export const password = "for tests only";
