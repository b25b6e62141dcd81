import type { WriteStream } from "node:tty";

import { type Line, paint } from "./text.ts";

/** Where progress and the live view go. `close` leaves the terminal as it was found, and may be called twice. */
export interface Screen {
  /** A line that stays. */
  say(line: Line): void;
  /** Replaces the block at the bottom; without a terminal it does nothing. */
  draw(lines: readonly Line[]): void;
  readonly live: boolean;
  rows(): number;
  close(): void;
}

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const toLineEnd = "\u001b[K";
const toScreenEnd = "\u001b[J";

/** Each change is one write, so that a terminal never shows half a block. */
export function createScreen(out: WriteStream | NodeJS.WritableStream, environment: NodeJS.ProcessEnv): Screen {
  const terminal = "isTTY" in out && out.isTTY && environment["TERM"] !== "dumb" ? out : null;
  const colour = terminal !== null && (environment["NO_COLOR"] ?? "") === "";
  let drawn = 0;
  let latest: readonly Line[] = [];
  let closed = false;

  /** What stays may wrap; a block may not, or its height would not be known. */
  function whole(line: Line): string {
    return paint(line, { columns: Number.POSITIVE_INFINITY, colour });
  }
  function home(): string {
    return drawn === 0 ? "\r" : `\r\u001b[${String(drawn)}A`;
  }
  function block(): string {
    drawn = latest.length;
    const columns = Math.max(20, terminal?.columns || 80) - 1;
    return latest.map((line) => `${paint(line, { columns, colour })}${toLineEnd}\n`).join("");
  }

  // After a resize the old block may have been wrapped: what is above is left as it is and a new block begins.
  const onResize = (): void => {
    drawn = 0;
  };
  terminal?.on("resize", onResize);

  return {
    live: terminal !== null,
    rows: () => Math.max(4, (terminal?.rows ?? 24) - 1),
    say(line) {
      if (terminal === null) out.write(`${whole(line)}\n`);
      else terminal.write(`${home()}${whole(line)}${toLineEnd}\n${block()}${toScreenEnd}`);
    },
    draw(lines) {
      if (terminal === null || closed) return;
      latest = lines;
      terminal.write(`${hideCursor}${home()}${block()}${toScreenEnd}`);
    },
    close() {
      if (closed) return;
      closed = true;
      latest = [];
      terminal?.off("resize", onResize);
      drawn = 0;
      terminal?.write(showCursor);
    },
  };
}
