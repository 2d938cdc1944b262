//! The face: API, pages, inbox, session, stream. Thin.
