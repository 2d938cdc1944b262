//! ThreatExchange: the CSV that `threatexchange dataset -P --csv` writes, and JSON pages of the API.
//!
//! Shapes as in github.com/facebook/ThreatExchange: `python-threatexchange/threatexchange/cli/dataset_cmd.py` (columns
//! `signal_type, signal_str, collab, category, tags`), `exchanges/clients/fb_threatexchange/api_representations.py` and
//! `threat_updates.py` (`{"data":[{"id", "indicator", "type", "status", "should_delete", "tags", "descriptors"}]}`), and
//! for opinions `exchanges/impl/fb_threatexchange_api.py`: `MALICIOUS` is positive, `NON_MALICIOUS` negative, all else a
//! seed; a reaction `HELPFUL` is for it, `DISAGREE_WITH_TAGS` against. Opinions for and against make it disputed.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use domain::bank::{Opinion, SignalKind};
use serde_json::Value;

use super::super::fields::{array, text};
use super::super::json::Shape;
use super::json::{self, Name};
use super::{Given, Row, Take, plain};

const SHAPE: Shape = Shape { lists: &["data"], nests: &[], array_of_containers: true };
const NAME: Name = Name { format: "ThreatExchange JSON", holds: "indicators" };

/// What a signal type of the library or an indicator type of the API is here.
pub(super) fn kind_of(word: &str) -> Option<SignalKind> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "pdq" | "hash_pdq" => SignalKind::Pdq,
        "md5" | "video_md5" | "photo_md5" | "hash_md5" | "hash_video_md5" => SignalKind::Md5,
        "sha1" | "hash_sha1" => SignalKind::Sha1,
        "sha256" | "hash_sha256" => SignalKind::Sha256,
        "url" | "uri" | "raw_uri" | "unclickable_url" => SignalKind::Url,
        "domain" | "host" => SignalKind::Host,
        "raw_text" | "text" | "text_string" => SignalKind::Text,
        "text_tlsh" | "hash_text_tlsh" => SignalKind::Tlsh,
        "term" => SignalKind::Term,
        "account" => SignalKind::Account,
        _ => return None,
    })
}

/// The library's word for a kind; those that it does not know keep ours.
pub(super) fn signal_type(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Md5 => "video_md5",
        SignalKind::Text => "raw_text",
        SignalKind::Tlsh => "text_tlsh",
        kind => kind.word(),
    }
}

/// The API's word for a kind.
pub(super) fn indicator_type(kind: SignalKind) -> Option<&'static str> {
    match kind {
        SignalKind::Pdq => Some("HASH_PDQ"),
        SignalKind::Md5 => Some("HASH_MD5"),
        SignalKind::Sha1 => Some("HASH_SHA1"),
        SignalKind::Sha256 => Some("HASH_SHA256"),
        SignalKind::Url => Some("URI"),
        SignalKind::Host => Some("DOMAIN"),
        SignalKind::Text => Some("TEXT_STRING"),
        SignalKind::Tlsh => Some("HASH_TEXT_TLSH"),
        SignalKind::Account | SignalKind::Term | SignalKind::Video | SignalKind::Sound => None,
    }
}

/// The opinion of a category of the library, by its present or an older name.
fn of_category(word: &str) -> Result<Option<Opinion>, String> {
    Ok(Some(match word.trim().to_ascii_uppercase().as_str() {
        "" => return Ok(None),
        "POSITIVE_CLASS" | "TRUE_POSITIVE" => Opinion::Positive,
        "INVESTIGATION_SEED" | "WORTH_INVESTIGATING" => Opinion::Seed,
        "NEGATIVE_CLASS" | "FALSE_POSITIVE" => Opinion::Negative,
        "DISPUTED" => Opinion::Disputed,
        _ => {
            return Err(
                "The category is none of POSITIVE_CLASS, INVESTIGATION_SEED, NEGATIVE_CLASS, DISPUTED; correct it."
                    .to_owned(),
            );
        }
    }))
}

