-- A job that is run is its holder's until then, by this clock; nobody takes one that waits before then. One that is run and has no holder is that
-- of a desk before this one, which renewed nothing.
ALTER TABLE job ADD COLUMN holder uuid, ADD COLUMN leased_until timestamptz;
