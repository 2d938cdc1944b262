//! Recheck: look politely whether what was referred is still there (RXP-140 to RXP-142, D11).
//!
//! In: an item of a referral that is due. Out: a class with evidence and confidence, and when to look next.

use crate::{Act, House, Result, assess, whole};
use connect::fetcher::gather::{self, Item as Asked};
use domain::access::{Authorised, right};
use domain::check::{Liveness, classify, next_due, two_agree};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{CheckId, ReferralId};
use domain::referral::Event;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::pin::Pin;
use std::sync::Arc;
use store::look::NewLook;
use store::referral::Referral;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Two looks that agree are at least this far apart (RXP-140).
const CONFIRM_AFTER: SignedDuration = SignedDuration::from_mins(30);
/// What was looked at within this time is not looked at again on request.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// Items looked at in one go.
const AT_ONCE: i64 = 50;
/// Looks under way at once.
const UNDER_WAY: usize = 4;

/// Sets the first look of a referral that has reached its provider.
pub(crate) async fn first_due(act: &mut Act, referral: ReferralId) -> Result<()> {
    let due = next_due(act.now, 0, None, 0);
    Ok(store::look::set_due(&mut act.tx, referral, None, due).await?)
}

/// A person asks for a look now: every item of the referral is due at once. The fetcher's pace stays polite, and what
/// was looked at a moment ago is not looked at again.
pub async fn ask(house: &House, referral: &Authorised<Referral, right::Withdraw>) -> Result<()> {
    let stored = referral.get();
    if stored.queued_at.is_none() || stored.state == domain::referral::State::Withdrawn {
        return Err(domain::Refusal::new(
            "RXP-140",
            "not_sent",
            "Only what was sent, and stands, is looked at again.",
        )
        .into());
    }
    let mut act = Act::of(house, referral.actor(), stored.space).await?;
    let now = act.now;
    let since = now.saturating_sub(ASK_AGAIN_AFTER).unwrap_or(Timestamp::MIN);
    let mut asked = 0_u64;
    for item in store::referral::items_in(&mut act.tx, stored.id).await? {
        let last = store::look::of_subject(&house.db, item.subject, 1).await?;
        if last.first().is_none_or(|(class, _, at)| class == "sealed" || *at <= since) {
            store::look::set_due(&mut act.tx, stored.id, Some(&item.item), Some(now)).await?;
            asked += 1;
        }
    }
    act.append(Noun::Referral, stored.id.0, "recheck_asked", json!({ "items": asked })).await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}

/// Looks at every item that is due; gives how many.
pub async fn due(house: &Arc<House>) -> Result<u64> {
    let due = store::look::due(&house.db, house.clock.now(), AT_ONCE).await?;
    let count = due.len() as u64;
    let mut under_way = JoinSet::new();
    for (referral, item) in due {
        if under_way.len() == UNDER_WAY
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
        let house = house.clone();
        under_way.spawn(async move { look(&house, referral, &item).await.map(drop) });
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(count)
}

/// Looks at one item.
pub async fn look(house: &Arc<House>, id: ReferralId, item: &str) -> Result<Liveness> {
    let referral = store::referral::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let items = store::referral::items(&house.db, id).await?;
    let item = items.into_iter().find(|row| row.item == item).ok_or_else(domain::access::not_here)?;
    let subject =
        store::subject::by_key(&house.db, item.subject).await?.ok_or_else(domain::access::not_here)?;
    let record =
        store::observation::of_subject(&house.db, item.subject, 1).await?.pop().and_then(|seen| seen.record);
    let address = match store::assessment::get(&house.db, referral.assessment).await? {
        Some(based) if subject.kind.is_whole() => {
            whole::address(&subject, &assess::draft(house, &based).await?)
        }
        _ => subject.address.clone(),
    };
    let now = house.clock.now();
    let sha256s: Vec<String> =
        record.iter().flat_map(|record| &record.media).filter_map(|media| media.sha256.clone()).collect();
    let media_urls: Vec<String> =
        record.iter().flat_map(|record| &record.media).filter_map(|media| media.url.clone()).collect();
    let asked = Asked {
        url: address.as_deref().unwrap_or_default(),
        media_urls: &media_urls,
        profile_url: None,
        sealed: connect::fetcher::evidence::Sealed {
            text: record.as_ref().map_or("", |record| &record.text),
            sha256s: &sha256s,
        },
    };
    let gathered = gather::gather(&house.fetcher, &At(house), asked, false).await;
    let finding = classify(&gathered.evidence);
    let looks = store::look::of_subject(&house.db, item.subject, 20).await?;
    let earlier: Vec<(Liveness, Timestamp)> =
        looks.iter().filter_map(|(class, _, at)| Some((Liveness::from_word(class)?, *at))).collect();
    let agreed = finding.class.offline() == domain::check::Offline::Yes
        && earlier.first().is_some_and(|(class, at)| {
            two_agree(*class, finding.class, (now.as_second() - at.as_second()) / 60)
        });
    let streak = earlier.iter().take_while(|(class, _)| *class == finding.class).count();
    let checks = usize::try_from(item.checks).unwrap_or(0) + 1;
    let sent = referral.queued_at.unwrap_or(referral.made_at);
    let next = next_due(
        sent,
        u32::try_from(checks).unwrap_or(u32::MAX),
        Some(finding.class),
        u32::try_from(streak + 1).unwrap_or(u32::MAX),
    );
    let soon = now.saturating_add(CONFIRM_AFTER).unwrap_or(Timestamp::MAX);
    let gone = finding.class.offline() == domain::check::Offline::Yes;
    // A first "gone" is looked at again soon: only two that agree, thirty minutes apart, change anything (RXP-140).
    let next = if gone && !agreed { Some(soon) } else { next.map(|due| due.max(soon)) };
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let body = json!({ "class": finding.class.word(), "why": finding.why, "evidence": gathered.evidence });
    let document =
        store::crypt::put_json(&mut act.tx, referral.space, Retention::Referral, &body, now).await?;
    let new = NewLook {
        id: CheckId(Uuid::now_v7()),
        space: referral.space,
        subject: item.subject,
        referral: Some((id, &item.item)),
        class: finding.class.word(),
        confidence: finding.confidence.word(),
        document: document.key,
        gone_at: agreed.then_some(now),
        next,
    };
    store::look::put(&mut act.tx, &new, now).await?;
    let facts = json!({
        "referral": id.to_string(), "item": item.item, "class": finding.class.word(), "confidence": finding.confidence.word(),
        "agreed": agreed, "doc": document.fact(),
    });
    act.append(Noun::Check, new.id.0, "looked", facts).await?;
    if agreed && item.final_at.is_none() {
        let stored = store::referral::get_in(&mut act.tx, id).await?;
        if let Some(stored) = stored {
            crate::receive::step(&mut act, &stored, Event::Gone).await?;
        }
    }
    act.commit().await?;
    house.tell(referral.space);
    Ok(finding.class)
}

/// The house's time for the fetcher.
struct At<'a>(&'a House);

impl gather::Clock for At<'_> {
    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    fn until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let wait = at.duration_since(self.0.clock.now());
        Box::pin(tokio::time::sleep(wait.try_into().unwrap_or_default()))
    }
}
