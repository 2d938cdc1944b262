//! A person of the play: enrols by a one-time link, signs in with password and code, proves again before sending.
//!
//! There is no other way in (D30): the secret of the code is the one that the product showed at enrolment.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use totp_rs::{Builder, Totp};

use crate::Error;

/// Seconds of one code.
pub(crate) const CODE_SECONDS: i64 = 30;
/// Length of a secret (RFC 4226).
const SECRET_BYTES: usize = 20;
/// A session that was not used for longer is taken as ended.
const IDLE_MINUTES: i64 = 25;
/// A step-up is used for so long.
const STEP_UP_MINUTES: i64 = 14;

/// What a person knows to sign in: shown at the end of a demo, whose people are invented.
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    /// Organisation id of the agency.
    pub agency: String,
    /// Name at sign-in.
    pub login: String,
    /// Password.
    pub password: String,
    /// Secret of the codes, Base32.
    pub secret: String,
    /// What the person does.
    pub role: String,
}

/// A person and their session.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) knows: SignIn,
    totp: Totp,
    /// Number of the last code that was typed.
    used: i64,
    /// Token of the session and when it was used last.
    session: Option<(String, Timestamp)>,
    stepped_up_at: Option<Timestamp>,
}

/// The code of a Base32 secret at a time.
pub(super) fn code_of(secret: &str, at: Timestamp) -> Result<String, Error> {
    let secret = base32(secret).ok_or_else(|| Error::Play("the secret is no Base32".to_owned()))?;
    let step = u64::try_from(CODE_SECONDS).unwrap_or(30);
    let totp = Builder::new().with_step_duration(step).with_secret(secret).build().map_err(Error::bug)?;
    Ok(totp.generate(u64::try_from(at.as_second()).unwrap_or_default()).to_string())
}

impl Person {
    /// With the secret that the enrolment page showed.
    pub(crate) fn new(knows: SignIn) -> Result<Self, Error> {
        let secret =
            base32(&knows.secret).ok_or_else(|| Error::Play("the secret is no Base32".to_owned()))?;
        let step = u64::try_from(CODE_SECONDS).unwrap_or(30);
        let totp = Builder::new().with_step_duration(step).with_secret(secret).build().map_err(Error::bug)?;
        Ok(Self { knows, totp, used: 0, session: None, stepped_up_at: None })
    }

    /// The next code that was not used yet, or nothing: then the person waits for the next half minute.
    ///
    /// A code is typed while it is shown, or a moment later.
    pub(crate) fn code(&mut self, now: Timestamp) -> Option<String> {
        let current = now.as_second() / CODE_SECONDS;
        let number = (self.used + 1).max(current - 1);
        if number > current {
            return None;
        }
        self.used = number;
        let at = u64::try_from(number * CODE_SECONDS).ok()?;
        Some(self.totp.generate(at).to_string())
    }

    /// The token of a session that still holds.
    pub(crate) fn token(&self, now: Timestamp) -> Option<&str> {
        let (token, used_at) = self.session.as_ref()?;
        (now.duration_since(*used_at) < SignedDuration::from_mins(IDLE_MINUTES)).then_some(token.as_str())
    }

    pub(crate) fn signed_in(&mut self, token: &str, now: Timestamp) {
        self.session = Some((token.to_owned(), now));
        self.stepped_up_at = None;
    }

    pub(crate) fn used_session(&mut self, now: Timestamp) {
        if let Some((_, used_at)) = &mut self.session {
            *used_at = now;
        }
    }

    pub(crate) fn forget_session(&mut self) {
        self.session = None;
        self.stepped_up_at = None;
    }

    /// Whether sending is open without another code.
    pub(crate) fn may_send(&self, now: Timestamp) -> bool {
        self.token(now).is_some()
            && self
                .stepped_up_at
                .is_some_and(|at| now.duration_since(at) < SignedDuration::from_mins(STEP_UP_MINUTES))
    }

    pub(crate) fn stepped_up(&mut self, now: Timestamp) {
        self.stepped_up_at = Some(now);
    }
}

/// A secret in Base32 of RFC 4648 without padding, as the enrolment page shows it.
fn base32(text: &str) -> Option<[u8; SECRET_BYTES]> {
    let (mut bits, mut count, mut bytes) = (0u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = match letter.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xFFF;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    bytes.try_into().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn person() -> Person {
        Person::new(SignIn {
            agency: "aster.example".into(),
            login: "ana".into(),
            password: "a long sentence to type".into(),
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into(),
            role: "analyst".into(),
        })
        .unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238_and_typed_once() {
        let mut person = person();
        // Appendix B of RFC 6238, SHA-1, last six digits: 59 s gives 94287082.
        person.used = 0;
        let at = Timestamp::from_second(59).unwrap();
        assert_eq!(person.code(at).as_deref(), Some("287082"));
        assert_eq!(person.code(at), None, "a code is used once");
        assert!(person.code(Timestamp::from_second(60).unwrap()).is_some());
    }

    #[test]
    fn sessions_and_step_up_end() {
        let mut person = person();
        let at = |minutes: i64| Timestamp::from_second(1_808_632_800 + minutes * 60).unwrap();
        person.signed_in("t", at(0));
        person.stepped_up(at(0));
        assert!(person.may_send(at(13)));
        assert!(!person.may_send(at(14)));
        person.used_session(at(20));
        assert_eq!(person.token(at(44)), Some("t"));
        assert_eq!(person.token(at(45)), None);
    }
}
