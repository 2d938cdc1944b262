-- The schema as SQLite has it, made by `UPDATE=1 cargo test -p it schema`. Never edit it.

CREATE TABLE agency (
  id TEXT PRIMARY KEY,              -- AgencyId
  name TEXT NOT NULL UNIQUE,        -- shown name
  kind TEXT NOT NULL,               -- domain::access::AgencyKind
  org TEXT NOT NULL,                -- organisation id on the wire, a DNS name
  settings TEXT NOT NULL,           -- JSON: legal name, contact, legal basis, languages, grounds_min
  made_at INTEGER NOT NULL          -- when
);

CREATE TABLE agency_key (
  kid TEXT PRIMARY KEY,             -- JWK thumbprint
  agency TEXT NOT NULL REFERENCES agency(id), -- whose
  purpose TEXT NOT NULL,            -- 'document' or 'ledger'
  wrapped BLOB NOT NULL,            -- Ed25519 seed, encrypted
  not_before INTEGER NOT NULL,      -- from when
  not_after INTEGER NOT NULL,       -- until when
  revoked_at INTEGER,               -- when revoked
  revoked_why TEXT                  -- superseded or compromised
);

CREATE TABLE analysis (
  id TEXT PRIMARY KEY,              -- opening
  space TEXT NOT NULL,              -- whose: an agency's own space
  document INTEGER NOT NULL,        -- JSON: purpose, reference to the impact assessment
  opened_by TEXT NOT NULL,          -- who
  opened_at INTEGER NOT NULL,       -- when
  ends_at INTEGER NOT NULL,         -- closed by itself then, at most 90 days later
  closed_at INTEGER                 -- closed by a person before
) WITHOUT ROWID;

CREATE TABLE assessment (
  id TEXT PRIMARY KEY,              -- AssessmentId
  space TEXT NOT NULL,              -- where
  agency TEXT NOT NULL,             -- the author's agency
  cluster TEXT NOT NULL,            -- about which content
  state TEXT NOT NULL,              -- domain::assessment::State
  decision TEXT NOT NULL,           -- domain::assessment::Decision
  author TEXT NOT NULL,             -- who wrote it
  author_login TEXT NOT NULL,       -- under which log-in
  reader TEXT,                      -- second reader
  approver TEXT,                    -- who confirmed it
  document INTEGER NOT NULL,        -- the draft
  items INTEGER NOT NULL,           -- how many items it confirms
  version INTEGER NOT NULL,         -- grows with each change
  made_at INTEGER NOT NULL,         -- first save
  decided_at INTEGER,               -- confirmed or declined
  CHECK (approver IS NULL OR approver <> author),
  CHECK (reader IS NULL OR reader <> author)
);

CREATE TABLE assessment_item (
  assessment TEXT NOT NULL,         -- which
  subject INTEGER NOT NULL,         -- which item
  PRIMARY KEY (assessment, subject)
) WITHOUT ROWID;

CREATE TABLE bank (
  id TEXT PRIMARY KEY,              -- BankId
  space TEXT NOT NULL,              -- whose
  name TEXT NOT NULL,               -- shown name
  opinion TEXT NOT NULL,            -- domain::bank::Opinion
  origin TEXT NOT NULL,             -- where it comes from
  legal_basis TEXT NOT NULL,        -- why it may be kept
  distance INTEGER NOT NULL,        -- greatest PDQ distance, bits of 256
  review_at INTEGER NOT NULL,       -- when it must be reviewed
  made_at INTEGER NOT NULL, sharing TEXT NOT NULL DEFAULT 'red', class TEXT NOT NULL DEFAULT 'ordinary',         -- when
  UNIQUE (space, name)
);

CREATE TABLE batch (
  id TEXT PRIMARY KEY,              -- BatchId
  space TEXT NOT NULL,              -- whose
  agency TEXT NOT NULL,             -- who handed it in
  source TEXT NOT NULL,             -- from where
  format TEXT NOT NULL,             -- which reader
  person TEXT,                      -- who
  made_at INTEGER NOT NULL,         -- when
  ended_at INTEGER,                 -- when it was done
  counts TEXT NOT NULL              -- JSON of the summary
);

