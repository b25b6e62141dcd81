import { address, type ConfigOf, group, optional, secret, text } from "@cordon/service";

import { createFolderPlace } from "./folder-place.ts";
import { createIndexArchive, type IndexArchive } from "./index-archive.ts";
import { createS3Place } from "./s3-place.ts";

const bucketPlace = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9!_.*'()/-]{0,500}))?$/;

/** Where published indexes are kept by their hash. */
export const archiveConfig = group(
  {
    place: optional(
      text("INDEX_ARCHIVE", {
        meaning:
          "Where every published index is kept by its hash, so that decisions can be replayed: the path of a folder, or s3://bucket/prefix. Not set: nowhere, and Redis keeps the last few only.",
        pattern: /^(?:\/|\.{1,2}\/|s3:\/\/)/,
        expected: "a path that begins with / or ./, or s3://bucket/prefix",
      }),
    ),
    endpoint: optional(
      address("INDEX_ARCHIVE_ENDPOINT", ["http:", "https:"], {
        meaning: "Where S3's protocol is spoken, if not at Amazon's.",
      }),
    ),
    region: text("INDEX_ARCHIVE_REGION", {
      meaning: "The region of the bucket.",
      default: "us-east-1",
      pattern: /^[a-z0-9-]{1,40}$/,
      expected: "a region such as eu-central-1",
    }),
    keyId: secret("INDEX_ARCHIVE_KEY_ID", { meaning: "The access key of a user who may read and write there." }),
    secret: secret("INDEX_ARCHIVE_SECRET", { meaning: "Its secret." }),
  },
  (values, fault) => {
    const bucket = values.place?.startsWith("s3://") === true;
    if (bucket && !bucketPlace.test(values.place ?? ""))
      fault("INDEX_ARCHIVE has an unacceptable value, expected s3://bucket/prefix");
    if (bucket && (values.keyId === null || values.secret === null))
      fault("INDEX_ARCHIVE names a bucket, expected INDEX_ARCHIVE_KEY_ID and INDEX_ARCHIVE_SECRET, too");
    return values;
  },
);

/** Null where nothing is to be archived. */
export function archiveOf(
  config: ConfigOf<{ readonly archive: typeof archiveConfig }>["archive"],
): IndexArchive | null {
  const { place, endpoint, region, keyId, secret: key } = config;
  if (place === null) return null;
  const [, bucket, prefix = ""] = bucketPlace.exec(place) ?? [];
  if (bucket === undefined || keyId === null || key === null) return createIndexArchive(createFolderPlace(place));
  return createIndexArchive(
    createS3Place({
      endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`,
      region,
      bucket,
      prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
      keyId,
      secret: key,
    }),
  );
}
