import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from "pino";

import type { LogFields, Logger, LogLevel } from "./logger.ts";
import { printable, printableText } from "./printable.ts";

export interface LoggerOptions {
  /** Stands in each line as `service`. */
  readonly service: string;
  readonly level?: LogLevel;
  /** Takes the lines instead of standard output. */
  readonly destination?: DestinationStream;
}

/** The logger a process starts with. Its level can follow the configuration once that is read. */
export interface RootLogger extends Logger {
  setLevel(level: LogLevel): void;
}

/**
 * Logs JSON lines (`time` in ISO 8601, `level`, `service`, `msg`, then the fields) to standard output, at once, so
 * that the last words of a dying process are not lost.
 */
export function createLogger({ service, level = "info", destination }: LoggerOptions): RootLogger {
  const root = pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return {
    ...wrap(root),
    setLevel: (next) => {
      root.level = next;
    },
  };
}

function wrap(target: PinoLogger, inherited: LogFields = {}): Logger {
  const write =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (target.isLevelEnabled(level)) target[level](printable({ ...inherited, ...fields }), printableText(message));
    };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (fields) => wrap(target, { ...inherited, ...fields }),
  };
}

/** Says nothing. For tests, and for callers that want no log. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
};
