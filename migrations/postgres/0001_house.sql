-- The house: agencies and people, what was seen, what is known, what was decided, what was sent, and the proof.
-- Every row carries the space it belongs to (D8); ids are UUIDv7 text outside and integers inside (D24);
-- times are microseconds UTC. Addresses, handles, texts and letters stand only in encrypted documents (D9).

-- Numbers handed out in blocks: keys of subjects, observations, documents.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,            -- which number
  next BIGINT NOT NULL             -- the next one free
);

-- Facts about this data directory.
CREATE TABLE house (
  name TEXT PRIMARY KEY,            -- 'seat', 'world', 'made_at', ...
  value TEXT NOT NULL               -- its value
);

-- Tenants and joint operations: both are spaces; only agencies have people, keys and a ledger.
CREATE TABLE agency (
  id TEXT PRIMARY KEY,              -- AgencyId
  name TEXT NOT NULL UNIQUE,        -- shown name
  kind TEXT NOT NULL,               -- domain::access::AgencyKind
  org TEXT NOT NULL,                -- organisation id on the wire, a DNS name
  settings TEXT NOT NULL,           -- JSON: legal name, contact, legal basis, languages, grounds_min
  made_at BIGINT NOT NULL          -- when
);

-- Signing keys of an agency, wrapped by the master key.
CREATE TABLE agency_key (
  kid TEXT PRIMARY KEY,             -- JWK thumbprint
  agency TEXT NOT NULL REFERENCES agency(id), -- whose
  purpose TEXT NOT NULL,            -- 'document' or 'ledger'
  wrapped BYTEA NOT NULL,            -- Ed25519 seed, encrypted
  not_before BIGINT NOT NULL,      -- from when
  not_after BIGINT NOT NULL,       -- until when
  revoked_at BIGINT,               -- when revoked
  revoked_why TEXT                  -- superseded or compromised
);

-- People.
CREATE TABLE person (
  id TEXT PRIMARY KEY,              -- PersonId
  agency TEXT NOT NULL REFERENCES agency(id), -- of which agency
  login TEXT NOT NULL,              -- name at sign-in
  name TEXT NOT NULL,               -- shown name
  state TEXT NOT NULL,              -- 'invited', 'active', 'disabled'
  password TEXT,                    -- Argon2id in PHC form
  totp BYTEA,                        -- TOTP secret, wrapped
  totp_step BIGINT NOT NULL DEFAULT 0, -- last step used, so that a code works once
  language TEXT NOT NULL DEFAULT 'en', -- interface language
  failures BIGINT NOT NULL DEFAULT 0, -- wrong tries in a row
  locked_until BIGINT,             -- no sign-in before
  made_at BIGINT NOT NULL,         -- when
  UNIQUE (agency, login)
);

-- Roles held: the fold of access events.
CREATE TABLE person_role (
  person TEXT NOT NULL REFERENCES person(id), -- who
  role TEXT NOT NULL,               -- domain::access::Role
  PRIMARY KEY (person, role)
);

-- One-time enrolment links; only the hash is kept.
CREATE TABLE enrolment (
  token BYTEA PRIMARY KEY,           -- SHA-256 of the token
  person TEXT NOT NULL REFERENCES person(id), -- for whom
  expires_at BIGINT NOT NULL,      -- until when
  used_at BIGINT                   -- when it was used
);

-- Sessions; only the hash of the token is kept.
CREATE TABLE session (
  token BYTEA PRIMARY KEY,           -- SHA-256 of the cookie's token
  login TEXT NOT NULL,              -- id of this log-in, for four eyes
  person TEXT NOT NULL REFERENCES person(id), -- who
  csrf TEXT NOT NULL,               -- token of its forms
  made_at BIGINT NOT NULL,         -- when
  seen_at BIGINT NOT NULL,         -- last request
  ends_at BIGINT NOT NULL,         -- absolute end
  step_up_until BIGINT,            -- until when sending is open
  reason TEXT,                      -- reason for reading in force (D10)
  ended_at BIGINT                  -- signed out
);
CREATE INDEX session_person ON session(person);

-- Encrypted documents: one key a record.
CREATE TABLE document (
  key BIGINT PRIMARY KEY,          -- inside key
  space TEXT NOT NULL,              -- whose
  retention TEXT NOT NULL,          -- domain::evidence::Retention (LAW-101)
  made_at BIGINT NOT NULL,         -- when
  body BYTEA NOT NULL,               -- nonce and ciphertext
  commitment BYTEA NOT NULL          -- HMAC-SHA-256 of the clear bytes by the record's key
);