CREATE TABLE closed_list (
  space TEXT NOT NULL,              -- whose
  class TEXT NOT NULL,              -- domain::bank::ListClass
  enabled_at INTEGER NOT NULL,      -- when the second person confirmed
  PRIMARY KEY (space, class)
) WITHOUT ROWID;

CREATE TABLE closed_value (
  bank TEXT NOT NULL REFERENCES bank(id), -- in which bank
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BLOB NOT NULL,              -- digest of the value; for PDQ the hash itself
  entry BLOB NOT NULL,              -- digest of the giver's number of the entry, by which it is taken back; else empty
  PRIMARY KEY (bank, kind, value, entry)
) WITHOUT ROWID;

CREATE TABLE cluster (
  id TEXT PRIMARY KEY,              -- ClusterId
  space TEXT NOT NULL,              -- whose
  number INTEGER NOT NULL,          -- short number for people
  state TEXT NOT NULL,              -- domain::cluster::Queued
  urgency TEXT NOT NULL,            -- domain::assessment::Urgency
  rank INTEGER NOT NULL,            -- place in the queue, lower first
  reason TEXT NOT NULL,             -- why there, a key of the interface's words
  members INTEGER NOT NULL,         -- items
  matches INTEGER NOT NULL,         -- live matches
  language TEXT NOT NULL,           -- of its first item
  kind TEXT NOT NULL,               -- of its first item
  service TEXT NOT NULL,            -- of its first item
  version INTEGER NOT NULL,         -- grows with each change
  first_seen INTEGER NOT NULL,      -- when
  lease_person TEXT,                -- who has it open
  lease_until INTEGER,              -- until when
  merged_into TEXT,                 -- redirect after a merge (D25)
  finding INTEGER,                  -- document of the approved ContentFinding
  finding_of TEXT                   -- assessment that approved it
);

CREATE TABLE cluster_key (
  space TEXT NOT NULL,              -- whose
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BLOB NOT NULL,              -- digest, or the PDQ hash of a representative
  cluster TEXT NOT NULL,            -- which cluster
  PRIMARY KEY (space, kind, value)
) WITHOUT ROWID;

CREATE TABLE cluster_member (
  cluster TEXT NOT NULL,            -- which
  subject INTEGER NOT NULL,         -- the item
  observation INTEGER NOT NULL,     -- first seen in
  evidence TEXT NOT NULL,           -- domain::cluster::Evidence
  distance INTEGER NOT NULL,        -- bits of 256 from the representative
  joined_at INTEGER NOT NULL, reappeared INTEGER NOT NULL DEFAULT 0, how TEXT NOT NULL DEFAULT '',       -- when
  PRIMARY KEY (cluster, subject)
) WITHOUT ROWID;

CREATE TABLE contest (
  id TEXT PRIMARY KEY,              -- contest
  agency TEXT NOT NULL,             -- contested agency
  referral TEXT NOT NULL,           -- which
  state TEXT NOT NULL,              -- 'open', 'upheld', 'refused'
  document INTEGER NOT NULL,        -- reasons
  decision INTEGER,                 -- document of the decision
  decided_by TEXT,                  -- who, neither author nor approver
  made_at INTEGER NOT NULL,         -- when
  decided_at INTEGER                -- when
);

CREATE TABLE counter (
  name TEXT PRIMARY KEY,            -- which number
  next INTEGER NOT NULL             -- the next one free
);

CREATE TABLE document (
  key INTEGER PRIMARY KEY,          -- inside key
  space TEXT NOT NULL,              -- whose
  retention TEXT NOT NULL,          -- domain::evidence::Retention (LAW-101)
  made_at INTEGER NOT NULL,         -- when
  body BLOB NOT NULL,               -- nonce and ciphertext
  commitment BLOB NOT NULL          -- HMAC-SHA-256 of the clear bytes by the record's key
);

CREATE TABLE edge (
  from_key INTEGER NOT NULL,        -- subject
  kind TEXT NOT NULL,               -- domain::subject::EdgeKind
  to_key INTEGER NOT NULL,          -- subject
  observation INTEGER NOT NULL,     -- seen in
  PRIMARY KEY (from_key, kind, to_key, observation)
) WITHOUT ROWID;

