//! The radar: hosts of assessed content alone, who may note what, and what a note leaves behind.

use crate::console::Browser;
use crate::face::Face;
use crate::house::Handed;
use crate::house::{Built, HOST, Outcome, approve, assess, queue, work};
use app::people::{AgencyKind, Role};
use app::view::radar::{self as view, Open, Trend};
use app::{Error, radar};
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use domain::host::{Identification, Note, NoteKind, RDAP_MAX_CHARS, Standing};
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Where the links lead.
const NEW_HOST: &str = "new-files.example";
const OLD_HOST: &str = "files.example";

/// Twelve accounts post the same content for two months; the last weeks eight of them link elsewhere.
async fn told(built: &Built) -> Outcome {
    let begin: Timestamp = "2026-01-01T05:06:07Z".parse()?;
    let mut lines = String::new();
    for week in 0..9_i64 {
        for account in 0..12 {
            let host = if week >= 7 && account < 8 { NEW_HOST } else { OLD_HOST };
            let own = format!("https://{HOST}/n/{week}-{account}");
            let value = json!({
                "id": format!("r-{week}-{account}"), "service": HOST, "url": own, "author": format!("who{account}"),
                "text": "The old lamp stands in the hall beside the clock",
                "posted_at": (begin + SignedDuration::from_hours(24 * 7 * week)).to_string(),
                "links": [format!("https://{host}/a/{week}"), format!("https://{HOST}/own")],
            });
            lines += &format!("{value}\n");
        }
    }
    let summary = Handed::to(built.one.id()).by(built.one.analyst.person).lines(&built.house, lines).await?;
    assert_eq!(summary.observed, 108, "{summary:?}");
    work(&built.house).await?;
    Ok(())
}

async fn open(built: &Built, actor: &Actor, host: Option<&str>) -> Result<Open, Error> {
    view::open(&built.house, actor, built.one.id(), host).await
}

fn whose(built: &Built, actor: &Actor) -> Result<Authorised<AgencyId, right::Intake>, domain::Refusal> {
    Authorised::check(actor, built.one.id(), built.one.id())
}

fn note(kind: NoteKind, value: &str) -> Note {
    Note { kind, value: value.to_owned(), source: "its imprint".to_owned(), standing: Standing::Open }
}

#[tokio::test]
async fn hosts_of_assessed_content_are_counted() -> Outcome {
    let mut built = Built::new().await?;
    built.stepped()?;
    told(&built).await?;
    // What nobody assessed is on no radar.
    assert_eq!(open(&built, &built.one.analyst, None).await?.hosts, []);
    built.step(SignedDuration::from_mins(6))?;
    for cluster in queue(&built.house.db, &built.one).await? {
        let id = assess(&built.house, &built.one, cluster.id).await?;
        approve(&built.house, &built.one, id).await?;
    }
    built.step(SignedDuration::from_hours(1))?;
    let found = open(&built, &built.one.analyst, None).await?;
    let new = &found.hosts[0];
    assert_eq!((new.host.as_str(), new.trend, new.accounts, new.links), (NEW_HOST, Trend::New, 8, 16));
    assert_eq!(new.from, [(HOST.to_owned(), 8)]);
    // Links to the service itself are no move.
    assert_eq!(found.hosts.len(), 2, "{found:?}");
    assert_eq!((found.hosts[1].host.as_str(), found.hosts[1].accounts_before), (OLD_HOST, 12));
    Ok(())
}

#[tokio::test]
async fn notes_keep_their_source_and_are_only_added() -> Outcome {
    let built = Built::new().await?;
    let one = &built.one;
    let analyst = whose(&built, &one.analyst)?;
    let first =
        radar::note(&built.house, &analyst, "Files.Example", note(NoteKind::Operator, "First Ltd")).await?;
    radar::note(&built.house, &analyst, OLD_HOST, note(NoteKind::Operator, "Second Ltd")).await?;
    radar::note(&built.house, &analyst, OLD_HOST, note(NoteKind::Identification, "no")).await?;
    let settled = Note { standing: Standing::Refuted, ..note(NoteKind::Hypothesis, "It moved here.") };
    radar::note(&built.house, &analyst, OLD_HOST, settled).await?;
    let answer = json!({"objectClassName": "domain", "ldhName": OLD_HOST,
        "events": [{"eventAction": "registration", "eventDate": "2026-01-02T00:00:00Z"}]});
    let given = (answer.to_string(), "RDAP of .example, 3 May");
    assert_eq!(radar::hand_in(&built.house, &analyst, OLD_HOST, (&given.0, given.1)).await?, 1);
    let sheet = open(&built, &one.approver, Some(OLD_HOST)).await?.sheet.ok_or("no sheet")?;
    let facts: Vec<(NoteKind, &str, bool)> = sheet
        .facts
        .iter()
        .map(|noted| (noted.note.kind, noted.note.value.as_str(), noted.replaced))
        .collect();
    assert_eq!(
        facts,
        [
            (NoteKind::Identification, Identification::No.word(), false),
            (NoteKind::Operator, "Second Ltd", false),
            (NoteKind::Operator, "First Ltd", true),
            (NoteKind::Registered, "2026-01-02T00:00:00Z", false),
        ]
    );
    assert_eq!(sheet.hypotheses[0].note.standing, Standing::Refuted);
    assert_eq!(sheet.facts[0].note.source, "its imprint");
    // The ledger holds its kind and no text of it.
    let events = store::event::of(&built.house.db, Noun::Host, first, 10).await?;
    assert_eq!((events.len(), events[0].what.as_str()), (1, "noted"));
    assert_eq!(events[0].facts["kind"], "operator");
    assert!(!format!("{:?}", events[0].facts).contains("Ltd"));
    Ok(())
}

