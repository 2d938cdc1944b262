//! Four instruments, never mixed (LAW-01 to LAW-07), and what travels with a referral (LAW-15).

use crate::face::{Face, Fail};
use crate::house::{self, Built, Desk, intake, queue, work};
use base64::Engine as _;
use domain::access::AgencyKind;
use domain::assessment::{Finding, Question};
use ed25519_dalek::SigningKey;
use exchange::body::{contest, dialogue, outcome, preferences, receipt, referral, reminder, repair};
use exchange::{Body, Capacity, Code, Envelope, Lang, MessageType, Signed};
use serde_json::{Map, Value, json};
use store::referral::Referral;

type Outcome = Result<(), Fail>;

/// Does not compile once there is a way from the first type into one of the others, or back: then a method of two
/// traits fits and the compiler cannot choose.
macro_rules! no_way_between {
    ($one:ty; $($other:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Ambiguous<Mark> { fn some() {} }
            struct There;
            struct Back;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + Into<$other>> Ambiguous<There> for T {}
            impl<T: ?Sized> Ambiguous<Back> for T where $other: Into<T>, T: Sized {}
            let _ = <$one as Ambiguous<_>>::some;
        };
    )+};
}

no_way_between!(
    referral::Referral;
    reminder::Reminder, receipt::Receipt, outcome::Outcome, dialogue::Information, repair::Withdrawal,
    repair::Correction, repair::ReinstatementReport, contest::Contest, contest::ContestDecision,
    preferences::ContactPreferences,
);
no_way_between!(
    domain::referral::State;
    domain::assessment::State, domain::hold::HoldState, domain::bank::SignalState, domain::cluster::Queued,
);
no_way_between!(Referral; store::assessment::Assessment, store::assessment::Hold, store::message::Message);

/// A house with one referral in the outbox.
async fn sent() -> Result<(Built, Referral), Fail> {
    let built = Built::new().await?;
    let referral = send_one(&built, &built.one).await?;
    Ok((built, referral))
}

async fn send_one(built: &Built, desk: &Desk) -> Result<Referral, Fail> {
    intake(&built.house, desk, 0..1).await?;
    work(&built.house).await?;
    let cluster = queue(&built.house.db, desk).await?.first().ok_or("no cluster")?.id;
    Ok(house::send(&built.house, desk, cluster).await?.pop().ok_or("nothing was sent")?)
}

/// The signed document of a referral as it lies in the outbox.
async fn document(built: &Built, referral: &Referral) -> Result<(Envelope, Signed), Fail> {
    let id = referral.message.ok_or("it was not sent")?;
    let message = store::message::get(&built.house.db, referral.agency, id).await?.ok_or("no message")?;
    let bytes = store::crypt::get(&built.house.db, message.document).await?.ok_or("erased")?;
    Ok(exchange::open(&String::from_utf8(bytes)?)?)
}

/// The code under which a body is refused; `None` when it is taken.
fn refused(envelope: &Envelope) -> Option<Code> {
    Body::read(envelope).err().map(|refused| refused.code)
}

/// The four acts on the wire.
const ACTS: [MessageType; 4] =
    [MessageType::Referral, MessageType::Notice, MessageType::RemovalOrder, MessageType::DsaOrder];

