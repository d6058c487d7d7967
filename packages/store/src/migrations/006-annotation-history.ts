/**
 * Every state an incident's annotation ever had. No key into incidents: what reviewers wrote outlives a merge.
 * Words that are there already become the first revision. The key of fake names is drawn once and for all, so that
 * names in anonymized files are the same in every export of this store. Names and words of pruned incidents stay:
 * a ring buffer that still tells of them must not bring them back as new.
 */
export const annotationHistory: string = `
CREATE TABLE annotation_history (
  host TEXT NOT NULL,
  id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  at_ms REAL,
  author TEXT,
  source TEXT,
  status TEXT,
  owner TEXT,
  cause TEXT,
  ticket TEXT,
  note TEXT,
  PRIMARY KEY (host, id, rev)
) STRICT, WITHOUT ROWID;

INSERT INTO annotation_history (host, id, rev, status, owner, cause, ticket, note)
SELECT host, id, 1, status, owner, cause, ticket, note FROM annotations;

CREATE TABLE secrets (
  name TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pruned_names (
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  boot_id TEXT,
  PRIMARY KEY (host, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE pruned_words (
  host TEXT NOT NULL,
  words TEXT NOT NULL,
  id TEXT NOT NULL,
  stamp_us REAL,
  at_ms REAL,
  at_error_s REAL,
  PRIMARY KEY (host, words, id)
) STRICT, WITHOUT ROWID;

INSERT INTO secrets (name, bytes) VALUES ('anonymize', randomblob(32));
`;
