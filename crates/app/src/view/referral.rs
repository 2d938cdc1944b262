//! Referrals: what is open, what was answered, and what was found in front of each.

use crate::{House, Result, withdraw};
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::id::{AgencyId, AssessmentId, CaseId, PersonId, ProviderId, ReferralId, SubjectId};
use domain::referral::{Answer, Event, State};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
pub use store::referral::Find;
use store::referral::Referral;
use uuid::Uuid;

/// Looks at an item that are shown.
const LOOKS_SHOWN: i64 = 20;
/// Events of a referral that are read to find a reason.
const EVENTS_READ: i64 = 500;
/// Contests of a referral that are shown.
const CONTESTS_SHOWN: i64 = 50;

/// A row of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its id.
    pub id: ReferralId,
    /// Where.
    pub space: AgencyId,
    /// Who sends.
    pub agency: AgencyId,
    /// RXP case.
    pub case: CaseId,
    /// On which decision.
    pub assessment: AssessmentId,
    /// To whom.
    pub provider: ProviderId,
    /// Name of the provider.
    pub provider_name: String,
    /// Items in it, and items with a final answer.
    pub items: (u64, u64),
    /// The final answers, each with its items, in the order of the protocol's list.
    pub answers: Vec<(Answer, u64)>,
    /// Where it stands.
    pub state: State,
    /// It waits for a third person: the checks before sending ask something and stop nothing.
    pub awaits_look: bool,
    /// It was taken back, also when everybody acknowledged that and it is closed.
    pub withdrawn: bool,
    /// Reference for people.
    pub reference: String,
    /// Made.
    pub made_at: Timestamp,
    /// Sent.
    pub queued_at: Option<Timestamp>,
    /// The receipt's time.
    pub acknowledged_at: Option<Timestamp>,
}

async fn row(house: &House, found: &Referral) -> Result<Row> {
    let provider = store::provider::get(&house.db, found.provider).await?;
    let items = store::referral::items(&house.db, found.id).await?;
    let mut answers: Vec<(Answer, u64)> = Vec::new();
    for answer in items.iter().filter(|item| item.final_at.is_some()).filter_map(|item| item.answer) {
        match answers.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, count)) => *count += 1,
            None => answers.push((answer, 1)),
        }
    }
    answers.sort_by_key(|(answer, _)| Answer::ALL.iter().position(|known| known == answer));
    let finals = items.iter().filter(|item| item.final_at.is_some()).count();
    let withdrawn = match found.state {
        State::Withdrawn => true,
        State::Closed => !withdraw::told(house, found.id).await?.is_empty(),
        _ => false,
    };
    Ok(Row {
        withdrawn,
        awaits_look: found.state == State::Approved && awaits_look(&found.findings),
        answers,
        items: (items.len() as u64, finals as u64),
        id: found.id,
        space: found.space,
        agency: found.agency,
        case: found.matter,
        assessment: found.assessment,
        provider: found.provider,
        provider_name: provider.map(|provider| provider.entry.name).unwrap_or_default(),
        state: found.state,
        reference: found.reference.clone(),
        made_at: found.made_at,
        queued_at: found.queued_at,
        acknowledged_at: found.acknowledged_at,
    })
}

/// Whether findings as the pre-flight wrote them ask for a person and stop nothing.
fn awaits_look(findings: &str) -> bool {
    let found: Value = serde_json::from_str(findings).unwrap_or_default();
    let has = |weight: &str| found.as_array().into_iter().flatten().any(|one| one["weight"] == weight);
    has("look") && !has("stop")
}

/// The newest `most` of the referrals that are looked for in some spaces of the actor; and how many there are.
pub async fn referrals(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    wanted: Find<'_>,
    most: i64,
) -> Result<(Vec<Row>, u64)> {
    actor.need(Right::Read)?;
    if spaces.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let (found, count) = store::referral::find(&house.db, spaces, wanted, most).await?;
    let mut rows = Vec::with_capacity(found.len());
    for referral in &found {
        rows.push(row(house, referral).await?);
    }
    Ok((rows, count))
}