CREATE TABLE enrolment (
  token BLOB PRIMARY KEY,           -- SHA-256 of the token
  person TEXT NOT NULL REFERENCES person(id), -- for whom
  expires_at INTEGER NOT NULL,      -- until when
  used_at INTEGER                   -- when it was used
);

CREATE TABLE erasure (
  document INTEGER PRIMARY KEY,     -- which document
  erased_at INTEGER NOT NULL,       -- when
  why TEXT NOT NULL                 -- a word
);

CREATE TABLE event (
  agency TEXT NOT NULL,             -- in whose ledger
  leaf INTEGER NOT NULL,            -- index in it
  id TEXT NOT NULL,                 -- EventId
  space TEXT NOT NULL,              -- where
  at INTEGER NOT NULL,              -- when
  actor TEXT,                       -- who
  noun TEXT NOT NULL,               -- domain::event::Noun
  of_id TEXT NOT NULL,              -- which one
  what TEXT NOT NULL,               -- what happened
  entry TEXT NOT NULL,              -- the leaf's bytes: JSON of domain::event::Event
  hash BLOB NOT NULL,               -- RFC 6962 leaf hash
  PRIMARY KEY (agency, leaf)
) WITHOUT ROWID;

CREATE TABLE exposure (
  person TEXT NOT NULL,             -- who
  day TEXT NOT NULL,                -- date, UTC
  items INTEGER NOT NULL,           -- shown
  seconds INTEGER NOT NULL,         -- how long
  PRIMARY KEY (person, day)
) WITHOUT ROWID;

CREATE TABLE fingerprint (
  space TEXT NOT NULL,              -- whose
  digest BLOB NOT NULL,             -- keyed digest of the file's SHA-256
  document INTEGER NOT NULL,        -- hashes of its variants and its points
  PRIMARY KEY (space, digest)
) WITHOUT ROWID;

CREATE TABLE hold (
  id TEXT PRIMARY KEY,              -- HoldId
  agency TEXT NOT NULL,             -- whose answer
  digest BLOB NOT NULL,             -- keyed digest of the subject, the same for all agencies of this machine
  answer TEXT NOT NULL,             -- domain::hold::HoldAnswer
  state TEXT NOT NULL,              -- domain::hold::HoldState
  until INTEGER,                    -- its end
  document INTEGER,                 -- reasons, for the holder and the coordinator
  placed_by TEXT NOT NULL,          -- who
  made_at INTEGER NOT NULL          -- when
);

CREATE TABLE host_note (
  id TEXT NOT NULL,                 -- note
  space TEXT NOT NULL,              -- whose
  host TEXT NOT NULL,               -- registrable host
  kind TEXT NOT NULL,               -- domain::host::NoteKind
  document INTEGER NOT NULL,        -- JSON: value, source, standing
  made_by TEXT NOT NULL,            -- who
  made_at INTEGER NOT NULL,         -- when
  PRIMARY KEY (space, host, id)
) WITHOUT ROWID;

CREATE TABLE house (
  name TEXT PRIMARY KEY,            -- 'seat', 'world', 'made_at', ...
  value TEXT NOT NULL               -- its value
);

CREATE TABLE inbox_item (
  agency TEXT NOT NULL,             -- the provider
  message TEXT NOT NULL,            -- the referral's MessageId
  item TEXT NOT NULL,               -- 'i1' ...
  matter TEXT NOT NULL,             -- RXP case
  sender TEXT NOT NULL,             -- organisation
  state TEXT NOT NULL,              -- 'open', 'answered', 'withdrawn'
  answer TEXT,                      -- the last answer
  answered_by TEXT,                 -- who
  answered_at INTEGER,              -- when
  received_at INTEGER NOT NULL,     -- receipt's time
  PRIMARY KEY (agency, message, item)
) WITHOUT ROWID;

CREATE TABLE job (
  id TEXT PRIMARY KEY,              -- JobId
  kind TEXT NOT NULL,               -- app::flow::Job
  body TEXT NOT NULL,               -- JSON
  once TEXT UNIQUE,                 -- the same work is queued once
  run_at INTEGER NOT NULL,          -- not before
  attempts INTEGER NOT NULL DEFAULT 0, -- tries
  lease_until INTEGER,              -- a worker has it
  last_error TEXT,                  -- what the last try said
  state TEXT NOT NULL               -- 'waiting', 'failed'
);

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

