//! STIX 2.1 bundles: observables and the addresses, hosts and hashes that indicators look for.
//! STIX 2.0 bundles are read too, with their embedded observables, and the summary says so.

use std::ops::ControlFlow;

use domain::observation::{Audience, ItemKind, MediaRef, Record};
use serde_json::Value;

use super::fields::{handle, hex_of, kind_of, number, text};
use super::json::{self, Shape};
use super::mapping::{address, service_of};
use super::out::{Bad, Out, Step};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, links};

pub(super) const SHAPE: Shape = Shape { lists: &["objects"], nests: &[], array_of_containers: true };
/// Comparisons read from one pattern.
const COMPARISONS_MAX: usize = 1000;
/// Longest path of a comparison, in bytes; a longer one compares nothing that we know.
const PATH_MAX_BYTES: usize = 256;

/// Reads STIX bundles.
pub(super) struct Stix;

impl Source for Stix {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "stix",
            title: "STIX 2.1 bundle",
            extensions: &["json", "stix"],
            example: "renvoi intake stix bundle.json",
            reads: "url, domain-name, file, artifact, user-account, note, observed-data of 2.0, and indicators whose pattern compares url, domain-name or file hashes.",
            refuses: "Revoked objects, relationships, malware, identities and all other types are skipped.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let mut opened = input::open(given)?;
        let mut out = Out::new(&name, opened.encoding, sink);
        let step = json::elements(&mut opened.reader, &opened.peek, SHAPE, &mut out, &mut |out, element| {
            match serde_json::from_slice::<Value>(element.bytes) {
                Ok(value) => object(&value, element.place, element.bytes, out),
                Err(error) => out.set_aside(element.place, Bad::json(&error)),
            }
        });
        out.finish(step, "a STIX bundle", "objects")
    }
}

/// One object of the bundle: none, one or several records.
fn object(value: &Value, place: &str, bytes: &[u8], out: &mut Out<'_>) -> Step {
    let kind = text(value, "type");
    let Some(kind) = kind else {
        return out.set_aside(place, Bad::new("The object has no `type`; check the format's name."));
    };
    let Some(id) = text(value, "id").filter(|id| id.contains("--")) else {
        return out.set_aside(place, Bad::new("The object has no STIX `id`; export the bundle again."));
    };
    if value.get("revoked") == Some(&Value::Bool(true)) || kind == "bundle" {
        out.skip();
        return Ok(());
    }
    let read = match kind {
        "indicator" => indicator(value, place, id),
        "observed-data" => embedded(value, place, id),
        _ => observable(kind, value, place, id).map(|record| record.into_iter().collect()),
    };
    if kind == "observed-data" && value.get("objects").is_some() {
        out.note("STIX 2.0: observables stand inside observed-data; they were read.");
    }
    match read {
        Ok(records) if records.is_empty() => {
            out.skip();
            Ok(())
        }
        Ok(records) => records.into_iter().try_for_each(|mut record| {
            record.original = bytes.to_vec();
            out.record(record)
        }),
        Err(bad) => out.set_aside(place, bad),
    }
}

fn blank(place: &str, id: &str) -> Record {
    Record::of(place.to_owned(), format!("stix:{id}"), String::new(), Audience::Unsure)
}

/// A cyber observable or a note; `None` for every other type.
fn observable(kind: &str, value: &Value, place: &str, id: &str) -> Result<Option<Record>, Bad> {
    let mut record = blank(place, id);
    match kind {
        "url" => set_url(&mut record, need(value, "value")?)?,
        "domain-name" => set_host(&mut record, need(value, "value")?)?,
        "file" | "artifact" => match file(value)? {
            Some(media) => record.media.push(media),
            None => return Ok(None),
        },
        "user-account" => {
            let service = text(value, "account_type").map(service_of).unwrap_or_default();
            let login = text(value, "account_login").or_else(|| text(value, "user_id"));
            let login =
                login.ok_or_else(|| Bad::new("The account has neither `account_login` nor `user_id`."))?;
            record.author = handle(&service, login, text(value, "display_name"));
            record.service = service;
        }
        "note" => {
            record.text = need(value, "content")?.to_owned();
            if let Some(head) = text(value, "abstract") {
                record.text = format!("{head}\n\n{}", record.text);
            }
            record.links = links::in_text(&record.text);
        }
        _ => return Ok(None),
    }
    record.posted_at = time(value)?;
    record.kind = record.media.first().map_or(ItemKind::Post, |media| media.kind);
    Ok(Some(record))
}

