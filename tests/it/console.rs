//! Every page of the console as a browser asks for it, and one item's way through its forms.

pub(crate) use crate::browser::Browser;
use crate::browser::got;
use crate::face::{Face, Fail, said};
use app::people::{AgencyKind, Role};
use serde_json::Value;
use std::collections::BTreeSet;

type Outcome = Result<(), Fail>;

const ORG: &str = "one.example";

/// The pages of a referral unit.
const PAGES: [&str; 14] = [
    "/console/queue",
    "/console/approve",
    "/console/sent",
    "/console/contests",
    "/console/clear",
    "/console/operation",
    "/console/network",
    "/console/radar",
    "/console/search",
    "/console/intake",
    "/console/signals",
    "/console/reports",
    "/console/ledger",
    "/console/agency",
];

#[tokio::test]
async fn every_page_answers_every_role() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    face.found("host.example", AgencyKind::Provider).await?;
    for (path, kind) in [("/public/figures.csv", "text/csv"), ("/public/figures.json", "application/json")] {
        let open = face.http.get(face.url(path)).send().await?;
        let found =
            open.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        assert!(open.status() == 200 && found.starts_with(kind), "{path}: {} {found}", open.status());
    }
    for role in Role::ALL {
        let org = if *role == Role::Provider { "host.example" } else { ORG };
        let browser = Browser::signed_in(&face, &face.someone(org, role.word(), &[*role]).await?).await?;
        // A provider has reasons of its own.
        let why = if *role == Role::Provider { "moderation" } else { "shift" };
        let reason = browser.post("/console/reason", &[("reason", why), ("back", "/console/queue")]).await?;
        assert_eq!((reason.status, reason.to.as_str()), (303, "/console/queue"));
        for path in PAGES.iter().chain(&["/console/inbox", "/", "/public", "/console/step-up", "/m/00"]) {
            for lang in ["en", "fr", "ar"] {
                let got = browser.get(&format!("{path}?lang={lang}")).await?;
                assert!(matches!(got.status, 200 | 303 | 403), "{role} {path}: {}", got.status);
                assert!(!got.page.contains('⟦'), "{role} {path}: words are missing in {lang}");
            }
        }
        // The bar leads to what opens, and to nothing else.
        let bar = browser.get("/console/agency").await?.page;
        for path in PAGES.iter().filter(|path| !["/console/contests", "/console/clear"].contains(path)) {
            let named = bar.contains(&format!("<a href=\"{path}\""));
            let opens = *role != Role::Provider && browser.get(path).await?.status != 403;
            assert_eq!(named, opens, "{role} {path}");
        }
    }
    Ok(())
}

/// A page shows a hundred rows, says how many wait, and the search finds what is behind them.
#[tokio::test]
async fn a_long_queue_is_counted_and_searched_whole() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    crate::face::take_in(&face, ORG, 103).await?;
    let analyst = Browser::signed_in(&face, &face.someone(ORG, "ana", &[Role::Analyst]).await?).await?;
    analyst.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    let words = |page: &str| page.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
    let page = words(&analyst.get("/console/queue?lang=en").await?.page);
    assert!(page.contains("103 clusters") && page.contains("The first 100 of 103."), "{page}");
    let rows = |page: &str| {
        let links = page.split("href=\"/console/queue/").skip(1).filter_map(|rest| rest.get(..36));
        links.map(str::to_owned).collect::<BTreeSet<_>>().len()
    };
    let long = "x".repeat(60_000);
    let asks =
        [("c-103", 1), ("C-103", 1), ("c-10%25", 0), ("no.such.host", 0), (long.as_str(), 0), ("", 100)];
    for (asked, expected) in asks {
        let found = words(&analyst.get(&format!("/console/queue?lang=en&q={asked}")).await?.page);
        assert_eq!(rows(&found), expected, "{asked}: {found}");
        assert_eq!(found.contains("The first 100 of"), asked.is_empty(), "{asked}");
    }
    let many = words(&analyst.get("/console/queue?lang=en&q=c-").await?.page);
    assert!(rows(&many) == 100 && many.contains("The first 100 of what is found."), "{many}");
    // A language is found by the name that the rows show.
    for (asked, expected) in [("lang=en&q=English", 100), ("lang=fr&q=anglais", 100), ("lang=en&q=French", 0)]
    {
        assert_eq!(rows(&analyst.get(&format!("/console/queue?{asked}")).await?.page), expected, "{asked}");
    }
    Ok(())
}

