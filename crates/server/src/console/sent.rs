//! Sent: what is open, who owes what; withdraw, inform.

use super::approve::letter;
use super::listed::{Asked, ROWS_SHOWN};
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Answer, Event, Finding, Kind, Letter, Listed, Live, Mark, Place, Reason, Weight};
use crate::pages::sent::{self, Group, Item, Open, Question, Sent, State as Chip, View};
use crate::words::Words;
use app::load::{self, For};
use app::view::referral::Find;
use app::view::{assessment, contest, referral as shown};
use app::withdraw;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, Right, right};
use domain::event::Noun;
use domain::id::ReferralId;
use domain::referral::{State as Stands, WithdrawalReason};
use maud::Markup;
use uuid::Uuid;

/// What is told when a person takes back what they confirmed a moment ago, in the language of letters.
const UNDONE: &str = "Sent in error; taken back at once.";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/sent", get(list))
        .route("/console/sent/{referral}", get(open))
        .route("/console/sent/{referral}/withdraw", post(take_back))
        .route("/console/sent/{referral}/information", post(inform))
        .route("/console/sent/{referral}/look", post(look))
        .route("/console/sent/{referral}/recheck", post(recheck))
        .route("/console/sent/{referral}/preflight", post(check_again))
}

fn chip(row: &shown::Row) -> Chip {
    match row.state {
        Stands::Draft | Stands::Assessed | Stands::Approved if row.awaits_look => Chip::AwaitsLook,
        Stands::Draft | Stands::Assessed | Stands::Approved => Chip::Held,
        Stands::Queued => Chip::Waiting,
        Stands::Delivered => Chip::Delivered,
        Stands::Acknowledged => Chip::Received,
        Stands::InDialogue => Chip::AsksUs,
        Stands::OutcomeKnown => Chip::Answered,
        Stands::NoAnswer => Chip::NoAnswer,
        Stands::Undeliverable => Chip::Failed,
        Stands::Withdrawn => Chip::Withdrawn,
        Stands::Closed if row.withdrawn => Chip::Withdrawn,
        Stands::Rejected | Stands::Closed => Chip::Closed,
    }
}

/// For whom a referral in this state waits; none for what is no referral yet.
fn group_of(state: Stands) -> Option<Group> {
    match state {
        Stands::Draft | Stands::Assessed => None,
        Stands::Approved => Some(Group::Held),
        Stands::InDialogue => Some(Group::Asks),
        Stands::Queued | Stands::Delivered | Stands::Acknowledged | Stands::Undeliverable => {
            Some(Group::Open)
        }
        Stands::OutcomeKnown => Some(Group::Answered),
        Stands::NoAnswer | Stands::Withdrawn | Stands::Rejected | Stands::Closed => Some(Group::Ended),
    }
}

async fn view(reader: &Reader, actor: &Actor, open: Option<Open>) -> Outcome<View> {
    let house = &reader.app.house;
    load::note_read(house, actor, Noun::Referral, actor.agency.0).await?;
    let asked = Asked::of(reader);
    let group = Group::ALL.into_iter().find(|group| group.code() == asked.group);
    let states: Vec<Stands> =
        Stands::ALL.iter().copied().filter(|state| group.is_some() && group_of(*state) == group).collect();
    let wanted = Find { provider: None, states: &states, part: &asked.search, after: asked.after };
    let (rows, all) = shown::referrals(house, actor, &actor.spaces, wanted, ROWS_SHOWN).await?;
    let counts = shown::counts(house, actor, &actor.spaces).await?;
    let standing = |group: Group| -> u64 {
        counts.iter().filter(|(state, _)| group_of(*state) == Some(group)).map(|(_, count)| count).sum()
    };
    let list = Listed {
        path: "/console/sent",
        group: group.map_or("", Group::code),
        groups: Group::ALL
            .into_iter()
            .map(|group| (group.code(), group.word(&reader.words), standing(group)))
            .collect(),
        rows: rows.len() as u64,
        shown: asked.shown(rows.len()),
        all,
        search: asked.search.clone(),
    };
    let kept = asked.kept();
    let selected = open.as_ref().map(|open| open.id.clone());
    let rows = rows
        .into_iter()
        .map(|row| Sent {
            href: format!("/console/sent/{}{kept}", row.id),
            kind: Kind::Link,
            items: row.items,
            state: chip(&row),
            answers: row
                .answers
                .iter()
                .filter_map(|(answer, count)| Some((Answer::from_code(answer.word())?, *count)))
                .collect(),
            reference: row.reference,
            provider: row.provider_name,
            at: row.queued_at.unwrap_or(row.made_at),
            selected: selected.as_deref() == Some(row.id.to_string().as_str()),
        })
        .collect();
    let contests = contest::contests(house, actor).await?;
    let contests = contests.iter().filter(|found| found.state == "open").count() as u64;
    Ok(View { rows, list, contests, open: open.map(Box::new) })
}

