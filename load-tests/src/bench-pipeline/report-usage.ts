/**
 * Loaded before a program that is measured (`node --import`): prints its process id, and on SIGUSR2 what it has used so
 * far. The program itself knows nothing of it.
 */

function print(line: Readonly<Record<string, number>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

process.on("SIGUSR2", () => {
  const { user, system } = process.cpuUsage();
  print({ usageCpuMicros: user + system, usagePeakRssBytes: process.resourceUsage().maxRSS * 1024 });
});
print({ usagePid: process.pid });
