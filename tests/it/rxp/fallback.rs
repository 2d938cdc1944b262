//! What if the way is closed? By mail, with the same message and one receipt. (RXP-44, RXP-46, RXP-47, RXP-48)

use super::gate::Way;
use super::pair::{Fail, Pair, browser, on_both_with, said};
use crate::house::{Folder, HOST, Outcome};
use domain::provider::{Channel, Hours};
use domain::referral::{Answer, State};
use jiff::SignedDuration;
use serde_json::Value;
use std::path::Path;

/// The world's mail sink; it keeps what it takes in `mail/` of its folder.
struct Sink {
    folder: Folder,
    running: world::Running,
    /// A mailbox that it has.
    mailbox: String,
}

impl Sink {
    async fn new() -> Result<Self, Fail> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = Folder::new();
        world::make(&world::Plan { items: 20, ..world::Plan::default() }, folder.path())?;
        let running = world::serve(folder.path(), &world::ServeOptions::default()).await?;
        let world: Value = serde_json::from_slice(&std::fs::read(folder.join("world.json"))?)?;
        let services = world["services"].as_array().cloned().unwrap_or_default();
        let steady = services
            .iter()
            .find(|service| service["fault"] == "none" && !service["contact"]["email"].is_null());
        let mailbox =
            steady.and_then(|service| service["contact"]["email"].as_str()).ok_or("no mailbox")?.to_owned();
        Ok(Self { folder, running, mailbox })
    }

    /// The mails that it took, oldest first, with their encoded parts read.
    fn mails(&self) -> Result<Vec<String>, Fail> {
        mails(&self.folder.join("mail"))
    }
}

fn mails(folder: &Path) -> Result<Vec<String>, Fail> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    files.iter().map(|file| Ok(std::fs::read_to_string(file)?)).collect()
}

/// The parts of a mail, read, one after the other.
fn parts(mail: &str) -> String {
    let mut out = String::new();
    for part in mail.split("\r\n\r\n").skip(1) {
        let body: String = part.split("\r\n--").next().unwrap_or_default().split_whitespace().collect();
        out.push_str(&String::from_utf8_lossy(&base64(&body)));
    }
    out
}

/// RFC 4648, section 4.
fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for value in text.trim_end_matches('=').chars() {
        let Some(value) = ALPHABET.find(value).and_then(|value| u32::try_from(value).ok()) else {
            return Vec::new();
        };
        bits = bits << 6 | value;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    bytes
}

/// The path of the one-time link in a mail.
fn link(mail: &str) -> Option<String> {
    let text = parts(mail);
    let token = text.split("/m/").nth(1)?.chars().take_while(char::is_ascii_hexdigit).collect::<String>();
    (token.len() == 32).then(|| format!("/m/{token}"))
}

/// A form as a browser sends it.
fn form(url: &str, filled: &'static str) -> Result<reqwest::RequestBuilder, Fail> {
    Ok(browser()?.post(url).header("content-type", "application/x-www-form-urlencoded").body(filled))
}

/// The unit's book names the sink's mailbox beside the endpoint.
async fn reachable_by_mail(pair: &Pair, sink: &Sink, channel: Channel) -> Outcome {
    let mut entry = pair.entry().await?.entry;
    entry.mail = Some(sink.mailbox.clone());
    entry.channel = channel;
    pair.enter(entry).await?;
    Ok(())
}

/// A message that does not get through for a day; its fallback is due.
async fn a_day_without_receipt(pair: &Pair) -> Outcome {
    pair.gate.set(Way::Lost);
    for _ in 0..26 {
        pair.deliver().await?;
        pair.wait(SignedDuration::from_hours(1))?;
    }
    Ok(())
}

