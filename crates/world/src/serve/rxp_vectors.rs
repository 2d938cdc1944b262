//! The worked examples of the specification (sections 7 and 17) against this receiver.
#![expect(clippy::unwrap_used, reason = "tests")]

use ed25519_dalek::{SigningKey, VerifyingKey};
use serde_json::Value;

use super::envelope::{self, ShapeError};
use super::httpsig::{self, Covered, HttpSigError, Nonces};
use super::jcs::{canonical, parse};
use super::jws::{self, SignatureError};

const REFERRAL: &str = include_str!("../../tests/rxp/referral.json");
const INPUT: &str = r#"rxp=("@method" "@target-uri" "content-type" "content-digest" "rxp-id");created=1796216400;expires=1796216700;nonce="eDd7UldXtJRCf4kBT5fXmQ";keyid="chbHMB_iyyrJpn-F4Hjyn6rkQlKx45W3y7eYq_sh-HU";alg="ed25519";tag="rxp-1""#;
const SIGNATURE: &str =
    "rxp=:CY5WO0cX7cVcxxbcKAS0J0eVsZ7E0OFzZFIPeWzQKGWBC0qbTtN6tLSTWO7x9GoTwiTcj+dx/A4Euob2z0gbAQ==:";
const CREATED: i64 = 1_796_216_400;

fn key(org: &str) -> SigningKey {
    jws::key_of("rxp example key", org)
}

fn unit() -> Vec<VerifyingKey> {
    vec![key("unit.example.org").verifying_key()]
}

fn referral() -> Value {
    parse(REFERRAL.as_bytes()).unwrap()
}

fn covered() -> Covered {
    Covered {
        method: "POST".to_owned(),
        target_uri: "https://rxp.host.test/rxp/v1/messages".to_owned(),
        content_type: Some("application/rxp+json".to_owned()),
        content_digest: Some(jws::content_digest(canonical(&referral()).as_bytes())),
        rxp_id: Some("01a236d7-2880-7f04-a04d-c764d60fe370".to_owned()),
    }
}

#[test]
fn example_vectors() {
    let host = vec![key("host.test").verifying_key()];
    let table = [
        (REFERRAL, unit(), "sha-256:e25bf57008536cd943e8e48ec23eee2467b206b62ef9dfd331a2594decfbaf10"),
        (
            include_str!("../../tests/rxp/receipt.json"),
            host.clone(),
            "sha-256:49516ab1bbd94d7810dcd46b90eaf194956bc35b31798c1356bc280ae6f13253",
        ),
        (
            include_str!("../../tests/rxp/outcome_question.json"),
            host.clone(),
            "sha-256:0d2f9737063ff0bf7f3f3a3b54660d85cf68058830d0f140a29a5694fa51ccfd",
        ),
        (
            include_str!("../../tests/rxp/information.json"),
            unit(),
            "sha-256:df5dea97830067cac1277e4121b1e8ded2a65b78e7f71425e0903f600eb82bd3",
        ),
        (
            include_str!("../../tests/rxp/outcome_final.json"),
            host.clone(),
            "sha-256:faf209ba924ba7c0bc9cd97042a0fe1e345544eb569a9c6cbfbf249288d1c292",
        ),
        (
            include_str!("../../tests/rxp/reminder.json"),
            unit(),
            "sha-256:a03baa64ef40c7e354140b240ecb3968e17d3f1cdc7457523a9a450c84963580",
        ),
        (
            include_str!("../../tests/rxp/withdrawal.json"),
            unit(),
            "sha-256:8511691b1bf58b91ac97b3b2af0d732383c7e7acadb82d68c0e1e8d9e2cb2fba",
        ),
    ];
    for (text, keys, digest) in table {
        let document = parse(text.as_bytes()).unwrap();
        assert_eq!(jws::verify(&document, &keys), Ok(()), "{}", document["type"]);
        assert_eq!(jws::digest(&document), digest);
    }
    let contact = parse(include_bytes!("../../tests/rxp/contact.json")).unwrap();
    assert_eq!(jws::verify(&contact, &host), Ok(()));
    let jwks: Value = serde_json::from_str(include_str!("../../tests/rxp/jwks.json")).unwrap();
    let listed = jws::from_jwk(&jwks["keys"][0]).unwrap();
    assert_eq!(listed, host[0]);
    assert_eq!(jwks["keys"][0]["kid"], jws::thumbprint(&listed).as_str());
}

#[test]
fn our_signature_is_the_worked_one() {
    let mut document = referral();
    let sig = document.as_object_mut().unwrap().remove("sig").unwrap();
    jws::sign(&mut document, &key("unit.example.org"));
    assert_eq!(document["sig"], sig);
}

#[test]
fn every_flipped_byte_of_a_document_is_refused() {
    let canonical = canonical(&referral());
    let bytes = canonical.as_bytes();
    let step = (bytes.len() / 200).max(1);
    for at in (0..bytes.len()).step_by(step) {
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 1;
        let refused = match parse(&flipped) {
            Err(_) => true,
            Ok(document) => jws::verify(&document, &unit()).is_err(),
        };
        assert!(refused, "byte {at}");
    }
}

