//! The mail sink: a plain SMTP server for the mailboxes of all services (RFC 5321; EHLO, MAIL, RCPT, DATA, RSET, NOOP,
//! QUIT). It keeps what matters and sends nothing on.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::time::timeout;

use super::envelope;
use super::jcs;
use super::jws;
use super::mail;
use super::peers;
use super::rxp::{self, Arrived};
use super::state::{MailSeen, Shared, wire_time};
use crate::model::{Contact, Fault};

/// Largest mail.
pub const MAIL_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest line; RFC 5321 asks for 1000.
const LINE_BYTES_MAX: usize = 4096;
/// Most recipients of one mail.
const RECIPIENTS_MAX: usize = 100;
/// Mails that are written to files.
const MAIL_FILES_MAX: usize = 10_000;
/// Longest silence of a client.
const IDLE_S_MAX: u64 = 60;

/// What a mail says of itself on the way.
#[derive(Default)]
struct Session {
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// Speaks with one client until it leaves.
pub(crate) async fn session<S: AsyncRead + AsyncWrite + Unpin>(
    shared: Arc<Shared>,
    stream: S,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut session = Session::default();
    answer(&mut stream, "220 world.test ready").await?;
    loop {
        let Some(line) = line(&mut stream).await? else { return Ok(()) };
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                session = Session { greeted: true, ..Session::default() };
                let size =
                    format!("250-world.test\r\n250-SIZE {MAIL_BYTES_MAX}\r\n250-8BITMIME\r\n250 PIPELINING");
                answer(&mut stream, &size).await?;
            }
            "HELO" => {
                session = Session { greeted: true, ..Session::default() };
                answer(&mut stream, "250 world.test").await?;
            }
            "MAIL" => answer(&mut stream, mail_from(&mut session, rest)).await?,
            "RCPT" => answer(&mut stream, rcpt_to(&shared, &mut session, rest)).await?,
            "DATA" if session.to.is_empty() => answer(&mut stream, "503 no recipient").await?,
            "DATA" => {
                answer(&mut stream, "354 end with a line of one dot").await?;
                let Some(data) = data(&mut stream).await? else { return Ok(()) };
                let reply = match data {
                    Some(bytes) => keep(&shared, &session, &bytes),
                    None => "552 too large",
                };
                session.from = None;
                session.to.clear();
                answer(&mut stream, reply).await?;
            }
            "RSET" => {
                session.from = None;
                session.to.clear();
                answer(&mut stream, "250 forgotten").await?;
            }
            "NOOP" => answer(&mut stream, "250 still here").await?,
            "QUIT" => return answer(&mut stream, "221 bye").await,
            "VRFY" => answer(&mut stream, "252 send and see").await?,
            _ => answer(&mut stream, "502 not known here").await?,
        }
    }
}

async fn answer<S: AsyncWrite + Unpin>(stream: &mut S, text: &str) -> std::io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// One line with its end, or nothing at the end of the stream.
async fn line<S: AsyncBufRead + Unpin>(stream: &mut S) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    loop {
        let buffer = timeout(Duration::from_secs(IDLE_S_MAX), stream.fill_buf()).await??;
        if buffer.is_empty() {
            return Ok((!line.is_empty()).then_some(line));
        }
        let (taken, ended) = match buffer.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        line.extend_from_slice(&buffer[..taken]);
        stream.consume(taken);
        if line.len() > LINE_BYTES_MAX {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "line too long"));
        }
        if ended {
            return Ok(Some(line));
        }
    }
}

/// The mail up to the single dot; the inner `None` when it was too large, the outer at the end of the stream.
async fn data<S: AsyncBufRead + Unpin>(stream: &mut S) -> std::io::Result<Option<Option<Vec<u8>>>> {
    let mut mail = Vec::new();
    let mut fits = true;
    while let Some(line) = line(stream).await? {
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(fits.then_some(mail)));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        fits = fits && mail.len() + line.len() <= MAIL_BYTES_MAX;
        if fits {
            mail.extend_from_slice(line);
        }
    }
    Ok(None)
}

