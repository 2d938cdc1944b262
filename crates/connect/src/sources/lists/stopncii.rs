//! StopNCII.org: JSON pages of `FetchHashes` (provider seat only, D16).
//!
//! Shape as in github.com/facebook/ThreatExchange `python-threatexchange/threatexchange/exchanges/clients/stopncii/api.py`:
//! `{"hashRecords":[{"signalType":"ImagePDQ","hashValue":"…","hashStatus":"Active","CSPFeedbacks":[…]}]}`. Statuses
//! `Withdrawn` and `Deleted` take a hash back. No label is kept: case numbers belong to people.

use std::io::BufRead;

use domain::bank::{Opinion, SignalKind};
use serde_json::Value;

use super::super::fields::{array, text};
use super::super::json::Shape;
use super::json::{self, Name};
use super::{Given, Row, Take};

const SHAPE: Shape = Shape { lists: &["hashRecords"], nests: &[], array_of_containers: true };
const NAME: Name = Name { format: "a StopNCII list", holds: "hash records" };

pub(super) fn read(from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    json::read(from, (SHAPE, NAME), &mut |value| record(value).map(|given| vec![given]), take)
}

fn record(value: &Value) -> Result<Given, String> {
    let missing = |what: &str| format!("The record has no `{what}`; fetch the list again.");
    let kind = text(value, "signalType").ok_or_else(|| missing("signalType"))?;
    let said = text(value, "hashValue").ok_or_else(|| missing("hashValue"))?;
    let kind = match kind {
        "ImagePDQ" => SignalKind::Pdq,
        "VideoMD5" => SignalKind::Md5,
        "URL" => SignalKind::Url,
        other => return Ok(Given::other(other)),
    };
    let status = text(value, "hashStatus").ok_or_else(|| missing("hashStatus"))?;
    let gone = matches!(status, "Withdrawn" | "Deleted");
    let feedback =
        |word: &str| array(value, "CSPFeedbacks").iter().any(|one| text(one, "feedbackValue") == Some(word));
    let opinion = match (feedback("Blocked"), feedback("NotBlocked")) {
        (true, true) => Opinion::Disputed,
        (true, false) => Opinion::Positive,
        _ => Opinion::Seed,
    };
    Ok(Given::row(Row { gone, ..Row::of(kind, said) }.with_opinion(Some(opinion))))
}