-- Record keys, wrapped; destroying one erases its document (LAW-114). Not part of a backup's data.
CREATE TABLE record_key (
  document BIGINT PRIMARY KEY,     -- which document
  wrapped BYTEA NOT NULL             -- nonce and encrypted key
);

-- What was erased, replayed at restore.
CREATE TABLE erasure (
  document BIGINT PRIMARY KEY,     -- which document
  erased_at BIGINT NOT NULL,       -- when
  why TEXT NOT NULL                 -- a word
);

-- Where things come from, and what is kept of it (D7).
CREATE TABLE source (
  id TEXT PRIMARY KEY,              -- source
  space TEXT NOT NULL,              -- whose
  name TEXT NOT NULL,               -- shown name
  relevance TEXT NOT NULL,          -- 'forget', 'hold', 'submit'
  hold_days BIGINT NOT NULL,       -- days that unmatched records are held
  decided_by TEXT,                  -- who decided it
  made_at BIGINT NOT NULL,         -- when
  UNIQUE (space, name)
);

-- One intake: a file or a request.
CREATE TABLE batch (
  id TEXT PRIMARY KEY,              -- BatchId
  space TEXT NOT NULL,              -- whose
  agency TEXT NOT NULL,             -- who handed it in
  source TEXT NOT NULL,             -- from where
  format TEXT NOT NULL,             -- which reader
  person TEXT,                      -- who
  made_at BIGINT NOT NULL,         -- when
  ended_at BIGINT,                 -- when it was done
  counts TEXT NOT NULL              -- JSON of the summary
);

-- What is looked at. Its address or handle stands in the document.
CREATE TABLE subject (
  key BIGINT PRIMARY KEY,          -- inside key
  id TEXT NOT NULL UNIQUE,          -- SubjectId
  space TEXT NOT NULL,              -- whose
  kind TEXT NOT NULL,               -- domain::subject::SubjectKind
  service TEXT NOT NULL,            -- registrable host
  digest BYTEA NOT NULL,             -- keyed digest of the canonical key
  document BIGINT NOT NULL,        -- its address or handle
  made_at BIGINT NOT NULL,         -- first seen by us
  UNIQUE (space, digest)
);

-- A subject seen by a source at a time. Plain, immutable rows.
CREATE TABLE observation (
  key BIGINT PRIMARY KEY,          -- inside key
  space TEXT NOT NULL,              -- whose
  batch TEXT NOT NULL,              -- which intake
  agency TEXT NOT NULL,             -- who handed it in
  record BYTEA NOT NULL,             -- keyed digest of the source's own key: re-reading adds nothing
  subject BIGINT NOT NULL,         -- the item
  account BIGINT,                  -- who posted it
  document BIGINT NOT NULL,        -- the record as it stood
  kind TEXT NOT NULL,               -- domain::observation::ItemKind
  language TEXT NOT NULL,           -- BCP 47, 'und' when unsure
  audience TEXT NOT NULL,           -- domain::observation::Audience
  relevance TEXT NOT NULL,          -- 'held', 'matched', 'submitted'
  seen_at BIGINT NOT NULL,         -- our time
  posted_at BIGINT,                -- the source's time
  expires_at BIGINT,               -- when a held one is erased
  cluster TEXT,                     -- ClusterId once it has one
  UNIQUE (space, record)
);
CREATE INDEX observation_subject ON observation(subject);
CREATE INDEX observation_cluster ON observation(cluster);
CREATE INDEX observation_expiry ON observation(expires_at) WHERE expires_at IS NOT NULL;

-- How subjects are joined.
CREATE TABLE edge (
  from_key BIGINT NOT NULL,        -- subject
  kind TEXT NOT NULL,               -- domain::subject::EdgeKind
  to_key BIGINT NOT NULL,          -- subject
  observation BIGINT NOT NULL,     -- seen in
  PRIMARY KEY (from_key, kind, to_key, observation)
);
CREATE INDEX edge_to ON edge(to_key);

-- The reverse index: what was seen, so that a new signal finds the past (D26).
CREATE TABLE seen (
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BYTEA NOT NULL,              -- digest of the value; for PDQ the hash itself
  observation BIGINT NOT NULL,     -- where
  quality BIGINT NOT NULL DEFAULT 0, -- PDQ quality
  PRIMARY KEY (kind, value, observation)
);
CREATE INDEX seen_observation ON seen(observation);

