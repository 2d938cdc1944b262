//! RXP-02, RXP-21, RXP-32, RXP-40, RXP-41 and section 9: receipts and error answers.

use crate::examples;
use exchange::body::receipt::{Channel, Clock, Flag, LogPlace};
use exchange::error_answer::ErrorAnswer;
use exchange::receipts::{Kept, Sent, accept_response, build};
use exchange::{Body, Code, OrgId, Refused, SenderDoes, Verified, canonical::canonical, verify};

fn document(number: &str) -> Verified {
    verify(examples::text(number).as_bytes(), examples::now(), examples::lookup).unwrap()
}

/// What `host.test` knew when it made the receipt of RXP-170.05.
fn kept() -> Kept {
    let Ok(Body::Receipt(receipt)) = document("05").body() else { unreachable!() };
    Kept {
        id: document("05").envelope.id,
        capacity: exchange::Capacity::Provider,
        legal_basis: vec![],
        received_at: receipt.received_at,
        clock: receipt.clock,
        channel: Channel::Rxp,
        log: LogPlace { origin: "host.test/renvoi-log".to_owned(), index: 8311 },
        sender_unlisted: false,
    }
}

fn sent(number: &str) -> Sent {
    let Verified { envelope, digest, .. } = document(number);
    Sent { id: envelope.id, case: envelope.case, digest, from: envelope.from, to: envelope.to }
}

#[test]
fn receipt_is_built() {
    let receipt = build(&document("04"), kept()).unwrap();
    let signed = receipt.sign(&examples::key("host.test")).unwrap();
    assert_eq!(signed.document, canonical(&examples::value("05")), "byte-identical with RXP-170.05");
    assert_eq!(build(&document("05"), kept()).unwrap_err().code, Code::BadTransition);
    let authority = Kept { capacity: exchange::Capacity::ReferralUnit, ..kept() };
    assert!(build(&document("06"), authority.clone()).is_err(), "an authority names its legal basis");
    let named = Kept { legal_basis: vec!["terms".parse().unwrap()], ..authority };
    build(&document("06"), named).unwrap();
}

#[test]
fn skew_flagged() {
    let flags = |received_at: &str, max_error_ms: u32, bidi: bool| {
        let clock = Clock { max_error_ms, ..kept().clock };
        let kept = Kept { received_at: examples::time(received_at), clock, ..kept() };
        let receipt = build(&Verified { bidi, ..document("04") }, kept).unwrap();
        let Ok(Body::Receipt(receipt)) = Body::read(&receipt) else { unreachable!() };
        receipt.flags
    };
    assert_eq!(flags("2026-12-02T13:02:00.000Z", 1000, false), []);
    assert_eq!(flags("2026-12-02T13:02:00.001Z", 1000, false), [Flag::Skew]);
    assert_eq!(
        flags("2026-12-02T12:57:59.999Z", 1001, true),
        [Flag::Skew, Flag::ClockUncertain, Flag::BidiControls]
    );
}

#[test]
fn only_202() {
    let receipt = examples::text("05");
    let judge = |status: u16, body: &str, sent: &Sent| {
        accept_response((status, body.as_bytes()), sent, examples::now(), examples::lookup)
            .map(|(receipt, _)| receipt.of)
            .map_err(|not| not.then)
    };
    let referral = sent("04");
    assert_eq!(judge(202, &receipt, &referral), Ok(referral.id));
    for status in [200, 201, 204, 206] {
        assert_eq!(judge(status, &receipt, &referral), Err(SenderDoes::Retry), "{status}");
    }
    assert_eq!(judge(301, &receipt, &referral), Err(SenderDoes::RefuseRedirect));
    for body in [
        "",
        "{}",
        "accepted",
        &receipt.replace("8311", "8312"),
        &examples::text("18"),
        &examples::text("06"),
        &examples::text("39"),
    ] {
        assert_eq!(judge(202, body, &referral), Err(SenderDoes::Retry), "{body}");
    }
    for other in [
        Sent { id: sent("07").id, ..referral.clone() },
        Sent { case: sent("09").case, ..referral.clone() },
        Sent { digest: sent("07").digest, ..referral.clone() },
        Sent { from: "peer.test".parse().unwrap(), ..referral.clone() },
        Sent { to: "peer.test".parse().unwrap(), ..referral.clone() },
    ] {
        assert_eq!(judge(202, &receipt, &other), Err(SenderDoes::Retry), "{other:?}");
    }
    // A signed error is believed, an unsigned or foreign one only by its status.
    assert_eq!(judge(422, &examples::text("39"), &referral), Err(SenderDoes::ShowAuthor));
    assert_eq!(judge(503, "", &referral), Err(SenderDoes::RetryFallbackEarly));
    let replay = Refused::new(Code::Replay, "used before");
    let answer = ErrorAnswer::new(&replay, Some(referral.id));
    let signed = |org: &str| answer.sign(&examples::key(org)).unwrap();
    assert_eq!(judge(401, &signed("host.test"), &referral), Err(SenderDoes::ResignAtOnce));
    assert_eq!(judge(401, &signed("peer.test"), &referral), Err(SenderDoes::ResignOnce));
}

#[test]
fn error_answers() {
    let host: OrgId = "host.test".parse().unwrap();
    let text = examples::text("39");
    let answer = ErrorAnswer::verify(text.as_bytes(), &host, examples::now(), examples::lookup).unwrap();
    assert_eq!(answer.code, Code::Limit);
    assert_eq!(answer.sign(&examples::key("host.test")).unwrap(), canonical(&examples::value("39")));
    let foreign = text.replace("shorter", "longer");
    assert!(ErrorAnswer::verify(foreign.as_bytes(), &host, examples::now(), examples::lookup).is_err());
    // Long pointers and details could carry content back.
    let refused = Refused::at(Code::UnknownField, &"x".repeat(5000), "y".repeat(5000));
    let short = ErrorAnswer::new(&refused, None);
    assert_eq!((short.field.as_ref(), short.detail.len()), (None, 500));
    assert!(short.sign(&examples::key("host.test")).unwrap().len() < 4096);
}

#[test]
fn refusals_repeat_no_content() {
    let secret = "Meeting-at-the-old-mill";
    for change in [
        examples::text("04").replace("\"no\"", &format!("\"{secret}\"")),
        examples::text("04").replace("2026-12-02T13:00:00.000Z", secret),
        examples::text("04").replace("referral_unit", secret),
        examples::text("04").replace("\"https://channel.host.test", &format!("\"{secret}")),
    ] {
        let value: serde_json::Value = serde_json::from_str(&change).unwrap();
        let mut object = value.as_object().unwrap().clone();
        object.remove("sig");
        let payload = canonical(&serde_json::Value::Object(object.clone()));
        object.insert(
            "sig".into(),
            serde_json::json!([exchange::jws::sign(payload.as_bytes(), &examples::key("unit.example.org"))]),
        );
        let text = serde_json::Value::Object(object).to_string();
        let refused =
            verify(text.as_bytes(), examples::now(), examples::lookup).and_then(|d| d.body()).unwrap_err();
        assert!(!refused.to_string().contains("mill"), "{refused}");
    }
}
