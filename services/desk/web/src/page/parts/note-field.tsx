import { type Desk, fieldOf, setField } from "../state.ts";

interface NoteFieldProps {
  readonly desk: Desk;
  /** Where the state keeps what is typed. */
  readonly field: string;
  readonly placeholder: string;
}

/** What somebody says of what he does, beside the buttons that do it. */
export function NoteField({ desk, field, placeholder }: NoteFieldProps) {
  return (
    <label class="grow">
      <span class="hidden">Note</span>
      <textarea
        rows={1}
        dir="auto"
        maxLength={4000}
        placeholder={placeholder}
        value={fieldOf(desk.state, field)}
        onInput={({ currentTarget }) => setField(desk, field, currentTarget.value)}
      />
    </label>
  );
}
