//! A running world, from outside: pages, RXP, mail, the stepped clock, and the truth about them.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "serve/played.rs"]
mod played;

use played::*;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};
use world::model::{Behaviour, Contact, Fault, GonePage, Service, TruthItem};
use world::serve::{envelope, jcs, jws};

fn is_rxp(service: &Service) -> bool {
    matches!(service.contact, Contact::Rxp { .. })
}

#[tokio::test]
async fn receiver_refuses_what_is_wrong() {
    let world = play("refuses").await;
    let (service, item) = world.item(|s, i| is_rxp(s) && s.fault == Fault::None && i.terrorist);
    let good = world.referral(&service.host, &item.url);

    let mut flipped = good.clone();
    flipped["body"]["items"][0]["url"] = json!("https://else.test/1");
    assert_eq!(code(&world.post(&flipped).await), (401, "bad_document_signature".to_owned()));

    let mut stranger = good.clone();
    stranger["from"] = json!("birch.example");
    assert_eq!(code(&world.post(&stranger).await), (403, "unknown_sender".to_owned()));

    let other = world.world.services.iter().find(|s| is_rxp(s) && s.host != service.host).unwrap();
    let mut astray = good.clone();
    astray["to"] = json!(other.host);
    assert_eq!(code(&world.post(&astray).await), (401, "bad_document_signature".to_owned()));

    let (status, receipt) = world.post(&good).await.unwrap();
    assert_eq!(status, 202);
    assert_eq!(
        world.post(&good).await.unwrap(),
        (202, receipt.clone()),
        "same id, same receipt, byte for byte"
    );
    let id = good["id"].as_str().unwrap();
    assert_eq!(world.receipt(&service.host, id, false).await.0, 401);
    assert_eq!(world.receipt(&service.host, id, true).await, (200, receipt.clone()));
    assert_eq!(world.receipt(&service.host, "unknown", true).await.0, 404);
    let receipt: Value = serde_json::from_slice(&receipt).unwrap();
    assert_eq!(receipt["body"]["of"], good["id"]);
    assert_eq!(receipt["body"]["digest"], jws::digest(&good).as_str());

    let mut again = good.clone();
    again["body"]["terms_hint"] = json!("another text");
    jws::sign(&mut again, &jws::key_of("test", UNIT));
    assert_eq!(code(&world.post(&again).await), (409, "digest_conflict".to_owned()));

    let mut clocked = world.referral(&service.host, &item.url);
    clocked["body"]["deadline"] = json!("2027-04-25T07:00:00.000Z");
    jws::sign(&mut clocked, &jws::key_of("test", UNIT));
    assert_eq!(code(&world.post(&clocked).await), (422, "unknown_field".to_owned()));

    world.now.set(world.now.get() - 301);
    assert_eq!(code(&world.post(&world.referral(&service.host, &item.url)).await), (401, "stale".to_owned()));
    world.now.set(world.now.get() + 301);

    let truth = world.truth_now().await;
    assert_eq!((truth["referred"].clone(), truth["duplicates_sent"].clone()), (json!(1), json!(0)));
    assert_eq!(truth["refused"]["bad_document_signature"], 2);
    world.deliver(&world.referral(&service.host, &item.url)).await;
    assert_eq!(world.truth_now().await["duplicates_sent"], 1);
}

#[tokio::test]
async fn faults_end_in_one_receipt() {
    let world = play("faults").await;
    for (fault, first) in
        [(Fault::RateLimited, Some(429)), (Fault::Flaky, Some(503)), (Fault::DropAfterCommit, None)]
    {
        let (service, item) = world.item(|s, _| is_rxp(s) && s.fault == fault);
        let referral = world.referral(&service.host, &item.url);
        assert_eq!(world.post(&referral).await.map(|(status, _)| status), first, "{fault:?}");
        let second = world.post(&referral).await;
        assert_eq!(second.as_ref().map(|(status, _)| *status), Some(202), "{fault:?}");
        assert_eq!(world.post(&referral).await, second, "{fault:?}");
    }
    let truth = world.truth_now().await;
    assert_eq!(
        (truth["messages"]["referral"].clone(), truth["duplicates_sent"].clone()),
        (json!(3), json!(0))
    );
}

