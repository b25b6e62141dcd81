-- Of what goes out the desk moves nothing but when it was sent.
REVOKE UPDATE ON outbox FROM cordon_desk;
GRANT UPDATE (sent_at) ON outbox TO cordon_desk;

-- Whom the firm's provider means: its issuer and the person's subject there, which stay when a person is renamed. Once said it stays.
ALTER TABLE app_user ADD COLUMN provided_as text UNIQUE;
CREATE FUNCTION provided_as_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a user stays the person that the provider means' USING ERRCODE = '23514';
END
$$;
CREATE TRIGGER provided_as_kept BEFORE UPDATE OF provided_as ON app_user FOR EACH ROW
  WHEN (OLD.provided_as IS NOT NULL AND NEW.provided_as IS DISTINCT FROM OLD.provided_as) EXECUTE FUNCTION provided_as_is_kept();

-- Rows up to here are of before: they do not hold the hash of the record that they led to. Nobody but the owner says so.
CREATE TABLE audit_before_records AS SELECT seq FROM audit_head;
GRANT SELECT ON audit_before_records TO cordon_desk;
