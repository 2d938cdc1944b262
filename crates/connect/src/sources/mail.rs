//! Reports by mail: RFC 5322 messages, mbox files, ARF (RFC 5965).
//!
//! Each reported address is a record whose text is the reporter's. A mail itself is private
//! communication: who wrote it is not taken as an author, and the mail that an ARF report carries
//! is looked at for addresses only.

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use domain::observation::{Audience, Record, SourceTime, TimeTrust};
use jiff::Timestamp;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::fields::digest;
use super::json::Lines;
use super::out::{Bad, Out, Step, Stop};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, links, markup};

/// Largest message.
const MESSAGE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Most of a message that is kept as evidence with each of its records.
const ORIGINAL_BYTES_MAX: usize = 256 * 1024;
/// Most addresses taken from one message.
const REPORTED_MAX: usize = 1000;
/// Most messages inside a message.
const INSIDE_MAX: usize = 200;
/// Messages inside messages that are looked into.
const NESTS_MAX: usize = 4;

/// Reads reports by mail.
pub(super) struct Mail;

impl Source for Mail {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "mail",
            title: "Report by mail",
            extensions: &["eml", "mbox", "mbx"],
            example: "renvoi intake mail report.eml",
            reads: "Messages and mbox files: the addresses in the text; in ARF reports Reported-URI, else the addresses in the reported mail.",
            refuses: "Senders, recipients and the text of a reported mail are not taken in.",
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
        let step = if opened.peek.starts_with(b"From ") {
            mbox(&mut opened.reader, &mut out)
        } else if is_header(&opened.peek) {
            single(&mut opened.reader, &mut out)
        } else {
            let what = "the file does not begin with a mail header; check the format's name".to_owned();
            Err(Stop::Broken { at: "line 1".to_owned(), what })
        };
        out.finish(step, "a mail", "messages")
    }
}