#[tokio::test]
async fn pages_before_and_after() {
    let world = play("pages").await;
    let (home, _) = world.item(|s, _| is_rxp(s));
    let base = format!("https://{}", home.host);
    assert_eq!(world.get(&format!("{base}/")).await.0, 200);
    assert!(world.get(&format!("{base}/robots.txt")).await.1.contains("User-agent"));
    assert_eq!(world.get(&format!("{base}/no-such-item")).await.0, 404);
    let contact: Value =
        serde_json::from_str(&world.get(&format!("{base}/.well-known/rxp-contact.json")).await.1).unwrap();
    let jwks: Value =
        serde_json::from_str(&world.get(&format!("{base}/.well-known/rxp-jwks.json")).await.1).unwrap();
    assert_eq!(
        (&contact["org"], &contact["jwks_uri"]),
        (&json!(home.host), &json!(format!("{base}/.well-known/rxp-jwks.json")))
    );
    assert!(contact["sig"][0].is_string() && jwks["keys"][0]["x"].is_string());

    let expected = [
        (GonePage::Hard404, 404, "nothing at this address"),
        (GonePage::Gone410, 410, "Gone"),
        (GonePage::Soft404, 200, "not available"),
        (GonePage::RemovedByPlatform, 200, "breaks our terms"),
        (GonePage::LoginWall, 200, "Log in"),
        (GonePage::GeoBlock, 451, "in your country"),
        (GonePage::Redirect, 302, "Home"),
        (GonePage::RemovedByAuthor, 200, "The author deleted"),
        (GonePage::Replaced, 200, "reading room"),
    ];
    let mut items = Vec::new();
    for (page, status, words) in expected {
        let (service, item) = world.item(|s, i| {
            s.gone_page == page && matches!(s.behaviour, Behaviour::Prompt | Behaviour::Slow) && i.will.gone
        });
        let (before, text) = world.get(&item.url).await;
        assert_eq!((before, text.contains("<article>")), (200, true));
        let mobile = item.url.replacen("https://", "https://m.", 1);
        assert_eq!(world.get(&mobile).await.1, text);
        world.deliver(&world.referral(&service.host, &item.url)).await;
        items.push((item, status, words));
    }
    world.clock("2027-04-25T06:59:00Z").await;
    assert_eq!(world.truth_now().await["gone"], 0);
    world.clock("2027-04-26T13:00:00Z").await;
    assert_eq!(world.truth_now().await["gone"], 9);
    for (item, status, words) in items {
        let (now, text) = world.get(&item.url).await;
        assert_eq!(now, status, "{words}");
        let post = world.posts.iter().find(|post| post.id == item.id).unwrap();
        assert!(text.contains(words) && !text.contains(&post.text), "{words}");
    }
}

#[tokio::test]
async fn asking_back_withdrawal_and_return() {
    let world = play("asking").await;
    let (service, item) = world.item(|s, i| s.behaviour == Behaviour::AskingBack && i.will.gone);
    let referral = world.referral(&service.host, &item.url);
    world.deliver(&referral).await;
    let stepped = world.clock("2027-04-25T08:00:00Z").await;
    assert_eq!((stepped["actions"].clone(), stepped["outcomes_pending"].clone()), (json!(1), json!(1)));
    assert_eq!(world.get(&item.url).await.0, 200);
    let early = world.clock("2027-04-25T07:00:00Z").await;
    assert!(early["error"].is_string(), "the clock does not go back");

    let (prompt, back) = world.item(|s, i| s.behaviour == Behaviour::Prompt && i.reappears.is_some());
    let second = world.referral(&prompt.host, &back.url);
    world.deliver(&second).await;
    world.clock("2027-04-25T09:00:00Z").await;
    world.clock("2027-04-26T09:00:00Z").await;
    let feed = String::from_utf8(world.control("feed?since=2027-04-25T09:00:00Z").await).unwrap();
    let post: Value = serde_json::from_str(feed.trim()).unwrap();
    let again = back.reappears.as_ref().unwrap();
    assert_eq!(post["url"], again.url.as_str());
    assert!(world.get(&again.url).await.1.contains("<article>"));
    let truth = world.truth_now().await;
    assert_eq!((truth["reappeared"].clone(), truth["gone"].clone()), (json!(1), json!(1)));

    let body = json!({"reason": "wrong_item", "text": "It was another item.", "request": "reinstate_if_acted", "items": ["i1"]});
    let withdrawal = world.message("withdrawal", &prompt.host, second["id"].as_str(), &body);
    world.deliver(&withdrawal).await;
    world.clock("2027-04-26T10:00:00Z").await;
    assert!(world.get(&back.url).await.1.contains("<article>"));
    let truth = world.truth_now().await;
    assert_eq!((truth["withdrawn"].clone(), truth["gone"].clone()), (json!(1), json!(0)));
}

