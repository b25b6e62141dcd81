import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Finds what is exported for nobody: a function, constant or class that no other file names, and one that a package
 * offers though neither its tests nor another workspace uses it. Types are left out: declarations need them exported.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const workspaces = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { workspaces: readonly string[] })
  .workspaces;
const folders = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root })).map(dirname);

/** The files through which others import of a workspace. */
const doors = new Set(
  folders.flatMap((folder) => {
    const manifest = readFileSync(join(root, folder, "package.json"), "utf8");
    const { exports = {} } = JSON.parse(manifest) as { exports?: Readonly<Record<string, string>> };
    return Object.values(exports).map((path) => join(folder, path));
  }),
);

const texts = new Map<string, string>();
for (const file of globSync("{packages,services,schemas,load-tests,deploy,tools}/**/*.{ts,tsx}", {
  cwd: root,
  exclude: (name) => name === "node_modules" || name === "dist" || name === ".tools",
}))
  texts.set(file, readFileSync(join(root, file), "utf8"));

/** Files by the words in them. */
const usersOf = new Map<string, Set<string>>();
for (const [file, text] of texts)
  for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const users = usersOf.get(word) ?? new Set();
    usersOf.set(word, users.add(file));
  }

const declared = /^export (?:async )?(?:const|let|function\*?|class) ([\w$]+)/gm;

const isForTests = (door: string): boolean => door.endsWith("/testing.ts");

const problems: string[] = [];
for (const [file, text] of texts) {
  if (!file.includes("/src/") || doors.has(file) || file.includes("/generated/")) continue;
  const folder = folders.find((one) => file.startsWith(`${one}/`));
  for (const [, name = ""] of text.matchAll(declared)) {
    const users = [...(usersOf.get(name) ?? [])].filter((user) => user !== file);
    if (users.length === 0) problems.push(`${file}: ${name} is exported and used nowhere else`);
    const offered = users.some(
      (user) => doors.has(user) && user.startsWith(`${String(folder)}/src/`) && !isForTests(user),
    );
    const outside = users.some((user) => !user.startsWith(`${String(folder)}/src/`));
    if (offered && !outside) problems.push(`${file}: ${name} is offered by ${String(folder)} and used nowhere outside`);
  }
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
