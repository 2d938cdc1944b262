//! A channel or account as a whole: what it rests on, what that proposes, and where its provider finds it (D1).

use crate::{Error, House, Result, assess};
use domain::Refusal;
use domain::assessment::{ContentFinding, Draft, GROUNDS_FLOOR, Kind, State, Urgency};
use domain::id::{AgencyId, AssessmentId};
use domain::subject::SubjectKind;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::cluster::Cluster;
use store::subject::Subject;

/// Newest grounds of a channel or account that are read.
const GROUNDS_READ: i64 = 100;

/// An approved assessment of content on a channel or account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Which.
    pub assessment: AssessmentId,
    /// Its content, as people number it.
    pub number: i64,
    /// The address of the first of its items that stands there; empty when it was erased.
    pub url: String,
    /// What was found in it.
    pub content: ContentFinding,
    /// When it was saved first.
    pub made_at: Timestamp,
}

/// Whether a cluster is one channel or account, and which of the two.
#[must_use]
pub fn kind_of(cluster: &Cluster) -> Option<SubjectKind> {
    SubjectKind::from_word(&cluster.kind).filter(|kind| kind.is_whole())
}

/// How many approved assessments an agency asks for.
pub async fn least(house: &House, agency: AgencyId) -> Result<usize> {
    let set = store::agency::get(&house.db, agency).await?.map_or(0, |agency| agency.settings.grounds_min);
    Ok(set.max(GROUNDS_FLOOR))
}

/// The approved assessments of content on a channel or account, newest first.
pub(crate) async fn standing(house: &House, subject: i64) -> Result<Vec<(AssessmentId, i64)>> {
    let all = store::assessment::grounds(&house.db, subject, GROUNDS_READ).await?;
    let approved = all.into_iter().filter(|(.., state)| *state == State::Approved);
    Ok(approved.map(|(id, item, _)| (id, item)).collect())
}

/// The same with what was found in each. What was erased is no ground.
pub(crate) async fn grounds(house: &House, subject: i64) -> Result<Vec<Ground>> {
    read(house, standing(house, subject).await?).await
}

/// What a draft cites, also where it was withdrawn since.
pub(crate) async fn cited(house: &House, subject: i64, draft: &Draft) -> Result<Vec<Ground>> {
    let Some(whole) = &draft.whole else { return Ok(Vec::new()) };
    let all = store::assessment::grounds(&house.db, subject, GROUNDS_READ).await?;
    let cited = all.into_iter().filter(|(id, ..)| whole.grounds.contains(id));
    read(house, cited.map(|(id, item, _)| (id, item)).collect()).await
}

async fn read(house: &House, of: Vec<(AssessmentId, i64)>) -> Result<Vec<Ground>> {
    let mut all = Vec::with_capacity(of.len());
    for (id, item) in of {
        let Some(found) = store::assessment::get(&house.db, id).await? else { continue };
        let Some(draft) = store::crypt::get_json::<Draft>(&house.db, found.document).await? else { continue };
        let (Some(content), Some(subject), Some(cluster)) = (
            draft.content,
            store::subject::by_key(&house.db, item).await?,
            store::cluster::get(&house.db, found.cluster).await?,
        ) else {
            continue;
        };
        all.push(Ground {
            assessment: id,
            number: cluster.number,
            url: subject.address.unwrap_or_default(),
            content,
            made_at: found.made_at,
        });
    }
    Ok(all)
}

/// What the grounds propose about the whole: the kinds found, each with the newest statement and where it stands.
pub(crate) fn proposed(grounds: &[Ground]) -> Option<ContentFinding> {
    let first = grounds.first()?;
    let mut found = ContentFinding { urgency: Urgency::Normal, ..first.content.clone() };
    found.pinpoints.clear();
    for ground in grounds {
        for (kind, statement) in &ground.content.statements {
            found.statements.entry(*kind).or_insert_with(|| statement.clone());
            found.pinpoints.entry(*kind).or_insert_with(|| vec![ground.url.clone()]);
        }
        let new = ground
            .content
            .offence_refs
            .iter()
            .filter(|offence| !first.content.offence_refs.contains(offence));
        found.offence_refs.extend(new.cloned());
        if found.statements.contains_key(&Kind::Incites) && found.danger.is_none() {
            found.danger.clone_from(&ground.content.danger);
        }
    }
    found.offence_refs.sort_unstable();
    found.offence_refs.dedup();
    Some(found)
}

/// Where a subject is: an item's own address, and the address of its page that a person gave for a channel or account.
pub(crate) fn address(subject: &Subject, draft: &Draft) -> Option<String> {
    match &draft.whole {
        Some(whole) if subject.kind.is_whole() => Some(whole.address.clone()),
        _ => subject.address.clone(),
    }
}

/// The address at which most services show an account: a proposal that a person confirms or mends.
pub(crate) fn proposed_address(key: &str) -> String {
    format!("https://{key}")
}

/// Checks what a draft says of a channel or account, with the address in its canonical form.
pub(crate) async fn check(
    house: &House,
    cluster: &Cluster,
    agency: AgencyId,
    draft: &mut Draft,
) -> Result<()> {
    if kind_of(cluster).is_none() {
        return Ok(draft.check_whole(false, 0, &BTreeSet::new())?);
    }
    let subject = of_cluster(house, cluster).await?;
    let standing = standing(house, subject.key).await?.into_iter().map(|(id, _)| id).collect();
    draft.check_whole(true, least(house, agency).await?, &standing)?;
    if let Some(whole) = &mut draft.whole {
        whole.address = canonical(&whole.address, &subject.service)?;
    }
    Ok(())
}

fn canonical(address: &str, service: &str) -> Result<String> {
    let found = text::url_form::canonical(address).ok();
    match found.filter(|url| url.registrable == service || url.host == service) {
        Some(url) => Ok(url.url),
        None => Err(Refusal::new(
            "D1",
            "whole_address",
            format!(
                "The address of its page must be a web address on \"{service}\", where its provider finds it."
            ),
        )
        .into()),
    }
}

/// The one channel or account of a cluster.
pub(crate) async fn of_cluster(house: &House, cluster: &Cluster) -> Result<Subject> {
    let members = store::cluster::members(&house.db, cluster.id, assess::MEMBERS_SHOWN).await?;
    let [only] = members.as_slice() else {
        return Err(Error::Bug(format!(
            "cluster {} of one account has {} members",
            cluster.id,
            members.len()
        )));
    };
    Ok(store::subject::by_key(&house.db, only.subject).await?.ok_or_else(domain::access::not_here)?)
}
