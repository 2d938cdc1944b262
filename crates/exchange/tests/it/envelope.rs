//! RXP-01 to RXP-09 and RXP-21: what an envelope and a body may hold.

use crate::examples;
use exchange::{Code, Envelope, MessageType, Refused, verify};
use serde_json::{Value, json};

/// Changes a worked example, signs it anew with its sender's key, and reads it as a receiver would.
pub(crate) fn resigned(number: &str, change: impl FnOnce(&mut Value)) -> Result<exchange::Body, Refused> {
    let mut value = examples::value(number);
    change(&mut value);
    let text = sign(&value);
    verify(text.as_bytes(), examples::now(), examples::lookup)?.body()
}

/// A document signed whatever it says.
fn sign(value: &Value) -> String {
    let mut object = value.as_object().unwrap().clone();
    object.remove("sig");
    let payload = exchange::canonical::canonical(&Value::Object(object.clone()));
    let from = object.get("from").and_then(Value::as_str).unwrap_or("unit.example.org").to_owned();
    object.insert("sig".into(), json!([exchange::jws::sign(payload.as_bytes(), &examples::key(&from))]));
    serde_json::to_string(&object).unwrap()
}

fn check(number: &str, expected: Option<Code>, change: impl FnOnce(&mut Value)) {
    let result = resigned(number, change);
    assert_eq!(result.as_ref().err().map(|refused| refused.code), expected, "{result:?}");
}

fn field_of(result: Result<exchange::Body, Refused>) -> Option<String> {
    result.unwrap_err().field
}

#[test]
fn envelope_schema() {
    let required = ["rxp", "id", "type", "case", "from", "to", "capacity", "sent_at", "lang", "body"];
    for field in required {
        let missing = resigned("04", |v| drop(v.as_object_mut().unwrap().remove(field)));
        assert!(
            matches!(missing.as_ref().unwrap_err().code, Code::Schema | Code::UnknownKey),
            "{field}: {missing:?}"
        );
        for wrong in [json!(null), json!(7), json!([]), json!(["x"]), json!(true), json!("")] {
            let result = resigned("04", |v| v[field] = wrong.clone());
            let code = result.as_ref().unwrap_err().code;
            let known =
                matches!(code, Code::Schema | Code::UnknownType | Code::UnknownKey | Code::VoluntaryNotice);
            assert!(known, "{field} = {wrong}: {result:?}");
        }
        let text = examples::text("04");
        let doubled = text.replacen('{', &format!("{{\"{field}\": \"x\","), 1);
        let refused = verify(doubled.as_bytes(), examples::now(), examples::lookup).unwrap_err();
        assert_eq!(refused.code, Code::NotIjson, "{field}");
    }
    check("04", Some(Code::Schema), |v| v["id"] = json!("01A236D7-2880-7F04-A04D-C764D60FE370"));
    check("04", Some(Code::Schema), |v| v["id"] = json!("01a236d7-2880-4f04-a04d-c764d60fe370"));
    check("04", Some(Code::Schema), |v| v["handling"] = json!("secret"));
    check("04", Some(Code::Schema), |v| v["legal_basis"] = json!(["because"]));
    check("04", Some(Code::Schema), |v| v["legal_basis"] = json!([]));
    check("04", Some(Code::Schema), |v| v["sent_at"] = json!("2026-12-02T13:00:00Z"));
    check("04", Some(Code::Limit), |v| v["sent_at"] = json!("2019-12-02T13:00:00.000Z"));
    check("07", Some(Code::Schema), |v| drop(v.as_object_mut().unwrap().remove("in_reply_to")));
    check("07", Some(Code::Schema), |v| v["in_reply_to"] = json!(null));
    check("04", None, |v| v["handling"] = json!("no_onward"));
    // A list is not an object.
    check("05", Some(Code::Schema), |v| v["body"]["clock"] = json!(["ntp", 12, "2026-12-02T12:59:30.840Z"]));
    assert_eq!(field_of(resigned("04", |v| v["to"] = json!("Host"))).as_deref(), Some("/to"));
    let no_sig = verify(b"{\"rxp\":\"1\"}", examples::now(), examples::lookup).unwrap_err();
    assert_eq!(no_sig.field.as_deref(), Some("/sig"));
    for sig in [json!([]), json!("x"), json!([7]), json!(["a..b", "a..b", "a..b"])] {
        let mut value = examples::value("04");
        value["sig"] = sig;
        assert!(verify(value.to_string().as_bytes(), examples::now(), examples::lookup).is_err());
    }
}

