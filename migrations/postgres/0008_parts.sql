-- Matches of videos and sounds say which part of both agrees.

-- Which part of a video or sound is met in which part of the listed one, as JSON: times and shares. Empty for other kinds.
ALTER TABLE match ADD COLUMN part TEXT NOT NULL DEFAULT '';
