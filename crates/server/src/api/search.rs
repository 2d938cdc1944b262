//! Search: have we seen this? A reason is asked each time and kept with the read (D10).

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::May;
use app::load;
use app::search::{self, Answer, Question};
use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use domain::access::{Authorised, right};
use domain::id::AgencyId;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask))
}

/// What is asked.
#[derive(Deserialize, ToSchema)]
struct Asked {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// A link, a handle or words.
    text: Option<String>,
    /// A picture, Base64.
    picture: Option<String>,
    /// Why you ask: 8 to 300 characters.
    reason: String,
}

/// What is known of a link, a handle, words or a picture.
#[utoipa::path(post, path = "/api/v1/search", tag = "search", request_body = Asked,
    responses((status = 200, body = Value), (status = 422, body = Problem)), extensions(("x-right" = json!("search"))))]
async fn ask(
    State(app): State<App>,
    may: May<right::Search>,
    Json(asked): Json<Asked>,
) -> Outcome<Json<Value>> {
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let space = Authorised::check(may.actor(), space, space)?;
    let question = match (asked.text, asked.picture) {
        (Some(text), None) => Question::Text(text),
        (None, Some(picture)) => Question::Picture(
            base64::prelude::BASE64_STANDARD
                .decode(picture)
                .map_err(|_| Fault::input("The picture is not Base64."))?,
        ),
        _ => return Err(Fault::input("Ask with a text or with a picture.")),
    };
    Ok(Json(shown(&search::ask(&app.house, &space, question, &asked.reason).await?)))
}

fn shown(answer: &Answer) -> Value {
    json!({
        "observations": answer.observations,
        "subjects": answer.subjects.iter().map(|found| json!({
            "id": found.id, "kind": found.kind.word(), "service": found.service, "address": found.address,
        })).collect::<Vec<_>>(),
        "clusters": answer.clusters.iter().map(|found| json!({
            "id": found.id, "number": found.number, "state": found.state.word(), "members": found.members,
        })).collect::<Vec<_>>(),
        "matches": answer.matches.iter().map(|found| json!({
            "signal": found.signal, "bank": found.why.bank, "why": found.why.sentence(),
        })).collect::<Vec<_>>(),
        "signals": answer.signals.iter().map(|why| json!({ "bank": why.bank, "why": why.sentence() })).collect::<Vec<_>>(),
        "holds": answer.holds.iter().map(|hold| hold.word()).collect::<Vec<_>>(),
    })
}
