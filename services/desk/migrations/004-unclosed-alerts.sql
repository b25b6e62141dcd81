-- Gauges are read every few seconds, and must not read what was closed in ten years.
CREATE INDEX alert_unclosed ON alert (state, raised_at, due_at) WHERE closed_at IS NULL;
