//! Lookup as programs of the field ask it: the paths, parameters and answers of Hasher-Matcher-Actioner, and more.
//!
//! Taken from github.com/facebook/ThreatExchange `hasher-matcher-actioner/src/OpenMediaMatch/blueprints/matching.py` and
//! `schemas/matching.py`: `GET /m/lookup?signal_type=&signal=&banks=` answers `{"BANK":[{"bank_content_id","distance"}]}`,
//! `POST /m/lookup` with one file in a field named by its content type answers the same by signal type. There is no
//! `/h/lookup` there (`/h` hashes, see `hash.rs`): ours is `/m/lookup` under the name that our issue gives it. Each match says more:
//! signal, opinion, limit, variant and why. Addresses are not fetched for others: `url` is refused, post the file.
//! Beyond it: a session, a right, a reason (`reason`, else that of the session), and a limit a minute.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::hash::Content;
use app::load;
use app::lookup::{self, Answer, Hit, Question};
use axum::Json;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use domain::access::{Authorised, right};
use domain::bank::SignalKind;
use domain::id::AgencyId;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// Largest file with what stands around it in the form, in bytes.
pub(super) const FORM_MAX_BYTES: usize = lookup::FILE_MAX_BYTES + 1024 * 1024;
/// Banks that are named in one question.
const BANKS_MAX: usize = 500;
/// Names of the field that holds the file: the content types of Hasher-Matcher-Actioner, and `file`.
const FILE_FIELDS: [&str; 5] = ["photo", "video", "pdf", "text", "file"];

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(m_lookup, m_lookup_file))
        .routes(routes!(h_lookup, h_lookup_file))
        .layer(DefaultBodyLimit::max(FORM_MAX_BYTES))
}

/// What is asked beside a file.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// pdq, video_md5 or md5, sha1, sha256, url, host, account, term, raw_text or text.
    signal_type: Option<String>,
    /// The value.
    signal: Option<String>,
    /// Names of banks with commas between them; all when left out.
    banks: Option<String>,
    /// Refused: nothing is fetched for others.
    url: Option<String>,
    /// Why you ask, 8 to 300 characters; that of the session when left out.
    reason: Option<String>,
    /// Space; one's agency when left out.
    space: Option<Uuid>,
}

/// Which signals hold a value, by bank.
#[utoipa::path(get, path = "/m/lookup", tag = "recognise", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("search"))))]
async fn m_lookup(app: State<App>, may: May<right::Search>, asked: Query<Asked>) -> Outcome<Json<Value>> {
    by_value(app, may, asked).await
}

/// Which signals hold what a file comes to, by signal type and bank: one file in a field photo, video, pdf, text or file.
#[utoipa::path(post, path = "/m/lookup", tag = "recognise", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 413, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("search"))))]
async fn m_lookup_file(
    app: State<App>,
    may: May<right::Search>,
    asked: Query<Asked>,
    parts: Multipart,
) -> Outcome<Json<Value>> {
    by_file(app, may, asked, parts).await
}

/// As GET /m/lookup.
#[utoipa::path(get, path = "/h/lookup", tag = "recognise", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("search"))))]
async fn h_lookup(app: State<App>, may: May<right::Search>, asked: Query<Asked>) -> Outcome<Json<Value>> {
    by_value(app, may, asked).await
}

/// As POST /m/lookup.
#[utoipa::path(post, path = "/h/lookup", tag = "recognise", params(Asked),
    responses((status = 200, body = Value), (status = 400, body = Problem), (status = 413, body = Problem), (status = 429, body = Problem)),
    extensions(("x-right" = json!("search"))))]
async fn h_lookup_file(
    app: State<App>,
    may: May<right::Search>,
    asked: Query<Asked>,
    parts: Multipart,
) -> Outcome<Json<Value>> {
    by_file(app, may, asked, parts).await
}

async fn by_value(
    State(app): State<App>,
    may: May<right::Search>,
    Query(asked): Query<Asked>,
) -> Outcome<Json<Value>> {
    let (Some(word), Some(signal)) = (&asked.signal_type, &asked.signal) else {
        return Err(match asked.url {
            Some(_) => no_fetching(),
            None => Fault::input("Give signal_type and signal, or post a file."),
        });
    };
    let kind = kind_of(word)?;
    let answer = ask(&app, &may, &asked, Question::Value(kind, signal.clone())).await?;
    Ok(Json(by_bank(answer.get(&kind).map_or(&[], Vec::as_slice))))
}

async fn by_file(
    State(app): State<App>,
    may: May<right::Search>,
    Query(asked): Query<Asked>,
    parts: Multipart,
) -> Outcome<Json<Value>> {
    let (field, file) = one_file(parts).await?;
    let answer = ask(&app, &may, &asked, Question::File(content_of(&field), file)).await?;
    let by_type = answer.iter().map(|(kind, hits)| (signal_type(*kind).to_owned(), by_bank(hits)));
    Ok(Json(Value::Object(by_type.collect::<Map<_, _>>())))
}

