import { readFileSync } from "node:fs";

/*
 * Loaded before a program with `node --import skewed-clock.ts?offset=FILE`: its clock is wrong by the milliseconds that
 * the file holds, from one moment to the next. Timers and `performance.now` go on as they are, as with a real jump.
 */

const file = new URL(import.meta.url).searchParams.get("offset") ?? "";
const RealDate = Date;
let offset = 0;

setInterval(() => {
  const read = Number(readFileSync(file, "utf8"));
  if (Number.isFinite(read)) offset = read;
}, 50).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: readonly unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + offset] : given, newTarget) as object,
  get: (target, name, receiver) =>
    name === "now" ? () => RealDate.now() + offset : (Reflect.get(target, name, receiver) as unknown),
});