/// A sender that receives outcomes: refuses the first attempt as stale, then gives a signed receipt, but for a message
/// that it has never seen it lies about the digest `lies` times.
struct Inbox {
    seen: std::sync::Mutex<Vec<Value>>,
    lies: std::sync::atomic::AtomicU32,
    stale: std::sync::atomic::AtomicBool,
}

async fn inbox(
    inbox: std::sync::Arc<Inbox>,
    headers: axum::http::HeaderMap,
    body: String,
) -> axum::response::Response {
    use std::sync::atomic::Ordering::SeqCst;
    let text = |status: u16, date: &str, body: &Value| {
        let builder = axum::response::Response::builder().status(status).header("date", date);
        builder.body(jcs::canonical(body).into()).unwrap()
    };
    if inbox.stale.swap(false, SeqCst) {
        return text(401, "Sun, 25 Apr 2027 21:00:00 GMT", &json!({"rxp": "1", "error": {"code": "stale"}}));
    }
    let document = jcs::parse(body.as_bytes()).unwrap();
    assert_eq!(headers["rxp-id"], document["id"].as_str().unwrap());
    let lies = inbox.lies.load(SeqCst) > 0;
    if lies {
        inbox.lies.fetch_sub(1, SeqCst);
    }
    let digest = if lies { "sha-256:00".to_owned() } else { jws::digest(&document) };
    let mut receipt = json!({
        "rxp": "1", "type": "receipt", "from": UNIT, "to": document["from"],
        "body": {"of": document["id"], "digest": digest},
    });
    jws::sign(&mut receipt, &jws::key_of("test", UNIT));
    let created = headers["signature-input"].to_str().unwrap().split("created=").nth(1).unwrap();
    let mut seen = document.clone();
    seen["created"] = json!(created.split(';').next().unwrap());
    inbox.seen.lock().unwrap().push(seen);
    text(202, "Sun, 25 Apr 2027 21:00:00 GMT", &receipt)
}

#[tokio::test]
async fn accounts_and_single_items() {
    let world = play("accounts").await;
    let held = answering(&world, 0, false).await;
    let breaches = |item: &TruthItem| {
        let author =
            |id: &str| world.posts.iter().find(|p| p.id == id).map(|p| (&p.service, &p.author.handle));
        let same = |other: &&TruthItem| other.will.gone && author(&other.id) == author(&item.id);
        world.truth.items.iter().filter(same).count()
    };
    let (service, item) = world.item(|s, i| s.behaviour == Behaviour::Prompt && breaches(i) >= 2);
    let handle = &world.posts.iter().find(|p| p.id == item.id).unwrap().author.handle;
    let profile = format!("https://{}/@{handle}", service.host);
    assert!(world.get(&profile).await.1.contains(handle));
    let nothing = format!("https://{}/@nobody_at_all", service.host);
    let items = json!([
        {"item": "i1", "url": profile}, {"item": "i2", "url": nothing}, {"item": "i3", "url": "https://else.test/1"},
        {"item": "i4", "url": item.url},
    ]);
    let body = json!({"voluntary_notice": envelope::VOLUNTARY_NOTICE, "items": items});
    let referral = world.message("referral", &service.host, None, &body);
    world.deliver(&referral).await;
    let body =
        json!({"reason": "wrong_item", "text": "One of them was wrong.", "request": "none", "items": ["i4"]});
    world.deliver(&world.message("withdrawal", &service.host, referral["id"].as_str(), &body)).await;
    world.clock("2027-04-25T07:00:00Z").await;

    let outcomes = held.seen.lock().unwrap().clone();
    let results = outcomes.iter().filter(|o| o["in_reply_to"] == referral["id"]).flat_map(|o| {
        o["body"]["results"].as_array().unwrap().iter().map(|r| (r["answer"].clone(), r["items"].clone()))
    });
    let results: Vec<_> = results.collect();
    let expected = [("account_suspended", "i1"), ("not_found", "i2"), ("not_our_service", "i3")];
    assert_eq!(results, expected.map(|(answer, name)| (json!(answer), json!([name]))));
    assert!(world.get(&profile).await.1.contains("suspended"));
    assert_eq!(world.get(&item.url).await.0, 200, "the withdrawn one stays");
    assert_eq!(world.truth_now().await["withdrawn"], 1);
}