#[test]
fn jws_alg_refused() {
    let header = |json: &str| jws::base64url(json.as_bytes());
    let kid = jws::thumbprint(&unit()[0]);
    let good = referral()["sig"][0].as_str().unwrap().split_once("..").unwrap().1.to_owned();
    for head in [
        format!(r#"{{"alg":"none","kid":"{kid}","typ":"rxp+jws"}}"#),
        format!(r#"{{"alg":"HS256","kid":"{kid}","typ":"rxp+jws"}}"#),
        format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"jose"}}"#),
        format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"rxp+jws","jku":"https://x.test"}}"#),
    ] {
        let mut document = referral();
        document["sig"][0] = format!("{}..{good}", header(&head)).into();
        assert_eq!(jws::verify(&document, &unit()), Err(SignatureError::Bad), "{head}");
    }
    let other = vec![key("host.test").verifying_key()];
    assert_eq!(jws::verify(&referral(), &other), Err(SignatureError::UnknownKey));
}

#[test]
fn httpsig_vectors() {
    let mut nonces = Nonces::default();
    let mut check = |covered: &Covered, input: &str, signature: &str, now: i64| {
        httpsig::verify(covered, (input, signature), &unit(), &[now], &mut nonces)
    };
    assert_eq!(
        covered().content_digest.as_deref(),
        Some("sha-256=:4lv1cAhTbNlD6OSOwj7uJGeyBrYu+d/TMaJZTez7rxA=:")
    );
    assert_eq!(canonical(&referral()).len(), 2130);
    assert_eq!(check(&covered(), INPUT, SIGNATURE, CREATED - 301), Err(HttpSigError::Stale));
    assert_eq!(check(&covered(), INPUT, SIGNATURE, CREATED + 301), Err(HttpSigError::Stale));
    assert_eq!(check(&covered(), INPUT, SIGNATURE, CREATED), Ok(()));
    assert_eq!(check(&covered(), INPUT, SIGNATURE, CREATED + 1), Err(HttpSigError::Replay));

    let wrong = [
        Covered { method: "PUT".to_owned(), ..covered() },
        Covered { target_uri: "https://other.test/rxp/v1/messages".to_owned(), ..covered() },
        Covered { content_type: Some("application/json".to_owned()), ..covered() },
        Covered { content_digest: Some(jws::content_digest(b"x")), ..covered() },
        Covered { rxp_id: Some("01a236d7-2880-7f04-a04d-c764d60fe371".to_owned()), ..covered() },
        Covered { rxp_id: None, ..covered() },
    ];
    for covered in wrong {
        assert_eq!(check(&covered, INPUT, SIGNATURE, CREATED), Err(HttpSigError::Bad), "{covered:?}");
    }
    for (old, new) in [
        (" \"rxp-id\"", ""),
        ("ed25519", "hmac-sha256"),
        ("rxp-1", "rxp-2"),
        ("expires=1796216700", "expires=1796216701"),
        (";nonce=\"eDd7UldXtJRCf4kBT5fXmQ\"", ""),
        ("rxp=(", "sig1=("),
    ] {
        assert_eq!(
            check(&covered(), &INPUT.replace(old, new), SIGNATURE, CREATED),
            Err(HttpSigError::Bad),
            "{old}"
        );
    }
}

#[test]
fn our_http_signature_is_the_worked_one() {
    let nonce =
        [0x78, 0x37, 0x7b, 0x52, 0x57, 0x57, 0xb4, 0x94, 0x42, 0x7f, 0x89, 0x01, 0x4f, 0x97, 0xd7, 0x99];
    let signed = httpsig::sign(&covered(), &key("unit.example.org"), CREATED, &nonce).unwrap();
    assert_eq!(signed, (INPUT.to_owned(), SIGNATURE.to_owned()));
}

#[test]
fn shapes_of_messages() {
    let envelope = envelope::read(&referral()).unwrap();
    assert_eq!(envelope.items, [("i1".to_owned(), "https://channel.host.test/example-group/17".to_owned())]);

    type Change = fn(&mut Value);
    let table: [(Change, u16, &str); 12] = [
        (|d| d["deadline"] = 1.into(), 422, "unknown_field"),
        (|d| d["body"]["deadline"] = 1.into(), 422, "unknown_field"),
        (|d| d["body"]["items"][0]["urgency"] = "high".into(), 422, "unknown_field"),
        (|d| d["body"]["voluntary_notice"] = "Please act now.".into(), 422, "voluntary_notice"),
        (|d| d["type"] = "removal_request".into(), 422, "unknown_type"),
        (|d| d["id"] = "x".into(), 422, "schema"),
        (|d| d["sent_at"] = "2026-12-02T13:00:00Z".into(), 422, "schema"),
        (|d| d["capacity"] = "provider".into(), 403, "capacity"),
        (|d| d["body"]["items"] = Value::Array(Vec::new()), 422, "limit"),
        (|d| d["body"]["items"][0]["url"] = "ftp://x.test/1".into(), 422, "schema"),
        (|d| d["type"] = "withdrawal".into(), 422, "schema"),
        (|d| d["rxp"] = "2".into(), 422, "schema"),
    ];
    for (n, (change, status, code)) in table.into_iter().enumerate() {
        let mut document = referral();
        change(&mut document);
        let error = envelope::read(&document).unwrap_err();
        let expected = ShapeError { status, code, field: error.field.clone() };
        assert_eq!(error, expected, "row {n}");
    }
}