CREATE TABLE ledger_head (
  agency TEXT PRIMARY KEY,          -- whose
  size INTEGER NOT NULL,            -- leaves
  frontier BLOB NOT NULL,           -- right edge of the tree
  published INTEGER NOT NULL        -- size of the last checkpoint written
);

CREATE TABLE look (
  id TEXT PRIMARY KEY,              -- CheckId
  space TEXT NOT NULL,              -- whose
  subject INTEGER NOT NULL,         -- what
  referral TEXT,                    -- for which referral
  class TEXT NOT NULL,              -- domain::check::Class
  confidence TEXT NOT NULL,         -- low, medium, high
  document INTEGER NOT NULL,        -- evidence
  at INTEGER NOT NULL               -- when
);

CREATE TABLE mail_link (
  token BLOB PRIMARY KEY,           -- SHA-256 of 128 random bits
  agency TEXT NOT NULL,             -- whose
  message TEXT NOT NULL,            -- which message
  expires_at INTEGER NOT NULL,      -- until when
  revoked_at INTEGER,               -- taken back
  used INTEGER NOT NULL DEFAULT 0   -- posts so far
);

CREATE TABLE match (
  observation INTEGER NOT NULL,     -- where
  signal INTEGER NOT NULL,          -- which signal
  distance INTEGER NOT NULL,        -- bits of 256; 0 for exact kinds
  variant TEXT NOT NULL,            -- which form matched
  found_at INTEGER NOT NULL,        -- when
  ended_at INTEGER, part TEXT NOT NULL DEFAULT '',                 -- when the signal was withdrawn
  PRIMARY KEY (observation, signal)
) WITHOUT ROWID;

CREATE TABLE message (
  id TEXT NOT NULL,                 -- MessageId
  agency TEXT NOT NULL,             -- whose side
  direction TEXT NOT NULL,          -- 'out' or 'in'
  type TEXT NOT NULL,               -- RXP-20
  matter TEXT NOT NULL,             -- RXP case
  in_reply_to TEXT,                 -- RXP in_reply_to
  peer TEXT NOT NULL,               -- the other organisation
  digest TEXT NOT NULL,             -- digest of the document
  document INTEGER NOT NULL,        -- canonical form with signature
  receipt INTEGER,                  -- document of the receipt
  receipt_at INTEGER,               -- received_at of the receipt
  made_at INTEGER NOT NULL,         -- when
  PRIMARY KEY (agency, id)
) WITHOUT ROWID;

CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE nonce (
  value TEXT PRIMARY KEY,           -- keyid and nonce
  expires_at INTEGER NOT NULL       -- when it can be forgotten
);

CREATE TABLE observation (
  key INTEGER PRIMARY KEY,          -- inside key
  space TEXT NOT NULL,              -- whose
  batch TEXT NOT NULL,              -- which intake
  agency TEXT NOT NULL,             -- who handed it in
  record BLOB NOT NULL,             -- keyed digest of the source's own key: re-reading adds nothing
  subject INTEGER NOT NULL,         -- the item
  account INTEGER,                  -- who posted it
  document INTEGER NOT NULL,        -- the record as it stood
  kind TEXT NOT NULL,               -- domain::observation::ItemKind
  language TEXT NOT NULL,           -- BCP 47, 'und' when unsure
  audience TEXT NOT NULL,           -- domain::observation::Audience
  relevance TEXT NOT NULL,          -- 'held', 'matched', 'submitted'
  seen_at INTEGER NOT NULL,         -- our time
  posted_at INTEGER,                -- the source's time
  expires_at INTEGER,               -- when a held one is erased
  cluster TEXT,                     -- ClusterId once it has one
  UNIQUE (space, record)
);

