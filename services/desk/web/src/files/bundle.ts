import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** A file of the page by the path under which it is served; the path holds the hash of the text. */
export interface BundledFile {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

export interface Bundle {
  readonly script: BundledFile;
  readonly style: BundledFile;
}

const source = fileURLToPath(new URL("../page/", import.meta.url));

/** The page's modules and styles as one script and one style sheet, small, and for browsers of the last two years. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { desk: `${source}main.tsx`, style: `${source}desk.css` },
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const textOf = (name: string): string => {
    const found = outputFiles.find(({ path }) => path.replaceAll("\\", "/").endsWith(`/${name}`));
    if (found === undefined) throw new Error(`the bundle of the page has no ${name}`);
    return found.text;
  };
  return {
    script: named("desk", "js", "text/javascript; charset=utf-8", textOf("desk.js")),
    style: named("desk", "css", "text/css; charset=utf-8", textOf("style.css")),
  };
}

function named(name: string, ending: string, type: string, text: string): BundledFile {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return { path: `/assets/${name}-${hash}.${ending}`, type, text };
}
