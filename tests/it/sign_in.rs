//! Who are you? Enrolment, sign-in, step-up, sessions, forms, as a browser and a program see them.

use crate::face::{Face, Fail, PASSWORD, said};
use app::people::{AgencyKind, Role};
use reqwest::Method;
use serde_json::json;

type Outcome = Result<(), Fail>;

const ORG: &str = "one.example";

#[tokio::test]
async fn enrol_sign_in_step_up_sign_out() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let admin = face.enrol(ORG, &link).await?;
    let again = face.call(None, Method::GET, &format!("/api/v1/enrol/{}", link.token), None).await?;
    assert_eq!((again.status, again.code()), (410, "link_over"), "a link works once");

    let token = face.sign_in(&admin).await?;
    let me = face.call(Some(&token), Method::GET, "/api/v1/me", None).await?;
    assert_eq!(me.body["person"], admin.person.as_str());
    assert_eq!(me.body["roles"], json!(["administrator"]));
    assert!(me.body["stepped_up_until"].is_null(), "signing in opens nothing");

    let code = face.code(&admin)?;
    let body = json!({ "code": code });
    let up = face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(body.clone())).await?;
    assert_eq!(up.status, 200, "{up:?}");
    let twice = face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(body)).await?;
    assert_eq!((twice.status, twice.code()), (403, "wrong_code"), "a code works once");

    let short =
        face.call(Some(&token), Method::POST, "/api/v1/reason", Some(json!({ "reason": "x" }))).await?;
    assert_eq!((short.status, short.code()), (422, "read_needs_reason"));
    let good = json!({ "reason": "my shift today" });
    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/reason", Some(good)).await?.status, 204);

    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/sign-out", None).await?.status, 204);
    let after = face.call(Some(&token), Method::GET, "/api/v1/me", None).await?;
    assert_eq!((after.status, after.code()), (401, "no_session"));
    face.served.stop().await;
    Ok(())
}

#[tokio::test]
async fn every_failure_has_the_same_words() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let ben = face.someone(ORG, "ben", &[Role::Analyst]).await?;
    let mut nobody = ben.clone();
    nobody.login = "nobody".to_owned();
    let mut nowhere = ben.clone();
    nowhere.org = "nowhere.example".to_owned();
    let right = face.code(&ben)?;
    let mut bodies = Vec::new();
    for (who, password, code) in [
        (&nobody, PASSWORD, right.as_str()),
        (&nowhere, PASSWORD, right.as_str()),
        (&ben, "another long sentence", right.as_str()),
        (&ben, PASSWORD, "000000"),
    ] {
        let said = face.try_sign_in(who, password, code).await?;
        assert_eq!(said.status, 401);
        bodies.push(said.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert_eq!(face.try_sign_in(&ben, PASSWORD, &right).await?.status, 200);
    assert_eq!(face.try_sign_in(&ben, PASSWORD, &right).await?.status, 401, "a code works once");
    Ok(())
}

#[tokio::test]
async fn ten_wrong_tries_close_the_access_for_a_while() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let ben = face.someone(ORG, "ben", &[Role::Analyst]).await?;
    for _ in 0..10 {
        let code = face.code(&ben)?;
        assert_eq!(face.try_sign_in(&ben, "a wrong sentence", &code).await?.status, 401);
    }
    let code = face.code(&ben)?;
    assert_eq!(face.try_sign_in(&ben, PASSWORD, &code).await?.status, 401, "closed");
    face.wait(15 * 60)?;
    face.sign_in(&ben).await?;
    Ok(())
}

