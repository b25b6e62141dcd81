/** The command line or what was given to it cannot be used: exit code 2, with the message on stderr. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs a step on behalf of one input and puts its name before what goes wrong. */
export async function blaming<T>(what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw new UsageError(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What is wrong in a word a person reads. Node's own messages repeat code, call and path, which stands before them already. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return /^E[A-Z]+: ([^,]+), \w+/.exec(error.message)?.[1] ?? error.message;
}
