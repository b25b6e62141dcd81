import { expect, test } from "vitest";

import { failureOf } from "../src/redis-failure.ts";

test.each([
  "NOPERM User gateway has no permissions to run the 'hset' command",
  "ERR The user executing the script can't run this command or subcommand script: d230cd6a, on @user_script:16.",
  "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments",
])("what a user may not do is a refusal, also within a script: %s", (told) => {
  expect(failureOf(new Error(told), "registering events")).toMatchObject({
    code: "REDIS_REFUSED",
    message: expect.stringContaining("what that user may do"),
  });
});
