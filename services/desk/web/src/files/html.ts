import type { Bundle } from "./bundle.ts";
import type { PageSettings } from "./page-settings.ts";

/** The one document of every page; the script fills it. */
export function htmlOf({ script, needs, style }: Bundle, { signIn, lists }: PageSettings): string {
  // Told at once, what the script imports is not waited for one after another.
  const others = (needs.get(script.path) ?? []).filter(({ path }) => path !== script.path);
  const preloads = others.map(({ path }) => `<link rel="modulepreload" href="${path}">\n`).join("");
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="desk-sign-in" content="${signIn.join(" ")}">
<meta name="desk-lists" content="${lists.join(" ")}">
<title>Cordon desk</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style.path}">
${preloads}<script type="module" src="${script.path}"></script>
</head>
<body>
<div id="desk"></div>
<noscript>The desk needs JavaScript, which is switched off in this browser.</noscript>
</body>
</html>
`;
}
