/**
 * What hosts start by the clock, as the latest visit that read it found it, and which processes a visit was told to
 * watch. docs/schema.md says what each column means.
 */
export const schedules: string = `
CREATE TABLE schedules (
  host TEXT PRIMARY KEY,
  run INTEGER NOT NULL,
  read_ms REAL NOT NULL,
  schedule_count INTEGER NOT NULL,
  schedules_zstd BLOB NOT NULL
) STRICT;

ALTER TABLE visits ADD COLUMN watch TEXT;
`;
