/**
 * How fast a host's ring buffer fills, and the visits at which the reading of its log broke off. docs/schema.md says
 * what each column means.
 */
export const coverage: string = `
ALTER TABLE visits ADD COLUMN log_new_bytes INTEGER;
ALTER TABLE visits ADD COLUMN log_ring_bytes INTEGER;

CREATE INDEX visits_breaks ON visits (host, started_ms)
WHERE log_continuity IN ('first-contact', 'lost', 'possible-gap', 'new-boot') OR log_lost_records > 0;
DROP INDEX visits_broken;
`;