/// RXP-44: lanes 4 and 5 by mail only and within the provider's hours; lanes 1 to 3 at once, and somebody is told to
/// telephone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fallback() -> Outcome {
    let sink = Sink::new().await?;
    on_both_with(Some(sink.running.net.smtp), async |mut pair| {
        reachable_by_mail(&pair, &sink, Channel::Rxp).await?;
        let mut entry = pair.entry().await?.entry;
        let closed_days = vec!["sat".to_owned(), "sun".to_owned()];
        entry.hours =
            Some(Hours { tz: "Europe/Dublin".to_owned(), open: "09:00-17:00".to_owned(), closed_days });
        pair.enter(entry).await?;
        // On Thursday at 18:00 a day is over; people are there again on Friday at 9.
        let taken = sink.mails()?.len();
        pair.wait(SignedDuration::from_mins(510))?;
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        a_day_without_receipt(&pair).await?;
        pair.deliver().await?;
        let outbox = pair.outbox(id).await?;
        assert_eq!(outbox[0].1, "failed");
        assert_eq!((outbox[1].0.as_str(), outbox[1].1.as_str()), ("mail", "waiting"), "{outbox:?}");
        assert_eq!(outbox[1].3, "2026-03-06T09:00:00Z".parse()?);
        assert_eq!(sink.mails()?.len(), taken, "nobody is there to read it");
        pair.wait(outbox[1].3.duration_since(pair.now()))?;
        pair.deliver().await?;
        assert_eq!(sink.mails()?.len(), taken + 1);
        assert_eq!(pair.referral(referral.id).await?.state, State::Delivered);
        let facts = pair.unit.facts(id.0).await?;
        assert_eq!(facts.iter().filter(|(what, ..)| what == "fallback").count(), 1);
        assert!(!facts.iter().any(|(what, ..)| what == "duty_alert"), "a referral alerts nobody");
        // A withdrawal: after 15 minutes, at any hour, and the duty desk is told.
        pair.wait(SignedDuration::from_hours(12))?;
        pair.withdraw(referral.id).await?;
        for _ in 0..17 {
            pair.deliver().await?;
            pair.wait(SignedDuration::from_mins(1))?;
        }
        pair.deliver().await?;
        assert_eq!(sink.mails()?.len(), taken + 2, "at night as well");
        let withdrawal = pair.open_withdrawal().await?;
        let facts = pair.unit.facts(withdrawal.0).await?;
        for word in ["fallback", "duty_alert"] {
            assert_eq!(facts.iter().filter(|(what, ..)| what == word).count(), 1, "{word}");
        }
        // Retries go on beside it.
        let outbox = pair.outbox(withdrawal).await?;
        assert_eq!((outbox[0].0.as_str(), outbox[0].1.as_str()), ("rxp", "waiting"), "{outbox:?}");
        pair.gate.set(Way::Through);
        pair.wait(SignedDuration::from_mins(7))?;
        pair.deliver().await?;
        assert!(pair.unit.receipt(withdrawal).await?.is_some());
        Ok(pair)
    })
    .await
}

/// RXP-46: the mail carries the same document under the same id; whichever way is first gives the receipt, and the other
/// begins nothing anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_clock() -> Outcome {
    let sink = Sink::new().await?;
    on_both_with(Some(sink.running.net.smtp), async |mut pair| {
        reachable_by_mail(&pair, &sink, Channel::Rxp).await?;
        for link_first in [true, false] {
            pair.gate.set(Way::Through);
            let referral = pair.refer().await?;
            let id = referral.message.ok_or("not sent")?;
            if !link_first {
                // It arrived long ago; only its receipt was lost.
                pair.gate.set(Way::AnswerLost);
                pair.deliver().await?;
            }
            a_day_without_receipt(&pair).await?;
            pair.deliver().await?;
            let mail = sink.mails()?.pop().ok_or("no mail")?;
            assert!(mail.contains(&format!("Message-ID: <{id}@{}>", pair.unit.org)), "{mail}");
            let document = pair.unit.document(id).await?;
            assert!(parts(&mail).contains(&document), "the identical document");
            let path = link(&mail).ok_or("no link")?;
            let url = format!("http://{}{path}", pair.unit.served.addr);
            let pressed = pair.now();
            assert_eq!(said(browser()?.post(&url)).await?.status, 200);
            let clock = pair.referral(referral.id).await?.acknowledged_at;
            assert_eq!(clock, Some(pressed));
            // The way is open again: nothing goes out a second time, and the link starts nothing again.
            pair.gate.set(Way::Through);
            pair.wait(SignedDuration::from_hours(3))?;
            assert_eq!(said(browser()?.post(&url)).await?.status, 200);
            assert!(pair.outbox(id).await?.iter().all(|row| row.1 == "done" || row.1 == "failed"));
            if link_first {
                let said = pair.unit.post(&pair.host, id, &document).await?;
                assert_eq!(said.status, 202, "{}", said.body);
            }
            // The provider's own receipt comes to light: the earlier time counts, and it stays one clock.
            let own = pair.host.receipt(id).await?.ok_or("no receipt")?;
            let held = pair.host.message(id).await?.ok_or("gone")?.made_at;
            let own_id = serde_json::from_str::<Value>(&own)?["id"].as_str().ok_or("no id")?.parse()?;
            pair.host.post(&pair.unit, own_id, &own).await?;
            let counted = pair.referral(referral.id).await?.acknowledged_at;
            assert_eq!(counted, Some(if link_first { pressed } else { held }));
            let facts = pair.unit.facts(referral.id.0).await?;
            assert_eq!(facts.iter().filter(|(what, ..)| what == "receipt").count(), 1);
        }
        Ok(pair)
    })
    .await
}