#[tokio::test]
async fn types_are_disjoint() -> Outcome {
    let (built, referral) = sent().await?;
    let (envelope, _) = document(&built, &referral).await?;
    assert_eq!((envelope.kind, refused(&envelope)), (MessageType::Referral, None));
    // A referral under the name of another act is nothing.
    for kind in MessageType::ALL.iter().filter(|kind| **kind != MessageType::Referral) {
        let other = Envelope { kind: *kind, ..envelope.clone() };
        assert!(refused(&other).is_some(), "a referral is read as {kind}");
    }
    // What belongs to an order or a notice has no place in it.
    for field in [
        "emergency",
        "non_disclosure",
        "redress",
        "home_state_differs",
        "reference_number",
        "authority_type",
        "issued_at",
        "bona_fide",
        "notifier",
        "territorial_scope",
        "deadline_s",
        "sanction",
        "clarification",
    ] {
        let mut other = envelope.clone();
        other.body.insert(field.to_owned(), json!("x"));
        assert_eq!(refused(&other), Some(Code::UnknownField), "{field}");
    }
    // One table an act: a table of orders, when it comes, is another one, and nothing is said twice by instrument.
    let schema = include_str!("../../../schema.sql");
    let tables: Vec<&str> = schema
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split_whitespace().next())
        .collect();
    assert!(tables.contains(&"referral") && tables.contains(&"referral_item"));
    for table in tables {
        assert!(
            !["notice", "order", "dsa_order", "removal_order", "case_file"].contains(&table),
            "{table} is half built"
        );
    }
    for row in built.house.db.rows("SELECT DISTINCT instrument FROM sent_once", store::params![]).await? {
        assert_eq!(row.text("instrument")?, "referral");
    }
    // Counters say which act they count.
    for figure in domain::figure::ACTION_DAY {
        for other in ["order", "notice"] {
            assert!(!figure.id.contains(other) && !figure.definition.contains(other), "{}", figure.id);
        }
    }
    Ok(())
}

/// LAW-03, word for word.
const ENGLISH: &str = "This is a referral for your voluntary consideration under your own terms and conditions. It is not an order. There is no deadline and no consequence if you do not act.";

/// The text that a person reads in a mail.
fn mail_text(envelope: &Envelope, signed: &Signed) -> Result<String, Fail> {
    let mail = exchange::mail::FallbackMail {
        envelope,
        signed,
        from: "desk@one.example",
        to: "desk@video.example",
        link: "https://one.example/m/1",
        contest_page: "https://unit.example/public",
        date: envelope.sent_at,
        must_encrypt: false,
    };
    let mail = String::from_utf8(exchange::mail::build(&mail)?)?;
    let part = mail.split("Content-Transfer-Encoding: base64\r\n\r\n").nth(1).ok_or("no text part")?;
    let encoded: String = part.split("\r\n--").next().unwrap_or_default().split_whitespace().collect();
    Ok(String::from_utf8(base64::engine::general_purpose::STANDARD.decode(encoded)?)?)
}

#[tokio::test]
async fn referral_wording_fixed() -> Outcome {
    let built = Built::new().await?;
    let Built { house, one, two, .. } = &built;
    // Unit Two's provider reads French first.
    let provider = store::provider::get(&house.db, two.provider).await?.ok_or("no provider")?;
    let mut entry = provider.entry;
    entry.languages = vec!["fr".to_owned(), "en".to_owned()];
    let space = domain::access::Authorised::check(&two.coordinator, two.id(), two.id())?;
    app::book::put_provider(house, &space, entry, None).await?;
    for (desk, lang) in [(one, "en"), (two, "fr")] {
        let (envelope, signed) = document(&built, &send_one(&built, desk).await?).await?;
        let own = exchange::voluntary_notice::wording(&Lang::new(lang)?);
        assert_eq!(envelope.lang.primary(), lang);
        assert_eq!(envelope.body["voluntary_notice"], own.text, "the provider's language");
        let mail = mail_text(&envelope, &signed)?;
        assert!(mail.contains(own.text) && mail.contains(ENGLISH), "{mail}");
        // Another text, more text or none is no referral, here and at whoever reads it.
        for text in [
            Value::Null,
            json!(""),
            json!(format!("{ENGLISH} Act now.")),
            json!(ENGLISH.replace("no deadline", "a deadline")),
        ] {
            let mut other = envelope.clone();
            other.body.insert("voluntary_notice".to_owned(), text);
            assert!(refused(&other).is_some());
        }
        let mut other = envelope.clone();
        other.body.remove("voluntary_notice");
        assert_eq!(refused(&other), Some(Code::Schema));
    }
    assert_eq!(exchange::voluntary_notice::ENGLISH.text, ENGLISH);
    // Nobody can hand in another sentence: no draft and no request has a place for it.
    let cluster = json!({ "decision": "refer", "voluntary_notice": "Please act." });
    assert!(serde_json::from_value::<domain::assessment::Draft>(cluster).is_err());
    let document = serde_json::to_string(&server::api::document())?;
    assert!(!document.contains("voluntary"), "an operation takes the sentence");
    Ok(())
}

