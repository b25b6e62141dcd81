-- What was proposed stays as it was said, and what was decided of it stays decided; the desk moves nothing else of it.
REVOKE UPDATE ON proposal FROM cordon_desk;
GRANT UPDATE (state, checker, decided_at) ON proposal TO cordon_desk;

CREATE FUNCTION proposal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'MADE'
    OR (NEW.proposal_id, NEW.alert_id, NEW.decision, NEW.reasons, NEW.rationale, NEW.month, NEW.maker, NEW.made_at, NEW.evidence_hash)
      IS DISTINCT FROM
      (OLD.proposal_id, OLD.alert_id, OLD.decision, OLD.reasons, OLD.rationale, OLD.month, OLD.maker, OLD.made_at, OLD.evidence_hash)
  THEN
    RAISE EXCEPTION 'a proposal stays as it was made' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER proposal_kept BEFORE UPDATE ON proposal FOR EACH ROW EXECUTE FUNCTION proposal_is_kept();

-- The chain begins with row 1: a row before it would stand beside the chain, where nobody looks.
ALTER TABLE audit ADD CHECK (seq > 0);
