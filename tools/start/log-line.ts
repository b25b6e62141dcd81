/** The shell of the supervisor remarks how its command ended; we say it ourselves. */
const shellRemark = /^(?:\S*supervisor: .*)?(?:Killed|Terminated|Hangup)\b/;

/** What kafkajs reports it also repairs; what it cannot repair the service reports itself. */
const repairedByItself = "kafkajs ";

const longestTrouble = 300;

/** The JSON object that the line is, or null. */
function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What the line is about: what is waited for, the list and where it is read from, the lists that lack, or the topic. */
function subjectOf(entry: Readonly<Record<string, unknown>>): string {
  const [waitedFor, list, topic] = [textOf(entry["for"]), textOf(entry["list"]), textOf(entry["topic"])];
  const { source, missing, differences } = entry;
  if (waitedFor !== null) return ` for ${waitedFor}`;
  if (list !== null) return ` (${[list, textOf(source)].filter((part) => part !== null).join("=")})`;
  if (Array.isArray(missing)) return ` (never read: ${missing.join(", ")})`;
  return topic !== null && Array.isArray(differences) ? ` (${topic}: ${differences.join(", ")})` : "";
}

/** The code of the line or of its error, that error's message, and what to do next, whichever of them there are. */
function causeOf(entry: Readonly<Record<string, unknown>>): string {
  const error = typeof entry["error"] === "object" ? entry["error"] : null;
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const codes = new Set([textOf(entry["code"]), textOf(code)].filter((part) => part !== null));
  const parts = [...codes, ...[textOf(message), textOf(entry["next"])].filter((part) => part !== null)];
  return parts.length > 0 ? `: ${parts.join(" ")}` : "";
}

/**
 * A warning or an error in a line of a service's output, as one line for the terminal; null for any other. What is no JSON is
 * trouble too: a crash, or a warning of Node's.
 */
export function troubleIn(line: string): string | null {
  const entry = objectIn(line);
  if (entry === null) return line.trim() === "" || shellRemark.test(line) ? null : line.slice(0, longestTrouble);
  const message = textOf(entry["msg"]) ?? "";
  const level = entry["level"];
  if ((level !== "warn" && level !== "error") || message.startsWith(repairedByItself)) return null;
  return `${message}${subjectOf(entry)}${causeOf(entry)}`.slice(0, longestTrouble);
}
