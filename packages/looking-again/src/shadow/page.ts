import type { Row, ShadowSummary } from "./report.ts";
import type { AlertSample } from "./tally.ts";

/**
 * The report as one HTML page with its plots drawn in it: nothing is fetched, nothing runs. Colours come with words and places, so that
 * nobody needs to tell them apart.
 */
export function shadowPage(summary: ShadowSummary, writtenAt: Date): string {
  const { sides, events, days, alerts, alertsPerDay, trueLost, trueMatches } = summary;
  const title = `Shadow run: ${sides.a} beside ${sides.b}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${style}</style></head><body><main>
<h1>Shadow run</h1>
<p><b>A</b>: ${escaped(sides.a)}. <b>B</b>: ${escaped(sides.b)}. ${number(events)} events${days > 0 ? ` of ${number(days)} days` : ""}; written ${writtenAt.toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
<dl class="tiles">
${tile("Alerts of A", number(alerts.a), alertsPerDay === null ? "" : `${number(alertsPerDay.a)} a day`)}
${tile("Alerts of B", number(alerts.b), alertsPerDay === null ? "" : `${number(alertsPerDay.b)} a day`)}
${tile("Gained by B", number(alerts.gained), share(alerts.gained, alerts.a))}
${tile("Lost by B", number(alerts.lost), share(alerts.lost, alerts.a))}
${tile("True matches lost", trueMatches === null ? "not known" : number(trueLost.length), trueMatches === null ? "there is no topic of dispositions" : `of ${number(trueMatches)} that people confirmed`, trueLost.length > 0)}
</dl>
${trueLost.length > 0 ? `<section class="bad"><h2>True matches that B would let pass</h2>${samples(trueLost)}</section>` : ""}
<section><h2>Alerts by the score of their best match</h2>${scorePlot(summary)}</section>
<section><h2>Gained and lost by list</h2>${changePlot(summary.byList)}</section>
<section><h2>Gained and lost by regime</h2>${changePlot(summary.byRegime)}</section>
<section><h2>Gained and lost by score</h2>${changePlot(summary.byBand)}</section>
<section><h2>Gained and lost by rail</h2>${changePlot(summary.byRail)}</section>
<section><h2>What became of the events</h2>${outcomeTable(summary)}</section>
<section><h2>Some of the alerts that B gains</h2>${samples(summary.gained)}</section>
<section><h2>Some of the alerts that B loses</h2>${samples(summary.lost)}</section>
</main></body></html>
`;
}

const mostRows = 30;

const style = `:root{color-scheme:light dark;--ink:light-dark(#1a1d21,#e7eaee);--soft:light-dark(#565f69,#a3adb8);--line:light-dark(#d5dae0,#3a424b);--ground:light-dark(#fff,#14171a);--a:light-dark(#6b7683,#8b97a5);--b:light-dark(#1f5fbf,#79aef5);--gain:light-dark(#9a5b00,#e2a24a);--loss:light-dark(#7a3fb0,#c39bea);--bad:light-dark(#b3261e,#ff9c94)}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.4rem;margin:0 0 .5rem}h2{font-size:1rem;margin:2rem 0 .5rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.5rem;margin:1rem 0}.tiles>div{border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}
dt{color:var(--soft)}dd{margin:0;font-size:1.4rem;font-weight:600}dd small{display:block;font-size:.8rem;font-weight:400;color:var(--soft)}.bad dd,.bad h2{color:var(--bad)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .75rem .2rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right}
.wide{overflow-x:auto}.wide>*{min-width:44rem}svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:var(--ink)}svg .soft{fill:var(--soft)}.axis{stroke:var(--line)}.a{fill:var(--a)}.b{fill:var(--b)}.gain{fill:var(--gain)}.loss{fill:var(--loss)}p.note{color:var(--soft)}`;

function tile(name: string, value: string, note: string, bad = false): string {
  return `<div${bad ? ' class="bad"' : ""}><dt>${escaped(name)}</dt><dd>${escaped(value)}<small>${escaped(note)}</small></dd></div>`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "" : `${number(Math.round((part / whole) * 1000) / 10)} % of A's`;
}

const width = 900;

