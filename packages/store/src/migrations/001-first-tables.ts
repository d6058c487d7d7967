/**
 * The first tables. Natural keys that start with the host; no sequences and no triggers, so that an engine that
 * splits tables by host can hold the same schema. INTEGER names or counts something, REAL measures something
 * (a driver may hand over 4.5), TEXT lists are JSON. docs/schema.md says what each column means.
 */
export const firstTables: string = `
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  label TEXT,
  started_ms REAL NOT NULL,
  finished_ms REAL,
  selected INTEGER NOT NULL
) STRICT;

CREATE TABLE visits (
  host TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (run),
  ssh_name TEXT NOT NULL,
  ssh_user TEXT,
  ssh_port INTEGER,
  address TEXT,
  groups TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  started_ms REAL NOT NULL,
  ended_ms REAL NOT NULL,
  uptime_s REAL,
  load1 REAL,
  load5 REAL,
  load15 REAL,
  boot TEXT,
  boot_id TEXT,
  boot_at_ms REAL,
  kernel TEXT,
  cpus INTEGER,
  page_size_kib REAL,
  ram_total_kib REAL,
  ram_available_kib REAL,
  swap_total_kib REAL,
  swap_free_kib REAL,
  oom_kill_count INTEGER,
  zone TEXT,
  utc_offset_s REAL,
  clock_diff_s REAL,
  log_via TEXT,
  log_records INTEGER,
  log_first_stamp_us REAL,
  log_last_stamp_us REAL,
  log_first_seq INTEGER,
  log_last_seq INTEGER,
  log_from_boot INTEGER,
  log_continuity TEXT,
  log_lost_records INTEGER,
  log_from_ms REAL,
  complaints TEXT NOT NULL,
  PRIMARY KEY (host, run)
) STRICT;
CREATE INDEX visits_by_run ON visits (run, host, state);
CREATE INDEX visits_read ON visits (host, run) WHERE state IN ('ok', 'ok-truncated');
CREATE INDEX visits_read_by_time ON visits (host, started_ms) WHERE state IN ('ok', 'ok-truncated');
CREATE INDEX visits_broken ON visits (host, run) WHERE log_continuity IN ('lost', 'possible-gap');
CREATE INDEX visits_log_from ON visits (host, log_from_ms) WHERE log_from_ms IS NOT NULL;

CREATE TABLE boots (
  host TEXT NOT NULL,
  boot TEXT NOT NULL,
  boot_id TEXT,
  boot_at_ms REAL,
  last_stamp_us REAL,
  last_seq INTEGER,
  tail TEXT NOT NULL,
  visited_ms REAL NOT NULL,
  PRIMARY KEY (host, boot)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
  host TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  also_on TEXT NOT NULL,
  groups TEXT NOT NULL,
  at_ms REAL,
  at_error_s REAL,
  at_method TEXT NOT NULL,
  zone TEXT,
  utc_offset_s REAL,
  stamp_us REAL,
  boot_id TEXT,
  kernel TEXT,
  report_id TEXT,
  report_grade TEXT,
  confirmed INTEGER NOT NULL,
  gaps TEXT NOT NULL,
  scope TEXT,
  victim_pid INTEGER,
  victim_name TEXT,
  victim_uid INTEGER,
  victim_user TEXT,
  victim_args TEXT,
  victim_total_vm_kib REAL,
  victim_anon_rss_kib REAL,
  victim_file_rss_kib REAL,
  victim_shmem_rss_kib REAL,
  victim_pgtables_kib REAL,
  victim_oom_score INTEGER,
  victim_oom_score_adj INTEGER,
  victim_cgroup TEXT,
  selected_pid INTEGER,
  selected_name TEXT,
  trigger_name TEXT,
  trigger_pid INTEGER,
  trigger_gfp_mask TEXT,
  trigger_gfp_flags TEXT,
  trigger_order INTEGER,
  trigger_oom_score_adj INTEGER,
  memcg_path TEXT,
  memcg_usage_kib REAL,
  memcg_limit_kib REAL,
  ram_total_kib REAL,
  ram_free_kib REAL,
  swap_total_kib REAL,
  swap_free_kib REAL,
  task_count INTEGER,
  suspects TEXT,
  sources TEXT NOT NULL,
  first_seen_ms REAL NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (run),
  PRIMARY KEY (host, id)
) STRICT;
CREATE INDEX incidents_by_time ON incidents (at_ms, host, id);
CREATE INDEX incidents_by_host_time ON incidents (host, at_ms);
CREATE INDEX incidents_untimed ON incidents (host, coalesce(stamp_us, -1), id) WHERE at_ms IS NULL;
CREATE INDEX incidents_by_time_error ON incidents (at_error_s);
CREATE INDEX incidents_by_id ON incidents (id);
CREATE INDEX incidents_by_process ON incidents (victim_name, at_ms);
CREATE INDEX incidents_by_pid ON incidents (victim_pid);
CREATE INDEX incidents_by_run ON incidents (run);
CREATE INDEX incidents_shared ON incidents (host, id) WHERE also_on <> '[]';

CREATE TABLE incident_keys (
  host TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (host, key),
  FOREIGN KEY (host, id) REFERENCES incidents (host, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_keys_by_id ON incident_keys (host, id);

CREATE TABLE incident_aliases (
  host TEXT NOT NULL,
  alias TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (host, alias),
  FOREIGN KEY (host, id) REFERENCES incidents (host, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_aliases_by_alias ON incident_aliases (alias);
CREATE INDEX incident_aliases_by_id ON incident_aliases (host, id);

CREATE TABLE annotations (
  host TEXT NOT NULL,
  id TEXT NOT NULL,
  status TEXT,
  owner TEXT,
  cause TEXT,
  ticket TEXT,
  note TEXT,
  PRIMARY KEY (host, id),
  FOREIGN KEY (host, id) REFERENCES incidents (host, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  host TEXT NOT NULL,
  report_id TEXT NOT NULL,
  page_size_kib REAL,
  task_count INTEGER NOT NULL,
  line_count INTEGER NOT NULL,
  tasks_zstd BLOB NOT NULL,
  lines_zstd BLOB NOT NULL,
  PRIMARY KEY (host, report_id)
) STRICT;

CREATE TABLE snapshots (
  host TEXT NOT NULL,
  run INTEGER NOT NULL,
  taken_at_ms REAL,
  visited_ms REAL NOT NULL,
  process_count INTEGER NOT NULL,
  processes_zstd BLOB NOT NULL,
  PRIMARY KEY (host, run),
  FOREIGN KEY (host, run) REFERENCES visits (host, run) ON DELETE CASCADE
) STRICT;
CREATE INDEX snapshots_by_time ON snapshots (host, coalesce(taken_at_ms, visited_ms));

CREATE TABLE evidence_blobs (
  host TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  bytes_zstd BLOB NOT NULL,
  PRIMARY KEY (host, sha256)
) STRICT;

CREATE TABLE evidence (
  host TEXT NOT NULL,
  run INTEGER NOT NULL,
  section TEXT NOT NULL,
  via TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (host, run, section),
  FOREIGN KEY (host, run) REFERENCES visits (host, run) ON DELETE CASCADE,
  FOREIGN KEY (host, sha256) REFERENCES evidence_blobs (host, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_by_blob ON evidence (host, sha256);
`;