/// Starts the inbox and tells the world where it is.
async fn answering(world: &Played, lies: u32, stale: bool) -> std::sync::Arc<Inbox> {
    let held = std::sync::Arc::new(Inbox { seen: Vec::new().into(), lies: lies.into(), stale: stale.into() });
    let router = {
        let held = held.clone();
        let handle = move |headers, body| inbox(held.clone(), headers, body);
        axum::Router::new().route("/rxp/v1/messages", axum::routing::post(handle))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let path = world.dir.join("net/peers.json");
    let mut peers: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    peers["peers"][0]["connect"] = json!(address.to_string());
    fs::write(&path, peers.to_string()).unwrap();
    held
}

#[tokio::test]
async fn outcomes_need_a_good_receipt() {
    let world = play("outcomes").await;
    let held = answering(&world, 2, true).await;
    let (service, item) =
        world.item(|s, i| s.behaviour == Behaviour::Prompt && i.will.answer.as_deref() == Some("removed"));
    let referral = world.referral(&service.host, &item.url);
    world.deliver(&referral).await;
    // Attempts: stale, a lie, a lie; nothing counts until the next step.
    let step = world.clock("2027-04-25T07:00:00Z").await;
    assert_eq!((step["outcomes_sent"].clone(), step["outcomes_pending"].clone()), (json!(0), json!(1)));
    assert_eq!(world.truth_now().await["answered"], 0);
    let step = world.clock("2027-04-25T07:01:00Z").await;
    assert_eq!((step["outcomes_sent"].clone(), step["outcomes_pending"].clone()), (json!(1), json!(0)));
    let truth = world.truth_now().await;
    assert_eq!(
        (truth["answered"].clone(), truth["removed"].clone(), truth["unanswered"].clone()),
        (json!(1), json!(1), json!(0))
    );
    assert_eq!(truth["by_answer"], json!({"removed": 1}));

    let seen = held.seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 3);
    let same = |n: usize| (seen[n]["id"].clone(), seen[n]["sig"].clone());
    assert!(same(0) == same(1) && same(1) == same(2), "a retry is the same document");
    let told = 1_808_686_800;
    assert_eq!(seen[0]["created"], told.to_string().as_str(), "signed again by the receiver's clock");
    assert_eq!(seen[2]["in_reply_to"], referral["id"]);
    assert_eq!(seen[2]["body"]["results"][0]["answer"], "removed");
    let mut outcome = seen[2].clone();
    outcome.as_object_mut().unwrap().remove("created");
    let key = jws::key_of(&format!("renvoi world {} key", world.world.seed), &service.host).verifying_key();
    assert_eq!(jws::verify(&outcome, &[key]), Ok(()));
}

/// Everything is referred that can be; after two days the providers' truth is the truth of the files.
#[tokio::test]
async fn a_whole_day_comes_to_the_truth() {
    let world = play("day").await;
    let held = answering(&world, 0, false).await;
    let service = |host: &str| world.world.services.iter().find(|s| s.host == host).unwrap();
    let reached: Vec<&TruthItem> = world.truth.items.iter().filter(|i| is_rxp(service(&i.service))).collect();
    for item in &reached {
        world.deliver(&world.referral(&item.service, &item.url)).await;
    }
    for hour in [7, 8, 9, 12] {
        world.clock(&format!("2027-04-25T{hour:02}:00:00Z")).await;
    }
    let questions: Vec<Value> = held.seen.lock().unwrap().clone();
    for asked in questions.iter().filter(|o| o["body"]["results"][0]["answer"] == "needs_information") {
        let body = json!({"text": "The whole post is meant, with its picture.", "items": ["i1"]});
        let to = asked["from"].as_str().unwrap();
        world.deliver(&world.message("information", to, asked["id"].as_str(), &body)).await;
    }
    world.clock("2027-04-27T06:00:00Z").await;

    let count = |holds: &dyn Fn(&TruthItem) -> bool| json!(reached.iter().filter(|i| holds(i)).count());
    let answer = |wanted: &'static str| move |i: &TruthItem| i.will.answer.as_deref() == Some(wanted);
    let truth = world.truth_now().await;
    assert_eq!(truth["referred"], json!(reached.len()));
    assert_eq!(truth["answered"], count(&|i| i.will.answer.is_some()));
    assert_eq!(truth["unanswered"], count(&|i| i.will.answer.is_none()));
    assert_eq!(truth["no_action"], count(&answer("no_action")));
    assert_eq!(truth["removed"], count(&|i| answer("removed")(i) || answer("disabled_everywhere")(i)));
    assert_eq!(truth["gone"], count(&|i| i.will.gone));
    assert_eq!(truth["reappeared"], count(&|i| i.reappears.is_some()));
    assert_eq!(
        (truth["duplicates_sent"].clone(), truth["outcomes"]["pending"].clone()),
        (json!(0), json!(0))
    );
    assert!(truth["answered"].as_u64().unwrap() > 100 && truth["unanswered"].as_u64().unwrap() > 0);
}

