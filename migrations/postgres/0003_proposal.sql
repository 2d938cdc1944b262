-- Acts that wait for a second person (LAW-120.09, LAW-120.11).
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,              -- ProposalId
  space TEXT NOT NULL,              -- whose
  act TEXT NOT NULL,                -- domain::proposal::Act
  of_id TEXT NOT NULL,              -- the person, or the provider
  body TEXT NOT NULL,               -- JSON: the role, or the entry
  state TEXT NOT NULL,              -- domain::proposal::State
  proposed_by TEXT,                 -- who; nobody when it was the machine's operator
  proposed_login TEXT,              -- under which log-in
  decided_by TEXT,                  -- who confirmed or dropped it
  made_at BIGINT NOT NULL,         -- when
  decided_at BIGINT,               -- when it was confirmed or dropped
  CHECK (state <> 'confirmed' OR proposed_by IS NULL OR proposed_by <> decided_by)
);
CREATE INDEX proposal_waiting ON proposal(space, state, made_at);