/// An answer as long as the form promises is taken; a longer form gets a page of the console, and no JSON.
#[tokio::test]
async fn the_form_takes_what_it_promises() -> Outcome {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    let ana = face.someone("one.example", "ana", &[Role::Analyst]).await?;
    let ana = Browser::signed_in(&face, &ana).await?;
    let mut answer = json!({"objectClassName": "domain", "ldhName": OLD_HOST, "remarks": "",
        "events": [{"eventAction": "registration", "eventDate": "2026-01-02T00:00:00Z"}]});
    let rest = RDAP_MAX_CHARS - answer.to_string().chars().count();
    answer["remarks"] = "é{".repeat(rest / 2).into();
    let post = async |path: &str, answer: &str| {
        ana.post(path, &[("host", OLD_HOST), ("source", "RDAP"), ("answer", answer)]).await
    };
    let taken = post("/console/radar/rdap", &answer.to_string()).await?;
    assert_eq!(taken.status, 303, "{}", taken.page);
    for (path, bytes) in [("/console/radar/rdap", 3_000_000), ("/console/radar/note", 300_000)] {
        let refused = post(path, &"a".repeat(bytes)).await?;
        assert_eq!(refused.status, 413, "{path}");
        let page = &refused.page;
        assert!(page.contains("<!DOCTYPE html>") && page.contains("The form is too large"), "{path}: {page}");
    }
    Ok(())
}

/// What hides in a note is refused by a word and a status that the document of the API names.
#[tokio::test]
async fn what_hides_in_a_note_is_refused_as_the_document_says() -> Outcome {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    let ana = face.someone("one.example", "ana", &[Role::Analyst]).await?;
    let ana = Browser::signed_in(&face, &ana).await?;
    let document = serde_json::to_value(server::api::document())?;
    let hidden = "\u{202e}Ltd";
    let asked = [
        ("notes", json!({ "kind": "operator", "value": hidden, "source": "its imprint" })),
        (
            "rdap",
            json!({ "source": hidden, "answer": { "objectClassName": "domain", "ldhName": OLD_HOST,
            "nameservers": [{ "ldhName": "ns.example" }] } }),
        ),
    ];
    for (what, body) in asked {
        let request = face.http.post(face.url(&format!("/api/v1/radar/{OLD_HOST}/{what}")));
        let request = request.header("cookie", &ana.cookie).header("x-csrf-token", &ana.csrf);
        let answer = request.json(&body).send().await?;
        let status = answer.status().as_u16().to_string();
        let problem: serde_json::Value = answer.json().await?;
        assert_eq!((status.as_str(), &problem["code"]), ("422", &json!("hidden_characters")), "{what}");
        let told = &document["paths"][format!("/api/v1/radar/{{host}}/{what}")]["post"]["responses"];
        assert!(told.get(&status).is_some(), "{what}: {told}");
    }
    Ok(())
}

/// A host in the letters of its language and in punycode is one host.
#[tokio::test]
async fn a_note_meets_the_links_to_its_host() -> Outcome {
    let built = Built::new().await?;
    let analyst = whose(&built, &built.one.analyst)?;
    radar::note(&built.house, &analyst, "Bücher.test", note(NoteKind::Operator, "First Ltd")).await?;
    let link = url::Url::parse("https://bücher.test/a")?;
    for name in [link.host_str().unwrap_or_default(), "bücher.test", "xn--bcher-kva.test"] {
        let sheet = open(&built, &built.one.analyst, Some(name)).await?.sheet.ok_or("no sheet")?;
        assert_eq!((sheet.host.as_str(), sheet.facts.len()), ("xn--bcher-kva.test", 1), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn who_may_not_hand_in_notes_nothing_and_bad_notes_are_refused() -> Outcome {
    let built = Built::new().await?;
    assert!(whose(&built, &built.one.approver).is_err());
    assert!(whose(&built, &built.two.analyst).is_err());
    let analyst = whose(&built, &built.one.analyst)?;
    for (host, written) in [
        ("https://files.example", note(NoteKind::Operator, "First Ltd")),
        (OLD_HOST, note(NoteKind::Operator, "")),
        (OLD_HOST, note(NoteKind::Identification, "perhaps")),
        (OLD_HOST, Note { source: String::new(), ..note(NoteKind::Operator, "First Ltd") }),
        (OLD_HOST, note(NoteKind::Operator, "\u{200b}")),
        (OLD_HOST, note(NoteKind::Operator, "\0\u{202e}\u{200b}")),
        (OLD_HOST, Note { source: "\u{200b}".repeat(3), ..note(NoteKind::Operator, "First Ltd") }),
    ] {
        let refused = radar::note(&built.house, &analyst, host, written).await;
        let said = match &refused {
            Err(Error::Input(said)) => said,
            Err(Error::Refused(refusal)) => &refusal.sentence,
            other => return Err(format!("{other:?}").into()),
        };
        assert!(!said.is_empty() && !said.contains('\n'), "{said}");
    }
    // Another agency sees nothing of it.
    assert!(open(&built, &built.two.analyst, None).await.is_err());
    let sheet = open(&built, &built.one.analyst, Some(OLD_HOST)).await?.sheet.ok_or("no sheet")?;
    assert_eq!(sheet.facts, []);
    Ok(())
}
