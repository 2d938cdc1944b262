//! Do lists of the field come in and go out, do closed ones stay closed, and is a lookup answered as the field asks it?

use crate::face::{Face, Fail, said};
use crate::house::{Built, Desk, Folder, HOST, Outcome, sound, work};
use crate::signals::{Held, bank};
use app::House;
use app::people::{AgencyKind, Role};
use app::signals::{self, Format, ImportSummary, NewBank};
use domain::access::{Actor, Authorised, right};
use domain::bank::{ListClass, Opinion, PDQ_DISTANCE_BITS, Sharing, SignalState};
use domain::proposal::Event;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use store::params;

const HASH: &str = "facefacefacefacefacefacefaceface";

async fn give(house: &Arc<House>, bank: &Held, list: &str) -> Result<ImportSummary, app::Error> {
    let format = signals::guess(list.as_bytes()).ok_or_else(|| app::Error::Bug("no format".to_owned()))?;
    signals::import(house, bank, format, std::io::Cursor::new(list.as_bytes().to_vec())).await
}

pub(crate) async fn new_bank(
    house: &House,
    actor: &Actor,
    name: &str,
    (sharing, class): (Sharing, ListClass),
) -> Result<Held, app::Error> {
    let new = NewBank {
        name: name.to_owned(),
        opinion: Opinion::Positive,
        origin: "made for the test".to_owned(),
        legal_basis: "national:be:test".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: house.clock.now() + SignedDuration::from_hours(24 * 30),
        sharing,
        class,
    };
    let space = Authorised::check(actor, actor.agency, actor.agency)?;
    let bank = signals::make_bank(house, &space, new).await?;
    Ok(Authorised::check(actor, bank.space, bank)?)
}

async fn states(house: &House, bank: &Held) -> Result<Vec<SignalState>, app::Error> {
    Ok(signals::list(house, bank, 0).await?.into_iter().map(|shown| shown.signal.state).collect())
}

#[tokio::test]
async fn lists_of_the_field_are_imported() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "field", Opinion::Positive).await?;
    let misp = format!(
        r#"{{"Event":{{"uuid":"a","info":"Lamps","Attribute":[
        {{"type":"url","to_ids":true,"value":"https://{HOST}/watch/1"}},{{"type":"md5","to_ids":true,"value":"{HASH}"}},
        {{"type":"tlsh","to_ids":true,"value":"T1"}},{{"type":"sha1","to_ids":true,"value":"12"}}]}}}}"#
    );
    let summary = give(house, &bank, &misp).await?;
    assert_eq!((summary.records, summary.new, summary.not_compared["tlsh"]), (4, 2, 1));
    assert_eq!(summary.set_aside[0].at, "Event.Attribute[3]");
    // Those who gave the first think differently; the second is taken back; the third is a hint and not the bank's.
    let pages = format!(
        r#"{{"data":[{{"type":"HASH_PDQ","indicator":"{HASH}{HASH}","descriptors":{{"data":[{{"status":"MALICIOUS"}},{{"status":"NON_MALICIOUS"}}]}}}},
        {{"type":"URI","indicator":"https://{HOST}/watch/1","should_delete":true}},
        {{"type":"URI","indicator":"https://{HOST}/watch/2","status":"SUSPICIOUS"}}]}}"#
    );
    let summary = give(house, &bank, &pages).await?;
    assert_eq!((summary.new, summary.disputed, summary.withdrawn, summary.set_aside.len()), (1, 1, 1, 1));
    let expected = [SignalState::Withdrawn, SignalState::Live, SignalState::Suspended];
    assert_eq!(states(house, &bank).await?, expected);
    let waiting = app::view::signals::waiting(house, &one.coordinator).await?;
    assert_eq!((waiting.len(), waiting[0].opinions, waiting[0].blown), (1, (1, 1), false));
    let stix = format!(
        r#"{{"type":"bundle","id":"bundle--1","objects":[{{"type":"indicator","id":"indicator--1","pattern_type":"stix",
        "pattern":"[domain-name:value = '{HOST}']"}}]}}"#
    );
    assert_eq!(give(house, &bank, &stix).await?.new, 1);
    sound(house).await;
    Ok(())
}