-- Words of what was matched or submitted, for search. Only keyed digests of words stand here, never words (D7, D9).
CREATE TABLE search_word (
  word BIGINT NOT NULL,            -- 64 bits of the word's keyed digest, which holds the space
  observation BIGINT NOT NULL,     -- where
  PRIMARY KEY (word, observation)
);
CREATE INDEX search_word_observation ON search_word(observation);

-- Curated lists.
CREATE TABLE bank (
  id TEXT PRIMARY KEY,              -- BankId
  space TEXT NOT NULL,              -- whose
  name TEXT NOT NULL,               -- shown name
  opinion TEXT NOT NULL,            -- domain::bank::Opinion
  origin TEXT NOT NULL,             -- where it comes from
  legal_basis TEXT NOT NULL,        -- why it may be kept
  distance BIGINT NOT NULL,        -- greatest PDQ distance, bits of 256
  review_at BIGINT NOT NULL,       -- when it must be reviewed
  made_at BIGINT NOT NULL,         -- when
  UNIQUE (space, name)
);

-- Values to match.
CREATE TABLE signal (
  key BIGINT PRIMARY KEY,          -- inside key
  id TEXT NOT NULL UNIQUE,          -- SignalId
  bank TEXT NOT NULL REFERENCES bank(id), -- in which bank
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BYTEA NOT NULL,              -- digest of the value; for PDQ the hash itself
  document BIGINT,                 -- the clear value of terms, addresses, accounts
  state TEXT NOT NULL,              -- domain::bank::SignalState
  matches BIGINT NOT NULL DEFAULT 0, -- matches so far
  day BIGINT NOT NULL DEFAULT 0,   -- the day of its last match, days since 1970, UTC
  day_matches BIGINT NOT NULL DEFAULT 0, -- matches of that day, for the fuse
  UNIQUE (bank, kind, value)
);
CREATE INDEX signal_value ON signal(kind, value);

-- A signal and an observation that agree. Plain, immutable rows; a withdrawn signal's matches are marked.
CREATE TABLE match (
  observation BIGINT NOT NULL,     -- where
  signal BIGINT NOT NULL,          -- which signal
  distance BIGINT NOT NULL,        -- bits of 256; 0 for exact kinds
  variant TEXT NOT NULL,            -- which form matched
  found_at BIGINT NOT NULL,        -- when
  ended_at BIGINT,                 -- when the signal was withdrawn
  PRIMARY KEY (observation, signal)
);
CREATE INDEX match_signal ON match(signal);

-- Items that are the same content.
CREATE TABLE cluster (
  id TEXT PRIMARY KEY,              -- ClusterId
  space TEXT NOT NULL,              -- whose
  number BIGINT NOT NULL,          -- short number for people
  state TEXT NOT NULL,              -- domain::cluster::Queued
  urgency TEXT NOT NULL,            -- domain::assessment::Urgency
  rank BIGINT NOT NULL,            -- place in the queue, lower first
  reason TEXT NOT NULL,             -- why there, a key of the interface's words
  members BIGINT NOT NULL,         -- items
  matches BIGINT NOT NULL,         -- live matches
  language TEXT NOT NULL,           -- of its first item
  kind TEXT NOT NULL,               -- of its first item
  service TEXT NOT NULL,            -- of its first item
  version BIGINT NOT NULL,         -- grows with each change
  first_seen BIGINT NOT NULL,      -- when
  lease_person TEXT,                -- who has it open
  lease_until BIGINT,              -- until when
  merged_into TEXT,                 -- redirect after a merge (D25)
  finding BIGINT,                  -- document of the approved ContentFinding
  finding_of TEXT                   -- assessment that approved it
);
CREATE INDEX cluster_queue ON cluster(space, state, rank, first_seen);
CREATE INDEX cluster_merged ON cluster(merged_into) WHERE merged_into IS NOT NULL;

-- What makes an item belong to a cluster.
CREATE TABLE cluster_key (
  space TEXT NOT NULL,              -- whose
  kind TEXT NOT NULL,               -- domain::bank::SignalKind
  value BYTEA NOT NULL,              -- digest, or the PDQ hash of a representative
  cluster TEXT NOT NULL,            -- which cluster
  PRIMARY KEY (space, kind, value)
);
CREATE INDEX cluster_key_cluster ON cluster_key(cluster);

