import { Says } from "../parts/says.tsx";
import { Ring } from "../rail.tsx";
import { signIn } from "../session.ts";
import type { Desk } from "../state.ts";

function offers(): readonly string[] {
  return document.querySelector<HTMLMetaElement>('meta[name="desk-sign-in"]')?.content.split(" ") ?? [];
}

/** The fields stay the browser's own: a password is never kept in the state. */
export function SignIn({ desk }: { readonly desk: Desk }) {
  const ways = offers();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || desk.state.isSending) return;
    const data = new FormData(form);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    };
    if (!(await signIn(desk, text("user"), text("password")))) form.querySelector<HTMLElement>("#password")?.focus();
  };
  return (
    <main class="sign-in" id="alert">
      <div class="card">
        <div class="brand">
          <Ring />
          Cordon
        </div>
        <h1>Sign in to the desk</h1>
        {ways.includes("oidc") ? (
          <a class="primary" href="/auth/login" target="_self">
            Sign in with your firm
          </a>
        ) : null}
        {ways.includes("local") || ways.length === 0 ? (
          <form onSubmit={(event) => void submit(event)}>
            <label for="user">User</label>
            <input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck={false} required />
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
            <button type="submit" class="primary">
              Sign in
            </button>
          </form>
        ) : null}
        {desk.state.drafts.size > 0 ? (
          <p class="quiet">Your session ended. What you typed is kept on this page.</p>
        ) : null}
        <Says desk={desk} />
      </div>
    </main>
  );
}
