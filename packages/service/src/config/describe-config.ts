import type { ConfigShape, Setting } from "./setting.ts";

/** One row of the table of variables. */
export interface VariableDescription {
  readonly name: string;
  /** As one would write it; empty for a default that is the empty text; `null` where there is none. */
  readonly default: string | null;
  readonly required: boolean;
  readonly expected: string;
  readonly meaning: string;
}

/** Every variable that a shape reads, in the shape's order, `<name>_FILE` after its secret. */
export function describeConfig(shape: ConfigShape): readonly VariableDescription[] {
  return Object.values(shape).flatMap((part) =>
    part.kind === "group" ? describeConfig(part.settings) : describeSetting(part),
  );
}

function describeSetting(setting: Setting<unknown>): readonly VariableDescription[] {
  const row: VariableDescription = {
    name: setting.name,
    default: setting.absence.kind === "default" ? setting.absence.text : null,
    required: setting.absence.kind === "required",
    expected: setting.expected,
    meaning: setting.meaning,
  };
  if (setting.source !== "secret") return [row];
  return [
    row,
    {
      name: `${setting.name}_FILE`,
      default: null,
      required: false,
      expected: "the path of a file",
      meaning: `Instead of ${setting.name}: the file that holds it.`,
    },
  ];
}
