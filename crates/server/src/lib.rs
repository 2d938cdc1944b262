//! The face: API, pages, inbox, session, stream. Thin.

pub mod look;
pub mod pages;
pub mod words;