/// A bank's name is seen, and stands in one line.
#[tokio::test]
async fn a_bank_has_a_name_that_can_be_seen() -> Outcome {
    let built = Built::new().await?;
    let lead = built.one.coordinator.clone();
    for (name, expected) in [
        ("\u{200b}", "bank_text"),
        (" ", "bank_text"),
        ("a\nb\u{202e}", "hidden_characters"),
        ("a\nb", "hidden_characters"),
        ("مصباح\u{200f}", "yes"),
    ] {
        let made = new_bank(&built.house, &lead, name, (Sharing::Red, ListClass::Ordinary)).await;
        assert_eq!(code(made), expected, "{name:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_bank_file_is_imported() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let bank = bank(house, one, "file", Opinion::Positive).await?;
    // As `renvoi bank make --verified` writes it.
    let file = format!(
        "{{\"kind\":\"sha256\",\"value\":\"{HASH}{HASH}\",\"label\":\"one.png\",\"bank\":\"known\",\"opinion\":\"positive\"}}\n\
         {{\"kind\":\"pdq\",\"value\":\"{HASH}{HASH}\",\"label\":\"one.png\",\"bank\":\"known\",\"opinion\":\"positive\",\
         \"quality\":87,\"cuts\":[\"crop-15:{HASH}{HASH}\"],\"points\":\"AAAA\"}}\n"
    );
    let summary = give(house, &bank, &file).await?;
    assert_eq!((summary.records, summary.new, summary.set_aside.len()), (2, 2, 0));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn a_bank_goes_out_as_far_as_it_may() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let mine = &one.coordinator;
    let red = new_bank(house, mine, "red", (Sharing::Red, ListClass::Ordinary)).await?;
    let refused = signals::export(house, &red, Format::Csv, Vec::new()).await;
    assert!(matches!(refused, Err(app::Error::Refused(refusal)) if refusal.code == "bank_sharing"));
    let green = new_bank(house, mine, "green", (Sharing::Green, ListClass::Ordinary)).await?;
    let rows = format!(
        "kind,value,label\nurl,https://{HOST}/watch/1,\nhost,{HOST},seen\naccount,{HOST}/someone,\npdq,{HASH}{HASH},\nterm,green table,\n"
    );
    assert_eq!(give(house, &green, &rows).await?.new, 5);
    for (format, written) in
        [(Format::Misp, 5), (Format::Stix, 4), (Format::Threatexchange, 3), (Format::ThreatexchangeCsv, 5)]
    {
        let mut list = Vec::new();
        assert_eq!(
            signals::export(house, &green, format, &mut list).await?,
            (written, 5 - written),
            "{format:?}"
        );
        let text = String::from_utf8(list)?;
        let named = matches!(format, Format::Misp) && text.contains("tlp:green")
            || matches!(format, Format::Stix) && text.contains("marking-definition--34098fce")
            || matches!(format, Format::Threatexchange) && text.contains("\"GREEN\"")
            || matches!(format, Format::ThreatexchangeCsv);
        assert!(named, "{text}");
        let again = bank(house, one, &format!("again {format:?}"), Opinion::Positive).await?;
        assert_eq!(give(house, &again, &text).await?.new, written, "{format:?}: {text}");
    }
    assert!(signals::export(house, &green, Format::Ncmec, Vec::new()).await.is_err());
    sound(house).await;
    Ok(())
}

const NCMEC: &str = "<queryResult xmlns=\"https://hashsharing.ncmec.org/hashsharing/v2\"><images><image><member id=\"42\">Example</member><id>1</id><fingerprints>\
    <md5>facefacefacefacefacefacefaceface</md5><pdna>1</pdna></fingerprints></image></images></queryResult>";
const STOPNCII: &str = r#"{"hashRecords":[{"signalType":"VideoMD5","hashValue":"facefacefacefacefacefacefaceface","hashStatus":"Withdrawn"}]}"#;

fn code<T>(result: Result<T, app::Error>) -> &'static str {
    match result {
        Ok(_) => "yes",
        Err(app::Error::Refused(refusal)) => refusal.code,
        Err(_) => "another error",
    }
}

/// D16: provider seat only, off until two people enable it, never shown, never compared, never handed on.
#[tokio::test]
async fn closed_lists_stay_closed() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let class = (Sharing::Clear, ListClass::ChildAbuse);
    assert_eq!(code(new_bank(house, &one.coordinator, "no", class).await), "list_seat");
    let ordinary = bank(house, one, "ordinary", Opinion::Positive).await?;
    assert_eq!(code(give(house, &ordinary, NCMEC).await), "list_class");

    let face = Face::new().await?;
    let house = &face.house;
    face.found("provider.example", AgencyKind::Provider).await?;
    for login in ["lead", "other"] {
        face.someone("provider.example", login, &[Role::Coordinator]).await?;
    }
    let agency = app::people::agency(house, "provider.example").await?;
    let (lead, other) = (face.actor(&agency, "lead").await?, face.actor(&agency, "other").await?);
    assert_eq!(code(new_bank(house, &lead, "closed", class).await), "list_not_enabled");
    let space: Authorised<_, right::ManageSignals> = Authorised::check(&lead, lead.agency, lead.agency)?;
    let proposal = signals::propose_list(house, &space, ListClass::ChildAbuse).await?;
    assert_eq!(code(new_bank(house, &lead, "closed", class).await), "list_not_enabled");
    assert_eq!(code(signals::decide_list(house, &lead, proposal, Event::Confirm).await), "four_eyes");
    signals::decide_list(house, &other, proposal, Event::Confirm).await?;
    let closed = new_bank(house, &lead, "closed", class).await?;
    assert_eq!(code(give(house, &closed, &format!("kind,value\nmd5,{HASH}\n")).await), "list_class");
    assert_eq!(code(give(house, &closed, STOPNCII).await), "list_class");

    let summary = give(house, &closed, NCMEC).await?;
    assert_eq!((summary.new, summary.not_compared["pdna"]), (1, 1));
    assert_eq!(give(house, &closed, NCMEC).await?.duplicate, 1);
    // A second entry gives the same value; it goes when both are taken back, by their numbers.
    let second = NCMEC.replace("<id>1</id>", "<id>2</id>");
    assert_eq!(give(house, &closed, &second).await?.new, 1);
    let gone = |id: u32| {
        let entry = format!("<deletedImage><member id=\"42\">x</member><id>{id}</id></deletedImage>");
        format!("<queryResult><images>{entry}</images></queryResult>")
    };
    assert_eq!(give(house, &closed, &gone(1)).await?.withdrawn, 1);
    assert_eq!(store::closed::count(&house.db, closed.get().id).await?, 1);
    assert_eq!(give(house, &closed, &gone(3)).await?.withdrawn, 0);
    // An entry is given whole each time: what it gave before and gives no more is forgotten.
    let other = second.replace(HASH, &HASH.replace("face", "bead"));
    let again = give(house, &closed, &other).await?;
    assert_eq!((again.records, again.new, again.relisted), (2, 1, 1));
    assert_eq!(store::closed::count(&house.db, closed.get().id).await?, 1, "the old value is gone");
    assert_eq!(give(house, &closed, &other).await?.relisted, 0);
    // Taken back and given again in one list: what comes last counts.
    let entry = "<deletedImage><member id=\"42\">x</member><id>2</id></deletedImage><image>";
    let both = other.replacen("<image>", entry, 1);
    assert_eq!(give(house, &closed, &both).await?.withdrawn, 0);
    assert_eq!(store::closed::count(&house.db, closed.get().id).await?, 1);
    assert!(signals::list(house, &closed, 0).await?.is_empty(), "nothing is listed");
    let signals = house.db.one("SELECT COUNT(*) AS n FROM signal", params![]).await?;
    assert_eq!(signals.count("n")?, 0, "nothing is compared with anything");
    assert_eq!(code(signals::export(house, &closed, Format::Csv, Vec::new()).await), "list_closed");
    let shown = app::view::signals::banks(house, &lead).await?;
    assert_eq!((shown.len(), shown[0].live), (1, 1), "the number alone");

    let folder = Folder::new();
    app::backup::backup(house, folder.path()).await?;
    let kept = |table: &str| folder.path().join(format!("data/tables/{table}.ndjson")).exists();
    assert!(kept("bank") && !kept("closed_value") && !kept("closed_list"), "no backup carries them away");
    assert_eq!(signals::end_list(house, &space, ListClass::ChildAbuse).await?, 1);
    assert_eq!(code(give(house, &closed, NCMEC).await), "list_not_enabled");
    let left = house.db.one("SELECT COUNT(*) AS n FROM closed_value", params![]).await?;
    assert_eq!(left.count("n")?, 0);
    sound(house).await;
    Ok(())
}

