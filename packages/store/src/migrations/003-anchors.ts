/** What ties the printk stamps of a boot to the calendar. docs/schema.md says what each column means. */
export const anchors: string = `
ALTER TABLE boots ADD COLUMN read_ms REAL;
ALTER TABLE boots ADD COLUMN drift REAL;

CREATE TABLE anchors (
  host TEXT NOT NULL,
  boot TEXT NOT NULL,
  kind TEXT NOT NULL,
  stamp_us REAL NOT NULL,
  lo_ms REAL,
  hi_ms REAL,
  boot_at_ms REAL,
  run INTEGER NOT NULL,
  PRIMARY KEY (host, boot, kind, stamp_us)
) STRICT, WITHOUT ROWID;
CREATE INDEX anchors_by_run ON anchors (host, run);
CREATE INDEX incidents_alerts ON incidents (host) WHERE kind = 'alert';
`;