#[tokio::test]
async fn sessions_end() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let admin = face.enrol(ORG, &link).await?;
    let ben = face.someone(ORG, "ben", &[Role::Analyst]).await?;

    let idle = face.sign_in(&ben).await?;
    face.wait(31 * 60)?;
    assert_eq!(face.call(Some(&idle), Method::GET, "/api/v1/me", None).await?.status, 401, "idle");

    let long = face.sign_in(&ben).await?;
    for _ in 0..24 {
        assert_eq!(face.call(Some(&long), Method::GET, "/api/v1/me", None).await?.status, 200);
        face.wait(29 * 60)?;
    }
    face.wait(25 * 60)?;
    assert_eq!(face.call(Some(&long), Method::GET, "/api/v1/me", None).await?.status, 401, "twelve hours");

    let open = face.sign_in(&ben).await?;
    let office = face.sign_in(&admin).await?;
    let close = format!("/api/v1/people/{}/disable", ben.person);
    assert_eq!(face.call(Some(&office), Method::POST, &close, None).await?.status, 204);
    assert_eq!(face.call(Some(&open), Method::GET, "/api/v1/me", None).await?.status, 401, "closed");
    let code = face.code(&ben)?;
    assert_eq!(face.try_sign_in(&ben, PASSWORD, &code).await?.status, 401, "closed");
    Ok(())
}

#[tokio::test]
async fn nobody_changes_their_own_access() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let admin = face.enrol(ORG, &link).await?;
    face.found("two.example", AgencyKind::ReferralUnit).await?;
    let stranger = face.someone("two.example", "stranger", &[Role::Analyst]).await?;
    let token = face.sign_in(&admin).await?;
    let own = format!("/api/v1/people/{}/roles/approver", admin.person);
    let said = face.call(Some(&token), Method::PUT, &own, None).await?;
    assert_eq!((said.status, said.code()), (403, "own_access"));
    let other = format!("/api/v1/people/{}/roles/approver", stranger.person);
    let said = face.call(Some(&token), Method::PUT, &other, None).await?;
    assert_eq!(
        (said.status, said.code()),
        (404, "not_here"),
        "a person of another agency does not exist here"
    );
    let code = json!({ "code": face.code(&admin)? });
    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(code)).await?.status, 200);
    let body = json!({ "login": "carl", "name": "Carl", "roles": ["provider"] });
    let said = face.call(Some(&token), Method::POST, "/api/v1/people", Some(body)).await?;
    assert_eq!((said.status, said.code()), (422, "role_not_of_kind"));
    Ok(())
}

/// A session that was left open opens no door: each act that gives access asks for a code first; closing never waits.
#[tokio::test]
async fn giving_access_needs_a_fresh_proof() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let admin = face.enrol(ORG, &link).await?;
    let ben = face.someone(ORG, "ben", &[Role::Analyst]).await?;
    let token = face.sign_in(&admin).await?;
    let of = |tail: &str| format!("/api/v1/people/{}/{tail}", ben.person);
    let invite = json!({ "login": "carl", "name": "Carl", "roles": ["analyst"] });
    for (method, path, body) in [
        (Method::POST, "/api/v1/people".to_owned(), Some(invite)),
        (Method::PUT, of("roles/approver"), None),
        (Method::POST, of("link"), None),
    ] {
        let said = face.call(Some(&token), method.clone(), &path, body.clone()).await?;
        assert_eq!((said.status, said.code()), (401, "step_up"), "{path}");
    }
    assert_eq!(face.call(Some(&token), Method::DELETE, &of("roles/analyst"), None).await?.status, 204);
    let code = json!({ "code": face.code(&admin)? });
    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(code)).await?.status, 200);
    assert_eq!(face.call(Some(&token), Method::PUT, &of("roles/approver"), None).await?.status, 204);
    assert_eq!(face.call(Some(&token), Method::POST, &of("link"), None).await?.status, 201);
    Ok(())
}

#[tokio::test]
async fn weak_passwords_and_old_links_are_refused() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let path = format!("/api/v1/enrol/{}", link.token);
    let said =
        face.call(None, Method::POST, &path, Some(json!({ "password": "short", "code": "000000" }))).await?;
    assert_eq!((said.status, said.code()), (422, "weak_password"));
    let wrong = json!({ "password": PASSWORD, "code": "000000" });
    assert_eq!(face.call(None, Method::POST, &path, Some(wrong)).await?.code(), "wrong_code");
    face.wait(72 * 3600)?;
    assert_eq!(face.call(None, Method::GET, &path, None).await?.status, 410);
    Ok(())
}

