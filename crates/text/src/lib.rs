//! Normalised text, canonical URLs, mentions, identifiers with their checksums, terms, language, and how
//! near two texts are.
//!
//! Strings in, values out: no input or output, no clock, no word of the trade. Every function takes any text.

pub mod defanged;
pub mod identifier;
pub mod language;
pub mod mention;
pub mod near;
pub mod normal;
pub mod term;
pub mod tlsh;
pub mod tokens;
pub mod url_form;
