//! Where somebody was is not kept: coordinates, and addresses of the machines that people used, are cut out of the original
//! before anything stores it (LAW-155). An original without them stays as it is, byte for byte.

use serde_json::Value;

/// Fields and columns that say where an author was; compared in small letters without `_`, `-` and blanks.
const FIELDS: [&str; 24] = [
    "geo",
    "geolocation",
    "location",
    "locationinformation",
    "placename",
    "place",
    "coordinates",
    "latitude",
    "longitude",
    "lat",
    "lon",
    "lng",
    "address",
    "ip",
    "ipaddress",
    "authorip",
    "senderip",
    "sourceip",
    "clientip",
    "remoteip",
    "userip",
    "hostip",
    "ipv4",
    "ipv6",
];
/// Header lines of a mail, and of the reports in it, that name machines.
const HEADERS: [&str; 12] = [
    "received",
    "received-spf",
    "x-received",
    "x-originating-ip",
    "x-sender-ip",
    "x-source-ip",
    "x-client-ip",
    "x-forwarded-for",
    "x-real-ip",
    "x-remote-ip",
    "source-ip",
    "arc-authentication-results",
];
/// Prefixes of elements in feeds that hold a place.
const SPACES: [&str; 3] = ["geo:", "georss:", "gml:"];

/// Whether a field or column of this name says where somebody was.
pub(super) fn tells(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(32).collect();
    FIELDS.contains(&plain.as_str())
}

/// The original without what tells where somebody was.
pub(super) fn cut(original: Vec<u8>) -> Vec<u8> {
    match original.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') if names(&original).any(tells) => json(&original),
        Some(b'<') => elements(original),
        Some(first) if first.is_ascii_alphabetic() => headers(&original),
        _ => original,
    }
}

/// Names of JSON members: texts that a colon follows.
fn names(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let from = rest.iter().position(|byte| *byte == b'"')? + 1;
            let mut to = from;
            while *rest.get(to)? != b'"' {
                to += if rest[to] == b'\\' { 2 } else { 1 };
            }
            let (name, after) = (&rest[from..to], &rest[to + 1..]);
            rest = after;
            if after.trim_ascii_start().first() == Some(&b':') {
                return Some(std::str::from_utf8(name).unwrap_or_default());
            }
        }
    })
}

fn json(original: &[u8]) -> Vec<u8> {
    fn without(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.retain(|name, value| !tells(name) || is_link(value));
                map.values_mut().for_each(without);
            }
            Value::Array(list) => list.iter_mut().for_each(without),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    // What is no JSON was no record either.
    let Ok(mut value) = serde_json::from_slice::<Value>(original) else { return Vec::new() };
    without(&mut value);
    serde_json::to_vec(&value).unwrap_or_default()
}

/// Some formats call a link an address.
fn is_link(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
}

/// Header lines with their folded ends.
fn headers(original: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(original.len());
    let mut cutting = false;
    for line in original.split_inclusive(|byte| *byte == b'\n') {
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        if !folded {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            let name = String::from_utf8_lossy(&name[..name.len().min(40)]).to_ascii_lowercase();
            cutting = HEADERS.contains(&name.as_str());
        }
        if !cutting {
            kept.extend_from_slice(line);
        }
    }
    kept
}

/// Elements of the spaces for places, with what they hold.
fn elements(original: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&original);
    if !SPACES.iter().any(|space| text.contains(&format!("<{space}"))) {
        return original;
    }
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text.as_ref());
    while let Some(at) = SPACES.iter().filter_map(|space| rest.find(&format!("<{space}"))).min() {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let name: String = rest[1..].chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        let end = format!("</{name}>");
        let open_end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let empty = rest[..open_end].ends_with("/>");
        let past = if empty { open_end } else { rest.find(&end).map_or(rest.len(), |at| at + end.len()) };
        rest = &rest[past..];
    }
    kept.push_str(rest);
    kept.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_cut_and_the_rest_stays() {
        let check = |original: &str, expected: &str| {
            assert_eq!(String::from_utf8_lossy(&cut(original.as_bytes().to_vec())), expected, "{original}");
        };
        for whole in [
            r#"{ "text" : "my location: here", "url":"https://a.example/?lat=1" }"#,
            r#"{"address":"https://a.example/"}"#,
            "From: a@b.example\r\nSubject: x\r\n\r\nReceived nothing\r\n",
            "<item><title>geo:lat</title></item>",
            "a plain line, with a comma",
            "",
        ] {
            check(whole, whole);
        }
        check(r#"{"deep":[{"Lat":1,"b":2}],"geo":{"x":[1]},"text":"a"}"#, r#"{"deep":[{"b":2}],"text":"a"}"#);
        check(r#"{"a":"\"ip\":","source_ip" : "203.0.113.7"}"#, r#"{"a":"\"ip\":"}"#);
        check(
            "Received: from x\r\n\tby y\r\nX-Originating-IP: [203.0.113.7]\r\nTo: b\r\n\r\nbody\r\n",
            "To: b\r\n\r\nbody\r\n",
        );
        check(
            "<item><geo:lat>1</geo:lat><title>a</title><georss:point x=\"1\"/></item>",
            "<item><title>a</title></item>",
        );
    }

    #[test]
    fn names_of_fields() {
        for name in ["Latitude", "source_ip", "IP address", "location_information"] {
            assert!(tells(name), "{name}");
        }
        for name in ["text", "zip", "platform", "description", "url", "placeholder"] {
            assert!(!tells(name), "{name}");
        }
    }
}
