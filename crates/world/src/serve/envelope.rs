//! The envelope of section 2 and the little of each body that a provider looks at.

use jiff::Timestamp;
use serde_json::Value;

/// The fixed sentence of LAW-03.
pub const VOLUNTARY_NOTICE: &str = "This is a referral for your voluntary consideration under your own terms and conditions. It is not an order. There is no deadline and no consequence if you do not act.";
/// Items of one message (RXP-100.02).
pub const ITEMS_MAX: usize = 200;
/// Bytes of an address (RXP-100.03).
pub const URL_BYTES_MAX: usize = 4096;

const FIELDS: [&str; 15] = [
    "rxp",
    "id",
    "type",
    "case",
    "in_reply_to",
    "from",
    "to",
    "capacity",
    "legal_basis",
    "sent_at",
    "lang",
    "handling",
    "body",
    "ext",
    "sig",
];
/// What a provider of the world understands.
const TYPES: [&str; 8] = [
    "referral",
    "reminder",
    "notice",
    "information",
    "withdrawal",
    "correction",
    "first_order_information",
    "contest_decision",
];

/// A message whose shape is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// UUIDv7.
    pub id: String,
    /// Type of section 4.
    pub kind: String,
    /// Case id.
    pub case: String,
    /// Id of the message that this one answers.
    pub in_reply_to: Option<String>,
    /// Org id of the sender.
    pub from: String,
    /// Org id of the receiver.
    pub to: String,
    /// Capacity of the sender.
    pub capacity: String,
    /// First attempt to send.
    pub sent_at: Timestamp,
    /// `(item, url)` of `body.items` in referrals and notices.
    pub items: Vec<(String, String)>,
    /// Item names in `body.items` of the other types; empty means all.
    pub named: Vec<String>,
}

impl Envelope {
    /// The message means this item: it names it, or names none.
    #[must_use]
    pub fn names(&self, item: &str) -> bool {
        self.named.is_empty() || self.named.iter().any(|name| name == item)
    }
}

/// Why the shape is refused: status, code of section 9, field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeError {
    /// HTTP status.
    pub status: u16,
    /// Code.
    pub code: &'static str,
    /// Field.
    pub field: String,
}

fn schema(field: &str) -> ShapeError {
    ShapeError { status: 422, code: "schema", field: field.to_owned() }
}

/// Reads the envelope.
///
/// # Errors
/// [`ShapeError`] with the first field that is wrong.
pub fn read(document: &Value) -> Result<Envelope, ShapeError> {
    let map = document.as_object().ok_or_else(|| schema(""))?;
    if let Some(field) = map.keys().find(|k| !FIELDS.contains(&k.as_str())) {
        return Err(ShapeError { status: 422, code: "unknown_field", field: field.clone() });
    }
    let text = |field: &str| match map.get(field).and_then(Value::as_str) {
        Some(value) if !value.is_empty() => Ok(value.to_owned()),
        _ => Err(schema(field)),
    };
    if text("rxp")? != "1" {
        return Err(schema("rxp"));
    }
    let uuid7 = |field: &str| {
        let value = text(field)?;
        let version = uuid::Uuid::parse_str(&value).map(|u| u.get_version_num());
        if version == Ok(7) { Ok(value) } else { Err(schema(field)) }
    };
    let (id, case) = (uuid7("id")?, uuid7("case")?);
    let kind = text("type")?;
    if !TYPES.contains(&kind.as_str()) {
        return Err(ShapeError { status: 422, code: "unknown_type", field: "type".to_owned() });
    }
    let sent_at = text("sent_at")?;
    if sent_at.len() != 24 || !sent_at.ends_with('Z') {
        return Err(schema("sent_at"));
    }
    let sent_at = sent_at.parse().map_err(|_| schema("sent_at"))?;
    let in_reply_to = if map.contains_key("in_reply_to") { Some(uuid7("in_reply_to")?) } else { None };
    let replies = matches!(kind.as_str(), "reminder" | "information" | "withdrawal" | "correction");
    if replies && in_reply_to.is_none() {
        return Err(schema("in_reply_to"));
    }
    text("lang")?;
    if !document["body"].is_object() || !document["sig"].is_array() {
        return Err(schema("body"));
    }
    let (from, to, capacity) = (text("from")?, text("to")?, text("capacity")?);
    let items = body(&kind, &capacity, document)?;
    let named = document["body"]["items"].as_array().map_or(&[][..], Vec::as_slice);
    let named = named.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(Envelope { id, kind, case, in_reply_to, from, to, capacity, sent_at, items, named })
}

/// The checks of a body that a receiver of referrals makes.
fn body(kind: &str, capacity: &str, document: &Value) -> Result<Vec<(String, String)>, ShapeError> {
    let body = &document["body"];
    let sender = match kind {
        "referral" | "reminder" => matches!(capacity, "referral_unit" | "eu_agency" | "trusted_flagger"),
        "notice" => matches!(capacity, "trusted_flagger" | "notifier"),
        _ => true,
    };
    if !sender {
        return Err(ShapeError { status: 403, code: "capacity", field: "capacity".to_owned() });
    }
    if matches!(kind, "referral" | "reminder") {
        let notice = body["voluntary_notice"].as_str().unwrap_or_default();
        let english = document["lang"] == "en";
        // In another language the house of the sender has the wording; the world has the English one only.
        if (english && notice != VOLUNTARY_NOTICE) || notice.is_empty() {
            let field = "body.voluntary_notice".to_owned();
            return Err(ShapeError { status: 422, code: "voluntary_notice", field });
        }
        clock_free(body)?;
    }
    if !matches!(kind, "referral" | "notice") {
        return Ok(Vec::new());
    }
    let list = body["items"].as_array().ok_or_else(|| schema("body.items"))?;
    if !(1..=ITEMS_MAX).contains(&list.len()) {
        return Err(ShapeError { status: 422, code: "limit", field: "body.items".to_owned() });
    }
    let mut items = Vec::with_capacity(list.len());
    for (n, entry) in list.iter().enumerate() {
        let place = || schema(&format!("body.items[{n}]"));
        let (name, url) =
            (entry["item"].as_str().ok_or_else(place)?, entry["url"].as_str().ok_or_else(place)?);
        let scheme = url.starts_with("https://") || url.starts_with("http://");
        let double = items.iter().any(|(other, _)| other == name);
        if !scheme || url.len() > URL_BYTES_MAX || double {
            return Err(place());
        }
        items.push((name.to_owned(), url.to_owned()));
    }
    Ok(items)
}

/// A referral has no clock, sanction or urgency anywhere (RXP-01).
fn clock_free(body: &Value) -> Result<(), ShapeError> {
    const FORBIDDEN: [&str; 6] = ["deadline", "due", "due_at", "urgency", "sanction", "overdue"];
    match body {
        Value::Object(map) => {
            if let Some(field) = map.keys().find(|k| FORBIDDEN.contains(&k.as_str())) {
                return Err(ShapeError { status: 422, code: "unknown_field", field: field.clone() });
            }
            map.values().try_for_each(clock_free)
        }
        Value::Array(list) => list.iter().try_for_each(clock_free),
        _ => Ok(()),
    }
}