/// Whether the text begins with `Name: value`.
fn is_header(peek: &[u8]) -> bool {
    let line = peek.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let name = line.iter().position(|&byte| byte == b':').map(|colon| &line[..colon]);
    name.is_some_and(|name| {
        !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn single(reader: &mut dyn BufRead, out: &mut Out<'_>) -> Step {
    let mut raw = Vec::new();
    let read = reader.take(MESSAGE_BYTES_MAX as u64 + 1).read_to_end(&mut raw);
    read.map_err(|error| Stop::Io { at: "message 1".to_owned(), error })?;
    message(&raw, "message 1", out)
}

/// Messages after `From ` lines; an escaped `>From ` loses one mark.
fn mbox(reader: &mut dyn BufRead, out: &mut Out<'_>) -> Step {
    let mut lines = Lines::new(reader);
    let (mut raw, mut index, mut blank) = (Vec::new(), 0_u64, true);
    while let Some(line) = lines.next()? {
        if blank && line.bytes.starts_with(b"From ") {
            if index > 0 {
                message(&raw, &format!("message {index}"), out)?;
            }
            raw.clear();
            index += 1;
            blank = false;
            continue;
        }
        blank = line.bytes.is_empty();
        let marks = line.bytes.iter().take_while(|&&byte| byte == b'>').count();
        let escaped = marks > 0 && line.bytes[marks..].starts_with(b"From ");
        if raw.len() <= MESSAGE_BYTES_MAX {
            raw.extend_from_slice(&line.bytes[usize::from(escaped)..]);
            raw.push(b'\n');
        }
    }
    if index > 0 { message(&raw, &format!("message {index}"), out) } else { Ok(()) }
}

/// What a message reports.
#[derive(Default)]
struct Report {
    urls: Vec<String>,
    domain: Option<String>,
    text: String,
    arf: bool,
}

fn message(raw: &[u8], place: &str, out: &mut Out<'_>) -> Step {
    if raw.len() > MESSAGE_BYTES_MAX {
        return out.set_aside(
            place,
            Bad::new("The message is larger than 32 MiB; send the report without its attachments."),
        );
    }
    // A mail within a mail within a mail, thousands deep, is an attack on the reader.
    let inside = raw.windows(8).filter(|part| part.eq_ignore_ascii_case(b"message/")).count();
    if inside > INSIDE_MAX {
        return out
            .set_aside(place, Bad::new("The message holds too many messages; send them as an mbox file."));
    }
    let parsed = MessageParser::default().parse(raw);
    let known = |message: &Message<'_>| {
        message.from().is_some()
            || message.date().is_some()
            || message.message_id().is_some()
            || message.subject().is_some()
    };
    let Some(mail) = parsed.filter(known) else {
        return out.set_aside(
            place,
            Bad::new("No mail header with From, Date, Subject or Message-ID; check the file."),
        );
    };
    let report = report(&mail);
    let id = mail.message_id().map_or_else(|| digest(&[&String::from_utf8_lossy(raw)]), str::to_owned);
    for record in records(&report, &id, place) {
        let original = raw[..raw.len().min(ORIGINAL_BYTES_MAX)].to_vec();
        out.record(Record { posted_at: sent_at(&mail), original, ..record })?;
    }
    if let Some(boundary) = mail.content_type().and_then(|kind| kind.attribute("boundary")) {
        let end = format!("--{boundary}--");
        if !raw.windows(end.len()).any(|part| part == end.as_bytes()) {
            // Many reports are written without it and end with their last line; a cut does not.
            if raw.ends_with(b"\n") {
                out.note(format!("{place} has no closing boundary: it may be incomplete."));
                return Ok(());
            }
            let at = format!("{place}, byte {}", raw.len());
            let reason = "The message ends before its closing boundary; what stands before it was read. Export it again.";
            return out.set_aside(at, Bad::new(reason));
        }
    }
    Ok(())
}

/// A record for each reported address; one for the report when it names none.
fn records(report: &Report, id: &str, place: &str) -> Vec<Record> {
    if report.urls.is_empty() {
        let service = report.domain.clone().unwrap_or_default();
        let mut record = Record::of(place.to_owned(), format!("mail:{id}"), service, Audience::Unsure);
        record.text.clone_from(&report.text);
        record.links = links::in_text(&report.text);
        return vec![record];
    }
    let of = |url: &String| {
        let key = format!("mail:{id}/{}", digest(&[url]));
        let mut record = Record::of(place.to_owned(), key, links::host(url), Audience::Open);
        record.url = Some(url.clone());
        record.text.clone_from(&report.text);
        record
    };
    report.urls.iter().map(of).collect()
}

fn report(mail: &Message<'_>) -> Report {
    let mut report = Report::default();
    let feedback = mail.parts.iter().filter(|part| part.is_content_type("message", "feedback-report"));
    for part in feedback {
        report.arf = true;
        read_feedback(&String::from_utf8_lossy(part.contents()), &mut report);
    }
    let body = match mail.html_body_count() {
        0 => mail.body_text(0).map(Cow::into_owned),
        _ => mail
            .body_text(0)
            .map(Cow::into_owned)
            .or_else(|| mail.body_html(0).map(|html| markup::plain(&html).text)),
    };
    let body = body.unwrap_or_default();
    let subject = mail.subject().unwrap_or_default().trim();
    report.text =
        [subject, body.trim()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n");
    if report.urls.is_empty() {
        // In an ARF report the text around it is the reporter's form letter; its links are no reports.
        report.urls = addresses(mail, report.arf, 0);
    }
    report.urls.truncate(REPORTED_MAX);
    report
}

/// The fields of a `message/feedback-report`; folded lines belong to the field before.
fn read_feedback(fields: &str, report: &mut Report) {
    let unfolded = fields.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "reported-uri" => {
                let url = links::entry(value.split_whitespace().next().unwrap_or_default());
                if let Some(url) = url.filter(|url| !report.urls.contains(url)) {
                    report.urls.push(url);
                }
            }
            "reported-domain" if report.domain.is_none() => report.domain = links::bare_host(value),
            _ => {}
        }
    }
}

/// Addresses in the texts of a message, or only in the messages inside it.
fn addresses(mail: &Message<'_>, inside_only: bool, depth: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in &mail.parts {
        let more = match &part.body {
            PartType::Text(text) if !inside_only => links::in_text(text),
            PartType::Html(html) if !inside_only => {
                let plain = markup::plain(html);
                let hrefs =
                    plain.links.into_iter().map(|(link, _)| link).filter(|link| links::web(link).is_some());
                hrefs.chain(links::in_text(&plain.text)).collect()
            }
            PartType::Message(inner) if depth < NESTS_MAX => addresses(inner, false, depth + 1),
            _ => Vec::new(),
        };
        for url in more {
            if !found.contains(&url) && found.len() < REPORTED_MAX {
                found.push(url);
            }
        }
    }
    found
}

/// When the report was sent.
fn sent_at(mail: &Message<'_>) -> Option<SourceTime> {
    let date = mail.date().filter(|date| date.is_valid())?;
    let minutes = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let offset = if date.tz_before_gmt { -minutes } else { minutes };
    let at = Timestamp::from_second(date.to_timestamp()).ok()?;
    Some(SourceTime { at, offset_minutes: Some(offset), trust: TimeTrust::Reported })
}