-- Members of a cluster: the fold of membership events.
CREATE TABLE cluster_member (
  cluster TEXT NOT NULL,            -- which
  subject BIGINT NOT NULL,         -- the item
  observation BIGINT NOT NULL,     -- first seen in
  evidence TEXT NOT NULL,           -- domain::cluster::Evidence
  distance BIGINT NOT NULL,        -- bits of 256 from the representative
  joined_at BIGINT NOT NULL,       -- when
  PRIMARY KEY (cluster, subject)
);
CREATE INDEX cluster_member_subject ON cluster_member(subject);

-- A person's decision, and its confirmation by another.
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
  document BIGINT NOT NULL,        -- the draft
  items BIGINT NOT NULL,           -- how many items it confirms
  version BIGINT NOT NULL,         -- grows with each change
  made_at BIGINT NOT NULL,         -- first save
  decided_at BIGINT,               -- confirmed or declined
  CHECK (approver IS NULL OR approver <> author),
  CHECK (reader IS NULL OR reader <> author)
);
CREATE INDEX assessment_state ON assessment(space, state, made_at);
CREATE INDEX assessment_cluster ON assessment(cluster);

-- Items that an assessment confirms.
CREATE TABLE assessment_item (
  assessment TEXT NOT NULL,         -- which
  subject BIGINT NOT NULL,         -- which item
  PRIMARY KEY (assessment, subject)
);
CREATE INDEX assessment_item_subject ON assessment_item(subject);

-- Deconfliction answers.
CREATE TABLE hold (
  id TEXT PRIMARY KEY,              -- HoldId
  agency TEXT NOT NULL,             -- whose answer
  digest BYTEA NOT NULL,             -- keyed digest of the subject, the same for all agencies of this machine
  answer TEXT NOT NULL,             -- domain::hold::HoldAnswer
  state TEXT NOT NULL,              -- domain::hold::HoldState
  until BIGINT,                    -- its end
  document BIGINT,                 -- reasons, for the holder and the coordinator
  placed_by TEXT NOT NULL,          -- who
  made_at BIGINT NOT NULL          -- when
);
CREATE INDEX hold_digest ON hold(digest, state);

-- The provider book.
CREATE TABLE provider (
  id TEXT PRIMARY KEY,              -- ProviderId
  space TEXT NOT NULL,              -- whose book
  name TEXT NOT NULL,               -- shown name
  org TEXT NOT NULL,                -- organisation id on the wire
  entry TEXT NOT NULL,              -- JSON of domain::provider::Entry
  confirmed_by TEXT,                -- who confirmed contact and keys (RXP-56)
  load_until BIGINT,               -- until when a coordinator confirmed first referral or load (LAW-120.06)
  load_by TEXT,                     -- who
  made_at BIGINT NOT NULL,         -- when
  UNIQUE (space, name)
);

-- Which provider answers for a host.
CREATE TABLE provider_host (
  space TEXT NOT NULL,              -- whose book
  host TEXT NOT NULL,               -- registrable host
  provider TEXT NOT NULL,           -- who
  PRIMARY KEY (space, host)
);

-- Hosts that are looked at twice: libraries, archives, press, parliaments, universities.
CREATE TABLE protected_host (
  space TEXT NOT NULL,              -- whose list
  host TEXT NOT NULL,               -- registrable host
  kind TEXT NOT NULL,               -- domain::preflight::Protected
  PRIMARY KEY (space, host)
);

-- Joint actions.
CREATE TABLE operation (
  id TEXT PRIMARY KEY,              -- OperationId, also the space
  name TEXT NOT NULL,               -- shown name
  starts_at BIGINT NOT NULL,       -- window
  ends_at BIGINT NOT NULL,         -- window
  arrangement BIGINT NOT NULL,     -- document: the joint controllers' arrangement (LAW-95)
  made_by TEXT NOT NULL,            -- who
  made_at BIGINT NOT NULL          -- when
);

-- Agencies in a joint action.
CREATE TABLE operation_agency (
  operation TEXT NOT NULL,          -- which
  agency TEXT NOT NULL,             -- who
  joined_at BIGINT NOT NULL,       -- when
  PRIMARY KEY (operation, agency)
);

