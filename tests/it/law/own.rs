//! One person cannot approve their own assessment: not by the API, not on the console, not in a second session, not after
//! a role change (LAW-120; issue 2, "Done when" 5).

use crate::console::Browser;
use crate::face::{Face, Fail, Said, Someone};
use app::people::{AgencyKind, Role};
use reqwest::Method;
use serde_json::{Value, json};

type Outcome = Result<(), Fail>;

const ORG: &str = "one.example";

/// A face where Ana assessed one item, and what her assessment is called.
struct Own {
    face: Face,
    ana: Someone,
    token: String,
    approval: String,
    assessment: String,
}

impl Own {
    /// Ana, with these roles, assesses; she gave a reason for reading and proved that it is her.
    async fn written_by(roles: &[Role]) -> Result<Self, Fail> {
        let face = Face::new().await?;
        face.found(ORG, AgencyKind::ReferralUnit).await?;
        let ana = face.someone(ORG, "ana", roles).await?;
        let token = ready(&face, &ana).await?;
        crate::face::take_in(&face, ORG, 1).await?;
        let get = async |path: &str| face.call(Some(&token), Method::GET, path, None).await;
        let queue = get("/api/v1/queue").await?;
        let cluster = queue.body["clusters"][0]["id"].as_str().ok_or("no cluster")?.to_owned();
        let shown = get(&format!("/api/v1/clusters/{cluster}")).await?.body;
        let draft = crate::journey::draft(&shown["items"][0]);
        let path = format!("/api/v1/clusters/{cluster}/assessments");
        let body = json!({ "version": shown["version"], "draft": draft });
        let saved = face.call(Some(&token), Method::POST, &path, Some(body)).await?;
        let assessment = saved.body["assessment"].as_str().ok_or_else(|| format!("{saved:?}"))?.to_owned();
        let approval = format!("/api/v1/assessments/{assessment}/approval");
        Ok(Self { face, ana, token, approval, assessment })
    }

    async fn approve(&self, token: &str) -> Result<Said, Fail> {
        self.face.call(Some(token), Method::POST, &self.approval, Some(json!({ "version": 1 }))).await
    }

    /// Refused by the rule, and nothing changed.
    async fn refused(&self, said: Said) -> Outcome {
        assert_eq!((said.status, said.code(), &said.body["rule"]), (403, "four_eyes", &json!("LAW-120")));
        self.untouched().await
    }

    async fn untouched(&self) -> Outcome {
        let stored = store::assessment::get(&self.face.house.db, self.assessment.parse()?).await?;
        let stored = stored.ok_or("no assessment")?;
        assert_eq!((stored.state.word(), stored.approver), ("assessed", None));
        Ok(())
    }

    /// The same assessment is approved by another person: it was the person that was wrong, nothing else.
    async fn another_can(&self) -> Outcome {
        let ben = self.face.someone(ORG, "ben", &[Role::Approver]).await?;
        let said = self.approve(&ready(&self.face, &ben).await?).await?;
        assert_eq!(said.status, 200, "{said:?}");
        Ok(())
    }
}

/// Signs in, gives a reason, steps up.
async fn ready(face: &Face, who: &Someone) -> Result<String, Fail> {
    let token = face.sign_in(who).await?;
    let reason = json!({ "reason": "my shift today" });
    face.call(Some(&token), Method::POST, "/api/v1/reason", Some(reason)).await?;
    let code = json!({ "code": face.code(who)? });
    let up = face.call(Some(&token), Method::POST, "/api/v1/step-up", Some(code)).await?;
    assert_eq!(up.status, 200, "{up:?}");
    Ok(token)
}

#[tokio::test]
async fn own_assessment_over_the_api() -> Outcome {
    let own = Own::written_by(&[Role::Analyst, Role::Approver]).await?;
    own.refused(own.approve(&own.token).await?).await?;
    // Sending it back or reading it a second time is for another person too.
    let back = format!("/api/v1/assessments/{}/return", own.assessment);
    let body = json!({ "version": 1, "reason": "Say more about the place." });
    own.refused(own.face.call(Some(&own.token), Method::POST, &back, Some(body)).await?).await?;
    own.another_can().await
}

#[tokio::test]
async fn own_assessment_on_the_console() -> Outcome {
    let own = Own::written_by(&[Role::Analyst, Role::Approver]).await?;
    let browser = Browser::signed_in(&own.face, &own.ana).await?;
    let code = own.face.code(&own.ana)?;
    browser.post("/console/step-up", &[("code", &code), ("back", "/console/approve")]).await?;
    browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/approve")]).await?;
    let page = format!("/console/approve/{}/agree", own.assessment);
    let got = browser.post(&page, &[("version", "1")]).await?;
    assert_eq!(got.status, 403, "{}", got.page);
    assert!(got.page.contains("LAW-120"), "{}", got.page);
    own.untouched().await?;
    own.another_can().await
}

#[tokio::test]
async fn own_assessment_in_a_second_session() -> Outcome {
    let own = Own::written_by(&[Role::Analyst, Role::Approver]).await?;
    let second = ready(&own.face, &own.ana).await?;
    assert_ne!(second, own.token);
    own.refused(own.approve(&second).await?).await?;
    let out = own.face.call(Some(&own.token), Method::POST, "/api/v1/sign-out", None).await?;
    assert_eq!(out.status, 204);
    own.refused(own.approve(&second).await?).await?;
    own.another_can().await
}

#[tokio::test]
async fn own_assessment_after_a_role_change() -> Outcome {
    let own = Own::written_by(&[Role::Analyst]).await?;
    let said = own.approve(&own.token).await?;
    assert_eq!((said.status, said.code()), (403, "no_right"));
    let agency = app::people::agency(&own.face.house, ORG).await?;
    let admin = own.face.actor(&agency, "admin").await?;
    let ana = own.ana.person.parse()?;
    app::people::set_role(&own.face.house, &admin, ana, Role::Approver, true).await?;
    app::people::set_role(&own.face.house, &admin, ana, Role::Analyst, false).await?;
    // In the session that she has, and in a new one: she is an approver now, and still the author.
    own.refused(own.approve(&own.token).await?).await?;
    let fresh = ready(&own.face, &own.ana).await?;
    let me = own.face.call(Some(&fresh), Method::GET, "/api/v1/me", None).await?;
    assert_eq!(me.body["roles"], json!(["approver"]) as Value);
    own.refused(own.approve(&fresh).await?).await?;
    own.another_can().await
}
