//! Each tenant is its own controller: no operation shows or changes what is another's (LAW-158).

use crate::face::{Face, Fail, Someone, take_in};
use app::people::{AgencyKind, Role};
use domain::access::{Authorised, Right};
use domain::hold::HoldAnswer;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Outcome = Result<(), Fail>;

/// Texts that only Unit Two holds.
const THEIRS: [&str; 3] = ["The lamp number 0 stands", "/watch/0", "theirs-only"];

/// A person of Unit One with every role, signed in, stepped up, with a reason.
async fn everything(face: &Face) -> Result<(Someone, String), Fail> {
    let roles = [
        Role::Analyst,
        Role::Approver,
        Role::Coordinator,
        Role::Auditor,
        Role::Supervisor,
        Role::Administrator,
    ];
    let who = face.someone("one.example", "all", &roles).await?;
    let token = face.sign_in(&who).await?;
    face.call(Some(&token), Method::POST, "/api/v1/reason", Some(json!({ "reason": "my shift today" })))
        .await?;
    let code = json!({ "code": face.code(&who)? });
    face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(code)).await?;
    Ok((who, token))
}

/// One thing of each kind in Unit Two, by the place that names it in a path.
async fn theirs(face: &Face) -> Result<BTreeMap<&'static str, String>, Fail> {
    take_in(face, "two.example", 2).await?;
    let house = &face.house;
    let agency = app::people::agency(house, "two.example").await?;
    for (login, role) in [("author", Role::Analyst), ("second", Role::Approver), ("lead", Role::Coordinator)]
    {
        face.someone("two.example", login, &[role]).await?;
    }
    let actor = async |login: &'static str| face.actor(&agency, login).await;
    let (author, second, lead) = (actor("author").await?, actor("second").await?, actor("lead").await?);
    let space = || Authorised::check(&lead, agency.id, agency.id);
    let entry = crate::house::entry("theirs-only", crate::house::HOST);
    let provider = app::book::put_provider(house, &space()?, entry, Some("Read out by telephone")).await?.id;
    let clusters = store::cluster::queue(&house.db, &[agency.id], domain::cluster::Queued::Open, 10).await?;
    let draft = crate::house::draft(house, clusters[0].id).await?;
    let opened = Authorised::check(&author, agency.id, clusters[0].clone())?;
    let assessment = app::assess::save(house, &opened, clusters[0].version, draft).await?.id;
    let stored = store::assessment::get(&house.db, assessment).await?.ok_or("gone")?;
    let referral = app::approve::run(house, &Authorised::check(&second, agency.id, stored)?, 1).await?[0];
    let member = store::cluster::members(&house.db, clusters[1].id, 1).await?.remove(0).subject_id;
    let subject = store::subject::by_id(&house.db, member).await?.ok_or("gone")?;
    let held = Authorised::check(&lead, agency.id, subject)?;
    let hold = app::deconflict::place(house, &held, HoldAnswer::TalkToMe, 4, "Speak with us first.").await?;
    let bank = serde_json::from_value(json!({
        "name": "theirs-only", "opinion": "positive", "origin": "two.example", "legal_basis": "law", "distance": 31,
        "review_at": house.clock.now() + jiff::SignedDuration::from_hours(24),
    }))?;
    let bank = app::signals::make_bank(house, &Authorised::check(&lead, agency.id, agency.id)?, bank).await?;
    let admin = face.actor(&agency, "admin").await?;
    let waits = app::people::set_role(house, &admin, author.person, Role::Auditor, true)
        .await?
        .ok_or("no proposal")?;
    Ok(BTreeMap::from([
        ("space", agency.id.to_string()),
        ("clusters", clusters[1].id.to_string()),
        ("assessments", assessment.to_string()),
        ("referrals", referral.to_string()),
        ("subjects", member.to_string()),
        ("elsewhere", member.to_string()),
        ("holds", hold.to_string()),
        ("banks", bank.id.to_string()),
        ("signals", bank.id.to_string()),
        ("providers", provider.to_string()),
        ("people", author.person.to_string()),
        ("proposals", waits.to_string()),
        ("inbox", referral.to_string()),
        ("contests", referral.to_string()),
        ("plans", referral.to_string()),
        ("money", referral.to_string()),
    ]))
}

