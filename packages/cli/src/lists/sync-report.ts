/** What came of one list. */
export interface SyncedList {
  readonly list: string;
  readonly result: "updated" | "unchanged" | "refused";
  /** Designations that are in use now; null: none, the list was never read. */
  readonly entries: number | null;
  /** Of a refused one. */
  readonly code?: string;
  readonly why?: string;
}

/** What one run of list-sync came to. */
export interface SyncReport {
  readonly lists: readonly SyncedList[];
  /** The version that is live as far as was told. */
  readonly live: { readonly generation: number; readonly version: string; readonly isNew: boolean } | null;
  readonly announced: { readonly added: number; readonly amended: number; readonly removed: number } | null;
  /** Why nothing was published, or what else went wrong, in words. */
  readonly troubles: readonly string[];
}

export interface SyncReader {
  /** Takes one line of list-sync's log; gives what a person who waits is told of it, null for nothing. */
  readonly take: (line: string) => string | null;
  readonly report: () => SyncReport;
}

type Fields = Readonly<Record<string, unknown>>;

const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};
const numberOf = (fields: Fields, name: string): number | null => {
  const value = fields[name];
  return typeof value === "number" ? value : null;
};

function messageOf({ error }: Fields): string {
  return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
    ? error.message
    : "";
}

function fieldsOf(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Reads the log of one run of list-sync. A line that is none of its own is handed on as it is. */
export function createSyncReader(): SyncReader {
  const lists = new Map<string, SyncedList>();
  const troubles: string[] = [];
  let live: SyncReport["live"] = null;
  let announced: SyncReport["announced"] = null;

  const readList = (fields: Fields, result: "updated" | "unchanged"): string => {
    const list = textOf(fields, "list");
    const entries = numberOf(fields, "entries");
    lists.set(list, { list, result, entries });
    return `${list}: ${result}, ${String(entries)} entries`;
  };
  const readRefusal = (fields: Fields): string => {
    const [list, code, why] = [textOf(fields, "list"), textOf(fields, "code"), messageOf(fields)];
    lists.set(list, { list, result: "refused", entries: numberOf(fields, "kept"), code, why });
    return `${list}: refused, ${code}: ${why}`;
  };
  const readLive = (fields: Fields, isNew: boolean): void => {
    live = { generation: numberOf(fields, "generation") ?? 0, version: textOf(fields, "version"), isNew };
  };
  const trouble = (what: string): string => {
    troubles.push(what);
    return what;
  };

  const takeFields = (fields: Fields): string | null => {
    const message = textOf(fields, "msg");
    switch (message) {
      case "list imported":
        return readList(fields, "updated");
      case "list unchanged":
        return readList(fields, "unchanged");
      case "list failed":
      case "list failed, last good version kept":
        return readRefusal(fields);
      case "list fetch retried":
        return `${textOf(fields, "list")}: tried again, ${textOf(fields, "reason")}`;
      case "waiting":
        return `waiting for ${textOf(fields, "for")}`;
      case "index compiled":
        return `compiled ${textOf(fields, "names")} names`;
      case "index published":
      case "index rolled back":
        readLive(fields, true);
        return `version ${textOf(fields, "generation")} is live`;
      case "index confirmed":
        readLive(fields, false);
        return `version ${textOf(fields, "generation")} stays live`;
      case "changes announced":
        announced = {
          added: (announced?.added ?? 0) + (numberOf(fields, "added") ?? 0),
          amended: (announced?.amended ?? 0) + (numberOf(fields, "amended") ?? 0),
          removed: (announced?.removed ?? 0) + (numberOf(fields, "removed") ?? 0),
        };
        return "changes announced";
      case "topic differs from the settings":
        return trouble(`${message}: ${textOf(fields, "topic")}, ${[fields["differences"]].flat().join(", ")}`);
      case "publishing withheld":
        return trouble(`nothing is published: never read, ${[fields["missing"]].flat().join(", ")}`);
      case "publishing withheld, the index is pinned by a rollback":
        readLive(fields, false);
        return trouble(
          "a version that was rolled back to stays live: cordon lists sync --release takes the lists over",
        );
      default:
        return textOf(fields, "level") === "error" || textOf(fields, "level") === "warn"
          ? trouble([message === "failed" ? "" : message, messageOf(fields)].filter((part) => part !== "").join(": "))
          : null;
    }
  };

  return {
    take: (line) => {
      const fields = fieldsOf(line);
      return fields === null ? line : takeFields(fields);
    },
    report: () => ({ lists: [...lists.values()], live, announced, troubles }),
  };
}