pub(super) fn csv(from: impl Read, take: &mut Take<'_>) -> Result<(), String> {
    let judge = |names: &[String]| {
        let at = |name: &str| names.iter().position(|other| other == name);
        let (Some(kind), Some(value)) = (at("signal_type"), at("signal_str")) else {
            return Err(
                "It is not a ThreatExchange CSV: its first line must name the columns signal_type and signal_str."
                    .to_owned(),
            );
        };
        let (category, tags) = (at("category"), at("tags"));
        Ok(move |record: &csv::StringRecord| {
            let field = |index: Option<usize>| index.and_then(|at| record.get(at)).map(str::trim);
            let (Some(word), Some(value)) = (field(Some(kind)), field(Some(value))) else {
                return Given::Bad(
                    "The row has no signal_type or no signal_str; export it again.".to_owned(),
                );
            };
            let Some(kind) = kind_of(word) else { return Given::other(word) };
            match of_category(field(category).unwrap_or_default()) {
                Ok(opinion) => {
                    let label = field(tags).filter(|tags| !tags.is_empty()).map(str::to_owned);
                    Given::row(Row { label, ..Row::of(kind, value) }.with_opinion(opinion))
                }
                Err(bad) => Given::Bad(bad),
            }
        })
    };
    plain::table(from, judge, take)
}

pub(super) fn json(from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    json::read(from, (SHAPE, NAME), &mut |value| indicator(value).map(|given| vec![given]), take)
}

/// An indicator, an update of one, or a descriptor.
fn indicator(value: &Value) -> Result<Given, String> {
    let missing = |what: &str| format!("The indicator has no `{what}`; export it again with that field.");
    let kind = value.get("type").map_or_else(
        || Err(missing("type")),
        |word| word.as_str().ok_or_else(|| "Its `type` is no text; export it again.".to_owned()),
    )?;
    let said = text(value, "indicator").or_else(|| text(value, "raw_indicator"));
    let said = said.ok_or_else(|| missing("indicator"))?;
    let Some(kind) = kind_of(kind) else { return Ok(Given::other(kind)) };
    let gone = value.get("should_delete") == Some(&Value::Bool(true))
        || value.get("is_expired") == Some(&Value::Bool(true));
    let tags = tags(value);
    let label = (!tags.is_empty()).then(|| tags.join(" "));
    Ok(Given::row(Row { label, gone, ..Row::of(kind, said) }.with_opinion(opinion(value))))
}

/// `["a","b"]` or `{"data":[{"text":"a"}]}`.
fn tags(value: &Value) -> Vec<&str> {
    const TAGS_MAX: usize = 50;
    let plain = array(value, "tags").iter().filter_map(Value::as_str);
    let rich = value.get("tags").map_or(&[][..], |tags| array(tags, "data"));
    plain.chain(rich.iter().filter_map(|tag| text(tag, "text"))).take(TAGS_MAX).collect()
}

/// What its descriptors say together, else what it says of itself.
fn opinion(value: &Value) -> Option<Opinion> {
    let descriptors = value.get("descriptors").map_or(&[][..], |inner| array(inner, "data"));
    let mut said: BTreeSet<Opinion> = descriptors.iter().filter_map(of_status).collect();
    for reaction in descriptors.iter().flat_map(|one| array(one, "reactions")) {
        match text(reaction, "key") {
            Some("HELPFUL") => said.insert(Opinion::Positive),
            Some("DISAGREE_WITH_TAGS") => said.insert(Opinion::Negative),
            _ => false,
        };
    }
    if said.is_empty() {
        said.extend(of_status(value));
    }
    if said.contains(&Opinion::Positive) && said.contains(&Opinion::Negative) {
        return Some(Opinion::Disputed);
    }
    // A verdict outweighs a hint.
    [Opinion::Positive, Opinion::Negative, Opinion::Seed].into_iter().find(|opinion| said.contains(opinion))
}

fn of_status(value: &Value) -> Option<Opinion> {
    text(value, "status").map(|status| match status {
        "MALICIOUS" => Opinion::Positive,
        "NON_MALICIOUS" => Opinion::Negative,
        _ => Opinion::Seed,
    })
}
