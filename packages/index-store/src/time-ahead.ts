/** How far the clocks of two machines may be apart, milliseconds. */
const clockSkewMs = 5 * 60_000;

/** Whether a time lies so far in the future that a wrong clock must have written it: such a time vouches for nothing. */
export function isAhead(at: number, now: number): boolean {
  return at > now + clockSkewMs;
}
