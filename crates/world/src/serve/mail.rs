//! Reads a mail as a provider's mailbox would: Message-ID, subject, and the RXP document that a fallback mail carries.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Parts looked at, all levels together.
const PARTS_MAX: usize = 50;
const DEPTH_MAX: usize = 6;

/// What matters of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) message_id: String,
    pub(crate) subject: String,
    /// The first part of type `application/rxp+json` or `application/json`, decoded.
    pub(crate) document: Option<Vec<u8>>,
}

/// Reads a mail; what is malformed is left empty.
pub(crate) fn read(bytes: &[u8]) -> Mail {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let (head, body) = split(&text);
    let mut mail = Mail {
        message_id: header(head, "message-id").unwrap_or_default(),
        subject: header(head, "subject").unwrap_or_default(),
        document: None,
    };
    let mut budget = PARTS_MAX;
    mail.document = document(head, body, DEPTH_MAX, &mut budget);
    mail
}

fn split(text: &str) -> (&str, &str) {
    text.split_once("\n\n").unwrap_or((text, ""))
}

/// A header field, unfolded.
fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((field, value)) = line.split_once(':') else { continue };
        if !field.eq_ignore_ascii_case(name) {
            continue;
        }
        let mut value = value.trim().to_owned();
        while let Some(more) = lines.next_if(|l| l.starts_with([' ', '\t'])) {
            value.push(' ');
            value.push_str(more.trim());
        }
        return Some(value);
    }
    None
}

fn document(head: &str, body: &str, depth: usize, budget: &mut usize) -> Option<Vec<u8>> {
    if depth == 0 || *budget == 0 {
        return None;
    }
    *budget -= 1;
    let kind = header(head, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") {
        let boundary = format!("--{}", boundary(&kind)?);
        let parts = body.split(boundary.as_str()).skip(1).take_while(|part| !part.starts_with("--"));
        for part in parts {
            let (head, body) = split(part.strip_prefix('\n').unwrap_or(part));
            if let Some(found) = document(head, body, depth - 1, budget) {
                return Some(found);
            }
        }
        return None;
    }
    if !lower.starts_with("application/rxp+json") && !lower.starts_with("application/json") {
        return None;
    }
    let encoding = header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    match encoding.as_str() {
        "base64" => STANDARD.decode(body.split_whitespace().collect::<String>()).ok(),
        "quoted-printable" => Some(quoted_printable(body)),
        _ => Some(body.trim().as_bytes().to_vec()),
    }
}

fn boundary(kind: &str) -> Option<String> {
    let at = kind.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = &kind[at..];
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ' ']).next(),
    };
    value.filter(|v| !v.is_empty()).map(str::to_owned)
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut out = Vec::with_capacity(joined.len());
    let mut bytes = joined.trim().bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let pair = [bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0')];
        let value = std::str::from_utf8(&pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(value.unwrap_or(b'?'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_in_mails() {
        let plain = "Message-ID: <a@b.test>\r\nSubject: Referral\r\n 1\r\n\r\nhello";
        let mail = read(plain.as_bytes());
        assert_eq!((mail.message_id.as_str(), mail.subject.as_str()), ("<a@b.test>", "Referral 1"));
        assert_eq!(mail.document, None);

        let part = |encoding: &str, body: &str| {
            format!(
                "Message-ID: <a@b.test>\r\nContent-Type: multipart/report; report-type=feedback-report;\r\n boundary=\"x y\"\r\n\r\npreamble\r\n--x y\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nhello\r\n--in--\r\n--x y\r\nContent-Type: application/rxp+json; name=a.json\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n--x y--\r\n"
            )
        };
        for (encoding, body) in
            [("7bit", "{\"a\":1}"), ("base64", "eyJh\r\nIjoxfQ=="), ("quoted-printable", "{=22a\":=\r\n1}")]
        {
            let document = read(part(encoding, body).as_bytes()).document;
            assert_eq!(document.as_deref(), Some(b"{\"a\":1}".as_slice()), "{encoding}");
        }
    }
}
