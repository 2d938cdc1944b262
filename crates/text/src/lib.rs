//! Normalised text, canonical URLs, identifiers and language.
//!
//! Strings in, values out: no input or output, no clock, no word of the trade. Every function takes any text.

pub mod language;
pub mod mention;
pub mod normal;
pub mod term;
pub mod tokens;
pub mod url_form;