/// A server with an agency, its coordinator's token, and a bank.
async fn asked() -> Result<(Face, String), Fail> {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    let someone = face.someone("one.example", "lead", &[Role::Coordinator]).await?;
    let agency = app::people::agency(&face.house, "one.example").await?;
    let lead = face.actor(&agency, "lead").await?;
    let bank = new_bank(&face.house, &lead, "lamps", (Sharing::Red, ListClass::Ordinary)).await?;
    let near = format!("0{}{HASH}", &HASH[1..]);
    let md5 = "6e25d440105f1ddb6804ec87447b5cc9"; // of the text below
    let list = format!(
        "kind,value,quality\npdq,{HASH}{HASH},90\npdq,{near},90\nmd5,{md5},\nhost,{HOST},\nterm,green table,\n"
    );
    give(&face.house, &bank, &list).await?;
    new_bank(&face.house, &lead, "other", (Sharing::Red, ListClass::Ordinary)).await?;
    work(&face.house).await?;
    let token = face.sign_in(&someone).await?;
    Ok((face, token))
}

const REASON: &str = "reason=asked%20by%20a%20test";

#[tokio::test]
async fn lookup_answers_as_the_field_asks() -> Outcome {
    let (face, token) = asked().await?;
    let get = async |query: &str| face.call(Some(&token), Method::GET, query, None).await;
    for path in ["/m/lookup", "/h/lookup"] {
        let said = get(&format!("{path}?signal_type=pdq&signal={HASH}{HASH}&{REASON}")).await?;
        let found = said.body["lamps"].as_array().ok_or_else(|| format!("{said:?}"))?;
        let distances: Vec<&str> = found.iter().filter_map(|hit| hit["distance"].as_str()).collect();
        assert_eq!(distances, ["0", "4"], "{said:?}");
        assert!(
            found[0]["bank_content_id"].is_i64()
                && found[1]["why"].as_str().is_some_and(|why| why.contains("4 of 256 bits"))
        );
        assert_eq!((&found[0]["opinion"], &found[0]["limit"]), (&json!("positive"), &json!(31)));
    }
    let check = async |query: &str, status: u16, banks: &[&str]| -> Outcome {
        let said = get(&format!("/m/lookup?{query}")).await?;
        let empty = serde_json::Map::new();
        let found: Vec<&String> =
            said.body.as_object().filter(|_| status == 200).unwrap_or(&empty).keys().collect();
        assert_eq!(
            (said.status, found),
            (status, banks.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter().collect()),
            "{query}: {said:?}"
        );
        Ok(())
    };
    check(&format!("signal_type=host&signal={HOST}&{REASON}"), 200, &["lamps"]).await?;
    check(&format!("signal_type=term&signal=the%20GREEN%20%20table&{REASON}"), 200, &["lamps"]).await?;
    check(&format!("signal_type=host&signal={HOST}&banks=other&{REASON}"), 200, &[]).await?;
    check(&format!("signal_type=host&signal={HOST}&banks=other,lamps&{REASON}"), 200, &["lamps"]).await?;
    check(&format!("signal_type=video_md5&signal={HASH}&{REASON}"), 200, &[]).await?;
    check(&format!("signal_type=text_tlsh&signal=T1A0&{REASON}"), 400, &[]).await?;
    check(&format!("signal_type=pdq&signal=12&{REASON}"), 400, &[]).await?;
    check(&format!("signal_type=smell&signal=12&{REASON}"), 400, &[]).await?;
    check(&format!("url=https://{HOST}/a.png&{REASON}"), 403, &[]).await?;
    check(&format!("signal_type=host&signal={HOST}"), 422, &[]).await?;
    for hidden in ["%00", "%E2%80%8B", "%E2%80%AE"] {
        let reason = hidden.repeat(9);
        check(&format!("signal_type=host&signal={HOST}&reason={reason}"), 422, &[]).await?;
    }
    let logged = face
        .house
        .db
        .one("SELECT COUNT(*) AS n FROM read_log WHERE reason = 'asked by a test'", params![])
        .await?;
    assert_eq!(logged.count("n")?, 9, "every one that was answered, and the unusable value");
    Ok(())
}

