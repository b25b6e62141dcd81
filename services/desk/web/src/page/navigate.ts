import { openAlert } from "./alert/open.ts";
import { showView } from "./queue/list.ts";
import { forgetRemotes } from "./remote.ts";
import { pathOf, type Route, routeOf } from "./router.ts";
import { type Desk, type Opened, updateList } from "./state.ts";
import { titles } from "./titles.ts";
import { viewWords } from "./words.ts";

const byPerson: Opened = { byItself: false };

/** Goes to a page of the desk without leaving the document: what was typed stays. */
export function go(desk: Desk, route: Route, how: Opened = byPerson): void {
  const path = pathOf(route);
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  show(desk, route, how);
}

/** Shows what the address says. */
export function showAddress(desk: Desk): void {
  show(desk, routeOf(location, desk.state.list.view), byPerson);
}

function show(desk: Desk, route: Route, how: Opened): void {
  const before = desk.state.route;
  // What was told is of what is left now.
  desk.update({ route, problem: null, notice: null });
  if (before.page !== route.page) forgetRemotes(desk);
  if (desk.state.session.kind !== "in") return;
  if (route.page !== "alerts") {
    desk.update({ open: null });
    document.title = `${titles[route.page]} · Cordon desk`;
    showRailLink(desk);
    return;
  }
  const { list } = desk.state;
  if (list.status === "unread" || (route.alertId === null && list.view !== route.view)) void showView(desk, route.view);
  if (route.alertId === null) {
    desk.update({ open: null });
    document.title = `${viewWords[route.view]} · Cordon desk`;
    showRailLink(desk);
    return;
  }
  updateList(desk, { cursor: route.alertId });
  void openAlert(desk, route.alertId, how);
}

/** Follows a link of ours; a click that asks for another tab or window is the browser's. */
export function followLink(desk: Desk, event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash !== "" && link.pathname === location.pathname) return;
  const route = routeOf(link, desk.state.list.view);
  if (route.page === "missing") return;
  event.preventDefault();
  // The list that a person asks for by its name is read anew.
  if (route.page === "alerts" && route.alertId === null && route.view === desk.state.list.view)
    updateList(desk, { status: "unread" });
  go(desk, route);
  focusMain(desk, route);
}

/** In the strip of a narrow window the link of the page that is shown may be out of sight. */
function showRailLink(desk: Desk): void {
  desk.flush();
  const link = document.querySelector<HTMLElement>('.rail a[aria-current="page"]');
  const strip = link?.closest<HTMLElement>(".rail");
  if (link === null || strip === null || strip === undefined) return;
  strip.scrollLeft = link.offsetLeft - strip.clientWidth / 2 + link.offsetWidth / 2;
}

/** After a page was left the focus would stand on nothing. */
export function focusMain(desk: Desk, route: Route): void {
  desk.flush();
  if (route.page === "alerts" && route.alertId === null) return;
  document.getElementById("alert")?.focus({ preventScroll: true });
}
