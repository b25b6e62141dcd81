import { createRedisIndexStore } from "@cordon/platform";
import { openSnapshot } from "@cordon/screening";
const store = createRedisIndexStore({ url: process.env["REDIS_URL"]!, keyPrefix: process.env["REDIS_KEY_PREFIX"]! });
const m = await store.current();
const ix = openSnapshot(await store.load(m!));
const all = [...ix.designations()];
const by = (l: string) => all.filter((d) => d.list === l);
for (const l of ["uk", "un", "ofac", "ofac-consolidated"]) {
  const ds = by(l);
  const t: Record<string, number> = {};
  for (const d of ds) t[d.type] = (t[d.type] ?? 0) + 1;
  const weak = ds.flatMap((d) => d.names.filter((n) => n.strength === "WEAK"));
  const strong = ds.flatMap((d) => d.names.filter((n) => n.strength === "STRONG" && n.kind !== "PRIMARY"));
  console.log(
    l,
    ds.length,
    t,
    "weak",
    weak.length,
    "on",
    ds.filter((d) => d.names.some((n) => n.strength === "WEAK")).length,
    "strong not primary",
    strong.length,
    "GIM",
    ds.filter((d) => d.regimeCode === "GIM").length,
  );
  const ids: Record<string, number> = {};
  for (const d of ds) for (const i of d.identifiers) ids[i.kind] = (ids[i.kind] ?? 0) + 1;
  console.log("  ids", ids);
  const f: Record<string, number> = {};
  for (const d of ds) {
    for (const k of ["addresses", "birthPlaces", "vesselFacts", "remarks", "assetFreeze"] as const)
      if (d[k] !== undefined) f[k] = (f[k] ?? 0) + 1;
    if (d.measures.length) f["measures"] = (f["measures"] ?? 0) + 1;
    if (d.birthDates.length) f["birthDates"] = (f["birthDates"] ?? 0) + 1;
    if (d.nationalities.length) f["nat"] = (f["nat"] ?? 0) + 1;
    if (d.designatedOn) f["designatedOn"] = (f["designatedOn"] ?? 0) + 1;
  }
  console.log("  ", f);
}
await store.close();