/// How many referrals of some spaces of the actor stand in each state.
pub async fn counts(house: &House, actor: &Actor, spaces: &[AgencyId]) -> Result<Vec<(State, u64)>> {
    actor.need(Right::Read)?;
    if spaces.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::referral::counts(&house.db, spaces).await?)
}

/// An item of a referral.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// `i1` …
    pub item: String,
    /// Its subject.
    pub subject: SubjectId,
    /// Its address.
    pub url: Option<String>,
    /// Its host.
    pub service: String,
    /// The last answer.
    pub answer: Option<String>,
    /// When a final answer came.
    pub final_at: Option<Timestamp>,
    /// The last class seen.
    pub last_class: Option<String>,
    /// When two looks agreed that it is gone.
    pub gone_at: Option<Timestamp>,
    /// Looks, newest first: class, confidence, when.
    pub looks: Vec<(String, String, Timestamp)>,
}

/// Who was told of a withdrawal.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The organisation.
    pub org: String,
    /// What it is called in the provider book; the organisation itself where it does not stand there.
    pub name: String,
    /// Its receipt; `None` while it is open.
    pub acknowledged_at: Option<Timestamp>,
}

/// A contest of a referral.
#[derive(Debug, Clone, Serialize)]
pub struct Contest {
    /// Its id.
    pub id: Uuid,
    /// `open`, `upheld`, `refused`.
    pub state: String,
    /// When.
    pub made_at: Timestamp,
}

/// A message of its matter.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Sent by us.
    pub out: bool,
    /// RXP type.
    pub kind: String,
    /// The other organisation.
    pub peer: String,
    /// When.
    pub at: Timestamp,
    /// The receipt's time.
    pub receipt_at: Option<Timestamp>,
    /// What it says, when it is not the referral itself.
    pub said: Option<super::inbox::Said>,
}

/// What a provider asks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Asked {
    /// For another look, because it thinks that the referral is wrong; else for information.
    pub look_again: bool,
    /// In its own words; empty when it wrote none.
    pub text: String,
}

/// One referral.
#[derive(Debug, Clone, Serialize)]
pub struct Open {
    /// Its row.
    #[serde(flatten)]
    pub row: Row,
    /// Its items.
    #[serde(rename = "list")]
    pub items: Vec<Item>,
    /// What the pre-flight found.
    pub findings: Value,
    /// What was sent and received about it, oldest first.
    pub messages: Vec<Message>,
    /// Who confirmed it; such a person cannot be the third one.
    pub approver: Option<PersonId>,
    /// What the provider asked last, while its question stands.
    pub question: Option<Asked>,
    /// The newest answer that asks something asks for another look; it stays so after a reply and a withdrawal.
    pub look_again: bool,
    /// The third person's look at what the pre-flight found: who, their reason, when.
    pub looked: Option<(String, String, Timestamp)>,
    /// Who took it back; `None` when nobody did.
    pub withdrawn_by: Option<String>,
    /// Who was told of a withdrawal.
    pub told: Vec<Told>,
    /// Contests.
    pub contests: Vec<Contest>,
}

impl Open {
    /// The person confirmed it.
    #[must_use]
    pub fn approved_by(&self, actor: &Actor) -> bool {
        self.approver == Some(actor.person)
    }
}

/// Opens a referral that was loaded for reading.
pub async fn referral(house: &House, found: &Referral) -> Result<Open> {
    let mut items = Vec::new();
    for item in store::referral::items(&house.db, found.id).await? {
        let subject = store::subject::by_key(&house.db, item.subject).await?;
        items.push(Item {
            item: item.item,
            subject: item.subject_id,
            url: subject.and_then(|subject| subject.address),
            service: item.service,
            answer: item.answer.map(|answer| answer.word().to_owned()),
            final_at: item.final_at,
            last_class: item.last_class,
            gone_at: item.gone_at,
            looks: store::look::of_subject(&house.db, item.subject, LOOKS_SHOWN).await?,
        });
    }
    let messages = store::message::of_matter(&house.db, found.agency, found.matter).await?;
    let mut said = Vec::with_capacity(messages.len());
    for message in &messages {
        let other = message.kind != "referral";
        said.push(if other { Some(super::inbox::said(house, message.clone()).await?) } else { None });
    }
    let asked = question(house, &messages).await?;
    Ok(Open {
        row: row(house, found).await?,
        items,
        findings: serde_json::from_str(&found.findings)?,
        approver: store::assessment::get(&house.db, found.assessment).await?.and_then(|found| found.approver),
        look_again: asked.look_again,
        question: (found.state == State::InDialogue).then_some(asked),
        messages: messages
            .into_iter()
            .zip(said)
            .map(|(message, said)| Message {
                said,
                id: message.id.to_string(),
                out: message.out,
                kind: message.kind,
                peer: message.peer,
                at: message.made_at,
                receipt_at: message.receipt_at,
            })
            .collect(),
        looked: looked(house, found).await?,
        withdrawn_by: withdrawn_by(house, found).await?,
        told: told(house, found).await?,
        contests: contests(house, found.id).await?,
    })
}