fn need<'v>(value: &'v Value, name: &str) -> Result<&'v str, Bad> {
    text(value, name).ok_or_else(|| Bad(format!("The object has no `{name}`; export the bundle again.")))
}

/// When it was reported: observables have no time, other objects several.
fn time(value: &Value) -> Result<Option<domain::observation::SourceTime>, Bad> {
    let names = ["first_observed", "valid_from", "created"];
    let Some(said) = names.iter().find_map(|name| text(value, name)) else { return Ok(None) };
    let time = times::parse(said, Order::DayFirst).ok_or_else(|| super::mapping::bad_time(said))?;
    Ok(Some(times::reported(time)))
}

fn set_url(record: &mut Record, said: &str) -> Result<(), Bad> {
    let url = address(said)?;
    record.service = links::host(&url);
    record.url = Some(url);
    record.audience = Audience::Open;
    Ok(())
}

fn set_host(record: &mut Record, said: &str) -> Result<(), Bad> {
    let host =
        links::bare_host(said).ok_or_else(|| Bad::new("The value is no host name; correct the bundle."))?;
    if record.text.is_empty() {
        record.text.clone_from(&host);
    }
    record.links.push(host.clone());
    record.service = host;
    record.audience = Audience::Open;
    Ok(())
}

fn file(value: &Value) -> Result<Option<MediaRef>, Bad> {
    let (name, mime) = (text(value, "name"), text(value, "mime_type"));
    let mut media = MediaRef::of(kind_of(mime, name));
    media.media_type = mime.map(str::to_ascii_lowercase);
    media.url = text(value, "url").map(str::to_owned);
    media.missing = true;
    if let Some(hashes) = value.get("hashes").and_then(Value::as_object) {
        for (algorithm, hash) in hashes {
            set_hash(&mut media, algorithm, hash.as_str().unwrap_or_default())?;
        }
    }
    let told = media.sha256.is_some() || media.sha1.is_some() || media.md5.is_some() || media.url.is_some();
    Ok(told.then_some(media))
}

fn set_hash(media: &mut MediaRef, algorithm: &str, hash: &str) -> Result<(), Bad> {
    let plain: String = algorithm.chars().filter(char::is_ascii_alphanumeric).collect();
    let (bytes, slot) = match plain.to_ascii_lowercase().as_str() {
        "sha256" => (32, &mut media.sha256),
        "sha1" => (20, &mut media.sha1),
        "md5" => (16, &mut media.md5),
        _ => return Ok(()),
    };
    let hex = hex_of(hash, bytes);
    *slot = Some(
        hex.ok_or_else(|| Bad(format!("The {algorithm} is not {} hex digits; correct it.", bytes * 2)))?,
    );
    Ok(())
}

/// Observables inside observed-data (2.0); in 2.1 they stand in the bundle themselves.
fn embedded(value: &Value, place: &str, id: &str) -> Result<Vec<Record>, Bad> {
    let Some(objects) = value.get("objects").and_then(Value::as_object) else { return Ok(Vec::new()) };
    let at = time(value)?;
    let mut records = Vec::new();
    for (name, inner) in objects {
        let kind = text(inner, "type").unwrap_or_default();
        let place = format!("{place}.objects.{name}");
        if let Some(mut record) = observable(kind, inner, &place, &format!("{id}/{name}"))? {
            record.posted_at = at;
            records.push(record);
        }
    }
    if let Some(views) = number(value, "number_observed").filter(|_| records.len() == 1) {
        records[0].views = (views > 1).then_some(views);
    }
    Ok(records)
}

