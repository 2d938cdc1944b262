//! Completes the truth: who receives an item, what its provider will do, what comes back, what is known.

use std::collections::BTreeSet;

use super::place;
use super::plan::Plan;
use super::posts::Draft;
use crate::model::{
    Agency, Behaviour, GonePage, Post, Reappears, Service, Truth, TruthCounts, TruthItem, Will,
};
use crate::rng::Rng;

const OVERLAP_PERCENT: u32 = 18;
const KNOWN_PERCENT: u32 = 30;
const ACTS_PERCENT: u32 = 93;
const MAIL_ONLY_ACTS_PERCENT: u32 = 50;
const REAPPEARS_PERCENT: u32 = 6;

/// Hours until a prompt provider answers.
pub(crate) const PROMPT_HOURS: u32 = 1;
/// Hours until a slow provider answers.
pub(crate) const SLOW_HOURS: u32 = 30;
/// Hours until a refusing provider answers.
pub(crate) const REFUSING_HOURS: u32 = 3;
/// Hours from information to answer.
pub(crate) const INFORMED_HOURS: u32 = 1;
/// Hours until a provider that reads mail only may have removed an item.
pub(crate) const MAIL_ONLY_HOURS: u32 = 20;

/// Fills what [`super::posts`] left open.
pub(crate) fn complete(
    plan: &Plan,
    services: &[Service],
    agencies: &[Agency],
    mut drafts: Vec<Draft>,
) -> Vec<Draft> {
    let mut rng = Rng::new(plan.seed, "truth");
    let known = known_clusters(&mut rng, &drafts);
    let mut keys: BTreeSet<String> = drafts.iter().filter_map(|d| place::key(&d.truth.url)).collect();
    for draft in &mut drafts {
        draft.truth.agencies = receivers(&mut rng, agencies, &draft.truth.language);
        draft.truth.known = known.contains(&draft.truth.cluster);
        let Some(service) = services.iter().find(|s| s.host == draft.truth.service) else { continue };
        draft.truth.will = will(&mut rng, service, &draft.truth);
        let hidden_only = matches!(service.gone_page, GonePage::LoginWall | GonePage::GeoBlock);
        if draft.truth.will.gone && !hidden_only && rng.percent(REAPPEARS_PERCENT) {
            draft.truth.reappears = Some(back(&mut rng, services, draft, &mut keys));
        }
    }
    drafts
}

/// Clusters of which some bank knows the first item.
fn known_clusters(rng: &mut Rng, drafts: &[Draft]) -> BTreeSet<usize> {
    let all: BTreeSet<usize> = drafts.iter().filter(|d| d.truth.terrorist).map(|d| d.truth.cluster).collect();
    all.into_iter().filter(|_| rng.percent(KNOWN_PERCENT)).collect()
}

fn receivers(rng: &mut Rng, agencies: &[Agency], language: &str) -> Vec<String> {
    let readers: Vec<&Agency> =
        agencies.iter().filter(|a| a.languages.iter().any(|l| l == language)).collect();
    let first = if readers.is_empty() || rng.percent(15) { rng.pick(agencies) } else { *rng.pick(&readers) };
    let mut ids = vec![first.id.clone()];
    if rng.percent(OVERLAP_PERCENT) {
        let second = rng.pick(agencies);
        if second.id != first.id {
            ids.push(second.id.clone());
        }
    }
    ids
}

/// What the provider will do. Terms decide, not the sender.
fn will(rng: &mut Rng, service: &Service, item: &TruthItem) -> Will {
    let silent = Will { answer: None, reason: None, after_hours: 0, asks: false, gone: false };
    let no = |reason: &str, after_hours| Will {
        answer: Some("no_action".to_owned()),
        reason: Some(reason.to_owned()),
        after_hours,
        ..silent.clone()
    };
    let (after_hours, asks) = match service.behaviour {
        Behaviour::Silent | Behaviour::Unreachable => return silent,
        Behaviour::Refusing => return no("out_of_scope", REFUSING_HOURS),
        Behaviour::MailOnly => {
            let gone = item.terrorist && rng.percent(MAIL_ONLY_ACTS_PERCENT);
            return Will { gone, after_hours: MAIL_ONLY_HOURS, ..silent };
        }
        Behaviour::Prompt => (PROMPT_HOURS, false),
        Behaviour::Slow => (SLOW_HOURS, false),
        Behaviour::AskingBack => (INFORMED_HOURS, true),
    };
    if !item.terrorist || !rng.percent(ACTS_PERCENT) {
        let reason = if item.exempt.is_some() { "news_or_research" } else { "no_breach" };
        return Will { asks, ..no(reason, after_hours) };
    }
    let answer = match service.gone_page {
        GonePage::LoginWall => "age_restricted",
        GonePage::GeoBlock => "geo_blocked",
        GonePage::Gone410 => "disabled_everywhere",
        GonePage::RemovedByAuthor => "removed_by_user",
        GonePage::Replaced
        | GonePage::Hard404
        | GonePage::Soft404
        | GonePage::RemovedByPlatform
        | GonePage::Redirect => "removed",
    };
    let reason = Some("violent_organisations".to_owned());
    Will { answer: Some(answer.to_owned()), reason, after_hours, asks, gone: true }
}

fn back(rng: &mut Rng, services: &[Service], draft: &Draft, keys: &mut BTreeSet<String>) -> Reappears {
    let others: Vec<&Service> =
        services.iter().filter(|s| !s.protected && s.host != draft.truth.service).collect();
    let service = *rng.pick(&others);
    loop {
        let short = place::short_id(rng);
        let url = place::address(service, &short, &draft.post.author.handle);
        if !place::key(&url).is_some_and(|key| keys.insert(key)) {
            continue;
        }
        let post = Post {
            id: format!("{}/{short}", service.host),
            service: service.host.clone(),
            url: url.clone(),
            channel: None,
            forwarded_from: None,
            audience: "open".to_owned(),
            views: rng.heavy(5, 4000),
            ..draft.post.clone()
        };
        let will = will(rng, service, &draft.truth);
        return Reappears { url, after_hours: rng.between(2, 16) as u32, will, post };
    }
}

/// The file `truth.json`.
pub(crate) fn summary(drafts: &[Draft]) -> Truth {
    let items: Vec<TruthItem> = drafts.iter().map(|d| d.truth.clone()).collect();
    let count = |holds: fn(&TruthItem) -> bool| items.iter().filter(|i| holds(i)).count();
    let counts = TruthCounts {
        items: items.len(),
        clusters: items.iter().map(|i| i.cluster).collect::<BTreeSet<_>>().len(),
        terrorist: count(|i| i.terrorist),
        exempt: count(|i| i.exempt.is_some()),
        other: count(|i| !i.terrorist && i.exempt.is_none()),
        known: count(|i| i.known),
        overlaps: items.iter().map(|i| i.agencies.len() - 1).sum(),
        reappear: count(|i| i.reappears.is_some()),
    };
    Truth { counts, items }
}
