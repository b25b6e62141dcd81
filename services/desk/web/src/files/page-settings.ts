export interface PageSettings {
  /** What the sign-in page offers: the desk's own users, the firm's identity provider (`/auth/login`), or both. */
  readonly signIn: readonly ("local" | "oidc")[];
  /** Short names of the lists that alerts may be of: what the queue can be filtered by. */
  readonly lists: readonly string[];
}
