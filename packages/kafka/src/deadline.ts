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

/** Tries again after each pause while `isPassing` says of the error that waiting may help. */
export async function retrying<T>(
  work: () => Promise<T>,
  { pauses, isPassing }: { readonly pauses: readonly number[]; readonly isPassing: (error: unknown) => boolean },
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pause);
    }
  }
  return work();
}
