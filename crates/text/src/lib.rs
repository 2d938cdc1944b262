//! Normalised text, canonical URLs, identifiers and language.

pub mod normal;
