import { fileURLToPath } from "node:url";

import { buildSync, type Metafile } from "esbuild";

/** A file of the page by the path under which it is served; the path holds the hash of the text. */
export interface BundledFile {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

export interface Bundle {
  /** The script that the document names; it loads parts of the page when it needs them. */
  readonly script: BundledFile;
  /** Scripts that one cannot run without, by its path: itself and what it imports, and so on. */
  readonly needs: ReadonlyMap<string, readonly BundledFile[]>;
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
  const { outputFiles, metafile } = buildSync({
    entryPoints: { desk: `${source}main.tsx`, style: `${source}desk.css` },
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
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
    const served = servedAs(path);
    return { path: served, type: types[served.split(".").at(-1) ?? ""] ?? "application/octet-stream", text };
  });
  const named = (name: string): BundledFile => {
    const found = all.find(({ path }) => path.startsWith(`/assets/${name}-`));
    if (found === undefined) throw new Error(`the bundle of the page has no ${name}`);
    return found;
  };
  return { script: named("desk"), style: named("style"), needs: needsOf(all, metafile), all };
}

function servedAs(path: string): string {
  return `/assets/${path.replaceAll("\\", "/").split("/").at(-1) ?? ""}`;
}

function needsOf(all: readonly BundledFile[], { outputs }: Metafile): ReadonlyMap<string, readonly BundledFile[]> {
  const imported = new Map(
    Object.entries(outputs).map(([path, { imports }]) => [
      servedAs(path),
      imports.filter(({ kind }) => kind === "import-statement").map((one) => servedAs(one.path)),
    ]),
  );
  const reached = (path: string): ReadonlySet<string> => {
    const found = new Set([path]);
    for (const one of found) for (const next of imported.get(one) ?? []) found.add(next);
    return found;
  };
  return new Map(
    all.map(({ path }) => {
      const paths = reached(path);
      return [path, all.filter((one) => paths.has(one.path))];
    }),
  );
}
