//! Somebody who is signed in, for tests of pages that need no way in.

use app::House;
use domain::access::Actor;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use store::{Lane, params};
use uuid::Uuid;

/// A session of somebody who said why they read: what stands behind `Bearer`.
pub(crate) async fn open(
    house: &House,
    who: &Actor,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let now = house.clock.now();
    let token = format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple());
    let session = store::person::Session {
        login: Uuid::now_v7(),
        person: who.person,
        csrf: "none".to_owned(),
        seen_at: now,
        ends_at: now + SignedDuration::from_hours(8),
        step_up_until: None,
        reason: None,
    };
    let mut tx = house.db.write(Lane::Person).await?;
    tx.run("UPDATE person SET state = 'active' WHERE id = $1", params![who.person]).await?;
    store::person::put_session(&mut tx, Sha256::digest(token.as_bytes()).into(), &session, now).await?;
    store::person::set_reason(&mut tx, session.login, "looking at a network").await?;
    tx.commit().await?;
    Ok(token)
}
