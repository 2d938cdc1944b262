//! RXP-45: the fallback mail, as raw bytes (RFC 5322, RFC 5965).
//!
//! Three parts: plain text for a person, a machine part, and the identical document. Subject: instrument and
//! case id, nothing else. The form as PDF/A is not part of it yet, and it is not encrypted yet: a provider
//! whose contact file names a mail key gets no fallback from [`build`].

use crate::body::Body;
use crate::body::referral::{Item, Subject};
use crate::contact::is_mail_address;
use crate::document::{Envelope, MEDIA_TYPE, Signed};
use crate::ijson::is_bidi_control;
use crate::refused::{Code, Refused};
use crate::voluntary_notice;
use crate::{atoms::WireTime, atoms::check_url};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt::Write;

/// RFC 2045: the longest encoded line, in characters.
const LINE_CHARS: usize = 76;

/// One mail. It carries the id of the document: whichever way arrives first gives the receipt (RXP-46).
#[derive(Debug, Clone, Copy)]
pub struct FallbackMail<'a> {
    /// What the sender's document says.
    pub envelope: &'a Envelope,
    /// The document itself, as kept.
    pub signed: &'a Signed,
    /// The sender's address.
    pub from: &'a str,
    /// The provider's address of its contact file.
    pub to: &'a str,
    /// The page where the message can be read, confirmed and answered; opening it does nothing (D14).
    pub link: &'a str,
    /// The sender's public page, where anybody contests a referral by its reference.
    pub contest_page: &'a str,
    /// Now.
    pub date: WireTime,
    /// The contact file names a key for mail.
    pub must_encrypt: bool,
}

/// The bytes to hand to a mail server.
pub fn build(mail: &FallbackMail<'_>) -> Result<Vec<u8>, Refused> {
    if mail.must_encrypt {
        return Err(Refused::new(Code::Schema, "encrypted mail is not built yet"));
    }
    for (field, address) in [("from", mail.from), ("to", mail.to)] {
        if !is_mail_address(address) {
            return Err(Refused::at(Code::Schema, field, "not a mail address"));
        }
    }
    check_url("link", mail.link)?;
    check_url("contest_page", mail.contest_page)?;
    let FallbackMail { envelope, signed, from, to, .. } = mail;
    let (kind, case, id) = (envelope.kind, envelope.case, envelope.id);
    let date = mail.date.timestamp().strftime("%a, %d %b %Y %H:%M:%S +0000");
    // `=_` occurs in no base64 text.
    let boundary = format!("=_rxp_{}", id.0.as_simple());
    let mut out = format!(
        "From: <{from}>\nTo: <{to}>\nSubject: {kind} {case}\nDate: {date}\nMessage-ID: <{id}@{}>\n\
         Auto-Submitted: auto-generated\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=feedback-report;\n boundary=\"{boundary}\"\n\n",
        envelope.from,
    );
    let encoded = |text: &str| wrap(&STANDARD.encode(text));
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "--{boundary}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}\n\
         --{boundary}\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: other\nUser-Agent: Renvoi/{}\nVersion: 1\nRxp-Id: {id}\nRxp-Digest: {}\n\n\
         --{boundary}\nContent-Type: {MEDIA_TYPE}\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"{id}.json\"\n\n{}\n--{boundary}--\n",
        encoded(&text(mail)?.replace('\n', "\r\n")),
        env!("CARGO_PKG_VERSION"),
        signed.digest,
        encoded(&signed.document),
    );
    Ok(out.replace('\n', "\r\n").into_bytes())
}

/// What a person reads.
fn text(mail: &FallbackMail<'_>) -> Result<String, Refused> {
    let envelope = mail.envelope;
    let mut out = String::new();
    let body = if envelope.kind.is_spoken() { Some(Body::read(envelope)?) } else { None };
    match &body {
        Some(Body::Referral(referral)) => {
            add(&mut out, "", &voluntary_notice::shown(&envelope.lang).join("\n"));
            referral.items.iter().for_each(|item| add_item(&mut out, item));
            referral.terms_hint.iter().for_each(|hint| add(&mut out, "Your terms: ", hint));
            referral.evidence_note.iter().for_each(|note| add(&mut out, "Evidence: ", note));
            referral.reference.iter().for_each(|reference| add(&mut out, "Sender's number: ", reference));
        }
        Some(Body::Reminder(reminder)) => {
            add(&mut out, "", &voluntary_notice::shown(&envelope.lang).join("\n"));
            add(&mut out, "", &reminder.text);
        }
        Some(Body::Information(information)) => add(&mut out, "", &information.text),
        Some(Body::Withdrawal(withdrawal)) => add(&mut out, "Withdrawn: ", &withdrawal.text),
        Some(Body::Correction(correction)) => add(&mut out, "Corrected: ", &correction.reason),
        _ => add(&mut out, "", "The message is attached, and can be read on the page below."),
    }
    if let Some(reference) = envelope.contest_reference() {
        add(&mut out, "Reference for contesting: ", reference);
        add(
            &mut out,
            "  Who wrote the content, or you, can contest the referral with it on: ",
            mail.contest_page,
        );
    }
    add(&mut out, "From: ", envelope.from.as_str());
    add(&mut out, "Case: ", &envelope.case.to_string());
    add(&mut out, "Digest: ", mail.signed.digest.as_str());
    add(&mut out, "Read, confirm and answer (opening the page does nothing yet): ", mail.link);
    Ok(out)
}

fn add_item(out: &mut String, item: &Item) {
    add(out, &format!("{}: ", item.item), &item.url);
    item.locators.iter().for_each(|locator| add(out, "  where: ", locator));
    for (kind, statement) in &item.statements {
        add(out, &format!("  {}: ", kind.as_str()), statement);
    }
    match item.subject {
        Some(Subject::Channel) => add(out, "  this is: ", "a channel or group"),
        Some(Subject::Account) => add(out, "  this is: ", "an account"),
        None | Some(Subject::Item) => {}
    }
    for ground in &item.grounds {
        add(out, "  rests on: ", &ground.url);
    }
    item.proportionality.iter().for_each(|reason| add(out, "  why all of it: ", reason));
}

/// One paragraph; bidirectional controls become visible.
fn add(out: &mut String, label: &str, text: &str) {
    out.push_str(label);
    for character in text.chars() {
        if is_bidi_control(character) {
            let _ = write!(out, "[U+{:04X}]", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out.push('\n');
}

fn wrap(encoded: &str) -> String {
    let mut out = String::with_capacity(encoded.len() + encoded.len() / LINE_CHARS + 1);
    for (index, character) in encoded.chars().enumerate() {
        if index > 0 && index % LINE_CHARS == 0 {
            out.push('\n');
        }
        out.push(character);
    }
    out
}