#[test]
fn single_receiver() {
    check("04", Some(Code::Schema), |v| v["to"] = json!(["host.test", "peer.test"]));
    check("04", Some(Code::Schema), |v| v["capacity"] = json!(["referral_unit", "trusted_flagger"]));
    check("04", Some(Code::UnknownField), |v| v["cc"] = json!("peer.test"));
    let document = verify(examples::text("04").as_bytes(), examples::now(), examples::lookup).unwrap();
    document.addressed_to(&"host.test".parse().unwrap()).unwrap();
    let other = document.addressed_to(&"peer.test".parse().unwrap()).unwrap_err();
    assert_eq!((other.code, other.http()), (Code::WrongReceiver, 404));
}

#[test]
fn unknown_fields() {
    check("04", Some(Code::UnknownField), |v| v["note"] = json!(1));
    check("04", Some(Code::UnknownField), |v| v["body"]["note"] = json!(1));
    assert_eq!(
        field_of(resigned("04", |v| v["body"]["items"][0]["colour"] = json!("red"))).as_deref(),
        Some("/body/items/0/colour")
    );
    for number in ["05", "06", "07", "08", "09", "10", "11", "12", "13", "31", "32"] {
        check(number, Some(Code::UnknownField), |v| v["body"]["extra"] = json!([]));
    }
    check("04", None, |v| v["ext"] = json!({"org.example.colour": {"deadline": "kept and ignored"}}));
    check("04", Some(Code::Schema), |v| v["ext"] = json!({"colour": 1}));
    let kept = json!({"org.example.colour": [1, {"a": null}]});
    let mut value = examples::value("04");
    value["ext"] = kept.clone();
    let document = verify(sign(&value).as_bytes(), examples::now(), examples::lookup).unwrap();
    assert_eq!(Value::Object(document.envelope.ext.unwrap()), kept);
}

#[test]
fn version_negotiation() {
    check("04", Some(Code::Schema), |v| v["rxp"] = json!("2"));
    let refused = resigned("04", |v| v["type"] = json!("takedown")).unwrap_err();
    assert_eq!(
        (refused.code, refused.http(), refused.field.as_deref()),
        (Code::UnknownType, 422, Some("/type"))
    );
    // Known by name, not spoken yet: signature and envelope count, the body is answered like an unknown type.
    let order = verify(examples::text("17").as_bytes(), examples::now(), examples::lookup).unwrap();
    let refused = order.body().unwrap_err();
    assert_eq!((refused.code, refused.http()), (Code::UnknownType, 422));
    assert_eq!(MessageType::ALL.len(), 33);
    check("06", Some(Code::Schema), |v| v["body"]["results"][0]["answer"] = json!("ignored"));
}

#[test]
fn capacity_refused() {
    let refused = resigned("04", |v| v["capacity"] = json!("tco_issuing_authority")).unwrap_err();
    assert_eq!((refused.code, refused.http()), (Code::Capacity, 403));
    check("17", Some(Code::Capacity), |v| v["capacity"] = json!("eu_agency"));
}

#[test]
fn no_receipt_loop() {
    let receipted: Vec<_> = MessageType::ALL.iter().filter(|kind| !kind.is_receipted()).collect();
    assert_eq!(receipted, [&MessageType::Receipt]);
}