#[tokio::test]
async fn agency_cannot_order() -> Outcome {
    let orders = [
        MessageType::RemovalOrder,
        MessageType::DsaOrder,
        MessageType::FirstOrderInformation,
        MessageType::Clarification,
        MessageType::NonDisclosureUpdate,
        MessageType::PreservationRequest,
        MessageType::OrderFinalNotice,
        MessageType::ScrutinyCopy,
    ];
    for kind in orders {
        assert!(!Capacity::EuAgency.may_send(kind), "{kind}");
    }
    // The capacity follows from what the agency is, never from a role, and an EU agency has that one only.
    assert_eq!(AgencyKind::EuAgency.referral_capacity(), Some("eu_agency"));
    let face = Face::new().await?;
    face.found("eu.example", AgencyKind::EuAgency).await?;
    let agency = app::people::agency(&face.house, "eu.example").await?;
    let sender = app::identity::sender(&face.house, agency.id).await?;
    assert_eq!(sender.capacity, Capacity::EuAgency);
    for role in AgencyKind::EuAgency.roles() {
        for right in role.rights() {
            assert!(!right.word().contains("order"), "{role} may {right}");
        }
    }
    // What it would sign as an order is refused before it is signed, whoever asks.
    let (built, referral) = sent().await?;
    let (envelope, _) = document(&built, &referral).await?;
    let key = SigningKey::from_bytes(&[7; 32]);
    for kind in orders {
        let order = Envelope {
            kind,
            capacity: Capacity::EuAgency,
            body: Map::new(),
            in_reply_to: Some(envelope.id),
            ..envelope.clone()
        };
        let document = order.sign(&key)?.document;
        let known = |_: &exchange::OrgId, _: &str| {
            exchange::Lookup::Key(exchange::Jwk::of(&key, 0, i64::from(u32::MAX)))
        };
        let read = exchange::verify(document.as_bytes(), envelope.sent_at, known);
        assert_eq!(read.err().map(|refused| refused.code), Some(Code::Capacity), "{kind}");
    }
    Ok(())
}

#[tokio::test]
async fn notice_is_not_referral() -> Outcome {
    // Who may send which: a notifier never refers, a unit never gives notice, and only a flagger may do either, each
    // under its own name.
    for capacity in Capacity::ALL {
        let (refers, notices) =
            (capacity.may_send(MessageType::Referral), capacity.may_send(MessageType::Notice));
        assert_eq!(refers && notices, *capacity == Capacity::TrustedFlagger, "{capacity:?}");
        assert!(!notices || !capacity.is_authority(), "{capacity:?}: a notice never comes from an authority");
    }
    let (built, referral) = sent().await?;
    let (envelope, _) = document(&built, &referral).await?;
    let notice =
        Envelope { kind: MessageType::Notice, capacity: Capacity::TrustedFlagger, ..envelope.clone() };
    assert_eq!(
        refused(&notice),
        Some(Code::UnknownType),
        "a notice is another form, which is not read here yet"
    );
    assert!(!envelope.body.contains_key("bona_fide"));
    // A notice calls for a decision; a referral for nothing, and says so.
    assert!(envelope.body["voluntary_notice"].as_str().is_some_and(|text| text.contains("no consequence")));
    for act in ACTS {
        assert_eq!(MessageType::from_word(act.as_str()), Some(act));
    }
    assert!(ACTS.iter().all(|act| act.is_spoken() == (*act == MessageType::Referral)));
    Ok(())
}

