//! Ways by which something leaves the house: RXP, mail, webhook.
//!
//! A delivery is transport only: it takes bytes that are ready and says what came of them. It does not decide,
//! sign, retry or remember. Where a referral, notice or order is sent, the caller holds
//! `domain::preflight::Cleared<T>` (D13) and takes the prepared form out of it at the last step; receipts,
//! replies and withdrawals have types of their own. One attempt is one call; the outbox owns the rest.

pub mod mail;
pub mod rxp;
pub mod webhook;

use futures_util::future::BoxFuture;

/// One way out. `Prepared` is what it takes, `Outcome` what one attempt gives; failures to reach are `Error`.
pub trait Delivery: Send + Sync {
    /// The ready form of what is sent.
    type Prepared: Send;
    /// What the other side said.
    type Outcome: Send;
    /// Why the other side could not be asked.
    type Error: std::error::Error + Send;

    /// One word for logs and tables: `rxp`, `mail`, `webhook`.
    const CHANNEL: &'static str;

    /// Makes one attempt.
    fn deliver(&self, prepared: Self::Prepared) -> BoxFuture<'_, Result<Self::Outcome, Self::Error>>;
}
