/** What Stryker writes, as far as it is read here (mutation-testing-report-schema). */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly status: string;
  /** Why, in words. */
  readonly statusReason?: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a run over one area found. */
export interface AreaResult {
  readonly name: string;
  readonly commit: string;
  readonly day: string;
  /** How long it took; null where parts of a run before were kept. */
  readonly seconds: number | null;
  readonly files: readonly MutatedFile[];
}

export interface MutatedFile {
  readonly path: string;
  /** Changed conditions that some test noticed, by failing or by never ending. */
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

export interface Survivor {
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
}

const surviving: ReadonlySet<string> = new Set(["Survived", "NoCoverage"]);

/** Some test failed or never ended, or its file could not even be loaded. */
function isKilled({ status, statusReason = "" }: Mutant): boolean {
  const unloaded = status === "RuntimeError" && statusReason.startsWith("An error occurred outside of a test run");
  return status === "Killed" || status === "Timeout" || unloaded;
}

/** Throws where Stryker tells of a mutant that could not be tried: such a run proves nothing. */
export function mutatedFiles({ files }: MutationReport): readonly MutatedFile[] {
  return Object.entries(files)
    .map(([path, { source, mutants }]) => {
      const tried = mutants.filter(({ status }) => status !== "Ignored");
      const odd = tried.find((mutant) => !isKilled(mutant) && !surviving.has(mutant.status));
      if (odd !== undefined) throw new Error(`a mutant of ${path} is ${odd.status}`);
      const lines = source.split("\n");
      const survivors = tried
        .filter(({ status }) => surviving.has(status))
        .map(({ location: { start, end }, replacement = "" }) => ({
          line: start.line,
          original: oneLine(textBetween(lines, start, end)),
          replacement: oneLine(replacement),
        }));
      return { path, killed: tried.length - survivors.length, survivors };
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lines and columns count from 1; the end is past the last character. */
function textBetween(lines: readonly string[], start: Place, end: Place): string {
  const between = lines.slice(start.line - 1, end.line);
  const last = between.length - 1;
  return between
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join(" ");
}

function oneLine(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  return plain.length > 90 ? `${plain.slice(0, 89)}…` : plain;
}

/** Percent of the conditions whose change was noticed, rounded down. */
export function killedPercent(files: readonly MutatedFile[]): number {
  const killed = files.reduce((sum, file) => sum + file.killed, 0);
  const all = killed + files.reduce((sum, { survivors }) => sum + survivors.length, 0);
  return all === 0 ? 0 : Math.floor((killed / all) * 1000) / 10;
}
