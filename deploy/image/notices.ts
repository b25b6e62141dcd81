import type { InstalledPackage } from "./bill.ts";

const line = "-".repeat(100);

/** The notices of everything of others in the image, a text once however many packages carry it. */
export function notices(installed: readonly InstalledPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, texts, own } of installed) {
    if (own) continue;
    const text = texts.length > 0 ? texts.map((each) => each.trim()).join("\n\n") : `Licence as stated: ${licence}`;
    const bearers = byText.get(text) ?? [];
    byText.set(text, [...bearers, `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, bearers]) => `${line}\n${bearers.toSorted().join("\n")}\n\n${text}\n`);
  return `What this image holds of others, and under which licences. Node.js and the packages of the base image carry
theirs in /usr/share/doc, or at their projects.\n\n${parts.toSorted().join("\n")}`;
}
