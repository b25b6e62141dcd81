const SHORTEST = 3;

/** `name,has_nickname,nickname` rows to lines of a name and its nicknames. */
export function nicknameLines(csv: string): readonly string[] {
  const byName = new Map<string, Set<string>>();
  for (const row of csv.split("\n").slice(1)) {
    const [name, relation, nickname] = row.trim().split(",");
    if (relation !== "has_nickname" || name === undefined || nickname === undefined) continue;
    if (!/^[a-z]+$/.test(name) || !/^[a-z]+$/.test(nickname) || nickname.length < SHORTEST) continue;
    const known = byName.get(name) ?? new Set();
    byName.set(name, known.add(nickname));
  }
  return [...byName].map(([name, nicknames]) => [name, ...[...nicknames].toSorted()].join(" ")).toSorted();
}