/// RXP-47: a relay's 250 is `delivered`; a pressed link that is only looked at is nothing; a confirmation is a receipt.
/// A mailbox that is not there is a task for a person.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_receipt_levels() -> Outcome {
    let sink = Sink::new().await?;
    on_both_with(Some(sink.running.net.smtp), async |mut pair| {
        reachable_by_mail(&pair, &sink, Channel::Mail).await?;
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.deliver().await?;
        let now = pair.referral(referral.id).await?;
        assert_eq!(
            (now.state, now.acknowledged_at, pair.unit.receipt(id).await?),
            (State::Delivered, None, None)
        );
        assert_eq!(pair.outbox(id).await?[0].1, "relayed");
        // Scanners press links: any number of looks, of any kind, is no receipt and shows nothing.
        let mail = sink.mails()?.pop().ok_or("no mail")?;
        let url = format!("http://{}{}", pair.unit.served.addr, link(&mail).ok_or("no link")?);
        for _ in 0..3 {
            let page = said(browser()?.get(&url)).await?;
            assert_eq!(page.status, 200);
            assert!(!page.body.contains("/watch/"), "no address before a person asks");
            said(browser()?.head(&url)).await?;
        }
        assert_eq!(pair.referral(referral.id).await?.state, State::Delivered);
        // A guessed link is none.
        let guess = format!("http://{}/m/{}", pair.unit.served.addr, "0".repeat(32));
        assert_eq!(said(browser()?.post(&guess)).await?.status, 404);
        assert_eq!(said(browser()?.post(&url)).await?.status, 200);
        assert_eq!(pair.referral(referral.id).await?.state, State::Acknowledged);
        // The mail system of the provider says that there is no such person.
        let mut entry = pair.entry().await?.entry;
        entry.mail = Some("nobody@nowhere.example".to_owned());
        pair.enter(entry).await?;
        let referral = pair.refer().await?;
        pair.deliver().await?;
        assert_eq!(pair.referral(referral.id).await?.state, State::Undeliverable);
        Ok(pair)
    })
    .await
}