#[tokio::test]
async fn single_capacity_per_message() -> Outcome {
    let (built, referral) = sent().await?;
    let (envelope, signed) = document(&built, &referral).await?;
    let read = |text: &str| exchange::open(text).map(drop).map_err(|refused| refused.code);
    let document: Value = serde_json::from_str(&signed.document)?;
    assert_eq!(document["capacity"], "referral_unit");
    for wrong in [
        json!(["referral_unit", "trusted_flagger"]),
        json!("referral_unit,trusted_flagger"),
        Value::Null,
        json!({}),
    ] {
        let mut changed = document.clone();
        changed["capacity"] = wrong;
        assert!(read(&changed.to_string()).is_err(), "{}", changed["capacity"]);
    }
    let twice =
        signed.document.replacen("\"capacity\":", "\"capacity\":\"trusted_flagger\",\"capacity\":", 1);
    assert_eq!(read(&twice), Err(Code::NotIjson));
    let mut second = document.clone();
    second["capacity_2"] = json!("trusted_flagger");
    assert_eq!(read(&second.to_string()), Err(Code::UnknownField));
    // Another capacity is another message: the signature covers it.
    let mut switched = document.clone();
    switched["capacity"] = json!("trusted_flagger");
    let keys = app::identity::KeyRing::of(&built.house, "one.example").await?;
    let verify =
        |text: String| exchange::verify(text.as_bytes(), envelope.sent_at, |org, kid| keys.lookup(org, kid));
    let code = verify(switched.to_string()).err().map(|refused| refused.code);
    assert_eq!(code, Some(Code::BadDocumentSignature));
    // No request names a capacity: it is the agency's.
    let api = serde_json::to_string(&server::api::document())?;
    assert!(!api.contains("capacity"), "an operation takes a capacity");
    Ok(())
}

#[tokio::test]
async fn assessment_travels() -> Outcome {
    let built = Built::new().await?;
    let Built { house, one, .. } = &built;
    intake(house, one, 0..2).await?;
    work(house).await?;
    let clusters = queue(&house.db, one).await?;
    // One without any doubt, one with a doubt that a second reader looked at.
    let plain = house::assess(house, one, clusters[0].id).await?;
    let doubted = house::read_again(house, one, clusters[1].id).await?;
    for (assessment, journalism) in [(plain, "no"), (doubted, "unsure")] {
        let id = house::approve(house, one, assessment).await?[0];
        let held = house::preflight(house, one, id).await?;
        let third = domain::access::Authorised::check(&one.coordinator, held.space, held)?;
        app::refer::look(house, &third, "Contact and load were confirmed.").await?;
        let sent = house::preflight(house, one, id).await?;
        let (envelope, _) = document(&built, &sent).await?;
        let block = &envelope.body["exemption_assessment"];
        for question in Question::ALL {
            let expected = if *question == Question::Journalism { journalism } else { "no" };
            assert_eq!(block[question.word()]["finding"], expected, "{question}");
        }
        let draft =
            app::assess::draft(house, &store::assessment::get(&house.db, assessment).await?.ok_or("gone")?)
                .await?;
        let context = draft.contexts.values().next().ok_or("no context")?;
        assert_eq!(block["true_purpose"], context.true_purpose.as_str());
        // Without the block, or with a question left out, it is no referral.
        let mut without = envelope.clone();
        without.body.remove("exemption_assessment");
        assert_eq!(refused(&without), Some(Code::Schema));
        for question in Question::ALL {
            let mut without = envelope.clone();
            without.body["exemption_assessment"].as_object_mut().ok_or("no block")?.remove(question.word());
            assert_eq!(refused(&without), Some(Code::Schema), "{question}");
        }
    }
    strongest_of_several(&house::draft(house, clusters[0].id).await?)
}

/// Of several items in one message the strongest answer travels, whichever comes first.
fn strongest_of_several(draft: &domain::assessment::Draft) -> Outcome {
    let plain = draft.contexts.values().next().ok_or("no context")?.clone();
    let mut doubted = plain.clone();
    let answer = doubted.exemption.get_mut(&Question::Art).ok_or("no answer")?;
    (answer.finding, answer.text) = (Finding::Unsure, "It may be a song.".to_owned());
    doubted.true_purpose = "Sung in a public square, as it seems.".to_owned();
    for order in [[&plain, &doubted], [&doubted, &plain]] {
        let (findings, purpose) = domain::assessment::summary(&order)?;
        assert_eq!(findings[&Question::Art], Finding::Unsure);
        assert_eq!(findings[&Question::Research], Finding::No);
        assert!(
            purpose.contains(&plain.true_purpose) && purpose.contains(&doubted.true_purpose),
            "{purpose}"
        );
    }
    doubted.exemption.remove(&Question::Art);
    assert!(
        domain::assessment::summary(&[&doubted]).is_err(),
        "a question without answer does not travel as a no"
    );
    Ok(())
}
