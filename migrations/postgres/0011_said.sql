-- Why a signal stands where it stands, as somebody wrote it.

-- Document: JSON: reason. Of its last turn; none while it was only added.
ALTER TABLE signal ADD COLUMN said BIGINT;