/// The one file of a form, and the name of its field.
pub(super) async fn one_file(mut parts: Multipart) -> Outcome<(String, Vec<u8>)> {
    let mut file = None;
    while let Some(part) = parts.next_field().await.map_err(unread)? {
        let name = part.name().unwrap_or_default().to_owned();
        if !FILE_FIELDS.contains(&name.as_str()) {
            return Err(Fault::input(format!(
                "Name the field of the file by one of: {}.",
                FILE_FIELDS.join(", ")
            )));
        }
        if file.is_some() {
            return Err(Fault::input("Ask with one file at a time."));
        }
        file = Some((name, whole(&part.bytes().await.map_err(unread)?)?));
    }
    file.ok_or_else(|| Fault::input("The form has no file."))
}

/// The bytes of a file, unless they are too many.
pub(super) fn whole(file: &Bytes) -> Outcome<Vec<u8>> {
    if file.len() > lookup::FILE_MAX_BYTES { Err(file_too_large()) } else { Ok(file.to_vec()) }
}

/// Why a form with a file was not read.
pub(super) fn unread(error: MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => file_too_large(),
        _ => error.into(),
    }
}

fn file_too_large() -> Fault {
    let sentence =
        format!("The file is larger than {} MiB. Send a smaller one.", lookup::FILE_MAX_BYTES >> 20);
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", sentence)
}

/// What a file is said to be by the name of its field.
pub(super) fn content_of(field: &str) -> Content {
    match field {
        "photo" => Content::Picture,
        "text" => Content::Text,
        _ => Content::Any,
    }
}

async fn ask(app: &App, may: &May<right::Search>, asked: &Asked, question: Question) -> Outcome<Answer> {
    if asked.url.is_some() {
        return Err(no_fetching());
    }
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let banks: Option<BTreeSet<String>> = asked
        .banks
        .as_ref()
        .filter(|names| !names.is_empty())
        .map(|names| names.split(',').take(BANKS_MAX).map(|name| name.trim().to_owned()).collect());
    Ok(lookup::ask(&app.house, &space, question, banks.as_ref(), asked.reason.as_deref()).await?)
}

pub(super) fn no_fetching() -> Fault {
    Fault::new(
        StatusCode::FORBIDDEN,
        "no_fetching",
        "Addresses are not fetched for others. Fetch the file yourself and post it.",
    )
}

/// The kind of a signal type, by the library's word or ours.
pub(super) fn kind_of(word: &str) -> Outcome<SignalKind> {
    let kind = match word {
        "video_md5" | "photo_md5" => Some(SignalKind::Md5),
        "raw_text" => Some(SignalKind::Text),
        "text_tlsh" => Some(SignalKind::Tlsh),
        word => SignalKind::from_word(word),
    };
    kind.ok_or_else(|| {
        let word: String = word.chars().take(40).collect();
        Fault::input(format!("There is no signal type \"{word}\" here."))
    })
}

/// The library's word for a kind, where it has one.
pub(super) fn signal_type(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Md5 => "video_md5",
        SignalKind::Text => "raw_text",
        SignalKind::Tlsh => "text_tlsh",
        kind => kind.word(),
    }
}

fn by_bank(hits: &[Hit]) -> Value {
    let mut banks = Map::new();
    for hit in hits {
        let list = banks.entry(hit.why.bank.clone()).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(json!({
                "bank_content_id": hit.key, "distance": hit.why.distance.to_string(), "signal": hit.id,
                "opinion": hit.why.opinion.word(), "limit": hit.why.limit, "variant": hit.why.variant,
                "why": hit.why.sentence(),
            }));
        }
    }
    Value::Object(banks)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::routing::post;
    use tower::ServiceExt as _;

    /// Status, code and sentence for a form, where one of so many bytes is taken.
    async fn said(form: String, most: usize) -> (u16, String, String) {
        let taken = async |parts: Multipart| one_file(parts).await.map(|_| StatusCode::NO_CONTENT);
        let router = axum::Router::new().route("/", post(taken)).layer(DefaultBodyLimit::max(most));
        let request = Request::post("/").header("content-type", "multipart/form-data; boundary=b");
        let answer = router.oneshot(request.body(Body::from(form)).unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let word = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (status, word("code"), word("sentence"))
    }

    fn form(file: &str) -> String {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n{file}\r\n--b--\r\n"
        )
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_said() {
        assert_eq!(said(form("a lamp"), 1000).await.0, 204);
        let (status, code, sentence) = said(form(&"a".repeat(2000)), 1000).await;
        assert_eq!((status, code.as_str()), (413, "too_large"));
        assert_eq!(sentence, "The file is larger than 32 MiB. Send a smaller one.");
        // It stands in the form alone, and is too large all the same.
        let most = lookup::FILE_MAX_BYTES;
        assert_eq!(said(form(&"a".repeat(most)), FORM_MAX_BYTES).await.0, 204);
        assert_eq!(said(form(&"a".repeat(most + 1)), FORM_MAX_BYTES).await.0, 413);
        let cut = form("a lamp").split_once("\r\n--b--").unwrap().0.to_owned();
        for broken in [cut.as_str(), "--b\r\ncontent-disposi", "no form at all"] {
            let (status, code, sentence) = said(broken.to_owned(), 1000).await;
            assert_eq!((status, code.as_str()), (400, "broken_form"), "{broken}");
            assert!(sentence.contains("Send it again"), "{sentence}");
        }
    }
}