/** Two bars for each whole percent. */
function scorePlot({ scores, sides }: ShadowSummary): string {
  if (scores.length === 0) return none;
  const from = Math.min(...scores.map(({ percent }) => percent));
  const to = Math.max(...scores.map(({ percent }) => percent), from + 9);
  const most = Math.max(...scores.flatMap(({ a, b }) => [a, b]));
  const [left, top, height] = [56, 20, 192];
  const step = (width - left - 8) / (to - from + 1);
  const bar = (percent: number, count: number, side: "a" | "b"): string => {
    const tall = (count / most) * height;
    const x = left + (percent - from) * step + (side === "a" ? step * 0.08 : step * 0.5);
    const what = `${side === "a" ? "A" : "B"}, ${String(percent)} %: ${number(count)}`;
    return `<rect class="${side}" x="${fixed(x)}" y="${fixed(top + height - tall)}" width="${fixed(step * 0.42)}" height="${fixed(tall)}"><title>${what}</title></rect>`;
  };
  /** What tells the two sides apart is written above, where there is room. */
  const difference = (percent: number, a: number, b: number): string =>
    a === b || step < 30
      ? ""
      : `<text text-anchor="middle" x="${fixed(left + (percent - from + 0.5) * step)}" y="${fixed(top + height - (Math.max(a, b) / most) * height - 3)}">${signed(b - a)}</text>`;
  const bars = scores
    .map(({ percent, a, b }) => bar(percent, a, "a") + bar(percent, b, "b") + difference(percent, a, b))
    .join("");
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    .filter((percent) => percent % 5 === 0)
    .map(
      (percent) =>
        `<text class="soft" text-anchor="middle" x="${fixed(left + (percent - from + 0.5) * step)}" y="${String(top + height + 16)}">${String(percent)} %</text>`,
    )
    .join("");
  return `<div class="wide"><svg viewBox="0 0 ${String(width)} 252" role="img" aria-label="Alerts by score, A and B">
<line class="axis" x1="${String(left)}" x2="${String(width)}" y1="${String(top + height)}" y2="${String(top + height)}"/>
<text class="soft" text-anchor="end" x="${String(left - 6)}" y="${String(top + 8)}">${number(most)}</text><text class="soft" text-anchor="end" x="${String(left - 6)}" y="${String(top + height)}">0</text>
${bars}${ticks}
<rect class="a" x="${String(left)}" y="238" width="10" height="10"/><text x="${String(left + 14)}" y="247">A: ${escaped(short(sides.a, 55))}</text>
<rect class="b" x="470" y="238" width="10" height="10"/><text x="484" y="247">B: ${escaped(short(sides.b, 55))}</text></svg></div>`;
}

/** Lost to the left, gained to the right of a line; where nothing is lost there is no left side. */
function changePlot(rows: readonly Row[]): string {
  const changed = rows.filter(({ gained, lost }) => gained + lost > 0);
  if (changed.length === 0) return none;
  const shown = changed.slice(0, mostRows);
  const most = Math.max(...shown.flatMap(({ gained, lost }) => [gained, lost]));
  const losses = shown.some(({ lost }) => lost > 0);
  const [names, room, row] = [420, 48, 22];
  const half = losses ? (width - names - 2 * room) / 2 : width - names - room;
  const middle = losses ? names + room + half : names;
  const long = (count: number): number => (count === 0 ? 0 : Math.max(1, (count / most) * half));
  const lines = shown.map(({ name, gained, lost, kept }, at) => {
    const y = at * row + 18;
    return `<text x="0" y="${String(y + 12)}">${escaped(short(name, 72))}<title>${escaped(name)}: ${number(kept)} in both</title></text>
<rect class="loss" x="${fixed(middle - long(lost))}" y="${String(y)}" width="${fixed(long(lost))}" height="15"/><rect class="gain" x="${fixed(middle)}" y="${String(y)}" width="${fixed(long(gained))}" height="15"/>
${lost > 0 ? `<text text-anchor="end" x="${fixed(middle - long(lost) - 4)}" y="${String(y + 12)}">${signed(-lost)}</text>` : ""}${gained > 0 ? `<text x="${fixed(middle + long(gained) + 4)}" y="${String(y + 12)}">${signed(gained)}</text>` : ""}`;
  });
  const tall = shown.length * row + 24;
  return `<div class="wide"><svg viewBox="0 0 ${String(width)} ${String(tall)}" role="img" aria-label="Alerts that B loses and gains">
${losses ? `<text class="soft" text-anchor="end" x="${fixed(middle - 4)}" y="11">lost</text>` : ""}<text class="soft" x="${fixed(middle + 4)}" y="11">gained</text>
<line class="axis" x1="${fixed(middle)}" x2="${fixed(middle)}" y1="0" y2="${String(tall)}"/>${lines.join("")}</svg></div>${more(changed.length - shown.length)}`;
}

const none = '<p class="note">None.</p>';

function more(left: number): string {
  return left > 0 ? `<p class="note">${number(left)} more have changed less.</p>` : "";
}

function outcomeTable({ outcomes, matches, undecodable, canaries }: ShadowSummary): string {
  const rows = outcomes.map(
    ({ a, b, events }) => `<tr><td>${escaped(a)}</td><td>${escaped(b)}</td><td class="n">${number(events)}</td></tr>`,
  );
  return `<table><thead><tr><th>A</th><th>B</th><th class="n">events</th></tr></thead><tbody>${rows.join("")}</tbody></table>
<p class="note">In alerts of both: ${number(matches.gained)} matches gained, ${number(matches.lost)} lost. Cannot be read: ${number(undecodable)}. Canaries: ${number(canaries)}.</p>`;
}

function samples(some: readonly AlertSample[]): string {
  if (some.length === 0) return none;
  const rows = some.map(
    ({ eventId, place, designationId, field, score, rail }) =>
      `<tr><td>${escaped(eventId)}</td><td>${escaped(place)}</td><td>${escaped(designationId)}</td><td>${escaped(field)}</td><td class="n">${score.toFixed(2)}</td><td>${escaped(rail)}</td></tr>`,
  );
  return `<div class="wide"><table><thead><tr><th>event</th><th>place</th><th>entry</th><th>field</th><th class="n">score</th><th>rail</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function signed(value: number): string {
  return value < 0 ? `−${number(-value)}` : `+${number(value)}`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Event ids and regimes are other people's texts. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? "").replaceAll(/\p{Cc}/gu, " ");
}