/// The path with the other's thing in each place.
fn aimed(path: &str, theirs: &BTreeMap<&'static str, String>) -> String {
    let mut noun = "";
    path.split('/')
        .map(|part| match part {
            "{role}" => "approver".to_owned(),
            "{leaf}" => "0".to_owned(),
            "{*path}" => "checkpoint".to_owned(),
            part if part.starts_with('{') => theirs.get(noun).cloned().unwrap_or_else(|| "none".to_owned()),
            part => {
                noun = part;
                part.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// A body that is right in form, so that only the tenant can be the reason of a refusal.
fn body(path: &str) -> Value {
    let last = path.rsplit('/').next().unwrap_or_default();
    match last {
        "approval" => json!({ "version": 1 }),
        "return" => json!({ "version": 1, "reason": "Say more about the place." }),
        "reading" => json!({ "finding": "no", "text": "No newsroom answers for it." }),
        "assessments" => json!({ "version": 1, "draft": { "decision": "not_terrorist" } }),
        "withdrawal" => json!({ "reason": "wrong_item", "text": "It was the wrong item." }),
        "information" | "look" => json!({ "text": "Contact and load were confirmed." }),
        "load" => json!({ "hours": 4, "reason": "We know this provider." }),
        "holds" => json!({ "answer": "clear", "hours": 4, "reasons": "Nothing stands against it." }),
        "defer" => json!({ "version": 1, "reason": "It waits for a colleague." }),
        "decision" => json!({ "upheld": true, "reasons": "It was looked at by a third person." }),
        "{other}" => json!({ "verdict": "same" }),
        "answer" => json!({ "items": ["i1"], "answer": "removed", "basis": "terms" }),
        _ => json!({}),
    }
}

#[tokio::test]
async fn no_cross_tenant_read() -> Outcome {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    face.found("two.example", AgencyKind::ReferralUnit).await?;
    let theirs = theirs(&face).await?;
    let (_, token) = everything(&face).await?;
    let before = app::dump::logical(&face.house.db).await?.text;
    let mut tried = 0;
    for operation in crate::matrix::operations()? {
        let right = Right::from_word(&operation.right);
        if right.is_none() || operation.path.ends_with("/sign-out") || operation.path.ends_with("/step-up") {
            continue;
        }
        // A host is a name that everybody may write notes about, each in their own space; no other's thing.
        let of_names = operation.path.contains("/ledger/") || operation.path.contains("/radar/");
        let named = operation.path.contains('{') && !of_names;
        let path = aimed(&operation.path, &theirs);
        let body = (operation.method != Method::GET).then(|| body(&operation.path));
        if named {
            let said = face.call(Some(&token), operation.method.clone(), &path, body.clone()).await?;
            let refused = (said.status, said.code().to_owned());
            let gone = refused == (404, "not_here".to_owned());
            // An inbox is a provider's, and nobody here is one; other bodies are read after the thing is looked for.
            let no_provider = refused == (403, "no_right".to_owned()) && operation.path.contains("/inbox");
            let body_first = [400, 415, 422].contains(&said.status) && operation.path.contains("/signals");
            // A sheet is no thing of an agency: nobody has one before their own analysis is open.
            let closed = said.code() == "analysis_not_open" && operation.path.contains("/leads/money");
            assert!(gone || no_provider || body_first || closed, "{} {path}: {said:?}", operation.method);
            tried += 1;
        }
        if operation.method == Method::GET {
            // A space that is named, and one that is not: nothing of the other's stands in any answer.
            for query in [String::new(), format!("?space={}", theirs["space"])] {
                let said = face.call(Some(&token), Method::GET, &format!("{path}{query}"), None).await?;
                let text = said.body.to_string();
                for word in THEIRS.iter().copied().chain(theirs.values().map(String::as_str)) {
                    // A refusal may repeat the path that was asked for, and nothing else.
                    assert!(said.status >= 400 || !text.contains(word), "{path}{query} shows {word}: {text}");
                }
            }
        }
    }
    assert!(tried >= 20, "{tried}");
    let asked = json!({ "text": "https://video.example/watch/0", "reason": "Have we seen this?" });
    let found = face.call(Some(&token), Method::POST, "/api/v1/search", Some(asked)).await?;
    let text = found.body.to_string();
    for id in ["clusters", "subjects", "assessments", "referrals"] {
        assert!(!text.contains(&theirs[id]), "search shows their {id}: {text}");
    }
    changed_nothing_of_theirs(&face, &before, &theirs["space"]).await
}

/// Every row of Unit Two is as it was.
async fn changed_nothing_of_theirs(face: &Face, before: &str, space: &str) -> Outcome {
    let after = app::dump::logical(&face.house.db).await?.text;
    let own = |dump: &str| -> Vec<String> {
        dump.lines().filter(|line| line.contains(space)).map(str::to_owned).collect()
    };
    assert!(!own(before).is_empty());
    assert_eq!(own(before), own(&after));
    Ok(())
}
