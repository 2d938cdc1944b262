//! An independent verifier of the ledger; shares no code with it.
