import { UsageError } from "./usage-error.ts";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The time that an option names: ISO 8601 with its zone, a date (UTC), or how long ago. Milliseconds since the epoch, as `now` is. Throws
 * UsageError.
 */
export function timeOf(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * units[unit as keyof typeof units];
  const isDated = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = isDated ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(
      `--since is a time with its zone, a date, or how long ago (2026-11-27T09:00Z, 2026-11-27, 36h), not "${text}"`,
    );
  if (time > now) throw new UsageError(`--since ${text} is yet to come`);
  return time;
}
