//! Inbox of a provider: cases, one case, one answer or one answer for many.

use super::listed::{Asked, ROWS_SHOWN};
use super::words_of::tco;
use super::{Fields, Reader};
use crate::App;
use crate::fault::{Fault, Outcome};
use crate::identity::May;
use crate::look::{Answer, Exemption, Finds, Instrument, Kind, LetterWhole, Listed, Place, TcoKind};
use crate::pages::inbox::{self, Group, Item, Open, Row, View};
use crate::words::Lang;
use app::answer::{self, Chosen};
use app::load::{self, For};
use app::view::inbox::{self as shown, Find, Stand};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use domain::access::{Actor, right};
use domain::event::Noun;
use domain::id::MessageId;
use maud::Markup;
use serde_json::Value;
use uuid::Uuid;

/// Cases of one bulk answer.
const BULK_MAX: usize = 100;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/console/inbox", get(list))
        .route("/console/inbox/answers", post(answer_all))
        .route("/console/inbox/{case}", get(open))
        .route("/console/inbox/{case}/receipt", post(receipt))
        .route("/console/inbox/{case}/answer", post(answer_one))
        .route("/console/inbox/{case}/ask", post(ask))
}

async fn view(reader: &Reader, actor: &Actor, open: Option<Open>) -> Outcome<View> {
    let house = &reader.app.house;
    load::note_read(house, actor, Noun::Message, actor.agency.0).await?;
    let asked = Asked::of(reader);
    let group = Group::ALL.into_iter().find(|group| group.code() == asked.group);
    let stand = |group: Group| match group {
        Group::Open => Stand::Waits,
        Group::Answered => Stand::Answered,
        Group::Withdrawn => Stand::Withdrawn,
    };
    let wanted = Find { stand: group.map(stand), part: &asked.search, after: asked.after };
    let found = shown::cases(house, actor, wanted, ROWS_SHOWN).await?;
    let standing = |group| found.standing.iter().find(|(of, _)| *of == stand(group)).map_or(0, |(_, n)| *n);
    let list = Listed {
        path: "/console/inbox",
        group: group.map_or("", Group::code),
        groups: Group::ALL
            .into_iter()
            .map(|group| (group.code(), group.word(&reader.words), standing(group)))
            .collect(),
        rows: found.rows.len() as u64,
        shown: asked.shown(found.rows.len()),
        all: found.all,
        search: asked.search.clone(),
    };
    let (selected, kept) = (open.as_ref().map(|open| open.id.clone()), asked.kept());
    let row = |found: shown::Case| case(found, (selected.as_deref(), &kept));
    let referrals = found.rows.into_iter().filter_map(row).collect();
    Ok(View { referrals, list, notices: Vec::new(), open: open.map(Box::new), orders: false })
}

fn case(found: shown::Case, (selected, kept): (Option<&str>, &str)) -> Option<Row> {
    let (first, id) = (found.items.first()?, found.message.to_string());
    let same = found.items.iter().all(|item| item.answer == first.answer);
    Some(Row {
        href: format!("/console/inbox/{id}{kept}"),
        about: found.about,
        open: found.items.iter().any(|item| item.waits),
        items: found.items.len() as u64,
        waiting: found.items.iter().filter(|item| item.waits).count() as u64,
        look_again: found.look_again,
        from: first.sender.clone(),
        at: first.received_at,
        answer: first.answer.as_deref().filter(|_| same).and_then(Answer::from_code),
        withdrawn: found.items.iter().all(|item| item.state == "withdrawn"),
        selected: selected == Some(id.as_str()),
        id,
    })
}

async fn list(reader: Reader, may: May<right::ReadInbox>) -> Outcome<Markup> {
    let view = view(&reader, may.actor(), None).await?;
    Ok(inbox::page(&view, &reader.words, &reader.frame(Place::Inbox)))
}