#[test]
fn referral_schema_has_no_clock() {
    const WORDS: [&str; 18] = [
        "deadline",
        "due",
        "due_at",
        "expires",
        "expires_at",
        "urgency",
        "urgent",
        "priority",
        "sanction",
        "penalty",
        "fine",
        "answer_by",
        "act_by",
        "respond_within_s",
        "timeout",
        "overdue",
        "escalate_at",
        "remind_at",
    ];
    let places = ["", "/body", "/body/items/0", "/body/exemption_assessment", "/body/items/0/evidence/0"];
    for (number, places) in [("04", &places[..]), ("09", &["", "/body", "/body/last_check"][..])] {
        for place in places {
            for word in WORDS {
                check(number, Some(Code::UnknownField), |v| {
                    v.pointer_mut(place).unwrap()[word] = json!("2026-12-03T00:00:00.000Z");
                });
            }
        }
    }
}

#[test]
fn inline_media_refused() {
    for field in ["data", "bytes", "content", "base64", "image", "thumbnail"] {
        for place in ["/body", "/body/items/0", "/body/items/0/evidence/0", "/body/items/0/hashes/0"] {
            check("04", Some(Code::UnknownField), |v| {
                v.pointer_mut(place).unwrap()[field] = json!("iVBORw0KGgo=");
            });
        }
    }
    check("04", Some(Code::Schema), |v| {
        v["body"]["items"][0]["url"] = json!("data:image/png;base64,iVBORw0KGgo=");
    });
    check("04", Some(Code::Schema), |v| v["body"]["items"][0]["hashes"][0]["value"] = json!("iVBORw0KGgo="));
    check("04", Some(Code::Schema), |v| {
        v["body"]["items"][0]["evidence"][0]["link"] = json!("data:image/png;base64,iVBORw0KGgo=");
        v["body"]["items"][0]["evidence"][0]["link_until"] = json!("2026-12-04T00:00:00.000Z");
    });
}

#[test]
fn voluntary_notice_on_the_wire() {
    let refused =
        resigned("04", |v| v["body"]["voluntary_notice"] = json!("Please remove this.")).unwrap_err();
    assert_eq!((refused.code, refused.http()), (Code::VoluntaryNotice, 422));
    check("09", Some(Code::VoluntaryNotice), |v| v["body"]["voluntary_notice"] = json!(""));
    check("04", Some(Code::Schema), |v| drop(v["body"].as_object_mut().unwrap().remove("voluntary_notice")));
}

#[test]
fn channels_and_accounts() {
    let ground = json!({
        "url": "https://channel.host.test/example-group/3",
        "kinds": ["threat"],
        "statements": {"threat": "The post threatens visitors of the invented town hall."}
    });
    let with = |subject: &'static str, grounds: usize, reason: Option<&'static str>| {
        let ground = ground.clone();
        move |v: &mut Value| {
            let item = &mut v["body"]["items"][0];
            item["subject"] = json!(subject);
            if grounds > 0 {
                item["grounds"] = Value::from(vec![ground; grounds]);
            }
            if let Some(reason) = reason {
                item["proportionality"] = json!(reason);
            }
        }
    };
    let reason = Some("Nine of the ten newest posts are of the same kind.");
    check("04", None, with("channel", 3, reason));
    check("04", None, with("account", 2, reason));
    check("04", None, with("item", 0, None));
    check("04", Some(Code::Limit), with("account", 1, reason));
    check("04", Some(Code::Limit), with("channel", 0, reason));
    check("04", Some(Code::Limit), with("channel", 3, None));
    check("04", Some(Code::Schema), with("item", 3, reason));
}

#[test]
fn exemption_in_summary_or_full() {
    check("04", None, |v| {
        let block = v["body"]["exemption_assessment"].as_object_mut().unwrap();
        block.retain(|name, _| {
            !matches!(name.as_str(), "context" | "editorial_responsibility" | "eu_listed_author")
        });
        for finding in block.values_mut().filter_map(Value::as_object_mut) {
            finding.remove("text");
        }
    });
    check("04", Some(Code::Schema), |v| {
        drop(v["body"]["exemption_assessment"].as_object_mut().unwrap().remove("art"));
    });
    check("04", Some(Code::Limit), |v| {
        v["body"]["exemption_assessment"]["art"] = json!({"finding": "unsure", "text": "Perhaps"});
    });
    check("04", None, |v| v["body"]["exemption_assessment"]["art"] = json!({"finding": "no", "text": "No."}));
}

