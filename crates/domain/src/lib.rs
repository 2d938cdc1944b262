//! The rules and states of the nouns. No I/O, no clock, no async.