async fn open(reader: Reader, may: May<right::ReadInbox>, Path(id): Path<Uuid>) -> Outcome<Markup> {
    let (house, actor, id) = (&reader.app.house, may.actor(), MessageId(id));
    let items = load::inbox::<right::ReadInbox>(house, actor, id, For::Reading).await?;
    let found = shown::referral(house, actor, id, items.into_parts().0).await?;
    let view = view(&reader, actor, Some(detail(&reader, id, &found))).await?;
    Ok(inbox::page(&view, &reader.words, &reader.frame(Place::Inbox)))
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn detail(reader: &Reader, id: MessageId, found: &shown::Open) -> Open {
    let (document, first) = (&found.referral, found.items.first());
    let body = &document["body"];
    let listed: Vec<&Value> = body["items"].as_array().into_iter().flatten().collect();
    let mut kinds: Vec<TcoKind> = Vec::new();
    let mut statement = String::new();
    for item in &listed {
        for (code, words) in item["statements"].as_object().into_iter().flatten() {
            if let Some(kind) = tco(code).filter(|kind| !kinds.contains(kind)) {
                kinds.push(kind);
                statement.push_str(words.as_str().unwrap_or_default());
                statement.push(' ');
            }
        }
    }
    Open {
        id: id.to_string(),
        instrument: Instrument::Referral,
        from: first.map(|item| item.sender.clone()).unwrap_or_default(),
        reference: text(body, "reference"),
        contest: app::view::public::contest_reference(document).to_owned(),
        at: first.map(|item| item.received_at).unwrap_or_default(),
        // What is not verified is refused with a code of RXP-80 and never stands here.
        signature_verified: true,
        unlisted: found.unlisted,
        lang: Lang::from_tag(&text(document, "lang")).unwrap_or(Lang::En),
        fixed: text(body, "voluntary_notice"),
        statement: statement.trim().to_owned(),
        kinds,
        considered: considered(&body["exemption_assessment"]),
        items: found.items.iter().map(|item| one(item, &listed)).collect(),
        look_again: found
            .messages
            .iter()
            .rev()
            .find(|said| said.own && said.kind == "outcome")
            .is_some_and(shown::Said::asks_again),
        withdrawn: first.filter(|item| item.state == "withdrawn").map(|_| {
            let told = found.messages.iter().rev().find(|said| said.kind == "withdrawal");
            told.map(|said| said.text.clone()).unwrap_or_default()
        }),
        received: true,
        talk: found.messages.iter().filter_map(|said| talked(reader, said)).collect(),
    }
}

/// A message of the case in words: who, what, when.
fn talked(reader: &Reader, said: &shown::Said) -> Option<(String, String, jiff::Timestamp)> {
    let w = &reader.words;
    let who = if said.own { w.t("inbox-you") } else { w.t("inbox-they") };
    let what = match said.kind.as_str() {
        "outcome" => Answer::from_code(&said.answer)?.word(w),
        "information" => w.t("message-information"),
        "reminder" => w.t("message-reminder"),
        "withdrawal" => w.t("message-withdrawal"),
        "contest" => w.t("message-contest"),
        _ => return None,
    };
    let (what, own) = (if said.asks_again() { w.t("asked-look-again") } else { what }, said.own_words());
    // A note may be in another language than the page: it stands in an isolate of its own direction.
    let text = if own.is_empty() { what } else { format!("{what}: \u{2068}{own}\u{2069}") };
    Some((who, text, said.at))
}

fn one(item: &shown::Row, listed: &[&Value]) -> Item {
    let found = listed.iter().find(|listed| listed["item"] == item.item.as_str());
    let pinpoint = found
        .and_then(|found| found["pinpoints"].as_object()?.values().next()?.as_array()?.first()?.as_str());
    Item {
        id: item.item.clone(),
        url: found.map(|found| text(found, "url")).unwrap_or_default(),
        pinpoint: pinpoint.unwrap_or_default().to_owned(),
        answer: item.answer.as_deref().and_then(Answer::from_code),
        waits: item.waits,
        whole: found.and_then(|found| whole(found)),
    }
}

/// What a channel or account rests on, as its sender signed it.
pub(super) fn whole(item: &Value) -> Option<LetterWhole> {
    let kind = match item["subject"].as_str() {
        Some("channel") => Kind::Channel,
        Some("account") => Kind::Account,
        _ => return None,
    };
    let found = |ground: &Value| {
        let statements = ground["statements"].as_object().into_iter().flat_map(|all| all.values());
        let statements: Vec<&str> = statements.filter_map(Value::as_str).collect();
        (text(ground, "url"), statements.join(" "))
    };
    let grounds = item["grounds"].as_array().into_iter().flatten().map(found).collect();
    Some(LetterWhole { kind, grounds, proportionality: text(item, "proportionality") })
}

/// What the sender considered: in summary `{question: finding}`, in full `{question: {finding, …}}` (D6).
fn considered(assessment: &Value) -> Vec<(Exemption, Finds)> {
    Exemption::ALL
        .iter()
        .filter_map(|asked| {
            let found = [
                &assessment[asked.code()],
                &assessment["findings"][asked.code()],
                &assessment["questions"][asked.code()],
            ]
            .into_iter()
            .find_map(|value| value.as_str().or_else(|| value["finding"].as_str()))?;
            let finds = match found {
                "no" => Finds::No,
                "yes" => Finds::Yes,
                _ => Finds::Unsure,
            };
            Some((*asked, finds))
        })
        .collect()
}

/// A message over RXP has its receipt when it stands here; opening makes no other.
async fn receipt(_: May<right::ReadInbox>, Path(id): Path<Uuid>) -> Redirect {
    Redirect::to(&format!("/console/inbox/{id}"))
}

pub(super) fn chosen(fields: &Fields, items: Vec<String>) -> Outcome<Chosen> {
    let answer = domain::referral::Answer::from_word(fields.one("answer"))
        .ok_or_else(|| Fault::input("Choose an answer."))?;
    Ok(Chosen {
        items,
        answer,
        // Nobody need say why; the protocol has a word for that (RXP-111.17).
        reason: match (fields.maybe("reason"), answer) {
            (None, domain::referral::Answer::NoAction) => Some("other".to_owned()),
            (reason, _) => reason.map(str::to_owned),
        },
        basis: fields.maybe("basis").unwrap_or("none").to_owned(),
        note: fields.maybe("note").map(str::to_owned),
        own_ref: None,
    })
}

async fn answer_one(
    State(app): State<App>,
    may: May<right::Answer>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let items = load::inbox::<right::Answer>(&app.house, may.actor(), MessageId(id), For::Acting).await?;
    let named: Vec<String> = fields.all("items[]").map(str::to_owned).collect();
    let chosen = chosen(&fields, named)?;
    // None ticked is not all of them.
    if chosen.items.is_empty() {
        return Err(Fault::input("Tick the items that the answer is for."));
    }
    answer::run(&app.house, items.actor(), MessageId(id), chosen).await?;
    Ok(Redirect::to(&format!("/console/inbox/{id}?said=answered")))
}

async fn answer_all(State(app): State<App>, may: May<right::Answer>, fields: Fields) -> Outcome<Redirect> {
    let chosen = chosen(&fields, Vec::new())?;
    if fields.all("cases[]").next().is_none() {
        return Err(Fault::input("Tick the letters that the answer is for."));
    }
    for id in fields.all("cases[]").take(BULK_MAX) {
        let id: MessageId = id.parse().map_err(|_| Fault::input("A case of the form has no id."))?;
        let items = load::inbox::<right::Answer>(&app.house, may.actor(), id, For::Acting).await?;
        answer::run(&app.house, items.actor(), id, chosen.clone()).await?;
    }
    Ok(Redirect::to("/console/inbox?said=answered_all"))
}

/// "Look again" is a question to the sender about what waits; what was answered is contested with reasons.
async fn ask(
    State(app): State<App>,
    may: May<right::Answer>,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Outcome<Redirect> {
    let items = load::inbox::<right::Answer>(&app.house, may.actor(), MessageId(id), For::Acting).await?;
    let said = match fields.one("ask") {
        "look_again" => {
            let question = Chosen::look_again(fields.maybe("note"));
            answer::run(&app.house, items.actor(), MessageId(id), question).await?;
            "asked_again"
        }
        "contest" => {
            let reasons = fields.one("reasons");
            app::contest::by_provider(&app.house, items.actor(), MessageId(id), reasons).await?;
            "contested"
        }
        _ => return Err(Fault::input("Say what you ask.")),
    };
    Ok(Redirect::to(&format!("/console/inbox/{id}?said={said}")))
}