#[tokio::test]
async fn one_item_through_the_forms() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let ana = face.someone(ORG, "ana", &[Role::Analyst]).await?;
    let ben = face.someone(ORG, "ben", &[Role::Approver]).await?;
    let analyst = Browser::signed_in(&face, &ana).await?;

    let asked = analyst.get("/console/queue").await?;
    assert_eq!(
        (asked.status, asked.to.as_str()),
        (303, "/console/reason?back=%2Fconsole%2Fqueue"),
        "reading needs a reason"
    );
    analyst.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;

    let line = r#"{"id":"1","url":"https://video.example/watch/1","text":"a neutral text of several words here","time":"2026-03-04T05:06:07Z"}"#;
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"posts.ndjson\"\r\n\r\n{line}\n\r\n--b\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\n\r\n--b--\r\n",
        analyst.csrf
    );
    let upload = face.http.post(face.url("/console/intake")).header("cookie", &analyst.cookie);
    let upload = got(upload.header("content-type", "multipart/form-data; boundary=b").body(body)).await?;
    assert_eq!((upload.status, upload.to.as_str()), (303, "/console/intake#mapping"), "{}", upload.page);
    let asked = analyst.get("/console/intake").await?.page;
    let id = asked.split("/console/intake/").nth(1).and_then(|rest| rest.get(..36)).ok_or("no question")?;
    // The columns in the file's order: id, text, time, url.
    let chosen = [
        ("act", "read"),
        ("column_0", "id"),
        ("column_1", "text"),
        ("column_2", "time"),
        ("column_3", "url"),
    ];
    let wrong = [("act", "read"), ("column_0", "url"), ("column_3", "url")];
    let twice = analyst.post(&format!("/console/intake/{id}/mapping"), &wrong).await?;
    assert_eq!(twice.status, 400, "two columns cannot mean the same");
    let read = analyst
        .post(&format!("/console/intake/{id}/mapping"), &[&chosen[..], &[("save_as", "ours")]].concat())
        .await?;
    assert_eq!((read.status, read.to.as_str()), (303, "/console/intake?said=handed_in"), "{}", read.page);
    let after = analyst.get("/console/intake").await?.page;
    assert!(
        after.contains("posts.ndjson") && after.contains("ours") && !after.contains("column_0"),
        "it was read"
    );
    crate::house::work(&face.house).await?;

    let token = face.sign_in(&ana).await?;
    let reason = serde_json::json!({ "reason": "my shift today" });
    face.call(Some(&token), reqwest::Method::POST, "/api/v1/reason", Some(reason)).await?;
    let queue = face.call(Some(&token), reqwest::Method::GET, "/api/v1/queue", None).await?;
    let cluster = queue.body["clusters"][0]["id"].as_str().ok_or_else(|| format!("{queue:?}"))?.to_owned();
    let whole =
        face.call(Some(&token), reqwest::Method::GET, &format!("/api/v1/clusters/{cluster}"), None).await?;
    let subject = whole.body["items"][0]["subject"].as_str().ok_or("no subject")?.to_owned();
    let opened = analyst.get(&format!("/console/queue/{cluster}")).await?;
    assert!(opened.page.contains("a neutral text of several words here"), "{}", opened.status);
    assert!(opened.page.contains("video[.]example"), "addresses have no teeth");

    // A hold of their own stands on the item's page with who set it, for who may hold (D34), and is lifted there.
    let about = format!("/console/subject/{subject}");
    let hold = [("answer", "investigative_hold"), ("until", "")];
    let kim = face.someone(ORG, "kim", &[Role::Coordinator]).await?;
    let holder = Browser::signed_in(&face, &kim).await?;
    holder.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    assert_eq!(holder.post(&format!("/console/hold/{subject}"), &hold).await?.status, 303);
    let seen = analyst.get(&about).await?.page;
    assert!(!seen.contains("Ours:") && !seen.contains("kim"), "an inquiry is nobody else's: {seen}");
    let held = holder.get(&about).await?.page;
    assert!(held.contains("Ours:") && held.contains("set by kim"), "{held}");
    assert!(held.contains("Empty: 72 hours"), "the form says its default: {held}");
    let lift = held
        .split("action=\"/console/hold/")
        .find_map(|rest| rest.split_once("/lift\""))
        .ok_or("no button")?;
    let lifted = holder.post(&format!("/console/hold/{}/lift", lift.0), &[("subject", &subject)]).await?;
    assert_eq!((lifted.status, lifted.to), (303, format!("{about}?said=lifted")), "{}", lifted.page);
    assert!(!holder.get(&about).await?.page.contains("Ours:"), "it was lifted");

    let version = whole.body["version"].as_i64().ok_or("no version")?.to_string();
    let audience = format!("audience_{subject}");
    let mut fields = vec![
        ("version", version.as_str()),
        ("decision", "refer"),
        ("kinds[]", "instruction"),
        ("statement_instruction", "It gives instructions, step by step, for the test."),
        ("pinpoint_instruction", "0:10"),
        ("offence_instruction", "3.1.a"),
        ("true_purpose", "Shown to the public for its own sake."),
        ("context", "A public page without any comment."),
        ("urgency", "normal"),
        ("items[]", subject.as_str()),
        (audience.as_str(), "open"),
    ];
    let questions = ["education", "journalism", "art", "research", "counter_terrorism", "public_debate"]
        .map(|question| format!("exemption_{question}"));
    fields.extend(questions.iter().map(|name| (name.as_str(), "no")));
    // A save that is refused says why and keeps what she wrote.
    let early: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "exemption_art").collect();
    let refused = analyst.post(&format!("/console/queue/{cluster}/assess"), &early).await?;
    assert_eq!(refused.status, 422, "{}", refused.page);
    assert!(refused.page.contains("LAW-13") && refused.page.contains("role=\"alert\""), "{}", refused.page);
    for kept in
        ["It gives instructions, step by step, for the test.", "A public page without any comment.", "0:10"]
    {
        assert!(refused.page.contains(kept), "{kept}");
    }
    let saved = analyst.post(&format!("/console/queue/{cluster}/assess"), &fields).await?;
    assert_eq!(saved.status, 303, "{}", saved.page);
    assert_eq!(saved.to, format!("/console/queue?said=to_approve&undo=/console/undo/{cluster}"));
    let again = analyst.post(&format!("/console/queue/{cluster}/assess"), &fields).await?;
    assert_eq!(again.status, 409, "the version that was seen is old");
    let both = again.page.matches("It gives instructions, step by step, for the test.").count();
    assert_eq!(both, 2, "what she wrote and what stands, side by side: {}", again.page);

    let approver = Browser::signed_in(&face, &ben).await?;
    approver.post("/console/reason", &[("reason", "second"), ("back", "/console/approve")]).await?;
    let undone = approver.post(&format!("/console/undo/{cluster}"), &[]).await?;
    assert_eq!(undone.status, 403, "nobody undoes what another decided");
    let letter = approver.get("/console/approve").await?;
    assert!(letter.page.contains("LAW-25"), "the dry run names the missing contact before anybody agrees");
    assert!(letter.page.contains("It gives instructions, step by step"), "{}", letter.status);
    let list = face.call(Some(&face.sign_in(&ben).await?), reqwest::Method::GET, "/api/v1/me", None).await?;
    assert_eq!(list.status, 200);
    let id = assessment(&letter.page).ok_or("the page names no assessment")?;
    let agree = format!("/console/approve/{id}/agree");
    let own = analyst.post(&agree, &[("version", "1")]).await?;
    assert_eq!(own.status, 403, "one person cannot approve");
    let up = approver.post(&agree, &[("version", "1")]).await?;
    assert_eq!(up.status, 303);
    assert!(up.to.starts_with("/console/step-up?back="), "{}", up.to);
    let code = face.code(&ben)?;
    approver.post("/console/step-up", &[("code", &code), ("back", "/console/approve")]).await?;
    let agreed = approver.post(&agree, &[("version", "1")]).await?;
    assert!(agreed.to.starts_with("/console/approve?said=agreed"), "{} {}", agreed.status, agreed.page);
    let sent = approver.get("/console/sent").await?;
    assert!(sent.page.contains("/console/sent/"), "{}", sent.status);
    // Nobody can be reached: it is held back, and found by group, host, and number.
    crate::house::work(&face.house).await?;
    let listed = async |query: &str| {
        let page = approver.get(&format!("/console/sent?{query}")).await?.page;
        Ok::<_, Fail>(page.matches("R-000001").count())
    };
    for found in ["group=held", "q=VIDEO.example", "q=r-000001", "group=held&q=video"] {
        assert_eq!(listed(found).await?, 1, "{found}");
    }
    for none in ["group=answered", "group=held&q=other.example", "q=%25", "q=r_000001"] {
        assert_eq!(listed(none).await?, 0, "{none}");
    }
    a_contact_is_entered(&face, &approver).await
}

