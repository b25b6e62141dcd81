-- What is drawn to be looked at once more by a third person: agreed releases, and events that a good guy let pass.

CREATE TABLE sample (
  sample_id        text PRIMARY KEY,
  kind             text NOT NULL CHECK (kind IN ('release', 'good-guy')),
  -- The alert that was released, or that the good guy came from.
  alert_id         text NOT NULL REFERENCES alert,
  good_guy_id      uuid REFERENCES good_guy,
  -- What passed.
  event_id         text NOT NULL,
  source_topic     text NOT NULL,
  source_partition integer NOT NULL,
  source_offset    bigint NOT NULL,
  passed_at        timestamptz NOT NULL,
  -- The two people whose judgement is looked at.
  maker            text NOT NULL REFERENCES app_user,
  checker          text NOT NULL REFERENCES app_user,
  drawn_at         timestamptz NOT NULL DEFAULT now(),
  verdict          text CHECK (verdict IN ('RIGHT', 'WRONG')),
  looked_by        text REFERENCES app_user,
  looked_at        timestamptz,
  CHECK ((verdict IS NULL) = (looked_by IS NULL)),
  CHECK ((verdict IS NULL) = (looked_at IS NULL)),
  CHECK (looked_by IS NULL OR (looked_by <> maker AND looked_by <> checker)),
  CHECK ((kind = 'good-guy') = (good_guy_id IS NOT NULL))
);
CREATE INDEX sample_waiting ON sample (drawn_at, sample_id) WHERE verdict IS NULL;
CREATE INDEX sample_looked_at ON sample (looked_at, sample_id) WHERE verdict IS NOT NULL;

-- What was said of a sample is not said again.
CREATE FUNCTION sample_is_looked_at_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.verdict IS NOT NULL THEN
    RAISE EXCEPTION 'a sample is looked at once' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER sample_once BEFORE UPDATE ON sample FOR EACH ROW EXECUTE FUNCTION sample_is_looked_at_once();

GRANT SELECT, INSERT ON sample TO cordon_desk;
GRANT UPDATE (verdict, looked_by, looked_at) ON sample TO cordon_desk;
