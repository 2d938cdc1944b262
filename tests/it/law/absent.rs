//! Out of scope by design: what is not there, shown by the real things themselves (LAW-06, LAW-150 to LAW-157). The lists
//! are closed on purpose: whoever adds a route, a table, a kind or a state meets the rule here and answers it.

use crate::face::Fail;
use crate::house::handed::post;
use crate::house::{self, Built, work};
use domain::access::Right;
use domain::bank::SignalKind;
use domain::referral::State;
use domain::subject::SubjectKind;
use exchange::MessageType;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::params;

type Outcome = Result<(), Fail>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Tables and their columns, from the schema as the database has it.
fn tables() -> BTreeMap<String, BTreeSet<String>> {
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in include_str!("../../../schema.sql").lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split_whitespace().next().unwrap_or_default().to_owned();
            tables.entry(table.clone()).or_default();
        } else if let Some(column) = line.strip_prefix("  ").filter(|_| !table.is_empty()) {
            let name = column.split_whitespace().next().unwrap_or_default();
            if name.chars().next().is_some_and(char::is_lowercase) {
                tables.entry(table.clone()).or_default().insert(name.to_owned());
            }
        } else if line.starts_with(')') {
            table.clear();
        }
    }
    tables
}

pub(super) fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// Routes as the sources of the server write them, and the paths of the API.
fn routes() -> Result<BTreeSet<String>, Fail> {
    let mut routes: BTreeSet<String> = crate::matrix::operations()?.into_iter().map(|one| one.path).collect();
    let mut folders = vec![root().join("crates/server/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path)?;
            routes.extend(
                text.split(".route(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
            );
        }
    }
    assert!(routes.len() > 80, "{}", routes.len());
    Ok(routes)
}

/// The noun of a route: its first part after the face's own.
fn noun(route: &str) -> String {
    let parts: Vec<&str> = route.split('/').filter(|part| !part.is_empty()).collect();
    let skip = match parts.first() {
        Some(&"api" | &"rxp") => 2,
        Some(&"console") => 1,
        _ => 0,
    };
    parts.get(skip).copied().unwrap_or_default().to_owned()
}

#[test]
fn no_art10_route() -> Outcome {
    let nouns: BTreeSet<String> = routes()?.iter().map(|route| noun(route)).collect();
    let known = set(
        ".well-known agency approve assessments assets banks clear closed-lists clusters contests enrol exposure h health hold holds inbox \
         intake leads ledger log m me media messages money network openapi.json operation operations people preference protected-hosts provider providers \
         public queue radar reason receipts referrals reports search sent sign-in sign-out signals status step-up stream subject \
         subjects undo why",
    );
    let mut known = known;
    known.insert(String::new());
    let new: Vec<&String> = nouns.difference(&known).collect();
    assert!(new.is_empty(), "a new route gives no information about users to anyone (LAW-150): {new:?}");
    // No message asks for a person: the list of types is the protocol's, and each is about content or its answers.
    assert_eq!(MessageType::ALL.len(), 33);
    for word in [
        "information_order",
        "user_information",
        "subscriber_request",
        "production_order",
        "preservation_order",
    ] {
        assert_eq!(MessageType::from_word(word), None);
    }
    // What a provider can say about an account is what it did with it, nothing about who is behind it.
    let outcome: Value = json!({ "items": ["i1"], "answer": "account_suspended", "basis": "terms", "automated": "none",
        "effective_at": "2026-03-04T05:06:07.000Z" });
    let read = |value: Value| serde_json::from_value::<exchange::body::outcome::OutcomeResult>(value);
    assert!(read(outcome.clone()).is_ok());
    for field in
        ["subscriber", "name", "email", "ip", "ip_address", "phone", "device", "registered_at", "payment"]
    {
        let mut more = outcome.clone();
        more[field] = json!("x");
        assert!(read(more).is_err(), "{field}");
    }
    Ok(())
}

#[test]
fn no_biometrics() -> Outcome {
    let words: BTreeSet<String> = SignalKind::ALL.iter().map(|kind| kind.word().to_owned()).collect();
    // A sound's print follows the tones of one recording: the same words said again, by whomever, are another.
    // A TLSH is of the bytes of one text.
    let known = set("sha256 sha1 md5 pdq url host account term text tlsh video sound");
    assert_eq!(
        words, known,
        "a new kind of signal compares files, addresses and texts, never persons (LAW-153)"
    );
    // A picture as it is, without what is around it, and within a page, in its eight positions.
    let positions = ["", "_rotate_90", "_rotate_180", "_rotate_270", "_flip_x", "_flip_y"];
    let positions = positions.into_iter().chain(["_flip_plus_1", "_flip_minus_1"]);
    let forms =
        positions.flat_map(|position| ["", "_trimmed", "_inset"].map(|of| format!("pdq{of}{position}")));
    let kinds = domain::bank::PICTURE_FORMS.iter().map(|(_, kind)| (*kind).to_owned());
    assert_eq!(kinds.collect::<BTreeSet<_>>(), forms.collect::<BTreeSet<_>>());
    assert_eq!(domain::bank::FLAT, "flat");
    // A picture becomes hashes and points of its frame, whatever it shows; the crates that look at pictures can do
    // nothing else.
    for (name, known) in [
        ("perceptual", "image libjpeg-turbo-rs rusty-chromaprint"),
        ("nearest", "crc32fast memmap2 thiserror"),
        ("network", "csv jiff thiserror"),
    ] {
        let manifest = std::fs::read_to_string(root().join("crates").join(name).join("Cargo.toml"))?;
        let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
        let section = section.split("\n[").next().unwrap_or_default();
        let own = section
            .lines()
            .filter_map(|line| line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty()));
        assert_eq!(own.map(str::to_owned).collect::<BTreeSet<_>>(), set(known), "{name}");
    }
    // No library for inference, vision or voice is linked anywhere.
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    for package in lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')) {
        let low = package.to_lowercase();
        for part in low.split(['-', '_']) {
            let banned = [
                "face",
                "biometric",
                "biometrics",
                "onnx",
                "ort",
                "tract",
                "candle",
                "tch",
                "torch",
                "tensorflow",
                "opencv",
                "dlib",
                "burn",
                "whisper",
                "voice",
                "speaker",
                "gait",
                "iris",
                "fingerprint",
                "landmark",
                "yolo",
            ];
            assert!(!banned.contains(&part), "{package}");
        }
    }
    for (table, columns) in tables() {
        for column in columns {
            for word in ["face", "voice", "embedding", "biometric", "template", "gait", "iris"] {
                assert!(!column.contains(word), "{table}.{column}");
            }
        }
    }
    Ok(())
}

