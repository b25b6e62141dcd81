import fc from "fast-check";
import { expect, test } from "vitest";

import { followPartition } from "../../src/watch/standing.ts";

const at = (start: bigint, stableEnd: bigint, end: bigint, committed: bigint | null) => ({
  start,
  stableEnd,
  end,
  committed,
});

test("the lag counts to the end of the log, and the oldest record gets older while it waits", () => {
  const partition = followPartition();
  partition.looked(at(0n, 10n, 10n, 4n), 1_000);
  partition.looked(at(0n, 30n, 30n, 4n), 6_000);
  expect(partition.at(11_000)).toEqual({ lag: 26, heldBack: 0, openTransactionSeconds: 0, oldestSeconds: 10 });
  partition.looked(at(0n, 30n, 30n, 15n), 11_000);
  expect(partition.at(11_000)).toMatchObject({ lag: 15, oldestSeconds: 5 });
  partition.looked(at(0n, 30n, 30n, 30n), 16_000);
  expect(partition.at(60_000)).toMatchObject({ lag: 0, oldestSeconds: 0 });
});

test("an open transaction is seen for as long as it is in the way, and the next one from its own beginning", () => {
  const partition = followPartition();
  partition.looked(at(0n, 5n, 5n, 5n), 0);
  partition.looked(at(0n, 5n, 9n, 5n), 5_000);
  partition.looked(at(0n, 5n, 12n, 5n), 10_000);
  expect(partition.at(20_000)).toEqual({ lag: 7, heldBack: 7, openTransactionSeconds: 15, oldestSeconds: 15 });
  partition.looked(at(0n, 12n, 14n, 12n), 25_000);
  expect(partition.at(25_000)).toMatchObject({ lag: 2, heldBack: 2, openTransactionSeconds: 0 });
});

test("what nobody sees is no lag: markers at the end, and records that are not kept", () => {
  const partition = followPartition();
  partition.looked(at(0n, 10n, 10n, 8n), 0);
  partition.passed(10n);
  expect(partition.at(99_000)).toMatchObject({ lag: 0, oldestSeconds: 0 });
  partition.looked(at(0n, 10n, 10n, 8n), 5_000);
  expect(partition.at(99_000)).toMatchObject({ lag: 0, oldestSeconds: 0 });
  const expired = followPartition();
  expired.looked(at(20n, 25n, 25n, 3n), 0);
  expect(expired.at(0)).toMatchObject({ lag: 5 });
});

test("a partition that ends before where it ended is told of, and followed anew", () => {
  const partition = followPartition();
  expect(partition.looked(at(0n, 1_000n, 1_000n, 1_000n), 0)).toBeNull();
  expect(partition.looked(at(0n, 40n, 40n, null), 5_000)).toEqual({ from: 1_000n, to: 40n });
  expect(partition.at(15_000)).toMatchObject({ lag: 40, oldestSeconds: 10 });
});

test("whatever comes, the oldest record is as old as an account of every look says, or younger once there are very many", () => {
  const look = fc.record({ more: fc.nat(5), done: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 60 }), (looks) => {
      const partition = followPartition();
      const firstSeen: number[] = [];
      let end = 0;
      let committed = 0;
      for (const [turn, { more, done }] of looks.entries()) {
        for (let offset = end; offset < end + more; offset++) firstSeen[offset] = turn;
        end += more;
        committed = Math.min(end, committed + done);
        partition.looked(at(0n, BigInt(end), BigInt(end), BigInt(committed)), turn * 1000);
        const oldest = committed < end ? turn - (firstSeen[committed] ?? turn) : 0;
        expect(partition.at(turn * 1000)).toMatchObject({ lag: end - committed, oldestSeconds: oldest });
      }
    }),
  );
});

test("a long standstill is remembered in little, and its beginning not forgotten", () => {
  const partition = followPartition();
  for (let turn = 0; turn < 5_000; turn++)
    partition.looked(at(0n, BigInt(turn + 1), BigInt(turn + 1), 0n), turn * 1000);
  expect(partition.at(5_000_000)).toMatchObject({ lag: 5_000, oldestSeconds: 5_000 });
});
