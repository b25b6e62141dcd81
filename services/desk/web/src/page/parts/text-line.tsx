interface TextLineProps {
  /** For who does not see it. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly shortcut?: string;
}

/** A text that a person writes beside what he does, in its own direction: a line that grows. */
export function TextLine({ label, placeholder, value, onText, shortcut }: TextLineProps) {
  return (
    <label class="grow">
      <span class="hidden">{label}</span>
      <textarea
        rows={1}
        dir="auto"
        maxLength={4000}
        placeholder={placeholder}
        aria-keyshortcuts={shortcut}
        value={value}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
    </label>
  );
}