#[test]
fn no_person_score() -> Outcome {
    // What stands about people and accounts: nothing that could be a score.
    let tables = tables();
    for (table, columns) in [
        (
            "person",
            "id agency login name state password totp totp_step language failures locked_until made_at",
        ),
        ("person_role", "person role"),
        ("exposure", "person day items seconds"),
        ("subject", "key id space kind service digest document made_at"),
        ("edge", "from_key kind to_key observation"),
    ] {
        assert_eq!(
            tables.get(table),
            Some(&set(columns)),
            "\"{table}\" is about persons or accounts (LAW-154)"
        );
    }
    let kinds: BTreeSet<String> = SubjectKind::ALL.iter().map(|kind| kind.word().to_owned()).collect();
    assert_eq!(kinds, set("item account channel site"), "a person is no subject");
    // The one rank is a content's: how urgent, whether known, how widely seen. The compiler holds its form.
    let rank: fn(domain::assessment::Urgency, u64, u64) -> i64 = domain::cluster::rank;
    assert!(
        rank(domain::assessment::Urgency::Normal, 1, 1) < rank(domain::assessment::Urgency::Normal, 0, 1)
    );
    let scored: BTreeSet<String> = tables
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(move |column| format!("{table}.{column}")))
        .filter(|name| {
            let column = name.split('.').nth(1).unwrap_or_default();
            [
                "rank",
                "score",
                "risk",
                "rating",
                "level",
                "probability",
                "reputation",
                "predict",
                "profile",
                "priority",
            ]
            .iter()
            .any(|word| column.contains(word))
        })
        .collect();
    assert_eq!(scored, set("cluster.rank"));
    Ok(())
}

/// Where an author was, as sources say it. None of it may be stored.
const WHERE: [&str; 6] =
    ["50.123456", "4.654321", "203.0.113.77", "198.51.100.9", "2001:db8::77", "Example Street 7"];

