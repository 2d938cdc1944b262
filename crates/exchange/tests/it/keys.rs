//! RXP-16, RXP-17, RXP-54, RXP-55: which key counts when.

use crate::examples;
use exchange::{Code, Jwks, Lookup, OrgId, WireTime, keys, verify};

#[test]
fn jwks() {
    let text = examples::text("02");
    let jwks = Jwks::parse(text.as_bytes()).unwrap();
    assert_eq!(jwks.keys, [examples::jwk("host.test")]);
    assert_eq!(jwks.keys[0].kid, "pIm-X4ndRR9srwR3SqeeIPWMzF4vigBGWuOUUUW5cVE");
    assert!(matches!(jwks.get("pIm-X4ndRR9srwR3SqeeIPWMzF4vigBGWuOUUUW5cVE"), Lookup::Key(_)));
    assert_eq!(jwks.get("x"), Lookup::NoSuchKey);
    let refuse = |text: String| assert!(Jwks::parse(text.as_bytes()).is_err(), "{text}");
    refuse(text.replace("pIm-X4", "pIm-X5"));
    refuse(text.replace("wNa5um", "wNa5un"));
    refuse(text.replace("Ed25519", "P-256"));
    refuse(text.replace("\"use\": \"sig\"", "\"use\": \"enc\""));
    refuse(text.replace("\"use\"", "\"d\": \"secret\", \"use\""));
    refuse(text.replace("1821536000", "1790000000"));
    refuse(text.replace("\"keys\"", "\"kees\""));
    refuse(format!("{text}{}", " ".repeat(32 * 1024)));
    let key = serde_json::to_string(&examples::jwk("host.test")).unwrap();
    refuse(format!("{{\"keys\":[{key},{key}]}}"));
    refuse("{\"keys\":[]}".to_owned());
    let org: OrgId = "host.test".parse().unwrap();
    for (uri, expected) in [
        ("https://host.test/.well-known/rxp-jwks.json", true),
        ("https://keys.host.test/jwks", true),
        ("http://host.test/jwks", false),
        ("https://ghost.test/jwks", false),
        ("https://host.test.example.org/jwks", false),
        ("https://user@host.test/jwks", false),
    ] {
        assert_eq!(keys::may_serve_keys(&org, uri), expected, "{uri}");
    }
}

/// Whether the worked referral (sent 2026-12-02T13:00) stands with a key in this state.
fn stands(
    nbf: &str,
    exp: &str,
    revoked: Option<(&str, keys::Revocation)>,
    received_at: &str,
) -> Result<(), Code> {
    let lookup = |org: &OrgId, _: &str| {
        let mut key = examples::jwk(org.as_str());
        (key.nbf, key.exp) = (examples::time(nbf).seconds(), examples::time(exp).seconds());
        if let Some((at, reason)) = revoked {
            (key.revoked_at, key.reason) = (Some(examples::time(at)), Some(reason));
        }
        Lookup::Key(key)
    };
    let received_at: WireTime = examples::time(received_at);
    verify(examples::text("04").as_bytes(), received_at, lookup).map(drop).map_err(|refused| refused.code)
}

#[test]
fn revoked_key() {
    use keys::Revocation::{Compromised, Superseded};
    let (first, last, now) =
        ("2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "2026-12-02T13:00:01.000Z");
    let (before, after) = ("2026-12-02T12:59:59.000Z", "2026-12-02T13:30:00.000Z");
    let late = "2026-12-03T00:00:00.000Z";
    assert_eq!(stands(first, last, None, now), Ok(()));
    // The signature does not expire: only `sent_at` must be inside the time of the key.
    assert_eq!(stands(first, last, None, "2030-01-01T00:00:00.000Z"), Ok(()));
    assert_eq!(stands(after, last, None, now), Err(Code::RevokedKey));
    assert_eq!(stands(first, before, None, now), Err(Code::RevokedKey));
    assert_eq!(stands(first, "2026-12-02T13:00:00.000Z", None, now), Err(Code::RevokedKey));
    assert_eq!(stands("2026-12-02T13:00:00.000Z", last, None, now), Ok(()));
    assert_eq!(stands(first, last, Some((after, Superseded)), late), Ok(()));
    assert_eq!(stands(first, last, Some((before, Superseded)), late), Err(Code::RevokedKey));
    // A thief writes any `sent_at`: the receipt time decides.
    assert_eq!(stands(first, last, Some((after, Compromised)), now), Ok(()));
    assert_eq!(stands(first, last, Some((after, Compromised)), late), Err(Code::RevokedKey));
}

#[test]
fn rotation_overlap() {
    let (old, new) = (examples::jwk("host.test"), examples::jwk("peer.test"));
    let jwks = Jwks { keys: vec![old.clone(), new.clone()] };
    let read = Jwks::parse(serde_json::to_string(&jwks).unwrap().as_bytes()).unwrap();
    assert_eq!((read.get(&old.kid), read.get(&new.kid)), (Lookup::Key(old.clone()), Lookup::Key(new)));
    let alone =
        |now_s: i64| Jwks { keys: vec![old.clone()] }.needs_new_key(WireTime::from_ms(now_s * 1000).unwrap());
    assert!(!alone(old.exp - keys::ROTATION_OVERLAP_S));
    assert!(alone(old.exp - keys::ROTATION_OVERLAP_S + 1));
}
