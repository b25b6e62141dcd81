import { AlertPane } from "./alert/pane.tsx";
import { SignIn } from "./pages/sign-in.tsx";
import { NotLoaded } from "./parts/not-loaded.tsx";
import { partOf } from "./parts/parts.ts";
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
          <AlertPane desk={desk} me={me} />
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
  const part = partOf(desk, page);
  if (part.kind === "there") return <part.View desk={desk} me={me} />;
  return (
    <Main title={titles[page]}>
      {part.kind === "failed" ? <NotLoaded desk={desk} /> : <p class="quiet">Reading …</p>}
      <Says desk={desk} />
    </Main>
  );
}
