//! Normalised text, canonical URLs, identifiers and language.
