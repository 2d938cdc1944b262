//! Radar: hosts among the links out of assessed content, and what people know of them.
//!
//! In: a fact or hypothesis with its source, or an RDAP answer that somebody hands in. Out: notes, one event each. No host
//! is ever asked anything here.

mod rdap;

use crate::{Act, Error, House, Result};
use domain::access::{Authorised, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::host::{self, Note};
use domain::id::AgencyId;
use serde_json::json;
use store::host::{HostNote, Outlink};
use uuid::Uuid;

/// Clusters whose links are read; the newest count.
const CLUSTERS_MAX: i64 = 200_000;
/// Clusters that are read at once.
const CLUSTERS_AT_ONCE: usize = 200;
/// Links that are read.
const LINKS_MAX: usize = 1_000_000;

/// Links out of the assessed content of a space.
#[derive(Debug, Default)]
pub struct Outlinks {
    /// The links, in no order.
    pub links: Vec<Outlink>,
    /// There are more than are read.
    pub cut: bool,
}

/// Reads the links of a space; they stay in memory until it changed. The caller has checked space and right.
pub(crate) async fn outlinks(house: &House, space: AgencyId) -> Result<std::sync::Arc<Outlinks>> {
    let mark = store::network::mark(&house.db, space).await?;
    let now = house.clock.now();
    if let Some(known) = house.outlinks.get(space, mark, now) {
        return Ok(known);
    }
    let clusters = store::network::clusters(&house.db, space, CLUSTERS_MAX).await?;
    let mut found = Outlinks { links: Vec::new(), cut: clusters.len() as i64 == CLUSTERS_MAX };
    for chunk in clusters.chunks(CLUSTERS_AT_ONCE) {
        let room = LINKS_MAX.saturating_sub(found.links.len());
        if room == 0 {
            found.cut = true;
            break;
        }
        let room = i64::try_from(room).unwrap_or(i64::MAX);
        found.links.extend(store::host::outlinks(&house.db, space, chunk, room).await?);
    }
    Ok(house.outlinks.keep(space, mark, now, found))
}

/// Notes a fact or a hypothesis about a host.
pub async fn note(
    house: &House,
    whose: &Authorised<AgencyId, right::Intake>,
    about: &str,
    written: Note,
) -> Result<Uuid> {
    let about = host::name(about).map_err(Error::Input)?;
    let written = written.sound()?;
    Ok(put(house, whose, &about, vec![written]).await?.first().copied().unwrap_or_default())
}

/// Notes what an RDAP answer says about a host, each with the same source. Gives how many facts that were.
pub async fn hand_in(
    house: &House,
    whose: &Authorised<AgencyId, right::Intake>,
    about: &str,
    (answer, source): (&str, &str),
) -> Result<usize> {
    let about = host::name(about).map_err(Error::Input)?;
    let facts = rdap::facts(answer, &about, source).map_err(Error::Input)?;
    let facts: Vec<Note> = facts.into_iter().map(Note::sound).collect::<Result<_, _>>()?;
    Ok(put(house, whose, &about, facts).await?.len())
}

async fn put(
    house: &House,
    whose: &Authorised<AgencyId, right::Intake>,
    about: &str,
    notes: Vec<Note>,
) -> Result<Vec<Uuid>> {
    let (space, actor) = (*whose.get(), whose.actor());
    let mut act = Act::of(house, actor, space).await?;
    let (now, mut ids) = (act.now, Vec::new());
    for written in notes {
        let document = store::crypt::put_json(&mut act.tx, space, Retention::Referral, &written, now).await?;
        let new = HostNote {
            id: Uuid::now_v7(),
            space,
            host: about.to_owned(),
            kind: written.kind,
            document: document.key,
            made_by: actor.person,
            made_at: now,
        };
        store::host::put(&mut act.tx, &new).await?;
        let facts = json!({ "kind": written.kind, "standing": written.standing, "doc": document.fact() });
        act.append(Noun::Host, new.id, "noted", facts).await?;
        ids.push(new.id);
    }
    act.commit().await?;
    house.tell(space);
    Ok(ids)
}
