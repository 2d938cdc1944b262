//! SQL on SQLite and PostgreSQL, and blobs. No rule.