/// RXP-48: the page behind the link gives a receipt signed by our own instance, a copy of it by mail, and takes an answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn web_inbox_receipt() -> Outcome {
    let sink = Sink::new().await?;
    on_both_with(Some(sink.running.net.smtp), async |mut pair| {
        reachable_by_mail(&pair, &sink, Channel::Mail).await?;
        let referral = pair.refer().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.deliver().await?;
        let taken = sink.mails()?.len();
        let path = link(&sink.mails()?[taken - 1]).ok_or("no link")?;
        let url = format!("http://{}{path}", pair.unit.served.addr);
        pair.wait(SignedDuration::from_hours(2))?;
        let page = said(browser()?.post(&url)).await?.body;
        assert!(
            page.contains(&HOST.replace('.', "[.]")) && page.contains("/watch/"),
            "what was referred is shown"
        );
        assert!(page.contains("This is a referral for your voluntary consideration"));
        for answer in ["no_action", "removed"] {
            assert!(page.contains(&format!("value=\"{answer}\"")), "{answer}");
        }
        let receipt = pair.unit.receipt(id).await?.ok_or("no receipt")?;
        let ring = app::identity::KeyRing::of(&pair.unit.house, pair.unit.org).await?;
        let now = app::identity::wire(pair.now())?;
        let verified = exchange::verify(receipt.as_bytes(), now, |org, kid| ring.lookup(org, kid))?;
        let exchange::Body::Receipt(body) = verified.body()? else { return Err("not a receipt".into()) };
        assert_eq!(body.channel, exchange::body::receipt::Channel::WebInbox);
        assert_eq!((body.of, body.received_at.timestamp()), (id, pair.now()));
        assert_eq!(body.digest, exchange::canonical::digest(pair.unit.document(id).await?.as_bytes()));
        assert_eq!((verified.envelope.from.as_str(), verified.envelope.to.as_str()), (pair.unit.org, HOST));
        // Its copy goes to the provider by mail, once, and asks for nothing.
        pair.deliver().await?;
        pair.deliver().await?;
        let mails = sink.mails()?;
        assert_eq!(mails.len(), taken + 1);
        let copy = &mails[taken];
        assert!(copy.contains("Subject: receipt ") && parts(copy).contains(&receipt), "{copy}");
        assert_eq!(pair.outbox(verified.envelope.id).await?[0].1, "done");
        // The answer of the page counts as any other.
        let nothing = said(form(&format!("{url}/answer"), "answer=")?).await?;
        assert_eq!(nothing.status, 400, "{}", nothing.body);
        let filled = "answer=no_action&reason=no_breach&basis=none&note=";
        let answered = said(form(&format!("{url}/answer"), filled)?).await?;
        assert_eq!(answered.status, 200, "{}", answered.body);
        assert_eq!(pair.referral(referral.id).await?.state, State::OutcomeKnown);
        let items = store::referral::items(&pair.unit.house.db, referral.id).await?;
        assert_eq!(items[0].answer, Some(Answer::NoAction));
        // A withdrawn matter has no page any more.
        pair.withdraw(referral.id).await?;
        assert_eq!(said(browser()?.post(&url)).await?.status, 404);
        Ok(pair)
    })
    .await
}

/// D14: whoever got the letter finds the reference for contesting in the mail and on the page behind its link, and it is
/// the one that the public page takes; the sender's own number, which can be guessed, opens nothing and is told apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_letter_names_the_reference_for_contesting() -> Outcome {
    const LABEL: &str = "Reference for contesting";
    let sink = Sink::new().await?;
    on_both_with(Some(sink.running.net.smtp), async |mut pair| {
        reachable_by_mail(&pair, &sink, Channel::Mail).await?;
        let referral = pair.refer().await?;
        pair.deliver().await?;
        let mail = sink.mails()?.pop().ok_or("no mail")?;
        let text = parts(&mail);
        let at = format!("{LABEL}: {}", referral.contest);
        assert!(text.contains(&at) && text.contains("/public"), "{text}");
        assert!(text.contains(&format!("Sender's number: {}", referral.reference)), "{text}");
        let site = format!("http://{}", pair.unit.served.addr);
        let page = said(browser()?.post(format!("{site}{}", link(&mail).ok_or("no link")?))).await?.body;
        assert!(page.contains(LABEL) && page.contains(&referral.contest), "{page}");
        let page = said(browser()?.get(format!("{site}/public"))).await?.body;
        assert!(page.contains("It stands in the letter to the provider"), "{page}");
        let contest = async |reference: &str| {
            let fields = [("reference", reference), ("reason", "The item only reports on the call.")];
            let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            let url = format!("{site}/public/contest");
            let request = browser()?.post(&url).header("content-type", "application/x-www-form-urlencoded");
            Ok::<_, super::pair::Fail>(said(request.body(form)).await?.body)
        };
        for own in [referral.reference.clone(), referral.reference.to_lowercase()] {
            let page = contest(&own).await?;
            assert!(page.contains("sender’s own number") && page.contains(LABEL), "{page}");
            assert!(page.contains("only reports on the call") && !page.contains("Registered."), "{page}");
        }
        assert!(contest(&"0".repeat(32)).await?.contains("No referral has this reference"));
        let copied = format!(" {} ", referral.contest.to_uppercase());
        let page = contest(&copied).await?;
        assert!(page.contains("Registered."), "{page}");
        Ok(pair)
    })
    .await
}