#[tokio::test]
async fn lookup_of_a_file_and_its_limit() -> Outcome {
    let (face, token) = asked().await?;
    let post = async |field: &str, content: &str| -> Result<(u16, Value), Fail> {
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a\"\r\n\r\n{content}\r\n--b--\r\n"
        );
        let request = face.http.post(face.url(&format!("/m/lookup?{REASON}"))).bearer_auth(&token);
        let answer =
            request.header("content-type", "multipart/form-data; boundary=b").body(body).send().await?;
        let said = said(answer).await?;
        Ok((said.status, said.body))
    };
    let (status, found) = post("file", "a lamp on a green table").await?;
    assert_eq!(status, 200, "{found}");
    let types: Vec<&String> = found.as_object().ok_or("no object")?.keys().collect();
    assert_eq!(types, ["sha256", "sha1", "video_md5"]);
    assert_eq!(found["video_md5"]["lamps"][0]["distance"], "0", "{found}");
    assert_eq!(found["sha256"], json!({}));
    let (status, found) = post("text", "a lamp on a green table").await?;
    let types: Vec<&String> = found.as_object().ok_or("no object")?.keys().collect();
    assert_eq!((status, types.len()), (200, 5), "{found}");
    assert!(
        types.iter().any(|one| *one == "raw_text") && types.iter().any(|one| *one == "text_tlsh"),
        "{types:?}"
    );
    assert_eq!(post("smell", "a").await?.0, 400);
    assert_eq!(post("photo", "").await?.0, 400);
    // An answer without pdq would read as no match: what is said to be a picture has to be one.
    let (status, refused) = post("photo", "a lamp on a green table").await?;
    assert_eq!((status, refused["code"].as_str()), (400, Some("input")), "{refused}");
    let mut limited = 0;
    let path = format!("/m/lookup?signal_type=host&signal={HOST}&{REASON}");
    for _ in 0..=app::lookup::PER_MINUTE_MAX {
        limited = face.call(Some(&token), Method::GET, &path, None).await?.status;
        if limited != 200 {
            break;
        }
    }
    assert_eq!(limited, 429);
    let again = face.http.get(face.url(&path)).bearer_auth(&token).send().await?;
    assert_eq!(again.headers().get("retry-after").and_then(|wait| wait.to_str().ok()), Some("60"));
    Ok(())
}

