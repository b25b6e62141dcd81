/** What `withDeadline` answers when the time is up. The work goes on, but nobody waits for it. */
export const late: unique symbol = Symbol("late");

/** The result of `work`, or `late` after `milliseconds`. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => {
      resolve(late);
    }, milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    // Whoever was too slow may still fail; that it was late has been reported already.
    work.catch(() => undefined);
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
