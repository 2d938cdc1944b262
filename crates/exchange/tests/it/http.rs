//! RXP-60 to RXP-66: the HTTP signature.

use crate::examples;
use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer;
use exchange::http_signature::{Proof, Request, Stamp, content_digest, sign_get, sign_post, verify};
use exchange::{Code, Jwk, OrgId, canonical::canonical};

const URI: &str = "https://rxp.host.test/rxp/v1/messages";
const ID: &str = "01a236d7-2880-7f04-a04d-c764d60fe370";
const CREATED_S: i64 = 1_796_216_400;

fn holder(kid: &str) -> Option<(OrgId, Jwk)> {
    let org = "unit.example.org";
    let key = examples::jwk(org);
    (key.kid == kid).then(|| (org.parse().unwrap(), key))
}

fn body() -> String {
    canonical(&examples::value("04"))
}

fn nonce() -> [u8; 16] {
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode("eDd7UldXtJRCf4kBT5fXmQ").unwrap();
    text.try_into().unwrap()
}

fn stamp() -> Stamp {
    Stamp { created_s: CREATED_S, nonce: nonce() }
}

/// The worked request of RXP-66.
fn worked() -> Vec<(&'static str, String)> {
    let key = examples::key("unit.example.org");
    sign_post(URI, ID.parse().unwrap(), body().as_bytes(), &key, stamp())
}

fn receive(
    method: &str,
    uri: &str,
    headers: &[(&str, String)],
    body: &str,
    now_s: i64,
) -> Result<Proof, Code> {
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = Request { method, target_uri: uri, headers: &headers, body: body.as_bytes() };
    let now = exchange::WireTime::from_ms(now_s * 1000).unwrap();
    verify(&request, now, holder).map_err(|refused| refused.code)
}

fn with(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut headers = worked();
    let header = headers.iter_mut().find(|(known, _)| *known == name).unwrap();
    value.clone_into(&mut header.1);
    headers
}

fn get(headers: &[(&str, String)], name: &str) -> String {
    headers.iter().find(|(known, _)| *known == name).unwrap().1.clone()
}