/// A coordinator enters the address of a provider that nobody could reach, on its page; an approver is not asked to.
async fn a_contact_is_entered(face: &Face, approver: &Browser<'_>) -> Outcome {
    let cleo = face.someone(ORG, "cleo", &[Role::Coordinator]).await?;
    let coordinator = Browser::signed_in(face, &cleo).await?;
    coordinator.post("/console/reason", &[("reason", "shift"), ("back", "/console/sent")]).await?;
    let sent = coordinator.get("/console/sent?q=R-000001").await?.page;
    let letter = sent.split("href=\"/console/sent/").nth(1).and_then(|rest| rest.get(..36));
    let letter = format!("/console/sent/{}", letter.ok_or("no letter")?);
    let held = coordinator.get(&letter).await?.page;
    let provider = held.split("href=\"/console/provider/").nth(1).and_then(|rest| rest.get(..36));
    let provider = format!("/console/provider/{}", provider.ok_or_else(|| format!("no provider: {held}"))?);
    let form = format!("{provider}/contact");
    let fields = [("mail", "contact@video.example"), ("note", "Called the number of its legal notice.")];
    assert_eq!(approver.post(&form, &fields).await?.status, 403);
    assert!(coordinator.get(&provider).await?.page.contains(&form));
    let unchecked = coordinator.post(&form, &[fields[0], ("note", "")]).await?;
    assert_eq!(unchecked.status, 422, "RXP-56: {}", unchecked.page);
    assert!(unchecked.page.contains("contact@video.example"), "what was typed stays");
    let put = coordinator.post(&form, &fields).await?;
    assert_eq!(put.to, format!("{provider}?said=contact_in_force"), "{} {}", put.status, put.page);
    let after = coordinator.get(&provider).await?.page;
    assert!(
        after.contains("checked by a person") && after.contains("E-mail"),
        "mail is the way now: {after}"
    );
    Ok(())
}

