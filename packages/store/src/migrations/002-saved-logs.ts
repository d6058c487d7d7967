/**
 * Saved logs beside visits, words by which a death is known again on a carrier without stamps, and what newer
 * parsers tell of an incident. docs/schema.md says what each column means.
 */
export const savedLogs: string = `
ALTER TABLE incidents ADD COLUMN pressure_class TEXT;
ALTER TABLE incidents ADD COLUMN pressure_evidence TEXT;
ALTER TABLE incidents ADD COLUMN detail TEXT;

ALTER TABLE visits ADD COLUMN ssh_address TEXT;
ALTER TABLE visits ADD COLUMN ssh_jump TEXT;
ALTER TABLE visits ADD COLUMN ssh_identity_file TEXT;

CREATE TABLE incident_words (
  host TEXT NOT NULL,
  words TEXT NOT NULL,
  id TEXT NOT NULL,
  stamp_us REAL,
  at_ms REAL,
  at_error_s REAL,
  PRIMARY KEY (host, words, id),
  FOREIGN KEY (host, id) REFERENCES incidents (host, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_words_by_id ON incident_words (host, id);

CREATE TABLE imports (
  host TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (run),
  file TEXT NOT NULL,
  place INTEGER NOT NULL,
  format TEXT NOT NULL,
  captured_ms REAL,
  boot_at_ms REAL,
  zone TEXT,
  modified_ms REAL,
  PRIMARY KEY (host, run, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_run ON imports (run, host);

CREATE TABLE import_parts (
  host TEXT NOT NULL,
  run INTEGER NOT NULL,
  file TEXT NOT NULL,
  part INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (host, run, file, part),
  FOREIGN KEY (host, run, file) REFERENCES imports (host, run, file) ON DELETE CASCADE,
  FOREIGN KEY (host, sha256) REFERENCES evidence_blobs (host, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_parts_by_blob ON import_parts (host, sha256);

CREATE TABLE imported_snapshots (
  host TEXT NOT NULL,
  run INTEGER NOT NULL,
  file TEXT NOT NULL,
  part INTEGER NOT NULL,
  taken_at_ms REAL,
  process_count INTEGER NOT NULL,
  processes_zstd BLOB NOT NULL,
  uptime_s REAL,
  load1 REAL,
  load5 REAL,
  load15 REAL,
  PRIMARY KEY (host, run, file, part),
  FOREIGN KEY (host, run, file, part) REFERENCES import_parts (host, run, file, part) ON DELETE CASCADE
) STRICT;
CREATE INDEX imported_snapshots_by_time ON imported_snapshots (host, taken_at_ms);
`;
