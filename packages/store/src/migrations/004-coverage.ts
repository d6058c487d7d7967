/**
 * How fast a host's ring buffer fills, the visits at which the reading of its log broke off, and how a boot went on
 * when it was last seen; the first year of a saved log. docs/schema.md says what each column means.
 */
export const coverage: string = `
ALTER TABLE visits ADD COLUMN log_new_bytes INTEGER;
ALTER TABLE visits ADD COLUMN log_ring_bytes INTEGER;

ALTER TABLE boots ADD COLUMN last_words TEXT;
ALTER TABLE boots ADD COLUMN late_kills TEXT NOT NULL DEFAULT '[]';

ALTER TABLE imports ADD COLUMN first_year INTEGER;

CREATE INDEX visits_breaks ON visits (host, started_ms)
WHERE log_continuity IN ('first-contact', 'lost', 'possible-gap', 'new-boot') OR log_lost_records > 0;
DROP INDEX visits_broken;
CREATE INDEX incidents_by_stamp ON incidents (stamp_us, victim_pid) WHERE stamp_us IS NOT NULL;
`;
