import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

/** A file of the page by the path under which it is served; the path holds the hash of the text. */
export interface BundledFile {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

export interface Bundle {
  /** The script that the document names; it loads the others when it needs them. */
  readonly script: BundledFile;
  readonly style: BundledFile;
  readonly all: readonly BundledFile[];
}

const source = fileURLToPath(new URL("../page/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/**
 * The page's modules and styles, few and small, for browsers of the last two years. Takes some hundred milliseconds, once; the
 * other way of esbuild would leave its process running beside the desk.
 */
export function bundlePage(): Bundle {
  const { outputFiles } = buildSync({
    entryPoints: { desk: `${source}main.tsx`, style: `${source}desk.css` },
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    // No file decides how it is bundled: in the image there is no tsconfig.json.
    tsconfigRaw: {},
    jsx: "transform",
    jsxFactory: "h",
    jsxFragment: "Fragment",
    inject: [`${source}element.ts`],
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const all = outputFiles.map(({ path, text }) => {
    const name = path.replaceAll("\\", "/").split("/").at(-1) ?? "";
    return { path: `/assets/${name}`, type: types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream", text };
  });
  const named = (name: string): BundledFile => {
    const found = all.find(({ path }) => path.startsWith(`/assets/${name}-`));
    if (found === undefined) throw new Error(`the bundle of the page has no ${name}`);
    return found;
  };
  return { script: named("desk"), style: named("style"), all };
}
