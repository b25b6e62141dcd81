/* What a person prefers on this machine. No store, as in a private window, means the defaults. */

function read(name: string): string | null {
  try {
    return localStorage.getItem(`desk.${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`desk.${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}

export function readKeysOn(): boolean {
  return read("keys") !== "off";
}

export function writeKeysOn(isOn: boolean): void {
  write("keys", isOn ? "on" : "off");
}

export function applyTheme(): void {
  const theme = read("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
}

export function switchTheme(): void {
  const { dataset } = document.documentElement;
  const isDark =
    dataset["theme"] === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : dataset["theme"] === "dark";
  dataset["theme"] = isDark ? "light" : "dark";
  write("theme", dataset["theme"]);
}
