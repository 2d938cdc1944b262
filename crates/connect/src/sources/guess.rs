//! Which format a dropped file is: by what stands at its start, then by its name.

use super::{links, mapping, registry};

/// How much of the start is looked at.
const LOOKED_AT_BYTES: usize = 64 * 1024;

/// The name of the source that reads a file which begins with `first_bytes`, when one can be told.
/// Give some 64 KiB; fewer are enough for small files.
#[must_use]
pub fn guess(first_bytes: &[u8], file_name: &str) -> Option<&'static str> {
    let bytes = &first_bytes[..first_bytes.len().min(LOOKED_AT_BYTES)];
    let lower = file_name.to_ascii_lowercase();
    if bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"WARC/") {
        return (lower.contains(".warc") || bytes.starts_with(b"WARC/")).then_some("warc");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return lower.ends_with(".wacz").then_some("wacz");
    }
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None if bytes.contains(&0) => return None,
        None => String::from_utf8_lossy(bytes),
    };
    let text = text.trim_start();
    match text.chars().next()? {
        '{' | '[' => Some(json(text)),
        '<' => xml(text),
        _ => plain(text, &lower),
    }
}

fn json(text: &str) -> &'static str {
    let has = |word: &str| text.contains(word);
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let pair = |word: &str| tight.contains(word);
    if has("\"xarf_version\"") || has("\"XARF") {
        "xarf"
    } else if pair("\"type\":\"bundle\"") && has("\"objects\"") {
        "stix"
    } else if has("jsonfeed.org/version") {
        "feed"
    } else if has("\"date_unixtime\"")
        || (has("\"messages\"")
            && (pair("\"type\":\"public_") || pair("\"type\":\"private_") || has("_chat\"")))
        || has("Telegram") && has("\"chats\"")
    {
        "telegram"
    } else if has("\"app.bsky.") || has("\"at://") || pair("\"kind\":\"commit\"") {
        "bluesky"
    } else if has("www.w3.org/ns/activitystreams")
        || has("\"orderedItems\"")
        || (has("\"account\"") && has("\"visibility\""))
        || (has("\"event\"") && has("\"payload\""))
    {
        "mastodon"
    } else if has("\"Attribute\"") || pair("{\"Event\":{") {
        "misp"
    } else {
        "ndjson"
    }
}

fn xml(text: &str) -> Option<&'static str> {
    let feeds = ["<rss", "<feed", "<rdf:RDF", "<RDF"];
    feeds.iter().any(|root| text.contains(root)).then_some("feed")
}

fn plain(text: &str, file_name: &str) -> Option<&'static str> {
    const HEADERS: [&str; 9] = [
        "received",
        "from",
        "to",
        "subject",
        "message-id",
        "mime-version",
        "return-path",
        "date",
        "delivered-to",
    ];
    let first = text.lines().next()?;
    if text.starts_with("event:") || text.starts_with("data:") {
        return Some("mastodon");
    }
    let header = first.split_once(':').map(|(name, _)| name.trim().to_ascii_lowercase());
    if first.starts_with("From ") || header.is_some_and(|name| HEADERS.contains(&name.as_str())) {
        return Some("mail");
    }
    let lines =
        || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).take(50);
    let all = lines().count().max(1);
    let cut = |delimiter: char| {
        let columns = first.split(delimiter).count();
        columns > 1 && lines().take(5).all(|line| line.split(delimiter).count() >= columns)
    };
    let tabular = file_name.ends_with(".csv") || file_name.ends_with(".tsv");
    let titled = |delimiter: char| {
        let names: Vec<&str> = first.split(delimiter).collect();
        names.len() > 1 && (tabular || mapping::by_names(&names).len() > 1)
    };
    if cut('\t') || [',', ';', '\t'].into_iter().any(titled) {
        return Some("csv");
    }
    let addresses = lines().filter(|line| {
        let first = line.split_whitespace().next().unwrap_or_default();
        links::entry(first).is_some()
    });
    if addresses.count() * 10 >= all * 6 {
        return Some("urls");
    }
    if cut(',') || cut(';') {
        return Some("csv");
    }
    let by_name = |source: &&&dyn super::Source| {
        source.manifest().extensions.iter().any(|extension| file_name.ends_with(&format!(".{extension}")))
    };
    registry().iter().find(by_name).map(|source| source.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_start_and_name() {
        for (bytes, name, expected) in [
            (&b"\x1f\x8b\x08"[..], "a.warc.gz", Some("warc")),
            (b"\x1f\x8b\x08", "a.gz", None),
            (b"PK\x03\x04", "a.wacz", Some("wacz")),
            (b"{\"xarf_version\": \"4\"}", "a.json", Some("xarf")),
            (b"{\"name\":\"x\",\"type\": \"public_channel\",\"messages\":[", "result.json", Some("telegram")),
            (b"{\"did\":\"d\",\"kind\":\"commit\"}", "a", Some("bluesky")),
            (b"[{\"account\":{},\"visibility\":\"public\"}]", "a", Some("mastodon")),
            (b"{\"Event\": {\"info\":1}}", "a", Some("misp")),
            (b"{ \"type\": \"bundle\", \"objects\": []}", "a", Some("stix")),
            (b"\xef\xbb\xbf{\"url\":\"https://a.test\"}", "a", Some("ndjson")),
            (b"<?xml version='1.0'?><rss version='2.0'>", "a", Some("feed")),
            (b"<html>", "a.html", None),
            (b"Received: from x", "a", Some("mail")),
            (b"# list\nhttps://a.test/1\nhxxp://b[.]test/2\n", "a", Some("urls")),
            (b"url,text\nhttps://a.test/1,hello\n", "a", Some("csv")),
            (b"\x00\x01\x02", "a.bin", None),
            (b"", "a.csv", None),
        ] {
            assert_eq!(guess(bytes, name), expected, "{name} {}", String::from_utf8_lossy(bytes));
        }
    }
}
