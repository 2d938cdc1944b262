-- Copies that are not equal: what pictures are compared by, and how a member was found (D25).

-- What edited copies of a picture are found by. Stands apart from what was seen, once a file.
CREATE TABLE fingerprint (
  space TEXT NOT NULL,              -- whose
  digest BYTEA NOT NULL,             -- keyed digest of the file's SHA-256
  document BIGINT NOT NULL,        -- hashes of its variants and its points
  PRIMARY KEY (space, digest)
);

-- How a member was found, as JSON: variant, share, places that agree, where the picture lies. Empty when it is equal.
ALTER TABLE cluster_member ADD COLUMN how TEXT NOT NULL DEFAULT '';
