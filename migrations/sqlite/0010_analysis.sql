-- Sensitive analysis (D34): since when and until when it is open, and what people said of its leads. Leads are never kept.

-- Each opening, with why; an agency has one that is open at most.
CREATE TABLE analysis (
  id TEXT PRIMARY KEY,              -- opening
  space TEXT NOT NULL,              -- whose: an agency's own space
  document INTEGER NOT NULL,        -- JSON: purpose, reference to the impact assessment
  opened_by TEXT NOT NULL,          -- who
  opened_at INTEGER NOT NULL,       -- when
  ends_at INTEGER NOT NULL,         -- closed by itself then, at most 90 days later
  closed_at INTEGER                 -- closed by a person before
) WITHOUT ROWID;
CREATE INDEX analysis_by_space ON analysis (space, opened_at);

-- What a person said of two accounts; one mark a pair, erased 90 days later.
CREATE TABLE lead_mark (
  id TEXT NOT NULL,                 -- mark
  space TEXT NOT NULL,              -- whose
  one INTEGER NOT NULL,             -- subject: the lower inside key of both
  other INTEGER NOT NULL,           -- subject: the higher one
  verdict TEXT NOT NULL,            -- domain::analysis::Verdict
  document INTEGER NOT NULL,        -- JSON: reason
  made_by TEXT NOT NULL,            -- who
  made_at INTEGER NOT NULL,         -- when
  PRIMARY KEY (space, one, other)
) WITHOUT ROWID;
CREATE INDEX lead_mark_by_time ON lead_mark (made_at);
