//! RXP-45: the shape of the fallback mail.

use crate::examples;
use base64::{Engine, engine::general_purpose::STANDARD};
use exchange::mail::{FallbackMail, build};
use exchange::{Envelope, Signed, canonical::canonical, open};

fn mail((envelope, signed): &(Envelope, Signed)) -> FallbackMail<'_> {
    FallbackMail {
        envelope,
        signed,
        from: "desk@unit.example.org",
        to: "rxp@host.test",
        link: "https://unit.example.org/in/f3a1",
        contest_page: "https://unit.example.org/public",
        date: examples::time("2026-12-03T13:00:00.000Z"),
        must_encrypt: false,
    }
}

fn document(number: &str) -> (Envelope, Signed) {
    open(&examples::text(number)).unwrap()
}

/// The header block and the decoded body of a part.
fn part(raw: &str) -> (String, String) {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let body = if head.contains("base64") {
        let encoded: String = body.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()
    } else {
        body.to_owned()
    };
    (head.trim().to_owned(), body)
}

#[test]
fn fallback_mail_shape() {
    let referral = document("04");
    let raw = String::from_utf8(build(&mail(&referral)).unwrap()).unwrap();
    assert!(raw.is_ascii());
    assert_eq!(raw.matches('\n').count(), raw.matches("\r\n").count(), "every line ends with CRLF");
    assert!(raw.split("\r\n").all(|line| line.len() <= 150), "far below 998");
    let (head, rest) = raw.split_once("\r\n\r\n").unwrap();
    assert_eq!(
        head,
        "From: <desk@unit.example.org>\r\nTo: <rxp@host.test>\r\n\
         Subject: referral 01a23669-4b80-7263-bcf9-83c48db4f27f\r\nDate: Thu, 03 Dec 2026 13:00:00 +0000\r\n\
         Message-ID: <01a236d7-2880-7f04-a04d-c764d60fe370@unit.example.org>\r\n\
         Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report;\r\n \
         boundary=\"=_rxp_01a236d728807f04a04dc764d60fe370\""
    );
    let boundary = "--=_rxp_01a236d728807f04a04dc764d60fe370";
    let parts: Vec<_> = rest.split(boundary).collect();
    assert_eq!(parts.len(), 5, "text, machine part, document, between nothing and the end");
    assert_eq!((parts[0], parts[4]), ("", "--\r\n"));

    let (head, text) = part(parts[1]);
    assert!(head.starts_with("Content-Type: text/plain; charset=utf-8"));
    for expected in [
        "There is no deadline and no consequence if you do not act.",
        "i1: https://channel.host.test/example-group/17",
        "https://unit.example.org/in/f3a1",
        referral.1.digest.as_str(),
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    let (head, machine) = part(parts[2]);
    assert_eq!(head, "Content-Type: message/feedback-report");
    assert!(machine.contains("Feedback-Type: other\r\n") && machine.contains("Version: 1\r\n"));
    let (head, attached) = part(parts[3]);
    assert!(head.starts_with("Content-Type: application/rxp+json"));
    assert_eq!(attached, canonical(&examples::value("04")), "the identical document");
}

/// D14: whoever got the mail finds the reference by which a referral is contested, and where.
#[test]
fn mail_names_the_reference_for_contesting() {
    let (envelope, signed) = document("04");
    let text = |envelope: Envelope| {
        let raw = String::from_utf8(build(&mail(&(envelope, signed.clone()))).unwrap()).unwrap();
        part(raw.split("\r\n--=_").nth(1).unwrap_or_default()).1
    };
    let label = "Reference for contesting: ";
    assert!(!text(envelope.clone()).contains(label), "a message without one names none");
    let reference = "00112233445566778899aabbccddeeff";
    let named = text(envelope.contested_by(reference));
    assert!(named.contains(&format!("{label}{reference}")), "{named}");
    assert!(
        named.contains("https://unit.example.org/public") && named.contains("Sender's number: "),
        "{named}"
    );
}

#[test]
fn subject_holds_nothing_else() {
    for number in ["04", "09", "12", "17", "35"] {
        let document = document(number);
        let raw = String::from_utf8(build(&mail(&document)).unwrap()).unwrap();
        let subject = raw.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap();
        assert_eq!(subject, format!("{} {}", document.0.kind, document.0.case));
    }
}

#[test]
fn nothing_slips_into_the_header() {
    let referral = document("04");
    let good = mail(&referral);
    for to in [
        "rxp@host.test\r\nBcc: x@host.test",
        "rxp@host.test>",
        "rxp",
        "a b@host.test",
        "rxp@host.test, x@host.test",
    ] {
        assert!(build(&FallbackMail { to, ..good }).is_err(), "{to}");
    }
    assert!(build(&FallbackMail { link: "javascript:alert(1)", ..good }).is_err());
    assert!(
        build(&FallbackMail { must_encrypt: true, ..good }).is_err(),
        "never in the clear where a key is named"
    );
}

#[test]
fn another_reader_agrees() {
    let referral = document("04");
    let raw = build(&mail(&referral)).unwrap();
    let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
    assert_eq!(message.subject(), Some("referral 01a23669-4b80-7263-bcf9-83c48db4f27f"));
    assert_eq!(message.message_id(), Some("01a236d7-2880-7f04-a04d-c764d60fe370@unit.example.org"));
    assert!(message.body_text(0).unwrap().contains("It is not an order."));
    assert!(message.attachments().any(|part| part.contents() == referral.1.document.as_bytes()));
}
