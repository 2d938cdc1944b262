//! Reports: the action day of a space, as data, table or page.

use crate::App;
use crate::fault::{Outcome, Problem};
use crate::identity::May;
use app::load;
use app::report::{self, Format};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::access::right;
use domain::id::AgencyId;
use http::header;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(action_day))
}

/// Which window.
#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Space; one's agency when left out.
    space: Option<Uuid>,
    /// First instant.
    #[param(value_type = String, format = DateTime)]
    from: Timestamp,
    /// First instant after it.
    #[param(value_type = String, format = DateTime)]
    to: Timestamp,
    /// `json` (the default), `csv`, `html`, `pdf`.
    format: Option<String>,
}

/// Media type of a report.
pub(crate) fn media_type(format: Format) -> &'static str {
    match format {
        Format::Json => "application/json",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Html => "text/html; charset=utf-8",
        Format::Pdf => "application/pdf",
    }
}

/// The report of an action day, with the definition of each number.
#[utoipa::path(get, path = "/api/v1/reports/action-day", tag = "report", params(Asked),
    responses((status = 200, description = "The report, see docs/formats-report.md"), (status = 400, body = Problem)),
    extensions(("x-right" = json!("read_reports"))))]
async fn action_day(
    State(app): State<App>,
    may: May<right::ReadReports>,
    Query(asked): Query<Asked>,
) -> Outcome<Response> {
    let space = load::space(may.actor(), asked.space.map(AgencyId))?;
    let format = Format::from_word(asked.format.as_deref().unwrap_or("json"))?;
    let day = report::action_day(&app.house, space, asked.from, asked.to).await?;
    let bytes = report::write(&day, format)?;
    Ok(([(header::CONTENT_TYPE, media_type(format))], bytes).into_response())
}
