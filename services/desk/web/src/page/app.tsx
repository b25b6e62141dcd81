import { AlertView } from "./alert/alert-view.tsx";
import { loadedPages } from "./pages/load.ts";
import { SignIn } from "./pages/sign-in.tsx";
import { Says } from "./parts/says.tsx";
import { Main } from "./parts/small.tsx";
import { Queue } from "./queue/queue.tsx";
import { Rail } from "./rail.tsx";
import { type Desk, meOf } from "./state.ts";
import { titles } from "./titles.ts";
import type { Me } from "./wire.ts";

export function App({ desk }: { readonly desk: Desk }) {
  const { session, route } = desk.state;
  const me = meOf(desk.state);
  if (session.kind === "asking")
    return (
      <main class="sign-in" id="alert">
        <p class="quiet">Reading …</p>
        <Says desk={desk} />
      </main>
    );
  if (me === null) return <SignIn desk={desk} />;
  const isAlerts = route.page === "alerts";
  const isOne = isAlerts && route.alertId !== null;
  return (
    <div class={`desk ${isAlerts ? (isOne ? "one" : "many") : "other"}`}>
      <a class="skip" href="#alert">
        Skip to the {isAlerts ? "alert" : "page"}
      </a>
      <Rail desk={desk} me={me} />
      {isAlerts ? (
        <>
          <Queue desk={desk} />
          <AlertView desk={desk} me={me} />
        </>
      ) : (
        <Page desk={desk} me={me} />
      )}
    </div>
  );
}

function Page({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const { page } = desk.state.route;
  if (page === "alerts") return null;
  if (page === "missing")
    return (
      <Main title="No such page">
        <p>
          There is nothing at this address. <a href="/alerts?view=queue">Go to the queue</a>.
        </p>
      </Main>
    );
  const pages = loadedPages(desk);
  if (pages === null)
    return (
      <Main title={titles[page]}>
        <p class="quiet">Reading …</p>
        <Says desk={desk} />
      </Main>
    );
  return <pages.PlainPages desk={desk} me={me} page={page} />;
}
