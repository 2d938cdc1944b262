//! RXP-51 to RXP-53: the contact file.

use crate::examples;
use exchange::{Code, OrgId, contact::Contact};
use serde_json::{Value, json};

fn host() -> OrgId {
    "host.test".parse().unwrap()
}

fn read(text: &str, now: &str) -> Result<Contact, Code> {
    Contact::verify(text.as_bytes(), &host(), examples::time(now), examples::lookup)
        .map_err(|refused| refused.code)
}

const NOW: &str = "2026-12-02T13:00:00.000Z";

/// The worked file with a change, signed anew.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Contact, Code> {
    let mut value = examples::value("01");
    change(&mut value);
    let mut object = value.as_object().unwrap().clone();
    object.remove("sig");
    let payload = exchange::canonical::canonical(&Value::Object(object.clone()));
    object
        .insert("sig".into(), json!([exchange::jws::sign(payload.as_bytes(), &examples::key("host.test"))]));
    read(&Value::Object(object).to_string(), NOW)
}

#[test]
fn contact_file() {
    let text = examples::text("01");
    let contact = read(&text, NOW).unwrap();
    let signed = contact.sign(&examples::key("host.test"), examples::time(NOW)).unwrap();
    assert_eq!(signed, exchange::canonical::canonical(&examples::value("01")), "byte-identical");
    assert_eq!(read(&signed, NOW).unwrap(), contact);
    assert_eq!(read(&text.replace("rxp@host.test", "rxp@peer.test"), NOW), Err(Code::BadDocumentSignature));
    assert_eq!(read(&text, "2027-02-01T00:00:00.000Z"), Err(Code::Limit), "expired");
    assert_eq!(read(&text, "2026-11-03T00:00:00.000Z").map(drop), Ok(()), "90 days before");
    assert_eq!(read(&text, "2026-11-02T23:59:59.999Z"), Err(Code::Limit), "more than 90 days before");
    let long = format!("{text}{}", " ".repeat(32 * 1024));
    assert_eq!(read(&long, NOW), Err(Code::TooLarge));
    let other: OrgId = "peer.test".parse().unwrap();
    let anybody = |_: &OrgId, _: &str| exchange::Lookup::Key(examples::jwk("host.test"));
    let foreign = Contact::verify(text.as_bytes(), &other, examples::time(NOW), anybody).unwrap_err();
    assert_eq!(foreign.field.as_deref(), Some("/org"));
}

#[test]
fn contact_schema() {
    for field in examples::value("01").as_object().unwrap().keys() {
        let result = changed(|v| drop(v.as_object_mut().unwrap().remove(field)));
        let optional = [
            "home_member_state",
            "home_authority",
            "hours",
            "max_referrals_per_hour",
            "test_endpoint",
            "sig",
        ];
        assert_eq!(result.is_ok(), optional.contains(&field.as_str()), "{field}");
        assert!(changed(|v| v[field] = json!({"x": 1})).is_err() || field == "sig", "{field}");
    }
    for (pointer, value) in [
        ("/contact_point/endpoint", json!("http://rxp.host.test/rxp/v1")),
        ("/contact_point/email", json!("rxp@host.test\nBcc: x@host.test")),
        ("/contact_point/email", json!("Desk <rxp@host.test>")),
        ("/contact_point/phone", json!("call us")),
        ("/jwks_uri", json!("https://keys.test/jwks.json")),
        ("/test_endpoint", json!("https://rxp.host.test/rxp/v1")),
        ("/rxp_versions", json!(["1"])),
        ("/rxp_versions", json!([])),
        ("/quiet", json!("paused_until")),
        ("/quiet", json!("never")),
        ("/hours/tz", json!("Europe/Nowhere")),
        ("/hours/open", json!("17:00-09:00")),
        ("/hours/open", json!("9-17")),
        ("/roles", json!(["provider", "court"])),
        ("/max_referrals_per_hour", json!(0)),
        ("/mail_keys", json!(["ftp://host.test/key"])),
    ] {
        let result = changed(|v| *v.pointer_mut(pointer).unwrap() = value.clone());
        assert!(result.is_err(), "{pointer} = {value}");
    }
    assert_eq!(changed(|v| v["motto"] = json!("x")), Err(Code::UnknownField));
    changed(|v| {
        v["quiet"] = json!("paused_until");
        v["paused_until"] = json!("2027-01-01T00:00:00.000Z");
    })
    .unwrap();
}

#[test]
fn contact_txt() {
    let contact = read(&examples::text("01"), NOW).unwrap();
    assert_eq!(
        contact.txt(Some("https://host.test/rules")).unwrap(),
        "# For people. Machines read https://host.test/.well-known/rxp-contact.json\n\
         Contact: mailto:rxp@host.test\n\
         Contact: tel:+99000000002\n\
         Expires: 2027-02-01T00:00:00.000Z\n\
         Preferred-Languages: en, fr\n\
         Policy: https://host.test/rules\n"
    );
}