#[test]
fn withdrawal_fields() {
    for reason in [
        "wrong_item",
        "wrong_assessment",
        "protected_expression",
        "duplicate",
        "sent_in_error",
        "order_void",
        "court",
        "other",
    ] {
        for request in ["reinstate_if_acted", "erase_copy", "none"] {
            check("12", None, |v| {
                v["body"]["reason"] = json!(reason);
                v["body"]["request"] = json!(request);
            });
        }
    }
    check("12", Some(Code::Schema), |v| v["body"]["reason"] = json!("mistake"));
    check("12", Some(Code::Schema), |v| v["body"]["request"] = json!("remove"));
    for field in ["reason", "text", "request"] {
        check("12", Some(Code::Schema), |v| drop(v["body"].as_object_mut().unwrap().remove(field)));
    }
}

#[test]
fn correction_bounds() {
    let to = |path: &'static str| {
        move |v: &mut Value| v["body"]["changes"][0] = json!({"path": path, "old": "a", "new": "b"})
    };
    for path in
        ["/items/0/content_lang", "/items/3/locators/0", "/reference", "/exemption_assessment/true_purpose"]
    {
        check("11", None, to(path));
    }
    for path in [
        "",
        "/items",
        "/items/-",
        "/items/0",
        "/items/0/",
        "/items/0/url",
        "/items/0/item",
        "/items/0/subject",
        "/items/0/grounds/0/url",
        "/voluntary_notice",
        "/exemption_assessment",
        "/type",
        "/sent_at",
    ] {
        let refused = resigned("11", to(path)).unwrap_err();
        assert!(matches!(refused.code, Code::Schema | Code::Limit), "{path}: {refused}");
    }
    check("11", Some(Code::Schema), |v| v["body"]["changes"][0]["new"] = json!("en"));
    let Ok(exchange::Body::Correction(correction)) = resigned("11", |_| ()) else { unreachable!() };
    let original = examples::value("04")["body"].as_object().unwrap().clone();
    let corrected = correction.apply(&original).unwrap();
    assert_eq!(corrected["items"][0]["content_lang"], "fr");
    assert_eq!(correction.apply(&corrected).unwrap_err().code, Code::BadTransition);
}

#[test]
fn outcomes_say_what_is_needed() {
    let result = |change: Value| {
        move |v: &mut Value| {
            let result = v["body"]["results"][0].as_object_mut().unwrap();
            result.remove("note");
            for (key, value) in change.as_object().unwrap() {
                result.insert(key.clone(), value.clone());
            }
        }
    };
    check("06", Some(Code::Schema), result(json!({})));
    check("06", None, result(json!({"answer": "no_action", "reason": "counter_speech"})));
    check("06", Some(Code::Schema), result(json!({"answer": "no_action", "reason": "because"})));
    check("06", None, result(json!({"answer": "geo_blocked", "basis": "law", "territories": ["FR"]})));
    check("06", Some(Code::Schema), result(json!({"answer": "geo_blocked", "basis": "law"})));
    check("06", Some(Code::Schema), result(json!({"answer": "preserved"})));
    check("13", Some(Code::Schema), |v| v["body"]["answer"] = json!("removed"));
}

#[test]
fn drafts_are_refused_like_documents() {
    let document = verify(examples::text("04").as_bytes(), examples::now(), examples::lookup).unwrap();
    let body = document.body().unwrap();
    let draft = |capacity| exchange::Draft {
        id: document.envelope.id,
        case: document.envelope.case,
        in_reply_to: None,
        from: document.envelope.from.clone(),
        to: document.envelope.to.clone(),
        capacity,
        legal_basis: document.envelope.legal_basis.clone(),
        sent_at: document.envelope.sent_at,
        lang: document.envelope.lang.clone(),
        handling: None,
    };
    let envelope = Envelope::draft(draft(exchange::Capacity::ReferralUnit), &body).unwrap();
    let signed = envelope.sign(&examples::key("unit.example.org")).unwrap();
    assert_eq!(signed.document, document.document);
    let refused = Envelope::draft(draft(exchange::Capacity::Provider), &body).unwrap_err();
    assert_eq!(refused.code, Code::Capacity);
    let mut without = draft(exchange::Capacity::ReferralUnit);
    without.legal_basis.clear();
    assert_eq!(Envelope::draft(without, &body).unwrap_err().field.as_deref(), Some("/legal_basis"));
}