/// One record for each address, host or hash that the pattern compares for equality.
fn indicator(value: &Value, place: &str, id: &str) -> Result<Vec<Record>, Bad> {
    if text(value, "pattern_type").is_some_and(|kind| kind != "stix") {
        return Ok(Vec::new());
    }
    let pattern = need(value, "pattern")?;
    let Pattern { comparisons, .. } = self::pattern(pattern).ok_or_else(|| {
        Bad::new("The pattern cannot be read: a quote or a bracket is missing; correct it.")
    })?;
    let said = [text(value, "name"), text(value, "description")];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let at = time(value)?;
    let mut records: Vec<Record> = Vec::new();
    for (index, (path, compared)) in comparisons.iter().enumerate() {
        let mut record = blank(place, id);
        if comparisons.len() > 1 {
            record.key = format!("stix:{id}#{index}");
        }
        record.text.clone_from(&said);
        record.posted_at = at;
        if path == "url:value" {
            set_url(&mut record, compared)?;
        } else if path == "domain-name:value" {
            set_host(&mut record, compared)?;
        } else if let Some(algorithm) = path.strip_prefix("file:hashes.") {
            let mut media = MediaRef::of(ItemKind::Document);
            media.missing = true;
            set_hash(&mut media, algorithm, compared)?;
            record.kind = media.kind;
            record.media.push(media);
        } else {
            continue;
        }
        records.push(record);
    }
    Ok(records)
}

/// What a pattern compares for equality.
pub(super) struct Pattern {
    /// Path and value, quotes removed.
    pub(super) comparisons: Vec<(String, String)>,
    /// Whether different things must come together: more than one file, or more than one account.
    pub(super) joined: bool,
}

/// The `path = 'value'` and `path IN ('a', 'b')` of a pattern; `None` when a string or a bracket is not closed. Other
/// operators are passed over: they name no single value.
pub(super) fn pattern(pattern: &str) -> Option<Pattern> {
    let tokens = tokens(pattern)?;
    let joined =
        tokens.iter().any(|token| ["AND", "FOLLOWEDBY"].iter().any(|word| token.eq_ignore_ascii_case(word)));
    // Whatever operator stands beside it: half of a pattern is another pattern.
    let of_one = ["file:", "user-account:"]
        .iter()
        .any(|kind| tokens.iter().filter(|token| is_path(token)).all(|path| path.starts_with(kind)));
    Some(Pattern { comparisons: comparisons(&tokens), joined: joined && !of_one })
}

fn is_path(token: &str) -> bool {
    !token.starts_with('\'') && token.contains(':')
}

