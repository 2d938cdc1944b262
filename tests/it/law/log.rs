//! The log of reads: for four purposes, never to measure people (LAW-90); the supervisor reads it and no content (LAW-91).

use crate::face::{Face, Fail, Said, Someone, take_in};
use app::people::{AgencyKind, Role};
use domain::access::Right;
use domain::event::Event;
use domain::reads::LogPurpose;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

type Outcome = Result<(), Fail>;

const ORG: &str = "one.example";
/// A day around everything that happens in these tests.
const WINDOW: &str = "from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z";

/// A unit whose two analysts read some things, and its supervisor.
struct Unit {
    face: Face,
    people: Vec<Someone>,
    clusters: Vec<String>,
    supervisor: String,
}

impl Unit {
    async fn new() -> Result<Self, Fail> {
        let face = Face::new().await?;
        face.found(ORG, AgencyKind::ReferralUnit).await?;
        take_in(&face, ORG, 3).await?;
        let mut people = Vec::new();
        let mut clusters: Vec<String> = Vec::new();
        // No login may be spelt with hexadecimal digits alone: a mark of the log could hold it by chance.
        for login in ["ana", "oto"] {
            let who = face.someone(ORG, login, &[Role::Analyst]).await?;
            let token = face.sign_in(&who).await?;
            let reason = json!({ "reason": format!("the shift of {login}") });
            face.call(Some(&token), Method::POST, "/api/v1/reason", Some(reason)).await?;
            let queue = face.call(Some(&token), Method::GET, "/api/v1/queue", None).await?.body;
            clusters = queue["clusters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|cluster| Some(cluster["id"].as_str()?.to_owned()))
                .collect();
            for cluster in &clusters {
                for _ in 0..2 {
                    let read = face
                        .call(Some(&token), Method::GET, &format!("/api/v1/clusters/{cluster}"), None)
                        .await?;
                    assert_eq!(read.status, 200);
                }
            }
            people.push(who);
        }
        let who = face.someone(ORG, "sue", &[Role::Supervisor]).await?;
        let supervisor = face.sign_in(&who).await?;
        Ok(Self { face, people, clusters, supervisor })
    }

    async fn log(&self, query: &str) -> Result<Said, Fail> {
        self.face.call(Some(&self.supervisor), Method::GET, &format!("/api/v1/log?{query}"), None).await
    }
}

fn lines(said: &Said) -> Vec<Value> {
    said.body["lines"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn logs_no_productivity() -> Outcome {
    let unit = Unit::new().await?;
    // A purpose of the four, or nothing.
    assert_eq!(LogPurpose::ALL.len(), 4);
    for wrong in ["", "purpose=productivity&", "purpose=&", "purpose=performance_review&"] {
        assert_eq!(unit.log(&format!("{wrong}{WINDOW}")).await?.status, 400, "{wrong}");
    }
    // Over all things: nobody's reads can be put together. A mark never joins two things, in one query or in two.
    let whole = unit.log(&format!("purpose=lawfulness&{WINDOW}")).await?;
    let whole = lines(&whole);
    assert!(whole.len() >= 12, "{}", whole.len());
    let mut things: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in &whole {
        let mark = line["reader"].as_str().ok_or("no reader")?.to_owned();
        things.entry(mark).or_default().insert(line["of"].to_string());
        assert!(line.get("reason").is_none(), "a reason would join the reads of a session");
    }
    assert!(things.values().all(|of| of.len() == 1), "{things:?}");
    let again = lines(&unit.log(&format!("purpose=lawfulness&{WINDOW}")).await?);
    let marks = |lines: &[Value]| -> BTreeSet<String> {
        lines.iter().map(|line| line["reader"].to_string()).collect()
    };
    assert!(marks(&whole).is_disjoint(&marks(&again)), "marks hold for one query");
    let text = format!("{whole:?}");
    assert!(unit.people.iter().all(|who| !text.contains(&who.person) && !text.contains(&who.login)));
    // Of one thing: who read it, when and why.
    let one =
        lines(&unit.log(&format!("purpose=criminal_proceedings&of={}&{WINDOW}", unit.clusters[0])).await?);
    let readers: BTreeSet<&str> = one.iter().filter_map(|line| line["reader"].as_str()).collect();
    assert_eq!(readers, unit.people.iter().map(|who| who.person.as_str()).collect::<BTreeSet<_>>());
    assert!(
        one.iter()
            .all(|line| line["reason"].as_str().is_some_and(|reason| reason.starts_with("the shift of")))
    );
    // Each query is itself in the ledger, with its purpose.
    let rows = unit.face.house.db.rows("SELECT entry FROM event ORDER BY leaf", store::params![]).await?;
    let mut purposes = Vec::new();
    for row in &rows {
        let event: Event = row.json("entry")?;
        if event.what == "log_read" {
            assert!(event.actor.is_some());
            purposes.push(event.facts["purpose"].as_str().unwrap_or_default().to_owned());
        }
    }
    assert_eq!(purposes, ["lawfulness", "lawfulness", "criminal_proceedings"]);
    nothing_else_reads_the_log()
}

/// No other code asks the log of reads or a person's exposure for anything: no figure can be made of them.
fn nothing_else_reads_the_log() -> Outcome {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    let mut folders = vec![crates.clone()];
    let mut found = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = std::fs::read_to_string(&path)?;
                let asks =
                    ["FROM read_log", "JOIN read_log", "FROM exposure", "JOIN exposure", "person::reads("];
                for ask in asks.iter().filter(|ask| text.contains(**ask)) {
                    found.insert(format!("{} {ask}", path.strip_prefix(&crates)?.display()));
                }
            }
        }
    }
    let known = [
        // The query of LAW-90, its one caller, the end of the retention period, and a person's own exposure.
        "app/src/log.rs person::reads(",
        "app/src/sweep.rs FROM read_log",
        "store/src/person.rs FROM exposure",
        "store/src/person.rs FROM read_log",
    ];
    assert_eq!(found, known.iter().map(|line| (*line).to_owned()).collect());
    for figure in domain::figure::ACTION_DAY {
        for word in ["analyst", "officer", "employee", "per person", "shift"] {
            assert!(!figure.definition.to_lowercase().contains(word), "{}", figure.id);
        }
    }
    Ok(())
}

