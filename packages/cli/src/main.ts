import { isatty } from "node:tty";

import { run } from "./run.ts";

// Whoever runs this on a channel has it ended with itself: a desk that is gone leaves its work to another one.
process.once("disconnect", () => process.exit(143));
process.channel?.unref();

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  watched: isatty(process.stderr.fd),
  env: process.env,
});
// A reader that went away leaves an input that nobody needs any more.
process.stdin.destroy();