CREATE TABLE operation (
  id TEXT PRIMARY KEY,              -- OperationId, also the space
  name TEXT NOT NULL,               -- shown name
  starts_at INTEGER NOT NULL,       -- window
  ends_at INTEGER NOT NULL,         -- window
  arrangement INTEGER NOT NULL,     -- document: the joint controllers' arrangement (LAW-95)
  made_by TEXT NOT NULL,            -- who
  made_at INTEGER NOT NULL          -- when
);

CREATE TABLE operation_agency (
  operation TEXT NOT NULL,          -- which
  agency TEXT NOT NULL,             -- who
  joined_at INTEGER NOT NULL,       -- when
  PRIMARY KEY (operation, agency)
) WITHOUT ROWID;

CREATE TABLE outbox (
  message TEXT NOT NULL,            -- MessageId
  agency TEXT NOT NULL,             -- whose
  provider TEXT,                    -- to whom, of the provider book
  channel TEXT NOT NULL,            -- 'rxp', 'mail', 'webhook'
  lane INTEGER NOT NULL,            -- RXP-37
  state TEXT NOT NULL,              -- 'waiting', 'relayed', 'done', 'failed'
  attempts INTEGER NOT NULL DEFAULT 0, -- tries
  next_at INTEGER NOT NULL,         -- not before
  lease_until INTEGER,              -- a worker has it
  last_error TEXT,                  -- what the last try said
  made_at INTEGER NOT NULL,         -- when
  PRIMARY KEY (agency, message, channel)
) WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY,              -- PersonId
  agency TEXT NOT NULL REFERENCES agency(id), -- of which agency
  login TEXT NOT NULL,              -- name at sign-in
  name TEXT NOT NULL,               -- shown name
  state TEXT NOT NULL,              -- 'invited', 'active', 'disabled'
  password TEXT,                    -- Argon2id in PHC form
  totp BLOB,                        -- TOTP secret, wrapped
  totp_step INTEGER NOT NULL DEFAULT 0, -- last step used, so that a code works once
  language TEXT NOT NULL DEFAULT 'en', -- interface language
  failures INTEGER NOT NULL DEFAULT 0, -- wrong tries in a row
  locked_until INTEGER,             -- no sign-in before
  made_at INTEGER NOT NULL,         -- when
  UNIQUE (agency, login)
);

CREATE TABLE person_role (
  person TEXT NOT NULL REFERENCES person(id), -- who
  role TEXT NOT NULL,               -- domain::access::Role
  PRIMARY KEY (person, role)
);

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
  made_at INTEGER NOT NULL,         -- when
  decided_at INTEGER,               -- when it was confirmed or dropped
  CHECK (state <> 'confirmed' OR proposed_by IS NULL OR proposed_by <> decided_by)
);

CREATE TABLE protected_host (
  space TEXT NOT NULL,              -- whose list
  host TEXT NOT NULL,               -- registrable host
  kind TEXT NOT NULL,               -- domain::preflight::Protected
  PRIMARY KEY (space, host)
) WITHOUT ROWID;

CREATE TABLE provider (
  id TEXT PRIMARY KEY,              -- ProviderId
  space TEXT NOT NULL,              -- whose book
  name TEXT NOT NULL,               -- shown name
  org TEXT NOT NULL,                -- organisation id on the wire
  entry TEXT NOT NULL,              -- JSON of domain::provider::Entry
  confirmed_by TEXT,                -- who confirmed contact and keys (RXP-56)
  load_until INTEGER,               -- until when a coordinator confirmed first referral or load (LAW-120.06)
  load_by TEXT,                     -- who
  made_at INTEGER NOT NULL,         -- when
  UNIQUE (space, name)
);

CREATE TABLE provider_host (
  space TEXT NOT NULL,              -- whose book
  host TEXT NOT NULL,               -- registrable host
  provider TEXT NOT NULL,           -- who
  PRIMARY KEY (space, host)
) WITHOUT ROWID;

CREATE TABLE read_log (
  agency TEXT NOT NULL,             -- whose reader
  person TEXT NOT NULL,             -- who
  at INTEGER NOT NULL,              -- when
  operation TEXT NOT NULL,          -- domain::reads::Operation
  noun TEXT NOT NULL,               -- what
  of_id TEXT NOT NULL,              -- which
  reason TEXT NOT NULL              -- why
);

