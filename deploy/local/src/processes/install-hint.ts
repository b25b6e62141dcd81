/** The command that installs a program on this system. */
export function installHint(debianPackage: string, brewFormula: string): string {
  return process.platform === "darwin"
    ? `brew install ${brewFormula}`
    : `sudo apt-get install -y ${debianPackage} (or your system's way)`;
}
