-- Listed pictures are found again after a cut at their sides.

-- What is left of a listed picture after a cut. Of pictures that people verified.
CREATE TABLE signal_cut (
  key INTEGER PRIMARY KEY,          -- inside key, of the numbers of signals
  signal INTEGER NOT NULL,          -- the picture
  name TEXT NOT NULL,               -- what was cut, as in a bank file: crop-25
  value BLOB NOT NULL               -- PDQ of what is left
);
CREATE INDEX signal_cut_of ON signal_cut (signal);