fn path<'a>(rest: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let head = rest.get(..word.len())?;
    if !head.eq_ignore_ascii_case(word) {
        return None;
    }
    let (address, more) = rest[word.len()..].trim_start().strip_prefix('<')?.split_once('>')?;
    Some((address, more))
}

fn mail_from(session: &mut Session, rest: &str) -> &'static str {
    if !session.greeted {
        return "503 say EHLO first";
    }
    let Some((from, more)) = path(rest, "FROM:") else { return "501 MAIL FROM:<address>" };
    let size =
        more.split_whitespace().find_map(|p| p.to_ascii_uppercase().strip_prefix("SIZE=").map(str::to_owned));
    if size.and_then(|s| s.parse::<usize>().ok()).is_some_and(|s| s > MAIL_BYTES_MAX) {
        return "552 too large";
    }
    session.from = Some(from.to_owned());
    session.to.clear();
    "250 sender noted"
}

fn rcpt_to(shared: &Shared, session: &mut Session, rest: &str) -> &'static str {
    if session.from.is_none() {
        return "503 MAIL first";
    }
    let Some((to, _)) = path(rest, "TO:") else { return "501 RCPT TO:<address>" };
    if session.to.len() >= RECIPIENTS_MAX {
        return "452 too many recipients";
    }
    if mailbox(shared, to).is_none() {
        return "550 no such mailbox";
    }
    session.to.push(to.to_owned());
    "250 recipient noted"
}

/// The service that publishes an address as its contact.
fn mailbox(shared: &Shared, address: &str) -> Option<usize> {
    let published = |contact: &Contact| match contact {
        Contact::Rxp { email, .. } | Contact::Mail { email } => email.eq_ignore_ascii_case(address),
        Contact::None => false,
    };
    shared.world.services.iter().position(|s| published(&s.contact))
}

/// Writes a mail as it came to `mail/NNNNNN.eml`, for whoever wants to read what arrived.
fn on_disk(folder: &std::path::Path, number: usize, bytes: &[u8]) -> std::io::Result<()> {
    if number >= MAIL_FILES_MAX {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    let name = (number..).map(|n| folder.join(format!("{n:06}.eml"))).find(|name| !name.exists());
    name.map_or(Ok(()), |name| std::fs::write(name, bytes))
}

/// Keeps a mail for each of its recipients.
fn keep(shared: &Shared, session: &Session, bytes: &[u8]) -> &'static str {
    let mail = mail::read(bytes);
    let mut inner = shared.lock();
    if let Err(error) = on_disk(&shared.dir.join("mail"), inner.mails.len(), bytes) {
        tracing::warn!(%error, "a mail was not written to a file");
    }
    for to in &session.to {
        let Some(service) = mailbox(shared, to) else { continue };
        let attempts = inner.attempts.entry((service, format!("mail {}", mail.message_id))).or_default();
        *attempts += 1;
        if shared.service(service).fault == Fault::Flaky && *attempts == 1 && session.to.len() == 1 {
            return "451 try again later";
        }
        let carried = mail.document.as_deref().and_then(|document| {
            let document = jcs::parse(document).ok()?;
            let envelope = envelope::read(&document).ok()?;
            let keys = peers::find(&shared.dir, &envelope.from)?.keys();
            let good = jws::verify(&document, &keys).is_ok() && envelope.to == shared.service(service).host;
            let id = envelope.id.clone();
            if good && !inner.by_id.contains_key(&(service, id.clone())) {
                let arrived = Arrived { envelope, digest: jws::digest(&document), channel: "mail" };
                rxp::store(shared, &mut inner, service, arrived);
            }
            good.then_some(id)
        });
        let at = wire_time(inner.now);
        inner.seen.line(&json!({
            "event": "mail", "message_id": mail.message_id, "from": session.from, "to": to, "subject": mail.subject,
            "bytes": bytes.len(), "carried": carried, "at": at,
        }));
        inner.mails.push(MailSeen { message_id: mail.message_id.clone(), to: to.clone(), carried });
    }
    "250 kept"
}
