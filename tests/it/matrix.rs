//! Who may what: every operation of the OpenAPI document with every role. The document is the list; nothing is kept twice.

use crate::face::{Face, Fail};
use app::people::{AgencyKind, Role};
use domain::access::Right;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Outcome = Result<(), Fail>;

/// An id that nothing has.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";
/// The golden file.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");

/// One operation of the document.
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) right: String,
}

/// Every operation of the document; signing out comes last.
pub(crate) fn operations() -> Result<Vec<Operation>, Fail> {
    let document = serde_json::to_value(server::api::document())?;
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().ok_or("no paths")? {
        for (method, operation) in item.as_object().ok_or("no operations")? {
            let right = operation["x-right"].as_str();
            let right = right.ok_or_else(|| format!("{method} {path} names no right: add x-right"))?;
            operations.push(Operation {
                method: method.to_uppercase().parse()?,
                path: path.clone(),
                right: right.to_owned(),
            });
        }
    }
    // Signing out ends the session that the others need.
    operations.sort_by_key(|operation| operation.path.ends_with("/sign-out"));
    Ok(operations)
}

#[test]
fn every_operation_names_a_right() -> Outcome {
    let operations = operations()?;
    assert!(operations.len() > 10);
    for operation in operations {
        let known = Right::from_word(&operation.right).is_some()
            || ["public", "session"].contains(&operation.right.as_str());
        assert!(known, "{} {}: \"{}\" is no right", operation.method, operation.path, operation.right);
    }
    Ok(())
}

#[test]
fn openapi_is_golden() -> Outcome {
    let document = serde_json::to_string_pretty(&server::api::document())? + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(GOLDEN, &document)?;
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    assert!(
        golden == document,
        "openapi.json is not what the server says; run this test with UPDATE=1 and look at the change"
    );
    Ok(())
}

/// The path with something in each place.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{role}" => "analyst",
            "{host}" => "archive.example",
            part if part.starts_with('{') => NOTHING,
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn role_by_endpoint_matrix() -> Outcome {
    let face = Face::new().await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    face.found("host.example", AgencyKind::Provider).await?;
    let operations = operations()?;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let org = if *role == Role::Provider { "host.example" } else { "one.example" };
        let someone = face.someone(org, role.word(), &[*role]).await?;
        let token = face.sign_in(&someone).await?;
        for operation in &operations {
            let body = (operation.method != Method::GET).then(|| json!({}));
            let said =
                face.call(Some(&token), operation.method.clone(), &filled(&operation.path), body).await?;
            let refused = said.status == 403 && said.code() == "no_right";
            let lacks =
                Right::from_word(&operation.right).is_some_and(|right| !role.rights().contains(&right));
            if refused != lacks || said.status >= 500 || said.code() == "no_session" {
                wrong.push(format!("{role}: {} {} → {said:?}", operation.method, operation.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn nothing_but_the_public_without_a_session() -> Outcome {
    let face = Face::new().await?;
    let mut answers: BTreeMap<String, (u16, Value)> = BTreeMap::new();
    for operation in operations()?.into_iter().filter(|operation| operation.right != "public") {
        let body = (operation.method != Method::GET).then(|| json!({}));
        let said = face.call(None, operation.method.clone(), &filled(&operation.path), body).await?;
        if (said.status, said.code()) != (401, "no_session") {
            answers.insert(format!("{} {}", operation.method, operation.path), (said.status, said.body));
        }
    }
    assert!(answers.is_empty(), "{answers:#?}");
    Ok(())
}
