/** Reads what the view shows from Prometheus text, which is what an operator sees, too. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of one metric, in the order of the text. */
export function samplesOf(text: string, name: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const [, found, labelText = "", value = ""] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (found !== name) continue;
    const labels = Object.fromEntries(
      [...labelText.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", text2 = ""]) => [key, text2]),
    );
    samples.push({ labels, value: value === "NaN" ? Number.NaN : Number(value) });
  }
  return samples;
}

/** The sum over all labels, or null when there is no sample. */
export function sumOf(text: string, name: string): number | null {
  const samples = samplesOf(text, name);
  return samples.length === 0 ? null : samples.reduce((sum, { value }) => sum + value, 0);
}