CREATE TABLE record_key (
  document INTEGER PRIMARY KEY,     -- which document
  wrapped BLOB NOT NULL             -- nonce and encrypted key
);

CREATE TABLE referral (
  id TEXT PRIMARY KEY,              -- ReferralId
  space TEXT NOT NULL,              -- where
  agency TEXT NOT NULL,             -- who sends
  matter TEXT NOT NULL,             -- CaseId: RXP case
  assessment TEXT NOT NULL,         -- on which decision
  provider TEXT NOT NULL,           -- to whom
  state TEXT NOT NULL,              -- domain::referral::State
  message TEXT UNIQUE,              -- MessageId once queued: made once, kept by every retry
  reference TEXT NOT NULL UNIQUE,   -- our reference for people
  contest TEXT NOT NULL UNIQUE,     -- 128 random bits: contest by reference (D14)
  findings TEXT NOT NULL,           -- JSON of the pre-flight
  looked_by TEXT,                   -- coordinator who looked at it
  steps INTEGER NOT NULL DEFAULT 0, -- reminders sent
  made_at INTEGER NOT NULL,         -- when
  queued_at INTEGER,                -- when
  acknowledged_at INTEGER,          -- receipt's time
  closed_at INTEGER                 -- when
);

CREATE TABLE referral_item (
  referral TEXT NOT NULL,           -- which
  item TEXT NOT NULL,               -- 'i1' ...
  subject INTEGER NOT NULL,         -- what
  answer TEXT,                      -- domain::referral::Answer, the last one
  final_at INTEGER,                 -- when a final answer came
  last_class TEXT,                  -- domain::check::Class, the last one
  checks INTEGER NOT NULL DEFAULT 0, -- looks since sending
  check_due INTEGER,                -- next look
  gone_at INTEGER,                  -- two looks agreed that it is gone
  PRIMARY KEY (referral, item)
) WITHOUT ROWID;

CREATE TABLE search_word (
  word INTEGER NOT NULL,            -- 64 bits of the word's keyed digest, which holds the space
  observation INTEGER NOT NULL,     -- where
  PRIMARY KEY (word, observation)
) WITHOUT ROWID;

CREATE TABLE seen (
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BLOB NOT NULL,              -- digest of the value; for PDQ the hash itself
  observation INTEGER NOT NULL,     -- where
  quality INTEGER NOT NULL DEFAULT 0, -- PDQ quality
  PRIMARY KEY (kind, value, observation)
) WITHOUT ROWID;

CREATE TABLE sent_once (
  space TEXT NOT NULL,              -- where
  subject INTEGER NOT NULL,         -- what
  provider TEXT NOT NULL,           -- to whom
  instrument TEXT NOT NULL,         -- 'referral'
  referral TEXT NOT NULL,           -- by which
  PRIMARY KEY (space, subject, provider, instrument)
) WITHOUT ROWID;

CREATE TABLE session (
  token BLOB PRIMARY KEY,           -- SHA-256 of the cookie's token
  login TEXT NOT NULL,              -- id of this log-in, for four eyes
  person TEXT NOT NULL REFERENCES person(id), -- who
  csrf TEXT NOT NULL,               -- token of its forms
  made_at INTEGER NOT NULL,         -- when
  seen_at INTEGER NOT NULL,         -- last request
  ends_at INTEGER NOT NULL,         -- absolute end
  step_up_until INTEGER,            -- until when sending is open
  reason TEXT,                      -- reason for reading in force (D10)
  ended_at INTEGER                  -- signed out
);

CREATE TABLE signal (
  key INTEGER PRIMARY KEY,          -- inside key
  id TEXT NOT NULL UNIQUE,          -- SignalId
  bank TEXT NOT NULL REFERENCES bank(id), -- in which bank
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BLOB NOT NULL,              -- digest of the value; for PDQ the hash itself
  document INTEGER,                 -- the clear value of terms, addresses, accounts
  state TEXT NOT NULL,              -- domain::bank::SignalState
  matches INTEGER NOT NULL DEFAULT 0, -- matches so far
  day INTEGER NOT NULL DEFAULT 0,   -- the day of its last match, days since 1970, UTC
  day_matches INTEGER NOT NULL DEFAULT 0, said INTEGER, -- matches of that day, for the fuse
  UNIQUE (bank, kind, value)
);

