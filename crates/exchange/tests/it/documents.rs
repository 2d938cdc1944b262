//! Every worked example verifies, and those of spoken types are typed and written back to the byte.

use crate::examples;
use exchange::{Body, Code, canonical::canonical, verify};
use proptest::prelude::*;

#[test]
fn example_vectors() {
    let (mut verified, mut spoken) = (0, 0);
    for (name, text) in examples::all() {
        let Some(expected) = examples::digests().get(&name[..2]).cloned() else { continue };
        let document = verify(text.as_bytes(), examples::now(), examples::lookup).expect(&name);
        assert_eq!(document.digest.as_str(), expected, "{name}");
        verified += 1;
        match document.body() {
            Ok(body) => {
                let mut envelope = document.envelope.clone();
                envelope.body = body.to_map().unwrap();
                let signed = envelope.sign(&examples::key(envelope.from.as_str())).unwrap();
                assert_eq!(signed.document, document.document, "{name}: Ed25519 is deterministic");
                assert_eq!(signed.digest, document.digest, "{name}");
                spoken += 1;
            }
            Err(refused) => {
                assert_eq!(refused.code, Code::UnknownType, "{name}: {refused}");
                assert!(!document.envelope.kind.is_spoken(), "{name}");
            }
        }
    }
    assert_eq!((verified, spoken), (36, 13));
}

#[test]
fn digest_vectors() {
    let referral = examples::value("04");
    assert_eq!(canonical(&referral).len(), 2130, "RXP-66");
    // White space and order do not matter, any other byte does.
    let shuffled = serde_json::to_vec_pretty(&referral).unwrap();
    let document = verify(&shuffled, examples::now(), examples::lookup).unwrap();
    assert_eq!(
        document.digest.as_str(),
        "sha-256:e25bf57008536cd943e8e48ec23eee2467b206b62ef9dfd331a2594decfbaf10"
    );
    let kept = verify(document.document.as_bytes(), examples::now(), examples::lookup).unwrap();
    assert_eq!(kept, document);
}

#[test]
fn jws_vectors() {
    let text = examples::text("04");
    let refuse = |text: &str, code: Code| {
        let refused = verify(text.as_bytes(), examples::now(), examples::lookup).unwrap_err();
        assert_eq!((refused.code, refused.http()), (code, 401), "{refused}");
    };
    refuse(&text.replace("EX-R-2026-0001", "EX-R-2026-0002"), Code::BadDocumentSignature);
    refuse(&text.replace("..8v05M", "..8v05N"), Code::BadDocumentSignature);
    // The signature of another document of the same sender.
    let other = examples::value("07")["sig"][0].as_str().unwrap().to_owned();
    let own = examples::value("04")["sig"][0].as_str().unwrap().to_owned();
    refuse(&text.replace(&own, &other), Code::BadDocumentSignature);
}

#[test]
fn kid_binding() {
    let text = examples::text("04");
    // A key of somebody else, given out under the name it asks for.
    let foreign = |_: &exchange::OrgId, kid: &str| {
        let mut key = examples::jwk("host.test");
        kid.clone_into(&mut key.kid);
        exchange::Lookup::Key(key)
    };
    assert_eq!(verify(text.as_bytes(), examples::now(), foreign).unwrap_err().code, Code::UnknownKey);
    // Signed well, by an organisation that is not `from`.
    let mut object = examples::value("04").as_object().unwrap().clone();
    object.insert("from".to_owned(), "peer.test".into());
    let text = serde_json::to_string(&object).unwrap();
    assert_eq!(
        verify(text.as_bytes(), examples::now(), examples::lookup).unwrap_err().code,
        Code::UnknownKey
    );
    let nobody = |_: &exchange::OrgId, _: &str| exchange::Lookup::NoSuchSender;
    assert_eq!(verify(text.as_bytes(), examples::now(), nobody).unwrap_err().code, Code::UnknownSender);
}

#[test]
fn verify_before_show() {
    // A body that no schema would pass is not looked at while the signature is wrong.
    let mut object = examples::value("04").as_object().unwrap().clone();
    object["body"] = serde_json::json!({"deadline": "now"});
    let text = serde_json::to_string(&object).unwrap();
    let refused = verify(text.as_bytes(), examples::now(), examples::lookup).unwrap_err();
    assert_eq!(refused.code, Code::BadDocumentSignature);
}

#[test]
fn spoken_types_have_bodies() {
    for (name, text) in examples::all() {
        let Ok(document) = verify(text.as_bytes(), examples::now(), examples::lookup) else { continue };
        let typed = Body::read(&document.envelope).map(|body| body.message_type()).ok();
        assert_eq!(typed, document.envelope.kind.is_spoken().then_some(document.envelope.kind), "{name}");
    }
}

#[test]
fn kept_documents_open() {
    for (name, text) in examples::all() {
        let Ok(document) = verify(text.as_bytes(), examples::now(), examples::lookup) else { continue };
        let (envelope, signed) = exchange::open(&document.document).unwrap();
        assert_eq!((envelope, signed.digest), (document.envelope, document.digest), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(examples::trials(300)))]
    #[test]
    fn no_byte_can_be_changed(place in any::<prop::sample::Index>(), byte in 0x20_u8..0x7f) {
        let mut bytes = canonical(&examples::value("04")).into_bytes();
        let index = place.index(bytes.len());
        prop_assume!(bytes[index] != byte);
        bytes[index] = byte;
        prop_assert!(verify(&bytes, examples::now(), examples::lookup).is_err());
    }
}
