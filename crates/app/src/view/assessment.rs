//! Assessments as a second person reads them.

use super::whole::Ground;
use crate::{House, Result, assess, deconflict};
use domain::access::{Actor, Right};
use domain::assessment::{Decision, Draft, State};
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, AssessmentId, ClusterId, PersonId, ReferralId, SubjectId};
use jiff::Timestamp;
use serde::Serialize;
use store::assessment::Assessment;
use store::subject::Subject;

/// Rows of one answer and space.
const ROWS_MAX: i64 = 500;
/// Items about which the other agencies are asked when an assessment is opened.
const ASKED_ITEMS: usize = 20;

/// A row of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its id.
    pub id: AssessmentId,
    /// Where.
    pub space: AgencyId,
    /// About which content.
    pub cluster: ClusterId,
    /// Where it stands.
    pub state: State,
    /// What the author decided.
    pub decision: Decision,
    /// Who wrote it.
    pub author: PersonId,
    /// The reader wrote it: reading is free, agreeing is not (D4).
    pub own: bool,
    /// How many items.
    pub items: i64,
    /// An approval carries it.
    pub version: i64,
    /// First save.
    pub made_at: Timestamp,
}

fn row(found: &Assessment, actor: &Actor) -> Row {
    Row {
        id: found.id,
        space: found.space,
        cluster: found.cluster,
        state: found.state,
        decision: found.decision,
        author: found.author,
        own: found.author == actor.person || found.author_login == actor.login,
        items: found.items,
        version: found.version,
        made_at: found.made_at,
    }
}

/// Assessments of some spaces of the actor in a state, oldest first.
pub async fn assessments(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    state: State,
) -> Result<Vec<Row>> {
    actor.need(Right::Read)?;
    let mut rows = Vec::new();
    for space in spaces {
        let found = store::assessment::in_state(&house.db, *space, state, ROWS_MAX).await?;
        rows.extend(found.iter().map(|found| row(found, actor)));
    }
    rows.sort_by_key(|row| (row.made_at, row.id));
    Ok(rows)
}

/// An item that an assessment confirms.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its subject.
    pub subject: SubjectId,
    /// Its address.
    pub url: Option<String>,
    /// Its host.
    pub service: String,
    /// What it is.
    pub kind: String,
    /// Its words; empty when they were erased.
    pub text: String,
    /// Its language.
    pub language: String,
    /// Token of its first picture's preview on the media origin; works for ten minutes.
    pub preview: Option<String>,
    /// When it was posted, by the source.
    pub posted_at: Option<Timestamp>,
    /// Answers of other agencies about it.
    pub holds: Vec<(HoldAnswer, Option<Timestamp>)>,
}

/// One assessment with its draft.
#[derive(Debug, Clone, Serialize)]
pub struct Open {
    /// Its row.
    #[serde(flatten)]
    pub row: Row,
    /// Name of its author.
    pub author_name: String,
    /// Name of its second reader; empty when nobody was asked.
    pub reader_name: String,
    /// What was decided and why.
    pub draft: Draft,
    /// What it confirms.
    #[serde(rename = "confirmed")]
    pub items: Vec<Item>,
    /// Referrals that follow from it.
    pub referrals: Vec<ReferralId>,
    /// What it cites, when it is of a channel or account.
    pub grounds: Vec<Ground>,
}

/// Opens an assessment that was loaded for reading.
pub async fn assessment(house: &House, actor: &Actor, found: &Assessment) -> Result<Open> {
    let author = store::person::get(&house.db, found.author).await?;
    let referrals = store::referral::of_assessment(&house.db, found.id).await?;
    let reader_name = match found.reader {
        Some(reader) => super::name(house, reader).await?,
        None => String::new(),
    };
    let draft = assess::draft(house, found).await?;
    let (mut items, mut grounds) = (Vec::new(), Vec::new());
    for (at, key) in store::assessment::items(&house.db, found.id).await?.into_iter().enumerate() {
        if let Some(subject) = store::subject::by_key(&house.db, key).await? {
            if subject.kind.is_whole() {
                grounds = super::whole::cited(house, key, &draft).await?;
            }
            items.push(item(house, actor, found, subject, at < ASKED_ITEMS).await?);
        }
    }
    Ok(Open {
        items,
        reader_name,
        row: row(found, actor),
        author_name: author.map(|person| person.name).unwrap_or_default(),
        draft,
        grounds,
        referrals: referrals.into_iter().map(|referral| referral.id).collect(),
    })
}

async fn item(house: &House, actor: &Actor, of: &Assessment, subject: Subject, ask: bool) -> Result<Item> {
    let observation = store::observation::of_subject(&house.db, subject.key, 1).await?.pop();
    let holds =
        if ask { deconflict::answers(house, of.space, actor.agency, &subject).await? } else { Vec::new() };
    let record = observation.as_ref().and_then(|seen| seen.record.as_ref());
    let here = record
        .iter()
        .flat_map(|record| &record.media)
        .find_map(|file| file.sha256.as_ref().filter(|_| file.path.is_some() && !file.missing));
    let preview = here.map(|sha256| super::media::address(house, of.space, sha256)).transpose()?;
    Ok(Item {
        subject: subject.id,
        url: subject.address,
        service: subject.service,
        kind: match observation.as_ref() {
            None => subject.kind.word().to_owned(),
            Some(seen) => seen.kind.clone(),
        },
        text: record.map(|record| record.text.clone()).unwrap_or_default(),
        language: observation.as_ref().map_or_else(|| "und".to_owned(), |seen| seen.language.clone()),
        preview,
        posted_at: record.and_then(|record| record.posted_at.as_ref()).map(|posted| posted.at),
        holds,
    })
}
