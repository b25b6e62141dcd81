import { randomBytes } from "node:crypto";

import { CordonError } from "@cordon/errors";

import type { Tx } from "../database/connect.ts";
import { type MasterKey, type Sealer, sealerOf } from "./keys.ts";

/** A month as its first day, `2026-11-01`. */
export type Month = string;

export function monthOf(at: number): Month {
  return `${new Date(at).toISOString().slice(0, 7)}-01`;
}

/**
 * A key a month, made when it is first asked for. Whoever deletes the key of a month deletes its names, also from every backup of the
 * rest.
 */
export interface MonthKeys {
  of(tx: Tx, month: Month): Promise<Sealer>;
  /** Null: its key was deleted, and so is what it sealed. */
  known(tx: Tx, month: Month): Promise<Sealer | null>;
  forget(month: Month): void;
}

export function createMonthKeys(master: MasterKey): MonthKeys {
  const sealers = new Map<Month, Sealer>();

  async function known(tx: Tx, month: Month): Promise<Sealer | null> {
    const held = sealers.get(month);
    if (held !== undefined) return held;
    // One that this very transaction made is not remembered: the transaction may fail yet, and the key with it.
    const { rows } = await tx.query<{ wrapped: Buffer; committed: boolean }>(
      "SELECT wrapped, created_at < now() AS committed FROM data_key WHERE month = $1",
      [month],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const sealer = sealerOf(unwrap(master, row.wrapped, month));
    if (row.committed) sealers.set(month, sealer);
    return sealer;
  }

  return {
    known,
    async of(tx, month) {
      const held = await known(tx, month);
      if (held !== null) return held;
      const wrapped = master.wrapping.seal(randomBytes(32), month);
      await tx.query("INSERT INTO data_key (month, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING", [month, wrapped]);
      // Another transaction may have been first.
      const { rows } = await tx.query<{ wrapped: Buffer }>("SELECT wrapped FROM data_key WHERE month = $1", [month]);
      const [row] = rows;
      if (row === undefined)
        throw new CordonError("CONTRACT_VIOLATED", "the key of a month is not there after it was made");
      return sealerOf(unwrap(master, row.wrapped, month));
    },
    forget: (month) => void sealers.delete(month),
  };
}

function unwrap(master: MasterKey, wrapped: Buffer, month: Month): Buffer {
  try {
    return master.wrapping.open(wrapped, month);
  } catch {
    throw new CordonError(
      "CONFIG_INVALID",
      `KEY_MISSING: DESK_MASTER_KEY does not open the key of ${month.slice(0, 7)}: start the desk with the master key that this database was filled with`,
    );
  }
}
