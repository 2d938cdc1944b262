//! A browser with somebody signed in: pages and forms of the console.

use crate::face::{Face, Fail, PASSWORD, Someone, said};

/// Somebody's browser: a cookie, and the token of the session's forms.
pub(crate) struct Browser<'a> {
    face: &'a Face,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

/// What a browser got.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) to: String,
    pub(crate) page: String,
}

impl<'a> Browser<'a> {
    pub(crate) async fn signed_in(face: &'a Face, who: &Someone) -> Result<Self, Fail> {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("agency", &who.org)
            .append_pair("login", &who.login)
            .append_pair("password", PASSWORD);
        let form = form.append_pair("code", &face.code(who)?).finish();
        let request = face.http.post(face.url("/console/sign-in")).header("content-type", FORM).body(form);
        let response = request.send().await?;
        let cookie = response.headers().get("set-cookie").ok_or("no cookie")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let me = said(face.http.get(face.url("/api/v1/me")).header("cookie", &cookie).send().await?).await?;
        let csrf = me.body["csrf"].as_str().ok_or("no token")?.to_owned();
        Ok(Self { face, cookie, csrf })
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Got, Fail> {
        got(self.face.http.get(self.face.url(path)).header("cookie", &self.cookie)).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Got, Fail> {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let request = self.face.http.post(self.face.url(path)).header("cookie", &self.cookie);
        got(request.header("content-type", FORM).body(form.finish())).await
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// What comes of a request.
pub(crate) async fn got(request: reqwest::RequestBuilder) -> Result<Got, Fail> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let to =
        response.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    Ok(Got { status, to, page: response.text().await? })
}