CREATE TABLE signal_cut (
  key INTEGER PRIMARY KEY,          -- inside key, of the numbers of signals
  signal INTEGER NOT NULL,          -- the picture
  name TEXT NOT NULL,               -- what was cut, as in a bank file: crop-25
  value BLOB NOT NULL               -- PDQ of what is left
);

CREATE TABLE source (
  id TEXT PRIMARY KEY,              -- source
  space TEXT NOT NULL,              -- whose
  name TEXT NOT NULL,               -- shown name
  relevance TEXT NOT NULL,          -- 'forget', 'hold', 'submit'
  hold_days INTEGER NOT NULL,       -- days that unmatched records are held
  decided_by TEXT,                  -- who decided it
  made_at INTEGER NOT NULL,         -- when
  UNIQUE (space, name)
);

CREATE TABLE subject (
  key INTEGER PRIMARY KEY,          -- inside key
  id TEXT NOT NULL UNIQUE,          -- SubjectId
  space TEXT NOT NULL,              -- whose
  kind TEXT NOT NULL,               -- domain::subject::SubjectKind
  service TEXT NOT NULL,            -- registrable host
  digest BLOB NOT NULL,             -- keyed digest of the canonical key
  document INTEGER NOT NULL,        -- its address or handle
  made_at INTEGER NOT NULL,         -- first seen by us
  UNIQUE (space, digest)
);

CREATE INDEX analysis_by_space ON analysis (space, opened_at);

CREATE INDEX assessment_approver ON assessment(approver, decided_at);

CREATE INDEX assessment_cluster ON assessment(cluster);

CREATE INDEX assessment_item_subject ON assessment_item(subject);

CREATE INDEX assessment_state ON assessment(space, state, made_at);

CREATE INDEX closed_entry ON closed_value(bank, entry);

CREATE INDEX cluster_key_cluster ON cluster_key(cluster);

CREATE INDEX cluster_member_subject ON cluster_member(subject);

CREATE INDEX cluster_merged ON cluster(merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX cluster_queue ON cluster(space, state, rank, first_seen, id) WHERE merged_into IS NULL;

CREATE INDEX document_referral ON document(commitment) WHERE retention = 'R3';

CREATE INDEX edge_to ON edge(to_key);

CREATE INDEX event_of ON event(noun, of_id);

CREATE INDEX event_space ON event(space, at);

CREATE INDEX hold_digest ON hold(digest, state);

CREATE INDEX inbox_open ON inbox_item(agency, state, received_at);

CREATE INDEX job_due ON job(state, run_at);

CREATE INDEX lead_mark_by_time ON lead_mark (made_at);

CREATE INDEX look_subject ON look(subject, at);

CREATE INDEX match_signal ON match(signal);

CREATE INDEX message_matter ON message(agency, matter);

CREATE INDEX message_reply ON message(agency, in_reply_to);

CREATE INDEX observation_cluster ON observation(cluster);

CREATE INDEX observation_expiry ON observation(expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX observation_subject ON observation(subject);

CREATE INDEX outbox_due ON outbox(state, lane, next_at);

CREATE INDEX proposal_waiting ON proposal(space, state, made_at);

CREATE INDEX provider_name ON provider(name);

CREATE INDEX read_log_at ON read_log(agency, at);

CREATE INDEX referral_assessment ON referral(assessment);

CREATE INDEX referral_item_due ON referral_item(check_due) WHERE check_due IS NOT NULL;

CREATE INDEX referral_item_subject ON referral_item(subject);

CREATE INDEX referral_made ON referral(made_at);

CREATE INDEX referral_provider ON referral(provider, made_at);

CREATE INDEX referral_state ON referral(space, state, made_at);

CREATE INDEX search_word_observation ON search_word(observation);

CREATE INDEX seen_observation ON seen(observation);

CREATE INDEX session_person ON session(person);

CREATE INDEX signal_cut_of ON signal_cut (signal);

CREATE INDEX signal_value ON signal(kind, value);

CREATE INDEX signal_waiting ON signal(bank, key) WHERE state IN ('suspended', 'blown');
