import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import {
  type Ending,
  type LogFields,
  type Logger,
  type ProcessPort,
  runService,
  type ServiceContext,
} from "@cordon/service";
import { beforeEach, describe, expect, test, vi } from "vitest";

/** A process that notes its exit codes instead of ending. */
class FakeProcess extends EventEmitter implements ProcessPort {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

function untilAborted({ signal }: ServiceContext): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => {
    resolve();
  });
  return promise;
}

describe("running a service", () => {
  let process: FakeProcess;
  let logged: { readonly level: string; readonly message: string; readonly fields?: LogFields | undefined }[];
  let logger: Logger;

  beforeEach(() => {
    process = new FakeProcess();
    logged = [];
    const note =
      (level: string) =>
      (message: string, fields?: LogFields): void =>
        void logged.push({ level, message, fields });
    logger = {
      debug: note("debug"),
      info: note("info"),
      warn: note("warn"),
      error: note("error"),
      child: () => logger,
    };
  });

  const run = (
    main: (context: ServiceContext, ending: Ending) => Promise<number | void>,
    drainLimitMs = 5000,
  ): Promise<void> => runService({ process, logger, drainLimitMs }, main);
  const errors = (): readonly string[] => logged.filter(({ level }) => level === "error").map(({ message }) => message);

  test("exits with 0 when it is done, after closing in reverse order", async () => {
    const closed: string[] = [];
    await run(async (context) => {
      for (const name of ["redis", "kafka", "http"])
        context.onClose(name, async () => {
          await sleep(1);
          closed.push(name);
        });
      await sleep(1);
    });
    expect(closed).toEqual(["http", "kafka", "redis"]);
    expect(process.exits).toEqual([0]);
    expect(process.eventNames()).toEqual([]);
    expect(errors()).toEqual([]);
  });

  test("told to stop while waiting, it exits with 0 though the wait ends by the signal's error", async () => {
    const running = run(({ signal }) => sleep(60_000, undefined, { signal }));
    process.emit("SIGTERM", "SIGTERM");
    await running;
    expect(process.exits).toEqual([0]);
    expect(errors()).toEqual([]);
  });

  test("an aborted wait without a signal is a failure like any other", async () => {
    await run(() => Promise.reject(new DOMException("aborted", "AbortError")));
    expect(process.exits).toEqual([1]);
  });

  test("told to stop while that with which it would finish is away, it leaves within five seconds with 0", async () => {
    vi.useFakeTimers();
    let looks = 0;
    const never = new Promise<void>(() => undefined);
    void run(async (_, ending) => {
      ending.finishesWith("Kafka", () => {
        looks += 1;
        return Promise.resolve(false);
      });
      await never;
    }, 30_000);
    process.emit("SIGTERM", "SIGTERM");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(process.exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(4_000);
    vi.useRealTimers();
    expect(process.exits).toEqual([0]);
    expect(looks).toBe(4);
    expect(logged.some(({ level, fields }) => level === "warn" && fields?.["away"] === "Kafka")).toBe(true);
  });

  test("what answers now and then, or comes back, is waited for", async () => {
    vi.useFakeTimers();
    let looks = 0;
    const finished = Promise.withResolvers<void>();
    const running = run(async (_, ending) => {
      ending.finishesWith("Kafka", () => Promise.resolve((looks += 1) % 3 === 0));
      await finished.promise;
    }, 30_000);
    process.emit("SIGTERM", "SIGTERM");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(process.exits).toEqual([]);
    finished.resolve();
    await vi.advanceTimersByTimeAsync(1_000);
    await running;
    vi.useRealTimers();
    expect(process.exits).toEqual([0]);
  });

  test("a consumer that crashed for good has an exit code of its own", async () => {
    await run(() => Promise.reject(new CordonError("CONSUMER_CRASHED", "the consumer ended")));
    expect(process.exits).toEqual([3]);
  });

  test("exits with the code that it returns", async () => {
    await run(() => Promise.resolve(1));
    expect(process.exits).toEqual([1]);
  });

  test.each(["SIGTERM", "SIGINT"])("finishes in order on %s and exits with 0", async (signal) => {
    let closed = false;
    const running = run(async (context) => {
      context.onClose("kafka", () => {
        closed = true;
      });
      await untilAborted(context);
      await sleep(5);
      expect(closed).toBe(false);
    });
    process.emit(signal, signal);
    await running;
    expect(closed).toBe(true);
    expect(process.exits).toEqual([0]);
    expect(logged).toContainEqual({ level: "info", message: "stopping", fields: { signal } });
  });

  test("leaves at once with 130 on a second signal", async () => {
    const hanging = Promise.withResolvers<void>();
    const running = run(() => hanging.promise);
    process.emit("SIGINT", "SIGINT");
    expect(process.exits).toEqual([]);
    process.emit("SIGTERM", "SIGTERM");
    expect(process.exits).toEqual([130]);
    hanging.resolve();
    await running;
    expect(process.exits).toEqual([130]);
  });

  test("exits with 1 when finishing takes longer than the limit", async () => {
    const hanging = Promise.withResolvers<void>();
    const running = run(() => hanging.promise, 20);
    process.emit("SIGTERM", "SIGTERM");
    await vi.waitFor(() => {
      expect(process.exits).toEqual([1]);
    });
    expect(errors()).toEqual(["could not finish in time"]);
    hanging.resolve();
    await running;
    expect(process.exits).toEqual([1]);
  });

  test("exits with 1 when closing takes longer than the limit", async () => {
    const hanging = Promise.withResolvers<void>();
    const running = run(async (context) => {
      context.onClose("kafka", () => hanging.promise);
      await sleep(1);
    }, 20);
    await vi.waitFor(() => {
      expect(process.exits).toEqual([1]);
    });
    hanging.resolve();
    await running;
  });

  test("exits with 1 when it throws, and closes what it had opened", async () => {
    let closed = false;
    const error = new CordonError("TOPIC_UNSUITABLE", "gone");
    await run(async (context) => {
      context.onClose("redis", () => {
        closed = true;
      });
      await Promise.reject(error);
    });
    expect(closed).toBe(true);
    expect(process.exits).toEqual([1]);
    expect(logged).toContainEqual({ level: "error", message: "failed", fields: { error } });
  });

  test("exits with 2 when its configuration is at fault", async () => {
    await run(() => Promise.reject(new CordonError("CONFIG_INVALID", "PORT is not set")));
    expect(process.exits).toEqual([2]);
  });

  test("ends with 1 when something fails in the background, and the first failure counts", async () => {
    await run(async (context) => {
      context.fail(new CordonError("TOPIC_UNSUITABLE", "gone"));
      expect(context.signal.aborted).toBe(true);
      context.fail(new CordonError("CONFIG_INVALID", "an after-effect"));
      await sleep(1);
      return 0;
    });
    expect(process.exits).toEqual([1]);
  });

  test("the first signal after a failure does not cut off the finishing", async () => {
    const running = run(async (context) => {
      context.fail(new Error("gone"));
      await sleep(10);
    });
    process.emit("SIGTERM", "SIGTERM");
    expect(process.exits).toEqual([]);
    await running;
    expect(process.exits).toEqual([1]);
  });

  test.each(["uncaughtException", "unhandledRejection"])("logs and exits with 1 at once on %s", async (event) => {
    const hanging = Promise.withResolvers<void>();
    const running = run(() => hanging.promise);
    const error = new Error("unknown");
    process.emit(event, error);
    expect(process.exits).toEqual([1]);
    expect(logged).toContainEqual({ level: "error", message: "uncaught", fields: { error } });
    hanging.resolve();
    await running;
    expect(process.exits).toEqual([1]);
  });

  test("closes the others when one cannot be closed, and exits with 1", async () => {
    const closed: string[] = [];
    await run(async (context) => {
      context.onClose("redis", () => void closed.push("redis"));
      context.onClose("kafka", () => Promise.reject(new Error("stuck")));
      context.onClose("http", () => void closed.push("http"));
      await sleep(1);
    });
    expect(closed).toEqual(["http", "redis"]);
    expect(errors()).toEqual(["could not close"]);
    expect(process.exits).toEqual([1]);
  });
});
