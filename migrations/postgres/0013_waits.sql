-- What waits is read and counted without touching what is decided, or merged.
DROP INDEX cluster_queue;
CREATE INDEX cluster_queue ON cluster(space, state, rank, first_seen, id) WHERE merged_into IS NULL;
