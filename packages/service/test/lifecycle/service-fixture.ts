// A service for run-service.process.test.ts: it says "ready", and ends as its argument tells.
import { createLogger, runService } from "@cordon/service";

await runService({ process, logger: createLogger({ service: "fixture" }) }, async ({ signal, onClose, logger }) => {
  // Something that keeps the process alive, as a connection does.
  const timer = setInterval(() => {}, 1000);
  onClose("timer", () => {
    clearInterval(timer);
    logger.info("closed");
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  switch (process.argv[2]) {
    case "obedient":
      signal.addEventListener("abort", () => {
        resolve();
      });
      break;
    case "throwing":
      setTimeout(() => {
        throw new Error("from nowhere");
      }, 1);
      break;
    case "rejecting":
      void Promise.reject(new Error("from nowhere"));
      break;
    default:
      break;
  }
  logger.info("ready");
  await promise;
});
