import { CordonError } from "@cordon/errors";
import { formatOfMediaType, type MessageFormat } from "@cordon/messages";

import { mediaTypes } from "./problem.ts";

const charset = /;\s*charset\s*=\s*"?([^";\s]+)"?/i;
const declared = /^[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/i;
const readAnyway: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii", "ascii"]);

/**
 * The format that a body claims to be. Its bytes are decoded by what they themselves say; a `charset` that says otherwise is
 * refused with MESSAGE_ENCODING rather than that one of both is believed. Throws MEDIA_UNSUPPORTED for what is not read.
 */
export function formatOf(contentType: string | undefined, bytes: Uint8Array): MessageFormat {
  const format = formatOfMediaType(contentType ?? "");
  if (format === null) throw new CordonError("MEDIA_UNSUPPORTED", `send one of ${mediaTypes.join(", ")}`);
  const said = charset.exec(contentType ?? "")?.[1]?.toLowerCase();
  if (said !== undefined && !readAnyway.has(said) && !agrees(said, bytes))
    throw new CordonError(
      "MESSAGE_ENCODING",
      "the charset of the media type is not the encoding that the message declares",
      {
        details: { offset: 0 },
      },
    );
  return format;
}

function agrees(said: string, bytes: Uint8Array): boolean {
  const mark = `${(bytes[0] ?? 0).toString(16)}${(bytes[1] ?? 0).toString(16)}`;
  if (said.startsWith("utf-16")) return mark === "fffe" || mark === "feff";
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString("latin1");
  return declared.exec(head)?.[1]?.toLowerCase() === said;
}