/// A referral with every field there is: no `..`, so that a new field must be written here too.
fn fullest() -> exchange::Body {
    use exchange::body::referral::{
        Evidence, Exemption, Finding, Ground, Hash, HashAlg, Item, Kind, Offence, Referral, Subject,
        YesNoUnsure,
    };
    let text = || "A sentence that is long enough for a statement.".to_owned();
    let no = || Finding { finding: YesNoUnsure::No, text: Some("No.".to_owned()) };
    let url = || "https://channel.host.test/example-group".to_owned();
    let ground = || Ground {
        url: url(),
        locators: vec!["Post 3".to_owned()],
        kinds: vec![Kind::Threat],
        statements: [(Kind::Threat, text())].into(),
    };
    let item = Item {
        item: "i1".parse().unwrap(),
        subject: Some(Subject::Channel),
        url: url(),
        locators: vec!["Posts 1 to 9".to_owned()],
        kinds: vec![Kind::Threat],
        statements: [(Kind::Threat, text())].into(),
        pinpoints: [(Kind::Threat, vec!["Post 3, line 1".to_owned()])].into(),
        offence_refs: [(Kind::Threat, vec![Offence::Art3A, Offence::Art4B])].into(),
        danger_reasoning: Some(text()),
        hashes: vec![Hash { alg: HashAlg::Md5, value: "0".repeat(32) }],
        evidence: vec![Evidence {
            digest: format!("sha-256:{}", "0".repeat(64)).parse().unwrap(),
            size: 1,
            media_type: "application/wacz".to_owned(),
            link: Some("https://unit.example.org/once/1".to_owned()),
            link_until: Some(examples::time("2026-12-04T13:00:00.000Z")),
        }],
        content_lang: Some("en".parse().unwrap()),
        grounds: vec![ground(), ground(), ground()],
        proportionality: Some(text()),
    };
    let exemption_assessment = Exemption {
        education: no(),
        journalism: no(),
        art: no(),
        research: no(),
        counter_terrorism: no(),
        public_debate: no(),
        true_purpose: "Recruitment for the invented Example Group.".to_owned(),
        context: Some("Public channel, open to anyone.".to_owned()),
        editorial_responsibility: Some(false),
        eu_listed_author: Some(YesNoUnsure::Unsure),
    };
    let referral = Referral {
        voluntary_notice: exchange::voluntary_notice::ENGLISH.text.to_owned(),
        items: vec![item],
        exemption_assessment,
        terms_hint: Some("Section 4".to_owned()),
        evidence_note: Some("Please disable rather than destroy.".to_owned()),
        reference: Some("EX-R-1".to_owned()),
    };
    referral.into()
}

fn keys_of(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            out.push(key.clone());
            keys_of(value, out);
        }),
        Value::Array(list) => list.iter().for_each(|value| keys_of(value, out)),
        _ => {}
    }
}

#[test]
fn fullest_referral_has_no_clock() {
    let body = fullest();
    let map = body.to_map().unwrap();
    assert_eq!(resigned("04", |v| v["body"] = Value::Object(map.clone())).unwrap(), body);
    let mut keys = Vec::new();
    keys_of(&Value::Object(map), &mut keys);
    for word in
        ["deadline", "due", "urg", "priorit", "sanction", "penalt", "expire", "answer_by", "within", "late"]
    {
        assert!(keys.iter().all(|key| !key.contains(word)), "{word}: {keys:?}");
    }
}
