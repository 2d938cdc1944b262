//! The law as tests: each is named in `docs/rules.toml`, and its rule's text is in the specification under that id.

mod absent;
mod acts;
mod form;
mod ledger;
mod log;
mod own;
mod second;
mod sending;
mod tenants;

use crate::database::Schema;
use crate::house::{Built, Outcome};

/// Runs a test in a house on each kind of database that there is.
async fn in_both(test: impl AsyncFn(&Built) -> Outcome) -> Outcome {
    test(&Built::new().await?).await?;
    if let Some(schema) = Schema::new().await? {
        let built = Built::on(Some(schema.address())).await?;
        test(&built).await?;
        built.house.db.close().await;
        schema.gone().await?;
    }
    Ok(())
}
