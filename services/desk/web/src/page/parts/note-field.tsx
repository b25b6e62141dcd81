import { type Desk, fieldOf, setField } from "../state.ts";
import { TextLine } from "./text-line.tsx";

interface NoteFieldProps {
  readonly desk: Desk;
  /** Where the state keeps what is typed. */
  readonly field: string;
  readonly placeholder: string;
}

/** What somebody says of what he does, beside the buttons that do it. */
export function NoteField({ desk, field, placeholder }: NoteFieldProps) {
  return (
    <TextLine
      label="Note"
      placeholder={placeholder}
      value={fieldOf(desk.state, field)}
      onText={(text) => setField(desk, field, text)}
    />
  );
}
