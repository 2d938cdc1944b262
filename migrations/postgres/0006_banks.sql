-- How far a bank may be handed on, and lists that are closed (D16).

-- domain::bank::Sharing: how far the bank may be handed on.
ALTER TABLE bank ADD COLUMN sharing TEXT NOT NULL DEFAULT 'red';
-- domain::bank::ListClass: what its list is of.
ALTER TABLE bank ADD COLUMN class TEXT NOT NULL DEFAULT 'ordinary';

-- Classes of closed lists that two people enabled in a provider's space.
CREATE TABLE closed_list (
  space TEXT NOT NULL,              -- whose
  class TEXT NOT NULL,              -- domain::bank::ListClass
  enabled_at BIGINT NOT NULL,      -- when the second person confirmed
  PRIMARY KEY (space, class)
);

-- Values of closed lists: apart from the signals, so that nothing that is kept is ever compared with them.
CREATE TABLE closed_value (
  bank TEXT NOT NULL REFERENCES bank(id), -- in which bank
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BYTEA NOT NULL,              -- digest of the value; for PDQ the hash itself
  entry BYTEA NOT NULL,              -- digest of the giver's number of the entry, by which it is taken back; else empty
  PRIMARY KEY (bank, kind, value, entry)
);

CREATE INDEX closed_entry ON closed_value(bank, entry);

-- Signals that wait for a person are few and are listed.
CREATE INDEX signal_waiting ON signal(bank, key) WHERE state IN ('suspended', 'blown');
