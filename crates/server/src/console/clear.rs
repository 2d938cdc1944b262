//! Clear: an empty screen for a browser without a script. It needs no right and shows nothing.

use super::{Reader, safe_back};
use crate::App;
use crate::look::Place;
use crate::pages::clear;
use axum::Router;
use axum::routing::get;
use http::{HeaderMap, header};
use maud::Markup;

pub(super) fn router() -> Router<App> {
    Router::new().route("/console/clear", get(page))
}

async fn page(reader: Reader, headers: HeaderMap) -> Markup {
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).unwrap_or_default();
    let back = url::Url::parse(from).map(|from| from.path().to_owned()).unwrap_or_default();
    clear::page(safe_back(&back), &reader.words, &reader.frame(Place::Elsewhere))
}
