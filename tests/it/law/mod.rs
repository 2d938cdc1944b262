//! The law as tests: each is named in `docs/rules.toml`, and its rule's text is in the specification under that id.

mod absent;
mod acts;
mod form;
mod ledger;
mod log;
mod own;
mod second;
mod tenants;
