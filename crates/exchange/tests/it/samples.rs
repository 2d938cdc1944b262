//! Published vectors, when the folder of samples is there.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use std::path::PathBuf;

/// Its vectors.
pub(crate) fn folder() -> Option<PathBuf> {
    Some(crate::place::folder()?.join("vectors"))
}

#[test]
fn jcs_samples() {
    let Some(folder) = folder() else { return };
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let read = |part: &str| {
            std::fs::read_to_string(folder.join(format!("jcs_rfc8785/{part}/{name}.json"))).unwrap()
        };
        let mut value: Value = serde_json::from_str(&read("input")).unwrap();
        if name == "values" {
            // serde_json reads the first one wrongly in its last place; documents hold no fractions.
            value["numbers"][0] = "333333333.33333329".parse::<f64>().unwrap().into();
        }
        assert_eq!(exchange::canonical::canonical(&value), read("output").trim_end(), "{name}");
    }
}

#[test]
fn wycheproof_ed25519() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("ed25519/ed25519_test.json")).unwrap();
    let suite: Value = serde_json::from_str(&text).unwrap();
    let mut seen = 0;
    for group in suite["testGroups"].as_array().unwrap() {
        let key: [u8; 32] =
            hex::decode(group["publicKey"]["pk"].as_str().unwrap()).unwrap().try_into().unwrap();
        let key = VerifyingKey::from_bytes(&key).unwrap();
        for test in group["tests"].as_array().unwrap() {
            let bytes = |field: &str| hex::decode(test[field].as_str().unwrap()).unwrap();
            let verified = Signature::from_slice(&bytes("sig"))
                .is_ok_and(|signature| key.verify_strict(&bytes("msg"), &signature).is_ok());
            assert_eq!(verified, test["result"] == "valid", "{}", test["tcId"]);
            seen += 1;
        }
    }
    assert_eq!(seen, 151);
}

#[test]
fn rfc9421_ed25519_key_is_read() {
    let Some(folder) = folder() else { return };
    let pem = std::fs::read_to_string(folder.join("httpsig_rfc9421/test-key-ed25519.pem")).unwrap();
    let der =
        STANDARD.decode(pem.lines().filter(|line| !line.starts_with("--")).collect::<String>()).unwrap();
    let public: [u8; 32] = der[der.len() - 32..].try_into().unwrap();
    assert_eq!(STANDARD.encode(public), "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=");
}