#[tokio::test]
async fn hashes_as_the_field_asks() -> Outcome {
    let (face, token) = asked().await?;
    let post = async |query: &str, field: &str, content: &str| -> Result<(u16, Value), Fail> {
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a\"\r\n\r\n{content}\r\n--b--\r\n"
        );
        let request = face.http.post(face.url(&format!("/h/hash?{REASON}{query}"))).bearer_auth(&token);
        let answer =
            request.header("content-type", "multipart/form-data; boundary=b").body(body).send().await?;
        let said = said(answer).await?;
        Ok((said.status, said.body))
    };
    let (status, hashes) = post("", "video", "a lamp on a green table").await?;
    assert_eq!(status, 200, "{hashes}");
    assert_eq!(hashes["video_md5"], "6e25d440105f1ddb6804ec87447b5cc9");
    assert_eq!(hashes.as_object().map(serde_json::Map::len), Some(3), "{hashes}");
    let (_, hashes) = post("&types=video_md5", "file", "a lamp on a green table").await?;
    assert_eq!(hashes, json!({ "video_md5": "6e25d440105f1ddb6804ec87447b5cc9" }));
    // A text too short for a TLSH has an empty one, as programs of the field expect it; a longer one can be looked up.
    assert_eq!(post("&types=text_tlsh", "text", "short").await?.1, json!({ "text_tlsh": "" }));
    let long = "The lamp stands beside the green table in the long room, and nobody knows who put it there.";
    let (_, hashes) = post("&types=text_tlsh", "text", long).await?;
    let tlsh = hashes["text_tlsh"].as_str().ok_or("no text_tlsh")?;
    assert!(tlsh.starts_with("T1") && tlsh.len() == 72, "{tlsh}");
    let path = format!("/h/lookup?signal_type=text_tlsh&signal={tlsh}&{REASON}");
    assert_eq!(face.call(Some(&token), Method::GET, &path, None).await?.status, 200);
    for (query, field, content, status) in [
        ("", "photo", "this is no picture", 400),
        ("", "smell", "a", 400),
        ("", "file", "", 400),
        ("&types=smell", "file", "a", 400),
        ("&types=,", "file", "a", 400),
        ("&types=pdq", "video", "a", 400),
        ("&url=https://video.example/a.png", "file", "a", 403),
    ] {
        let (found, said) = post(query, field, content).await?;
        assert_eq!(found, status, "{query} {field}: {said}");
        assert!(said["sentence"].as_str().is_some_and(|sentence| sentence.len() > 10), "{said}");
    }
    let fetch = format!("/h/hash?url=https://{HOST}/a.png&{REASON}");
    let refused = face.call(Some(&token), Method::GET, &fetch, None).await?;
    assert_eq!((refused.status, refused.code()), (403, "no_fetching"));
    assert_eq!(face.call(Some(&token), Method::GET, "/h/hash", None).await?.status, 400);
    let logged = "SELECT COUNT(*) AS n FROM read_log WHERE reason = 'asked by a test'";
    assert!(face.house.db.one(logged, params![]).await?.count("n")? >= 5, "each is logged with its reason");
    Ok(())
}

/// A desk's own banks only.
#[tokio::test]
async fn lookup_stays_in_its_space() -> Outcome {
    let Built { house, one, two, .. } = &Built::new().await?;
    let theirs = bank(house, two, "theirs", Opinion::Positive).await?;
    give(house, &theirs, &format!("kind,value\nhost,{HOST}\n")).await?;
    let ask = async |desk: &Desk| {
        let space = Authorised::check(&desk.analyst, desk.id(), desk.id())?;
        let question = app::lookup::Question::Value(domain::bank::SignalKind::Host, HOST.to_owned());
        app::lookup::ask(house, &space, question, None, Some("asked by a test")).await
    };
    let count = |answer: app::lookup::Answer| answer.values().map(Vec::len).sum::<usize>();
    assert_eq!((count(ask(two).await?), count(ask(one).await?)), (1, 0));
    Ok(())
}
