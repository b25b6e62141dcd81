import type { KafkaClient } from "@cordon/kafka";
import type { BreakableStack } from "@cordon/local-stack";
import type { SchemaRegistry } from "@cordon/service";
import type { Coordinate, Seen } from "@cordon/simulator";

import type { CordonProcess } from "./cordon-process.ts";
import type { Load } from "./load.ts";

/** Where a fault plays: services to hurt, a Cordon of its own, and a stream of events with known answers. */
export interface Scene {
  readonly stack: BreakableStack;
  readonly load: Load;
  readonly seen: Seen;
  /** Clients from outside, which no link cuts off. */
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  /** Stands before topics and keys of this scene. */
  readonly prefix: string;
  /** How often this fault was played on this client before, in this run. */
  readonly round: number;
  readonly redisPrefix: string;
  readonly listSync: CordonProcess;
  /** One runs when a fault begins, unless the fault asks for none. */
  readonly screeners: readonly CordonProcess[];
  startScreener(options?: StartOptions): CordonProcess;
  startListSync(options?: StartOptions): CordonProcess;
  /** The list as it is, and the same without its first designation, which `leftOut` names. */
  readonly lists: { readonly whole: string; readonly shorter: string; readonly leftOut: LeftOut };
  replaceList(content: string): void;
  /** `cordon …` with the environment of the screeners: its exit code and what it wrote to stdout. */
  command(args: readonly string[]): Promise<{ readonly code: number; readonly out: string }>;
  /** Now the fault is there; what comes after is its doing. Only the first call counts. */
  struck(): void;
  /** Now its cause is gone: how long recovery takes is counted from here. Later calls count anew. */
  mended(): void;
  /** Resolves when so many more events are decided. */
  untilDecided(more: number, seconds?: number): Promise<void>;
  /** Resolves when every event that has left by now is decided. */
  untilCaughtUp(seconds?: number): Promise<void>;
  /** These events were deleted before anybody could screen them: nothing more is expected of them. */
  gone(events: readonly Coordinate[]): void;
  /** Resolves when each partition of the cluster has all its replicas in sync. */
  untilInSync(): Promise<void>;
  pause(seconds: number): Promise<void>;
  /** A breach of what this fault promises beside the rules for all. */
  mustBe(what: string, holds: boolean): void;
  /** How long it took to do what this fault wants done within a time, seconds; the longest counts. */
  took(seconds: number): void;
  /** A remark for the table. */
  note(text: string): void;
}

export interface LeftOut {
  readonly name: string;
  readonly designationId: string;
  readonly entries: number;
  /** How many the list has without it: no other index may lack it. */
  readonly entriesWithout: number;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
  readonly under?: readonly string[];
}

export interface Fault {
  readonly name: string;
  /** What is done, for the table. */
  readonly what: string;
  /** Whether the guarantee allows that decisions come again. */
  readonly repeatsAllowed: boolean;
  /** Holds that may stand in place of the expected outcome. */
  readonly mayHold?: readonly string[];
  /** How long after their making payments must be decided, milliseconds; default a month. */
  readonly deadlineMs?: number;
  /** Events a second while it plays; default 300. */
  readonly rate?: number;
  /** Settings of its screeners. */
  readonly env?: Readonly<Record<string, string>>;
  /** No screener runs when it begins. */
  readonly withoutScreener?: boolean;
  /** Largest record the topics of events take, in bytes. */
  readonly maxMessageBytes?: number;
  play(scene: Scene): Promise<void>;
}