-- Referrals. No deadline, no sanction: there is no column for one (LAW-02).
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
  steps BIGINT NOT NULL DEFAULT 0, -- reminders sent
  made_at BIGINT NOT NULL,         -- when
  queued_at BIGINT,                -- when
  acknowledged_at BIGINT,          -- receipt's time
  closed_at BIGINT                 -- when
);
CREATE INDEX referral_state ON referral(space, state, made_at);
CREATE INDEX referral_assessment ON referral(assessment);

-- Items of a referral; the answer's state is per item (D5).
CREATE TABLE referral_item (
  referral TEXT NOT NULL,           -- which
  item TEXT NOT NULL,               -- 'i1' ...
  subject BIGINT NOT NULL,         -- what
  answer TEXT,                      -- domain::referral::Answer, the last one
  final_at BIGINT,                 -- when a final answer came
  last_class TEXT,                  -- domain::check::Class, the last one
  checks BIGINT NOT NULL DEFAULT 0, -- looks since sending
  check_due BIGINT,                -- next look
  gone_at BIGINT,                  -- two looks agreed that it is gone
  PRIMARY KEY (referral, item)
);
CREATE INDEX referral_item_due ON referral_item(check_due) WHERE check_due IS NOT NULL;
CREATE INDEX referral_item_subject ON referral_item(subject);

-- One subject, one provider, one instrument: one message at a time.
CREATE TABLE sent_once (
  space TEXT NOT NULL,              -- where
  subject BIGINT NOT NULL,         -- what
  provider TEXT NOT NULL,           -- to whom
  instrument TEXT NOT NULL,         -- 'referral'
  referral TEXT NOT NULL,           -- by which
  PRIMARY KEY (space, subject, provider, instrument)
);

-- Messages on the wire, both directions.
CREATE TABLE message (
  id TEXT NOT NULL,                 -- MessageId
  agency TEXT NOT NULL,             -- whose side
  direction TEXT NOT NULL,          -- 'out' or 'in'
  type TEXT NOT NULL,               -- RXP-20
  matter TEXT NOT NULL,             -- RXP case
  in_reply_to TEXT,                 -- RXP in_reply_to
  peer TEXT NOT NULL,               -- the other organisation
  digest TEXT NOT NULL,             -- digest of the document
  document BIGINT NOT NULL,        -- canonical form with signature
  receipt BIGINT,                  -- document of the receipt
  receipt_at BIGINT,               -- received_at of the receipt
  made_at BIGINT NOT NULL,         -- when
  PRIMARY KEY (agency, id)
);
CREATE INDEX message_matter ON message(agency, matter);
CREATE INDEX message_reply ON message(agency, in_reply_to);

-- What waits to be delivered; leaves only with a receipt, a final refusal, or a person's decision (RXP-49).
CREATE TABLE outbox (
  message TEXT NOT NULL,            -- MessageId
  agency TEXT NOT NULL,             -- whose
  provider TEXT,                    -- to whom, of the provider book
  channel TEXT NOT NULL,            -- 'rxp', 'mail', 'webhook'
  lane BIGINT NOT NULL,            -- RXP-37
  state TEXT NOT NULL,              -- 'waiting', 'relayed', 'done', 'failed'
  attempts BIGINT NOT NULL DEFAULT 0, -- tries
  next_at BIGINT NOT NULL,         -- not before
  lease_until BIGINT,              -- a worker has it
  last_error TEXT,                  -- what the last try said
  made_at BIGINT NOT NULL,         -- when
  PRIMARY KEY (agency, message, channel)
);
CREATE INDEX outbox_due ON outbox(state, lane, next_at);

-- Used nonces of HTTP signatures (RXP-62).
CREATE TABLE nonce (
  value TEXT PRIMARY KEY,           -- keyid and nonce
  expires_at BIGINT NOT NULL       -- when it can be forgotten
);

-- Links in fallback mail (D14); only the hash is kept.
CREATE TABLE mail_link (
  token BYTEA PRIMARY KEY,           -- SHA-256 of 128 random bits
  agency TEXT NOT NULL,             -- whose
  message TEXT NOT NULL,            -- which message
  expires_at BIGINT NOT NULL,      -- until when
  revoked_at BIGINT,               -- taken back
  used BIGINT NOT NULL DEFAULT 0   -- posts so far
);