#[tokio::test]
async fn a_doubt_goes_through_a_second_reader_and_z_undoes() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let (ana, ben) = (
        face.someone(ORG, "ana", &[Role::Analyst]).await?,
        face.someone(ORG, "ben", &[Role::Approver]).await?,
    );
    let (analyst, reader) = (Browser::signed_in(&face, &ana).await?, Browser::signed_in(&face, &ben).await?);
    analyst.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    reader.post("/console/reason", &[("reason", "second"), ("back", "/console/approve")]).await?;
    let token = face.sign_in(&ana).await?;
    let line =
        r#"{"id":"1","url":"https://video.example/watch/2","text":"another neutral text of several words"}"#;
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nndjson\r\n--x\r\nContent-Disposition: form-data; name=\"records\"; filename=\"a.ndjson\"\r\n\r\n{line}\n\r\n--x--\r\n"
    );
    let upload = face.http.post(face.url("/api/v1/intake")).bearer_auth(&token);
    let upload =
        said(upload.header("content-type", "multipart/form-data; boundary=x").body(body).send().await?)
            .await?;
    assert_eq!(upload.status, 200, "{upload:?}");
    crate::house::work(&face.house).await?;
    let list = analyst.get("/console/queue").await?.page;
    let cluster = list.split("/console/queue/").nth(1).and_then(|rest| rest.get(..36)).ok_or("no row")?;
    let open = analyst.get(&format!("/console/queue/{cluster}")).await?.page;
    let value = |name: &str| {
        let (_, rest) = open.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let (version, subject) = (value("version").ok_or("no version")?, value("items[]").ok_or("no item")?);
    let audience = format!("audience_{subject}");
    let doubt = [
        ("version", version.as_str()),
        ("decision", "second_reader"),
        ("items[]", subject.as_str()),
        (audience.as_str(), "open"),
        ("true_purpose", "Shown to the public for its own sake."),
        ("context", "A public page without any comment."),
        ("exemption_research", "unsure"),
        ("exemption_research_text", "It may be part of a study."),
    ];
    let questions = ["education", "journalism", "art", "counter_terrorism", "public_debate"]
        .map(|q| format!("exemption_{q}"));
    let mut fields = doubt.to_vec();
    fields.extend(questions.iter().map(|name| (name.as_str(), "no")));
    let path = format!("/console/queue/{cluster}/assess");
    // What is put off is found again: when nothing else is left, and when it is asked for.
    let later = analyst.post(&path, &[("version", version.as_str()), ("decision", "defer")]).await?;
    assert_eq!(later.to, format!("/console/queue?said=deferred&undo=/console/undo/{cluster}"));
    for page in ["/console/queue", "/console/queue?later=on"] {
        assert!(analyst.get(page).await?.page.contains(cluster), "{page}");
    }
    let open = analyst.get(&format!("/console/queue/{cluster}")).await?.page;
    let version = {
        let (_, rest) = open.split_once("name=\"version\" value=\"").ok_or("it cannot be decided")?;
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    fields[0] = ("version", version.as_str());
    assert_eq!(analyst.post(&path, &fields).await?.status, 303);
    let undone = analyst.post(&format!("/console/undo/{cluster}"), &[]).await?;
    assert_eq!(undone.to, format!("/console/queue/{cluster}?said=undone"), "{}", undone.page);
    let open = analyst.get(&format!("/console/queue/{cluster}")).await?.page;
    assert!(open.contains("It may be part of a study."), "what she wrote is still there");
    let (_, rest) = open.split_once("name=\"version\" value=\"").ok_or("no version")?;
    let version = rest.split('"').next().unwrap_or_default().to_owned();
    fields[0] = ("version", version.as_str());
    assert_eq!(analyst.post(&path, &fields).await?.status, 303);

    let asked = reader.get("/console/approve").await?.page;
    assert!(asked.contains("It may be part of a study."), "the reader sees the doubt");
    let id = assessment(&asked).ok_or("the page names no assessment")?;
    let reading = format!("/console/approve/{id}/reading");
    let own = analyst.post(&reading, &[("finding", "no"), ("text", "I read it again.")]).await?;
    assert_eq!(own.status, 403, "its author is no second reader");
    let read = reader.post(&reading, &[("finding", "yes"), ("text", "It is a study of the field.")]).await?;
    assert_eq!(read.to, "/console/approve?said=read_blocked", "{}", read.page);
    let late = analyst.post(&format!("/console/undo/{cluster}"), &[]).await?;
    assert_eq!(late.status, 422, "what another read is not undone");
    Ok(())
}

/// The id in the first form that agrees.
fn assessment(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("/console/approve/")?;
    rest.get(..36).map(str::to_owned)
}

/// An address with an id that is none is a page that is not there, in a person's words, like one with an id of nothing.
#[tokio::test]
async fn a_wrong_id_is_a_page_that_is_not_there() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let browser = Browser::signed_in(&face, &face.someone(ORG, "ana", &[Role::Analyst]).await?).await?;
    browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    for page in ["queue", "approve", "sent", "provider", "subject"] {
        for id in ["not-an-id", "00000000-0000-7000-8000-000000000001"] {
            let got = browser.get(&format!("/console/{page}/{id}")).await?;
            let own = got.page.contains("<html") && got.page.contains("There is no such thing here");
            assert!(
                got.status == 404 && own && !got.page.contains("Cannot parse"),
                "{page}/{id}: {}",
                got.page
            );
        }
    }
    let form =
        browser.post("/console/sent/not-an-id/withdraw", &[("reason", "It was another item.")]).await?;
    assert!(form.status == 404 && form.page.contains("There is no such thing here"), "{}", form.page);
    Ok(())
}

#[tokio::test]
async fn the_stream_tells_the_state_and_ends_with_the_server() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let token = face.sign_in(&face.someone(ORG, "ana", &[Role::Analyst]).await?).await?;
    let mut response = face.http.get(face.url("/api/v1/stream")).bearer_auth(&token).send().await?;
    assert_eq!(response.headers().get("x-accel-buffering").and_then(|value| value.to_str().ok()), Some("no"));
    let first = response.chunk().await?.ok_or("the stream is empty")?;
    let text = String::from_utf8_lossy(&first).into_owned();
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).ok_or_else(|| text.clone())?;
    let data: Value = serde_json::from_str(data)?;
    assert_eq!(data["clusters_waiting"], 0, "{text}");
    face.served.stop().await;
    while response.chunk().await?.is_some() {}
    Ok(())
}
