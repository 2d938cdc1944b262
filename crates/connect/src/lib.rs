//! What reaches out and lets in: sources, deliveries, fetcher, decoder box.

mod bounded;
pub mod decoder;
pub mod delivery;
pub mod fetcher;
#[cfg(test)]
mod loopback;
pub mod sources;
pub mod world_net;