-- The provider's inbox: items that were referred to it.
CREATE TABLE inbox_item (
  agency TEXT NOT NULL,             -- the provider
  message TEXT NOT NULL,            -- the referral's MessageId
  item TEXT NOT NULL,               -- 'i1' ...
  matter TEXT NOT NULL,             -- RXP case
  sender TEXT NOT NULL,             -- organisation
  state TEXT NOT NULL,              -- 'open', 'answered', 'withdrawn'
  answer TEXT,                      -- the last answer
  answered_by TEXT,                 -- who
  answered_at BIGINT,              -- when
  received_at BIGINT NOT NULL,     -- receipt's time
  PRIMARY KEY (agency, message, item)
);
CREATE INDEX inbox_open ON inbox_item(agency, state, received_at);

-- Looks at an address after sending.
CREATE TABLE look (
  id TEXT PRIMARY KEY,              -- CheckId
  space TEXT NOT NULL,              -- whose
  subject BIGINT NOT NULL,         -- what
  referral TEXT,                    -- for which referral
  class TEXT NOT NULL,              -- domain::check::Class
  confidence TEXT NOT NULL,         -- low, medium, high
  document BIGINT NOT NULL,        -- evidence
  at BIGINT NOT NULL               -- when
);
CREATE INDEX look_subject ON look(subject, at);

-- Contests by reference.
CREATE TABLE contest (
  id TEXT PRIMARY KEY,              -- contest
  agency TEXT NOT NULL,             -- contested agency
  referral TEXT NOT NULL,           -- which
  state TEXT NOT NULL,              -- 'open', 'upheld', 'refused'
  document BIGINT NOT NULL,        -- reasons
  decision BIGINT,                 -- document of the decision
  decided_by TEXT,                  -- who, neither author nor approver
  made_at BIGINT NOT NULL,         -- when
  decided_at BIGINT                -- when
);

-- Facts, and at the same time the leaves of each agency's ledger (D9, D22).
CREATE TABLE event (
  agency TEXT NOT NULL,             -- in whose ledger
  leaf BIGINT NOT NULL,            -- index in it
  id TEXT NOT NULL,                 -- EventId
  space TEXT NOT NULL,              -- where
  at BIGINT NOT NULL,              -- when
  actor TEXT,                       -- who
  noun TEXT NOT NULL,               -- domain::event::Noun
  of_id TEXT NOT NULL,              -- which one
  what TEXT NOT NULL,               -- what happened
  entry TEXT NOT NULL,              -- the leaf's bytes: JSON of domain::event::Event
  hash BYTEA NOT NULL,               -- RFC 6962 leaf hash
  PRIMARY KEY (agency, leaf)
);
CREATE INDEX event_of ON event(noun, of_id);
CREATE INDEX event_space ON event(space, at);

-- Head of each agency's ledger, taken last in the transaction (D22).
CREATE TABLE ledger_head (
  agency TEXT PRIMARY KEY,          -- whose
  size BIGINT NOT NULL,            -- leaves
  frontier BYTEA NOT NULL,           -- right edge of the tree
  published BIGINT NOT NULL        -- size of the last checkpoint written
);

-- Work for the workers.
CREATE TABLE job (
  id TEXT PRIMARY KEY,              -- JobId
  kind TEXT NOT NULL,               -- app::flow::Job
  body TEXT NOT NULL,               -- JSON
  once TEXT UNIQUE,                 -- the same work is queued once
  run_at BIGINT NOT NULL,          -- not before
  attempts BIGINT NOT NULL DEFAULT 0, -- tries
  lease_until BIGINT,              -- a worker has it
  last_error TEXT,                  -- what the last try said
  state TEXT NOT NULL               -- 'waiting', 'failed'
);
CREATE INDEX job_due ON job(state, run_at);

-- Reads of what is personal (D10): append-only.
CREATE TABLE read_log (
  agency TEXT NOT NULL,             -- whose reader
  person TEXT NOT NULL,             -- who
  at BIGINT NOT NULL,              -- when
  operation TEXT NOT NULL,          -- domain::reads::Operation
  noun TEXT NOT NULL,               -- what
  of_id TEXT NOT NULL,              -- which
  reason TEXT NOT NULL              -- why
);
CREATE INDEX read_log_at ON read_log(agency, at);

-- Exposure of a person, for that person (console.md).
CREATE TABLE exposure (
  person TEXT NOT NULL,             -- who
  day TEXT NOT NULL,                -- date, UTC
  items BIGINT NOT NULL,           -- shown
  seconds BIGINT NOT NULL,         -- how long
  PRIMARY KEY (person, day)
);
