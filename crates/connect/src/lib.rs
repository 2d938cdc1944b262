//! What reaches out and lets in: sources, deliveries, fetcher, decoder box.

pub mod sources;
