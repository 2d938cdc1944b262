-- What the reports count and no other column tells.

-- 1 when the content was decided before this item joined: a reappearance (D2).
ALTER TABLE cluster_member ADD COLUMN reappeared BIGINT NOT NULL DEFAULT 0;
