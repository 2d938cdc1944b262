-- What people know of a host: a worksheet of facts with their sources, and a log of hypotheses.

-- Never changed: a later note of the same kind stands above an earlier one.
CREATE TABLE host_note (
  id TEXT NOT NULL,                 -- note
  space TEXT NOT NULL,              -- whose
  host TEXT NOT NULL,               -- registrable host
  kind TEXT NOT NULL,               -- domain::host::NoteKind
  document BIGINT NOT NULL,        -- JSON: value, source, standing
  made_by TEXT NOT NULL,            -- who
  made_at BIGINT NOT NULL,         -- when
  PRIMARY KEY (space, host, id)
);
