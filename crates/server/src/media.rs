//! The second origin: files from outside, as re-encoded previews, sandboxed, without cookies, by short-lived addresses.
//!
//! The address holds space, digest and end, sealed by a key of this house; nothing else is asked, because a page of the
//! first origin gave it to a person who may see it.

use crate::App;
use crate::headers;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderName, StatusCode, header};

pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/media/{token}", get(preview))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(axum::middleware::from_fn_with_state(headers::MEDIA_POLICY, headers::strict))
        .with_state(app)
}

async fn preview(State(app): State<App>, Path(token): Path<String>) -> Response {
    match app::view::media::preview(&app.house, &token).await {
        Ok(Some(jpeg)) => (
            [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"preview.jpg\""),
                (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            ],
            jpeg,
        )
            .into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a preview could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