async fn list(reader: Reader, may: May<right::Read>) -> Outcome<Markup> {
    let view = view(&reader, may.actor(), None).await?;
    Ok(sent::page(&view, &reader.words, &reader.frame(Place::Sent)))
}

async fn open(reader: Reader, may: May<right::Read>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor) = (&reader.app.house, may.actor());
    let loaded = load::referral::<right::Read>(house, actor, ReferralId(id), For::Reading).await?;
    let found = shown::referral(house, loaded.get()).await?;
    let based = load::assessment::<right::Read>(house, actor, found.row.assessment, For::Acting).await?;
    let based = assessment::assessment(house, actor, based.get()).await?;
    let mine: Vec<assessment::Item> = based
        .items
        .into_iter()
        .filter(|item| found.items.iter().any(|own| own.subject == item.subject))
        .collect();
    let to = (found.row.provider_name.as_str(), found.row.reference.as_str());
    let written_at = found.row.queued_at.unwrap_or(found.row.made_at);
    let about = (&based.draft, mine.as_slice(), based.grounds.as_slice());
    let mut letter = letter(&reader, about, found.row.agency, to, written_at).await?;
    letter.contest.clone_from(&loaded.get().contest);
    let open = detail(&reader, actor, &found, based.row.own, letter);
    let view = view(&reader, actor, Some(open)).await?;
    Ok(sent::page(&view, &reader.words, &reader.frame(Place::Sent)))
}

fn detail(reader: &Reader, actor: &Actor, found: &shown::Open, own: bool, letter: Letter) -> Open {
    let w = &reader.words;
    let row = &found.row;
    let mut receivers: Vec<(String, bool)> =
        found.told.iter().map(|told| (told.name.clone(), told.acknowledged_at.is_some())).collect();
    if receivers.is_empty() && row.queued_at.is_some() {
        receivers.push((row.provider_name.clone(), row.acknowledged_at.is_some()));
    }
    let findings = findings(&found.findings, w);
    let third = findings.iter().any(|found| found.weight == Weight::Ask);
    let stopped = findings.iter().any(|found| found.weight == Weight::Stop);
    Open {
        id: row.id.to_string(),
        reference: row.reference.clone(),
        provider: (row.provider_name.clone(), format!("/console/provider/{}", row.provider)),
        state: chip(row),
        way: String::new(),
        items: found.items.iter().map(|one| item(one, found.look_again)).collect(),
        look: (third && !stopped)
            .then(|| actor.may(Right::ManageOperation) && !own && !found.approved_by(actor)),
        findings,
        contests: found
            .contests
            .iter()
            .map(|found| (contest_state(&found.state, w), found.made_at))
            .collect(),
        may_recheck: row.queued_at.is_some(),
        may_act: actor.may(Right::Withdraw),
        question: found
            .question
            .clone()
            .map(|asked| Question { look_again: asked.look_again, text: asked.text }),
        receivers,
        events: events(found, w),
        letter,
    }
}

/// A contest's state in words.
pub(super) fn contest_state(state: &str, w: &Words) -> String {
    match state {
        "upheld" => w.t("contest-upheld"),
        "refused" => w.t("contest-refused"),
        _ => w.t("contest-waits"),
    }
}

/// The stored findings, as the pre-flight wrote them.
fn findings(found: &serde_json::Value, w: &Words) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for one in found.as_array().into_iter().flatten() {
        let text = |name: &str| one[name].as_str().unwrap_or_default();
        let finding = Finding {
            weight: match text("weight") {
                "stop" => Weight::Stop,
                "look" => Weight::Ask,
                _ => Weight::Note,
            },
            about: String::new(),
            text: w.rule(text("code"), text("sentence")),
            rule: text("rule").to_owned(),
            acknowledge: None,
        };
        // The same about ten items is said once.
        if !all.iter().any(|known| known.text == finding.text) {
            all.push(finding);
        }
    }
    all
}