#[tokio::test]
async fn supervisor_role() -> Outcome {
    let unit = Unit::new().await?;
    assert_eq!(
        Role::Supervisor.rights(),
        [Right::ReadReports, Right::ReadLedger, Right::ReadLog, Right::OwnAccount],
        "a supervisor reads reports, ledger and log"
    );
    let operations = crate::matrix::operations()?;
    for operation in &operations {
        let own = ["public", "session", "own_account"].contains(&operation.right.as_str());
        let reads = ["read_reports", "read_ledger", "read_log"].contains(&operation.right.as_str());
        assert!(
            !reads || operation.method == Method::GET,
            "{} {} changes something",
            operation.method,
            operation.path
        );
        if own || reads {
            continue;
        }
        let path = operation.path.replace("{id}", &unit.clusters[0]).replace(['{', '}'], "");
        let body = (operation.method != Method::GET).then(|| json!({}));
        let said = unit.face.call(Some(&unit.supervisor), operation.method.clone(), &path, body).await?;
        assert_eq!((said.status, said.code()), (403, "no_right"), "{} {}", operation.method, operation.path);
    }
    // An export of its own, and no content in anything that the role reads.
    let export = unit.log(&format!("purpose=self_monitoring&{WINDOW}")).await?;
    assert_eq!(export.status, 200);
    app::publish::all(&unit.face.house).await?;
    let mut seen = export.body.to_string();
    let report = "/api/v1/reports/action-day?from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z&format=json";
    for path in ["/api/v1/ledger", "/api/v1/ledger/records/3", "/api/v1/ledger/verification", report] {
        let said = unit.face.call(Some(&unit.supervisor), Method::GET, path, None).await?;
        assert_eq!(said.status, 200, "{path}: {said:?}");
        seen.push_str(&said.body.to_string());
    }
    for content in ["The lamp number", "/watch/", "author1"] {
        assert!(!seen.contains(content), "a supervisor sees \"{content}\"");
    }
    // Nobody else reads the log.
    for role in Role::ALL.iter().filter(|role| **role != Role::Supervisor) {
        assert!(!role.rights().contains(&Right::ReadLog), "{role}");
    }
    Ok(())
}