/// Says a line and gives the status of the answer.
fn say(stream: &mut BufReader<TcpStream>, line: &str) -> u16 {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
    hear(stream)
}

fn hear(stream: &mut BufReader<TcpStream>) -> u16 {
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        if line.as_bytes().get(3) != Some(&b'-') {
            return line.get(..3).unwrap().parse().unwrap();
        }
    }
}

fn mail_session(smtp: SocketAddr, to: &str, document: &Value) {
    let mut stream = BufReader::new(TcpStream::connect(smtp).unwrap());
    assert_eq!(hear(&mut stream), 220);
    assert_eq!(say(&mut stream, "MAIL FROM:<a@aster.example>"), 503);
    assert_eq!(say(&mut stream, "EHLO aster.example"), 250);
    assert_eq!(say(&mut stream, &format!("RCPT TO:<{to}>")), 503);
    assert_eq!(say(&mut stream, &format!("MAIL FROM:<a@aster.example> SIZE={}", 11 * 1024 * 1024)), 552);
    assert_eq!(say(&mut stream, "MAIL FROM:<a@aster.example> SIZE=2000 BODY=8BITMIME"), 250);
    assert_eq!(say(&mut stream, "RCPT TO:<nobody@nowhere.test>"), 550);
    assert_eq!(say(&mut stream, "DATA"), 503);
    assert_eq!(say(&mut stream, "NOOP"), 250);
    assert_eq!(say(&mut stream, "RSET"), 250);
    assert_eq!(say(&mut stream, "STARTTLS"), 502);
    for _ in 0..2 {
        assert_eq!(say(&mut stream, "mail from:<a@aster.example>"), 250);
        assert_eq!(say(&mut stream, &format!("rcpt to:<{to}>")), 250);
        assert_eq!(say(&mut stream, "DATA"), 354);
        let id = document["id"].as_str().unwrap();
        let head = format!("Message-ID: <{id}@{UNIT}>\r\nSubject: Referral\r\nMIME-Version: 1.0");
        let part =
            format!("--b\r\nContent-Type: application/rxp+json\r\n\r\n{}\r\n--b--", jcs::canonical(document));
        let text = "--b\r\nContent-Type: text/plain\r\n\r\n..a line that began with a dot";
        let mail =
            format!("{head}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{text}\r\n{part}\r\n.");
        assert_eq!(say(&mut stream, &mail), 250);
    }
    assert_eq!(say(&mut stream, "QUIT"), 221);
}

#[tokio::test]
async fn mail_sink() {
    let world = play("mail").await;
    let (service, item) =
        world.item(|s, i| s.behaviour == Behaviour::MailOnly && s.fault == Fault::None && i.will.gone);
    let Contact::Mail { email } = &service.contact else { panic!("mail") };
    // Two kilobytes of canonical JSON are one line; RFC 5321 senders would wrap it, this sink allows it.
    let referral = world.referral(&service.host, &item.url);
    let (smtp, email, document) = (world.running.net.smtp, email.clone(), referral.clone());
    tokio::task::spawn_blocking(move || mail_session(smtp, &email, &document)).await.unwrap();

    let truth = world.truth_now().await;
    assert_eq!((truth["mails"].clone(), truth["mail_repeats"].clone()), (json!(2), json!(1)));
    assert_eq!((truth["referred"].clone(), truth["duplicates_sent"].clone()), (json!(1), json!(0)));
    let again = world.referral(&service.host, &item.url);
    assert_eq!(code(&world.post(&again).await), (404, "wrong_receiver".to_owned()));
    world.clock("2027-04-26T03:00:00Z").await;
    let truth = world.truth_now().await;
    assert_eq!((truth["unanswered"].clone(), truth["gone_unanswered"].clone()), (json!(1), json!(1)));
    let seen = fs::read_to_string(world.dir.join("net/seen.ndjson")).unwrap();
    let kinds: Vec<String> = seen
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["event"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["message", "mail", "mail", "refused", "item"]);
}