fn item(found: &shown::Item, look_again: bool) -> Item {
    let asks = found.answer.as_deref() == Some(Answer::NeedsInformation.code());
    Item {
        href: format!("/console/subject/{}", found.subject),
        url: found.url.clone().unwrap_or_else(|| found.service.clone()),
        answer: found.answer.as_deref().and_then(Answer::from_code),
        look_again: asks && look_again,
        live: found.looks.iter().find_map(|(class, _, at)| Some((Live::from_code(class)?, *at))),
        elsewhere: Vec::new(),
    }
}

/// What happened to it, oldest first: it was made when a second person confirmed its assessment.
fn events(found: &shown::Open, w: &Words) -> Vec<Event> {
    let made = Event { at: found.row.made_at, mark: Mark::Person, text: w.t("referral-made"), record: None };
    let mut all: Vec<Event> = std::iter::once(made)
        .chain(found.messages.iter().filter_map(|message| event(found, message, w)))
        .collect();
    all.extend(found.looked.iter().map(|(who, why, at)| {
        let text = w.with("sent-looked", &[("name", who.into()), ("why", why.into())]);
        Event { at: *at, mark: Mark::Person, text, record: None }
    }));
    all.sort_by_key(|event| event.at);
    all
}

/// What was sent and received, in words; a type without words is not shown.
fn event(found: &shown::Open, message: &shown::Message, w: &Words) -> Option<Event> {
    let key = match message.kind.as_str() {
        "referral" => "message-referral",
        "outcome" => "message-outcome",
        "information" => "message-information",
        "reminder" => "message-reminder",
        "withdrawal" => "message-withdrawal",
        "correction" => "message-correction",
        "contest" => "message-contest",
        _ => return None,
    };
    let receipt = message.receipt_at.filter(|_| message.out).map(|_| w.t("message-receipted"));
    let peer = message.peer.as_str();
    let said = w.with(
        if message.out { "message-to" } else { "message-from" },
        &[("what", w.t(key).into()), ("name", peer.into())],
    );
    let mut parts = vec![said];
    if message.kind == "withdrawal" && message.out {
        parts.extend(
            found.withdrawn_by.as_ref().map(|name| w.with("sent-withdrawn-by", &[("name", name.into())])),
        );
        let cause = message.said.as_ref().map(|said| said.reason.as_str());
        parts.extend(sent::CAUSES.iter().find(|(code, _)| Some(*code) == cause).map(|(_, key)| w.t(key)));
    }
    parts.extend(receipt);
    if let Some(words) = &message.said {
        if words.asks_again() {
            parts.push(w.t("asked-look-again"));
        } else {
            parts.extend(Answer::from_code(&words.answer).map(|answer| answer.word(w)));
            parts.extend(Reason::from_code(&words.reason).map(|reason| reason.word(w)));
        }
        let text = words.own_words();
        parts.extend((!text.is_empty()).then(|| format!("“\u{2068}{text}\u{2069}”")));
    }
    Some(Event {
        at: message.at,
        mark: if message.out { Mark::Out } else { Mark::In },
        text: parts.join(w.comma()),
        record: None,
    })
}

/// A third person looked at what the pre-flight found.
async fn look(
    State(app): State<App>,
    may: May<right::ManageOperation>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::ManageOperation>(&app.house, may.actor(), ReferralId(id), For::Acting)
            .await?;
    app::refer::look(&app.house, &loaded, fields.one("reason")).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=looked")))
}

/// What held it back may be mended: the checks before sending run again.
async fn check_again(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    app::refer::again(&app.house, &loaded).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=checking")))
}

async fn recheck(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    app::recheck::ask(&app.house, &loaded).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=recheck")))
}

async fn take_back(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    // The way back in the note on what was just done has no fields of its own.
    let (cause, reason) = match (fields.maybe("cause"), fields.maybe("reason")) {
        _ if fields.pairs().all(|(name, _)| name == "csrf") => (WithdrawalReason::SentInError, UNDONE),
        (None, _) => return Err(Fault::input("Say what was wrong: choose one of the causes.")),
        (_, None) => return Err(Fault::input("Write why it is taken back; whoever received it reads that.")),
        (Some(cause), Some(reason)) => (
            serde_json::from_value(cause.into()).map_err(|_| Fault::input("There is no such cause."))?,
            reason,
        ),
    };
    withdraw::run(&app.house, &loaded, cause, reason).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=withdrawn")))
}

async fn inform(
    State(app): State<App>,
    may: May<right::Withdraw>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let loaded =
        load::referral::<right::Withdraw>(&app.house, may.actor(), ReferralId(id), For::Acting).await?;
    withdraw::inform(&app.house, &loaded, fields.one("text")).await?;
    Ok(Redirect::to(&format!("/console/sent/{id}?said=informed")))
}