async fn looked(house: &House, found: &Referral) -> Result<Option<(String, String, Timestamp)>> {
    let Some(person) = found.looked_by else { return Ok(None) };
    let happened = store::event::of(&house.db, Noun::Referral, found.id.0, EVENTS_READ).await?;
    let Some(event) = happened.iter().rev().find(|event| event.what == "looked") else { return Ok(None) };
    Ok(Some((super::name(house, person).await?, super::written(house, event).await?, event.at)))
}

async fn withdrawn_by(house: &House, found: &Referral) -> Result<Option<String>> {
    let happened = store::event::of(&house.db, Noun::Referral, found.id.0, EVENTS_READ).await?;
    let back = happened.iter().rev().find(|event| event.what == Event::Withdraw.word());
    match back.and_then(|event| event.actor) {
        Some(person) => Ok(Some(super::name(house, person).await?)),
        None => Ok(None),
    }
}

/// The note of the newest answer that asks something; empty when it has none.
async fn question(house: &House, messages: &[store::message::Message]) -> Result<Asked> {
    for message in messages.iter().rev().filter(|message| !message.out && message.kind == "outcome") {
        let Some(document) = store::crypt::get_json::<Value>(&house.db, message.document).await? else {
            continue;
        };
        let asks = |result: &&Value| result["answer"] == Answer::NeedsInformation.word();
        let results = document["body"]["results"].as_array();
        if let Some(asked) = results.into_iter().flatten().find(asks) {
            let word = |name: &str| asked[name].as_str().unwrap_or_default();
            return Ok(Asked {
                look_again: word("reason") == crate::answer::LOOK_AGAIN,
                text: crate::answer::own_words(word("note")).to_owned(),
            });
        }
    }
    Ok(Asked::default())
}

/// Who was told of a withdrawal, by the name under which a person sent to them.
async fn told(house: &House, found: &Referral) -> Result<Vec<Told>> {
    let own = store::provider::get(&house.db, found.provider).await?;
    let mut all = Vec::new();
    for told in withdraw::told(house, found.id).await? {
        let own = own.clone().filter(|own| crate::refer::receiver(own) == told.org);
        let known = match own {
            Some(own) => Some(own),
            None => store::provider::of_org(&house.db, &told.org)
                .await?
                .into_iter()
                .find(|known| known.space == found.space),
        };
        let name = known.map_or_else(|| told.org.clone(), |known| known.entry.name);
        all.push(Told { org: told.org, name, acknowledged_at: told.acknowledged_at });
    }
    Ok(all)
}

async fn contests(house: &House, of: ReferralId) -> Result<Vec<Contest>> {
    let rows = house
        .db
        .rows(
            "SELECT id, state, made_at FROM contest WHERE referral = $1 ORDER BY made_at, id LIMIT $2",
            store::params![of, CONTESTS_SHOWN],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Contest { id: row.id("id")?, state: row.text("state")?, made_at: row.time("made_at")? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_may_let_go_is_not_what_is_stopped() {
        for (findings, expected) in [
            ("[]", false),
            ("not json", false),
            (r#"[{"weight":"note"}]"#, false),
            (r#"[{"weight":"note"},{"weight":"look"}]"#, true),
            (r#"[{"weight":"look"},{"weight":"stop"}]"#, false),
            (r#"[{"weight":"stop"}]"#, false),
        ] {
            assert_eq!(awaits_look(findings), expected, "{findings}");
        }
    }
}