fn comparisons(tokens: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 2 < tokens.len() && found.len() < COMPARISONS_MAX {
        let (path, operator) = (&tokens[at], &tokens[at + 1]);
        let negated = at > 0 && tokens[at - 1].eq_ignore_ascii_case("NOT");
        if !is_path(path) || path.len() > PATH_MAX_BYTES || negated {
            at += 1;
            continue;
        }
        let path = path.replace(['\'', '"'], "");
        if operator == "=" && tokens[at + 2].starts_with('\'') {
            found.push((path, tokens[at + 2][1..].to_owned()));
            at += 3;
        } else if operator.eq_ignore_ascii_case("IN") && tokens[at + 2] == "(" {
            at += 3;
            while let Some(token) = tokens.get(at).filter(|token| *token != ")") {
                if let Some(value) = token.strip_prefix('\'').filter(|_| found.len() < COMPARISONS_MAX) {
                    found.push((path.clone(), value.to_owned()));
                }
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    found
}

/// Words, signs, and strings; a string keeps its opening quote as a mark.
fn tokens(pattern: &str) -> Option<Vec<String>> {
    let mut tokens: Vec<String> = Vec::new();
    let mut brackets = 0_i32;
    let mut characters = pattern.chars().peekable();
    let mut word = String::new();
    while let Some(c) = characters.next() {
        // `file:hashes.'SHA-256'`: a quoted step of a path belongs to the word.
        if c == '\'' && !word.ends_with('.') {
            let mut string = String::from('\'');
            loop {
                match characters.next()? {
                    '\\' => string.push(characters.next()?),
                    '\'' => break,
                    other => string.push(other),
                }
            }
            tokens.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            tokens.push(string);
        } else if c == '\'' {
            for inner in characters.by_ref() {
                if inner == '\'' {
                    break;
                }
                word.push(inner);
            }
        } else if c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '=' | ',' | '!' | '<' | '>') {
            brackets += i32::from(c == '[') - i32::from(c == ']');
            tokens.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            if matches!(c, '!' | '<' | '>') && characters.peek() == Some(&'=') {
                characters.next();
                tokens.push(format!("{c}="));
            } else if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    tokens.extend((!word.is_empty()).then_some(word));
    (brackets == 0).then_some(tokens)
}

#[cfg(test)]
mod tests {

    #[test]
    fn patterns() {
        let check = |pattern: &str, expected: Option<&[(&str, &str)]>| {
            let got = super::pattern(pattern);
            let got =
                got.as_ref().map(|all| all.comparisons.iter().map(|(p, v)| (&**p, &**v)).collect::<Vec<_>>());
            assert_eq!(got.as_deref(), expected, "{pattern}");
        };
        check("[url:value = 'http://a.test/1']", Some(&[("url:value", "http://a.test/1")]));
        check("[url:value='a' OR url:value = 'b']", Some(&[("url:value", "a"), ("url:value", "b")]));
        check("[url:value IN ('a', 'b')]", Some(&[("url:value", "a"), ("url:value", "b")]));
        check("[file:hashes.'SHA-256' = 'ab']", Some(&[("file:hashes.SHA-256", "ab")]));
        check(
            "[file:hashes.MD5 = 'ab'] FOLLOWEDBY [url:value = 'b'] WITHIN 5 SECONDS",
            Some(&[("file:hashes.MD5", "ab"), ("url:value", "b")]),
        );
        check(r"[url:value = 'it\'s']", Some(&[("url:value", "it's")]));
        check("[url:value != 'a']", Some(&[]));
        check("[url:value LIKE 'a%']", Some(&[]));
        check("[ipv4-addr:value = '192.0.2.1']", Some(&[("ipv4-addr:value", "192.0.2.1")]));
        check("[url:value = 'a", None);
        check("[url:value = 'a'", None);
        check("", Some(&[]));
    }

    #[test]
    fn half_of_a_pattern_is_another_pattern() {
        let joined = |pattern: &str| super::pattern(pattern).map(|found| found.joined);
        assert_eq!(joined("[file:hashes.MD5 = 'x' AND file:name = 'y']"), Some(false));
        assert_eq!(joined("[file:hashes.MD5 = 'x' OR url:value = 'y']"), Some(false));
        assert_eq!(joined("[file:hashes.MD5 = 'x' AND url:value = 'y']"), Some(true));
        assert_eq!(joined("[file:hashes.MD5 = 'x' AND url:value LIKE '%y%']"), Some(true));
        assert_eq!(joined("[file:hashes.MD5 = 'x' AND NOT url:value > 'y']"), Some(true));
    }

    #[test]
    fn one_pattern_gives_no_more_than_its_share() {
        let many = "'a',".repeat(3 * super::COMPARISONS_MAX);
        let found = |path: &str| {
            super::pattern(&format!("[{path} IN ({many}'b')]")).map(|found| found.comparisons.len())
        };
        assert_eq!(found("url:value"), Some(super::COMPARISONS_MAX));
        assert_eq!(found(&format!("file:hashes.{}", "A".repeat(super::PATH_MAX_BYTES))), Some(0));
    }
}