/// Signs any base with the sender's key and puts the signature in.
fn signed_over(
    mut headers: Vec<(&'static str, String)>,
    lines: &[(&str, &str)],
    params: &str,
) -> Vec<(&'static str, String)> {
    let lines: String = lines.iter().map(|(name, value)| format!("\"{name}\": {value}\n")).collect();
    let base = format!("{lines}\"@signature-params\": {params}");
    let signature = examples::key("unit.example.org").sign(base.as_bytes());
    for (name, value) in &mut headers {
        match *name {
            "signature-input" => *value = format!("rxp={params}"),
            "signature" => *value = format!("rxp=:{}:", STANDARD.encode(signature.to_bytes())),
            _ => {}
        }
    }
    headers
}

#[test]
fn httpsig_vectors() {
    let headers = worked();
    assert_eq!(get(&headers, "content-digest"), "sha-256=:4lv1cAhTbNlD6OSOwj7uJGeyBrYu+d/TMaJZTez7rxA=:");
    assert_eq!(
        get(&headers, "signature-input"),
        "rxp=(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\" \"rxp-id\");created=1796216400;\
         expires=1796216700;nonce=\"eDd7UldXtJRCf4kBT5fXmQ\";keyid=\"chbHMB_iyyrJpn-F4Hjyn6rkQlKx45W3y7eYq_sh-HU\";\
         alg=\"ed25519\";tag=\"rxp-1\""
    );
    assert_eq!(
        get(&headers, "signature"),
        "rxp=:CY5WO0cX7cVcxxbcKAS0J0eVsZ7E0OFzZFIPeWzQKGWBC0qbTtN6tLSTWO7x9GoTwiTcj+dx/A4Euob2z0gbAQ==:"
    );
    let proof = receive("POST", URI, &headers, &body(), CREATED_S + 1).unwrap();
    assert_eq!(proof.org.as_str(), "unit.example.org");
    assert_eq!(proof.nonce, nonce());
    assert_eq!(proof.rxp_id.map(|id| id.to_string()).as_deref(), Some(ID));
    // Header names in any case, other headers beside.
    let mut shouted: Vec<_> =
        headers.iter().map(|(name, value)| (name.to_uppercase(), value.clone())).collect();
    shouted.push(("ACCEPT".to_owned(), "*/*".to_owned()));
    let shouted: Vec<_> = shouted.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    receive("POST", URI, &shouted, &body(), CREATED_S).unwrap();
}

#[test]
fn httpsig_binding() {
    let document = exchange::verify(body().as_bytes(), examples::now(), examples::lookup).unwrap();
    let proof = receive("POST", URI, &worked(), &body(), CREATED_S).unwrap();
    proof.covers(&document).unwrap();
    let other = exchange::verify(examples::text("07").as_bytes(), examples::now(), examples::lookup).unwrap();
    assert_eq!(proof.covers(&other).unwrap_err().code, Code::BadHttpSignature);
    let foreign = Proof { org: "peer.test".parse().unwrap(), ..proof };
    assert_eq!(foreign.covers(&document).unwrap_err().code, Code::BadHttpSignature);
    // RFC 9421 example sig-b24 in our form: the signature verifies, the digest it covers is of another body.
    let headers = worked();
    let tampered = body().replace("EX-R-2026-0001", "EX-R-2026-0002");
    assert_eq!(receive("POST", URI, &headers, &body(), CREATED_S).map(drop), Ok(()));
    assert_eq!(receive("POST", URI, &headers, &tampered, CREATED_S), Err(Code::BadHttpSignature));
    let exchanged = with("content-digest", &content_digest(tampered.as_bytes()));
    assert_eq!(receive("POST", URI, &exchanged, &tampered, CREATED_S), Err(Code::BadHttpSignature));
    for (name, value, code) in [
        ("content-type", "application/json", Code::MediaType),
        ("content-digest", "sha-512=:AAAA:", Code::BadHttpSignature),
        ("rxp-id", "01a236d7-2880-7f04-a04d-c764d60fe371", Code::BadHttpSignature),
        ("rxp-id", "x", Code::BadHttpSignature),
    ] {
        assert_eq!(
            receive("POST", URI, &with(name, value), &body(), CREATED_S),
            Err(code),
            "{name}: {value}"
        );
    }
    let mut packed = worked();
    packed.push(("content-encoding", "gzip".to_owned()));
    assert_eq!(receive("POST", URI, &packed, &body(), CREATED_S), Err(Code::Encoding));
}

#[test]
fn httpsig_stale() {
    let at = |offset: i64| receive("POST", URI, &worked(), &body(), CREATED_S + offset).map(drop);
    for offset in [-300, -1, 0, 299, 300] {
        assert_eq!(at(offset), Ok(()), "{offset}");
    }
    for offset in [-301, 301, 86_400] {
        assert_eq!(at(offset), Err(Code::Stale), "{offset}");
    }
    let worked = get(&worked(), "signature-input");
    for expires in ["1796216400", "1796216399", "1796216701", "1999999999"] {
        let long =
            with("signature-input", &worked.replace("expires=1796216700", &format!("expires={expires}")));
        assert_eq!(receive("POST", URI, &long, &body(), CREATED_S), Err(Code::BadHttpSignature), "{expires}");
    }
}

#[test]
fn httpsig_partial() {
    let worked_input = get(&worked(), "signature-input");
    let params = worked_input.strip_prefix("rxp=").unwrap();
    let headers = worked();
    let values: Vec<(&str, String)> = vec![
        ("@method", "POST".into()),
        ("@target-uri", URI.into()),
        ("content-type", get(&headers, "content-type")),
        ("content-digest", get(&headers, "content-digest")),
        ("rxp-id", get(&headers, "rxp-id")),
    ];
    let try_with = |keep: &dyn Fn(&str) -> bool, uri: &str| {
        let kept: Vec<_> = values.iter().filter(|(name, _)| keep(name)).collect();
        let names: Vec<_> = kept.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let end = params.split_once(')').unwrap().1;
        let lines: Vec<_> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let headers = signed_over(worked(), &lines, &format!("({}){end}", names.join(" ")));
        receive("POST", uri, &headers, &body(), CREATED_S).map(drop)
    };
    assert_eq!(try_with(&|_| true, URI), Ok(()), "the signer of this test is right");
    assert_eq!(try_with(&|name| name == "content-digest", URI), Err(Code::BadHttpSignature));
    for (missing, _) in &values {
        assert_eq!(try_with(&|name| name != *missing, URI), Err(Code::BadHttpSignature), "{missing}");
    }
    for uri in [
        "https://rxp.peer.test/rxp/v1/messages",
        "https://rxp.host.test/rxp-test/v1/messages",
        "http://rxp.host.test/rxp/v1/messages",
    ] {
        assert_eq!(try_with(&|_| true, uri), Err(Code::BadHttpSignature), "{uri}");
    }
    for (from, to) in [
        ("alg=\"ed25519\"", "alg=\"hmac-sha256\""),
        (";alg=\"ed25519\"", ""),
        ("tag=\"rxp-1\"", "tag=\"rxp-2\""),
        (";tag=\"rxp-1\"", ""),
        (";nonce=\"eDd7UldXtJRCf4kBT5fXmQ\"", ""),
        ("eDd7UldXtJRCf4kBT5fXmQ", "eDd7"),
        (";created=1796216400", ";created=1796216400;created=1796216400"),
        ("rxp=(", "sig=("),
        (";tag=", ";extra=\"x\";tag="),
    ] {
        let headers = with("signature-input", &worked_input.replace(from, to));
        assert_eq!(
            receive("POST", URI, &headers, &body(), CREATED_S),
            Err(Code::BadHttpSignature),
            "{from} -> {to}"
        );
    }
    for name in ["content-type", "content-digest", "rxp-id", "signature-input", "signature"] {
        let mut missing = worked();
        missing.retain(|(known, _)| *known != name);
        assert_eq!(receive("POST", URI, &missing, &body(), CREATED_S), Err(Code::BadHttpSignature), "{name}");
        let mut doubled = worked();
        doubled.push((name, get(&doubled, name)));
        assert_eq!(receive("POST", URI, &doubled, &body(), CREATED_S), Err(Code::BadHttpSignature), "{name}");
    }
    let unknown = worked_input.replace("chbHMB", "chbHMC");
    assert_eq!(
        receive("POST", URI, &with("signature-input", &unknown), &body(), CREATED_S),
        Err(Code::UnknownKey)
    );
    assert_eq!(receive("PUT", URI, &worked(), &body(), CREATED_S), Err(Code::BadHttpSignature));
}

#[test]
fn httpsig_get() {
    let uri = format!("https://rxp.host.test/rxp/v1/receipts/{ID}");
    let headers = sign_get(&uri, &examples::key("unit.example.org"), stamp());
    let proof = receive("GET", &uri, &headers, "", CREATED_S).unwrap();
    assert_eq!(proof.rxp_id, None);
    assert_eq!(receive("POST", &uri, &headers, "", CREATED_S), Err(Code::BadHttpSignature));
    assert_eq!(receive("GET", URI, &headers, "", CREATED_S), Err(Code::BadHttpSignature));
    assert_eq!(receive("GET", URI, &worked(), "", CREATED_S), Err(Code::BadHttpSignature));
}

#[test]
fn sig_b24_is_refused() {
    let Some(folder) = crate::samples::folder() else { return };
    let text = std::fs::read_to_string(folder.join("httpsig_rfc9421/rfc9421_appendix_b2.json")).unwrap();
    let sample: serde_json::Value = serde_json::from_str(&text).unwrap();
    let case = sample["cases"].as_array().unwrap().iter().find(|case| case["label"] == "sig-b24").unwrap();
    let message = &sample["response"];
    let body = message["body"].as_str().unwrap();
    let headers = message["headers"].as_array().unwrap().iter();
    let mut headers: Vec<_> =
        headers.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap().to_owned())).collect();
    let digest = get(&headers, "Content-Digest");
    let of_body = STANDARD.encode(<sha2::Sha512 as sha2::Digest>::digest(body));
    assert_ne!(digest, format!("sha-512=:{of_body}:"), "the sample's digest is of another body");
    headers.push(("Signature-Input", case["signature_input"].as_str().unwrap().to_owned()));
    headers.push(("Signature", format!("sig-b24=:{}:", case["signature"].as_str().unwrap())));
    assert!(receive("POST", URI, &headers, body, CREATED_S).is_err());
}
