/** One alert rule, as far as its text must hold together with the rest of the repository. */
export interface AlertRule {
  readonly name: string;
  /** Path of the runbook in the repository; empty when there is none. */
  readonly runbook: string;
  readonly severity: string;
}

/** The alert rules in the text of a rules file, in its order. promtool reads the YAML; this reads three of its fields. */
export function alertRules(text: string): readonly AlertRule[] {
  return text
    .split(/^ *- alert: */m)
    .slice(1)
    .map((block) => ({
      name: /^\w+/.exec(block)?.[0] ?? "",
      runbook: /^ *runbook_url: *(\S+)$/m.exec(block)?.[1] ?? "",
      severity: /severity: *(\w+)/.exec(block)?.[1] ?? "",
    }));
}

/** Names of our own metrics in an expression or a rules file, without what a histogram adds to them. */
export function metricNames(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\bcordon_[a-z0-9_]+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, "")));
}

/** Names of the recorded series that a text uses, `cordon:…`. */
export function recordedNames(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\bcordon:[a-z0-9_:]+/g)].map(([name]) => name));
}