/// Signs in by the form, as a browser does; gives the cookie.
async fn cookie(face: &Face, who: &crate::face::Someone) -> Result<String, Fail> {
    let form = format!(
        "agency={}&login={}&password={}&code={}",
        who.org,
        who.login,
        PASSWORD.replace(' ', "+"),
        face.code(who)?
    );
    let response = face
        .http
        .post(face.url("/console/sign-in"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await?;
    assert_eq!(response.status(), 303);
    let cookie = response.headers().get("set-cookie").ok_or("no cookie")?.to_str()?.to_owned();
    for part in ["__Host-renvoi=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn forms_of_others_are_refused() -> Outcome {
    let face = Face::new().await?;
    let link = face.found(ORG, AgencyKind::ReferralUnit).await?;
    let admin = face.enrol(ORG, &link).await?;
    let cookie = cookie(&face, &admin).await?;
    let me = said(face.http.get(face.url("/api/v1/me")).header("cookie", &cookie).send().await?).await?;
    let csrf = me.body["csrf"].as_str().ok_or("no token for forms")?.to_owned();
    let own = format!("http://{}", face.served.addr);
    let post = async |token: Option<&str>, origin: Option<&str>| -> Result<(u16, String), Fail> {
        let mut request = face
            .http
            .post(face.url("/api/v1/reason"))
            .header("cookie", &cookie)
            .header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("x-csrf-token", token);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let said =
            said(request.body(json!({ "reason": "my shift today" }).to_string()).send().await?).await?;
        Ok((said.status, said.code().to_owned()))
    };
    let refused = (403, "csrf".to_owned());
    assert_eq!(post(None, None).await?, refused);
    assert_eq!(post(None, Some(&own)).await?, refused);
    assert_eq!(post(Some("0000"), Some(&own)).await?, refused);
    assert_eq!(post(Some(&csrf), Some("https://other.example")).await?, refused);
    assert_eq!(post(Some(&csrf), Some("null")).await?, refused);
    assert_eq!(post(Some(&csrf), Some(&own)).await?.0, 204);
    assert_eq!(post(Some(&csrf), None).await?.0, 204);

    let form = |token: &str| {
        face.http
            .post(face.url("/console/reason"))
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("csrf={token}&reason=shift&back=/console/agency"))
    };
    assert_eq!(form("0000").send().await?.status(), 403);
    let went = form(&csrf).send().await?;
    assert_eq!(went.status(), 303);
    assert_eq!(went.headers().get("location").and_then(|to| to.to_str().ok()), Some("/console/agency"));
    Ok(())
}

#[tokio::test]
async fn pages_have_strict_headers() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    for path in ["/console/sign-in", "/console/queue", "/nowhere", "/api/v1/me", "/health"] {
        let response = face.http.get(face.url(path)).send().await?;
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
    }
    let page = face.http.get(face.url("/console/queue")).send().await?;
    assert_eq!(page.status(), 303, "without a session a page leads to the sign-in");
    let media = face.http.get(format!("http://{}/media/00", face.served.media_addr)).send().await?;
    assert_eq!(media.status(), 404);
    let policy = media.headers().get("content-security-policy").and_then(|value| value.to_str().ok());
    assert!(policy.is_some_and(|policy| policy.contains("sandbox")));
    assert!(media.headers().get("set-cookie").is_none());
    Ok(())
}

/// What the contact file and letters will say of an agency can be seen, and nothing is hidden in it.
#[tokio::test]
async fn a_name_in_law_can_be_seen() -> Outcome {
    let face = Face::new().await?;
    for name in ["", "\u{200b}\u{200b}", "Unit\u{202e}eno", "Unit\nOne"] {
        let refused = face.found_as(ORG, AgencyKind::ReferralUnit, name).await;
        assert!(refused.is_err_and(|error| error.is_input()), "{name:?}");
    }
    face.found_as(ORG, AgencyKind::ReferralUnit, " Unit One ").await?;
    let agency = app::people::agency(&face.house, ORG).await?;
    assert_eq!(agency.settings.legal_name, "Unit One");
    Ok(())
}