#[tokio::test]
async fn no_person_location() -> Outcome {
    for (table, columns) in tables() {
        for column in columns {
            let parts: Vec<&str> = column.split('_').collect();
            for word in [
                "lat",
                "lon",
                "lng",
                "latitude",
                "longitude",
                "geo",
                "ip",
                "addr",
                "location",
                "coordinates",
                "place",
            ] {
                assert!(!parts.contains(&word), "{table}.{column}");
            }
        }
    }
    let built = Built::new().await?;
    let Built { house, one, .. } = &built;
    let mut line: Value = serde_json::from_str(&post(1))?;
    line["geo"] = json!({ "type": "Point", "coordinates": [50.123456, 4.654321] });
    line["latitude"] = json!(50.123456);
    line["ip"] = json!("203.0.113.77");
    line["author_ip"] = json!("2001:db8::77");
    line["location"] = json!({ "street": "Example Street 7" });
    let telegram = json!({
        "name": "Example Channel", "type": "public_channel", "id": 1, "messages": [{
            "id": 7, "type": "message", "date": "2026-03-04T05:06:07", "date_unixtime": "1772600767", "from": "Example Channel",
            "from_id": "channel1", "text": "A neutral text of several words here", "text_entities": [],
            "location_information": { "latitude": 50.123456, "longitude": 4.654321 }, "place_name": "x", "address": "Example Street 7",
        }],
    });
    let mail = "Received: from host (host [198.51.100.9]) by mail.example;\r\n\tWed, 4 Mar 2026 05:06:07 +0000\r\n\
        X-Originating-IP: [203.0.113.77]\r\nFrom: Reader <reader@mail.example>\r\nSubject: A report\r\n\
        Message-ID: <1@mail.example>\r\nDate: Wed, 4 Mar 2026 05:06:07 +0000\r\n\r\nPlease see https://video.example/watch/9 there.\r\n";
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:georss=\"http://www.georss.org/georss\" xmlns:geo=\"http://www.w3.org/2003/01/geo/wgs84_pos#\">\
        <channel><title>Example</title><link>https://feed.example/</link><item><title>One</title><link>https://feed.example/1</link>\
        <guid>1</guid><description>A neutral text of several words here</description><georss:point>50.123456 4.654321</georss:point>\
        <geo:lat>50.123456</geo:lat></item></channel></rss>";
    let table = "url,text,latitude,longitude,ip\nhttps://video.example/watch/11,a neutral text of words,50.123456,4.654321,203.0.113.77\n";
    for (format, text) in [
        ("ndjson", format!("{line}\n")),
        ("telegram", telegram.to_string()),
        ("mail", mail.to_owned()),
        ("feed", feed.to_owned()),
        ("csv", table.to_owned()),
    ] {
        let file = house.folder.join(format!("where.{format}"));
        std::fs::write(&file, text)?;
        let intake = app::observe::Intake {
            space: one.id(),
            agency: one.id(),
            person: None,
            source: format.to_owned(),
            relevance: store::intake::Relevance::Submit,
            format: format.to_owned(),
            mapping: None,
            file,
            media_folder: None,
        };
        let summary = app::observe::run(house, intake).await?;
        assert_eq!(summary.new, 1, "{format}: {summary:?}");
    }
    work(house).await?;
    // Everything that is kept, opened: no coordinate, no address of a machine.
    let rows = house.db.rows("SELECT key FROM document", params![]).await?;
    for row in rows {
        let bytes = store::crypt::get(&house.db, row.int("key")?).await?.unwrap_or_default();
        let mut kept = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(record) = serde_json::from_slice::<domain::observation::Record>(&bytes) {
            kept.push_str(&String::from_utf8_lossy(&record.original));
        }
        for place in WHERE {
            assert!(!kept.contains(place), "{place} is kept: {kept}");
        }
    }
    Ok(())
}

#[test]
fn no_penalty_automation() -> Outcome {
    let states: BTreeSet<String> = State::ALL.iter().map(|state| state.word().to_owned()).collect();
    let known = set(
        "draft assessed approved queued delivered acknowledged in_dialogue outcome_known no_answer undeliverable rejected \
         withdrawn closed",
    );
    assert_eq!(states, known, "a referral has no state that leads to a penalty (LAW-157)");
    // Silence ends neutrally: it can be closed, contested, taken back or broken by the provider; nothing follows from it.
    let after: BTreeSet<String> = domain::referral::Event::ALL
        .iter()
        .filter_map(|event| domain::referral::next(State::NoAnswer, *event).ok())
        .map(|state| state.word().to_owned())
        .collect();
    assert_eq!(after, set("outcome_known in_dialogue no_answer withdrawn closed"));
    let rights: BTreeSet<String> = Right::ALL.iter().map(|right| right.word().to_owned()).collect();
    let known = set(
        "intake read search assess approve withdraw hold manage_signals manage_providers manage_operation read_inbox answer \
         compare_uploads read_reports read_ledger read_log read_network read_leads manage_access own_account",
    );
    assert_eq!(rights, known, "a new right: it is none to penalise");
    // A provider carries no mark for its conduct, and no figure sets providers against each other by speed.
    let columns = tables().remove("provider").unwrap_or_default();
    assert_eq!(columns, set("id space name org entry confirmed_by load_until load_by made_at"));
    let entry = serde_json::to_value(house::entry("Video Service", house::HOST))?;
    let fields: BTreeSet<String> = entry.as_object().ok_or("no entry")?.keys().cloned().collect();
    let known = set(
        "name org hosts channel endpoint pinned mail jwks languages quiet max_referrals_per_hour zone scope",
    );
    assert_eq!(fields, known, "what a provider is and wishes, not how it behaved");
    for table in tables().keys() {
        assert!(
            !["penalty", "sanction", "fine", "ranking", "escalation"].iter().any(|word| table.contains(word)),
            "{table}"
        );
    }
    // Accounts are ranked by what they spread, among items that people assessed; providers never.
    for route in routes()?.iter().filter(|route| noun(route) != "network") {
        assert!(
            !["penalt", "sanction", "rank", "escalat"].iter().any(|word| route.contains(word)),
            "{route}"
        );
    }
    Ok(())
}
