/** A service could not be had. The message is for the person at the terminal and names what to do, where we know it. */
export class StackError extends Error {
  override readonly name = "StackError";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
