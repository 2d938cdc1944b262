//! Sign-in: who are you? Password and one-time code, sessions, step-up, the reason for reading.
//!
//! In: what a person types. Out: an opaque token whose hash alone is stored, and the person of each later request.
//! Every failure has the same words and the same work, so that a stranger learns neither names nor which part was wrong.

use crate::people::token_hash;
use crate::{Act, Error, House, Result};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Refusal;
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use std::sync::OnceLock;
use store::person::Person;
use store::{Lane, Tx};
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use store::person::Session;

/// Least length of a password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Greatest length of a password, in bytes: more would only be work for the hash.
pub const PASSWORD_MAX_BYTES: usize = 512;
/// Wrong tries in a row before the access is closed for a while.
pub const FAILURES_MAX: i64 = 10;
/// How long it is closed then, in minutes.
pub const LOCKED_MINUTES: i64 = 15;
/// A session without a request ends after so many minutes.
pub const IDLE_MINUTES: i64 = 30;
/// A session ends after so many hours in any case.
pub const SESSION_HOURS: i64 = 12;
/// A step-up holds for so many minutes.
pub const STEP_UP_MINUTES: i64 = 15;
/// A request is noted at most every so many seconds.
const TOUCH_SECONDS: i64 = 60;
/// Random bytes of a session's token and of its forms' token.
const TOKEN_BYTES: usize = 32;
/// Password checks at once: each takes memory and time by design.
const CHECKS_AT_ONCE: usize = 2;
/// Memory of one Argon2id hash, in KiB (RFC 9106 and OWASP's least are below).
const ARGON_KIB: u32 = 19 * 1024;
/// Passes of one Argon2id hash.
const ARGON_PASSES: u32 = 2;
/// Length of the second factor's secret, in bytes (RFC 4226 asks for 20).
const TOTP_BYTES: usize = 20;
/// Seconds of one code (RFC 6238).
const TOTP_STEP_SECONDS: u64 = 30;

static CHECKS: Semaphore = Semaphore::const_new(CHECKS_AT_ONCE);

/// What a person types to sign in.
pub struct Credentials {
    /// Name or organisation id of the agency.
    pub agency: String,
    /// Name at sign-in.
    pub login: String,
    /// Password.
    pub password: String,
    /// One-time code.
    pub code: String,
}

/// A session that was just made; its token is shown this once.
pub struct SignedIn {
    /// 256 random bits, hexadecimal.
    pub token: String,
    /// Who.
    pub who: Who,
}

/// Who makes a request, and under which session.
#[derive(Debug, Clone)]
pub struct Who {
    /// The person with roles and spaces.
    pub actor: Actor,
    /// The session.
    pub session: Session,
    /// Shown name of the person.
    pub name: String,
    /// Shown name of the agency.
    pub agency: String,
    /// Interface language.
    pub language: String,
}

/// Signs a person in.
pub async fn sign_in(house: &House, typed: Credentials) -> Result<SignedIn> {
    // One permit for reading the count of failures and writing it, so that parallel guesses are counted one by one.
    let _permit = CHECKS.acquire().await.map_err(|error| Error::Bug(error.to_string()))?;
    let now = house.clock.now();
    let agency = match store::agency::by_org(&house.db, &typed.agency).await? {
        Some(agency) => Some(agency),
        None => store::agency::by_name(&house.db, &typed.agency).await?,
    };
    let person = match &agency {
        Some(agency) => {
            store::person::by_login(&house.db, agency.id, &typed.login.trim().to_lowercase()).await?
        }
        None => None,
    };
    let hash = person.as_ref().and_then(|person| person.password.clone());
    let right = verify_password(typed.password, hash).await?;
    let Some(person) = person else { return Err(failed().into()) };
    let closed = person.state != "active" || person.locked_until.is_some_and(|until| now < until);
    if closed {
        return Err(failed().into());
    }
    let step = if right { totp_step(&person, &typed.code, now) } else { None };
    let Some(step) = step else { return Err(count_failure(house, &person, now).await?.into()) };
    let mut act = Act::of_person(house, person.agency, person.id).await?;
    if !store::person::use_totp(&mut act.tx, person.id, step).await? {
        drop(act);
        return Err(count_failure(house, &person, now).await?.into());
    }
    let (token, session) = start_session(&mut act, &person).await?;
    act.commit().await?;
    Ok(SignedIn { token, who: who(house, person, session).await? })
}

async fn start_session(act: &mut Act, person: &Person) -> Result<(String, Session)> {
    let token = hex::encode(store::crypt::random::<TOKEN_BYTES>()?);
    let now = act.now;
    let session = Session {
        login: Uuid::now_v7(),
        person: person.id,
        csrf: hex::encode(store::crypt::random::<TOKEN_BYTES>()?),
        seen_at: now,
        ends_at: now.saturating_add(SignedDuration::from_hours(SESSION_HOURS)).unwrap_or(Timestamp::MAX),
        step_up_until: None,
        reason: None,
    };
    store::person::put_session(&mut act.tx, token_hash(&token), &session, now).await?;
    let facts = serde_json::json!({ "login": session.login.to_string() });
    act.append(Noun::Person, person.id.0, "signed_in", facts).await?;
    Ok((token, session))
}

fn failed() -> Refusal {
    Refusal::new(
        "LAW-94",
        "sign_in_failed",
        format!(
            "Agency, name, password or code is not right, the code was used before, or the access is closed for \
             {LOCKED_MINUTES} minutes after {FAILURES_MAX} wrong tries."
        ),
    )
}

async fn count_failure(house: &House, person: &Person, now: Timestamp) -> Result<Refusal> {
    let locked = (person.failures + 1 >= FAILURES_MAX)
        .then(|| now.saturating_add(SignedDuration::from_mins(LOCKED_MINUTES)).unwrap_or(Timestamp::MAX));
    let mut act = Act::of_person(house, person.agency, person.id).await?;
    store::person::failed(&mut act.tx, person.id, locked).await?;
    if locked.is_some() {
        act.append(Noun::Person, person.id.0, "locked", serde_json::Value::Null).await?;
    }
    act.commit().await?;
    Ok(failed())
}

/// The session of a token and who acts under it; `None` when it is unknown, ended or over.
pub async fn session(house: &House, token: &str) -> Result<Option<Who>> {
    seen(house, token, true).await
}

/// The same without noting a request: a stream keeps no session alive.
pub async fn peek(house: &House, token: &str) -> Result<Option<Who>> {
    seen(house, token, false).await
}

async fn seen(house: &House, token: &str, noted: bool) -> Result<Option<Who>> {
    if token.len() != TOKEN_BYTES * 2 {
        return Ok(None);
    }
    let now = house.clock.now();
    let hash = token_hash(token);
    let Some(session) = store::person::session(&house.db, hash, now).await? else { return Ok(None) };
    let idle = now.duration_since(session.seen_at);
    if idle > SignedDuration::from_mins(IDLE_MINUTES) {
        return Ok(None);
    }
    let Some(person) = store::person::get(&house.db, session.person).await? else { return Ok(None) };
    if noted {
        house.db.person_here();
    }
    if noted && idle >= SignedDuration::from_secs(TOUCH_SECONDS) {
        let mut tx = house.db.write(Lane::Person).await?;
        store::person::touch_session(&mut tx, hash, now).await?;
        tx.commit().await?;
    }
    Ok(Some(who(house, person, session).await?))
}

async fn who(house: &House, person: Person, session: Session) -> Result<Who> {
    let agency = store::agency::get(&house.db, person.agency)
        .await?
        .ok_or_else(|| Error::Bug("a person's agency is missing".into()))?;
    let mut spaces = vec![agency.id];
    spaces.extend(
        store::agency::operations(&house.db, agency.id).await?.into_iter().map(|operation| operation.id),
    );
    let actor = Actor {
        person: person.id,
        agency: agency.id,
        kind: agency.kind,
        roles: store::person::roles(&house.db, person.id).await?,
        spaces,
        stepped_up_until: session.step_up_until,
        login: session.login,
        read_reason: session.reason.clone(),
    };
    Ok(Who { actor, session, name: person.name, agency: agency.name, language: person.language })
}

/// Proves once more that it is the person, with a fresh code: sending is open for fifteen minutes.
pub async fn step_up(house: &House, actor: &Actor, code: &str) -> Result<Timestamp> {
    actor.need(Right::OwnAccount)?;
    let _permit = CHECKS.acquire().await.map_err(|error| Error::Bug(error.to_string()))?;
    let now = house.clock.now();
    let person = store::person::get(&house.db, actor.person)
        .await?
        .ok_or_else(|| Error::Bug("the acting person is missing".into()))?;
    if person.locked_until.is_some_and(|until| now < until) {
        return Err(wrong_code().into());
    }
    let Some(step) = totp_step(&person, code, now) else {
        count_failure(house, &person, now).await?;
        return Err(wrong_code().into());
    };
    let until = now.saturating_add(SignedDuration::from_mins(STEP_UP_MINUTES)).unwrap_or(Timestamp::MAX);
    let mut act = Act::of(house, actor, actor.agency).await?;
    if !store::person::use_totp(&mut act.tx, person.id, step).await? {
        drop(act);
        count_failure(house, &person, now).await?;
        return Err(wrong_code().into());
    }
    store::person::step_up(&mut act.tx, actor.login, until).await?;
    let facts = serde_json::json!({ "login": actor.login.to_string() });
    act.append(Noun::Person, actor.person.0, "stepped_up", facts).await?;
    act.commit().await?;
    Ok(until)
}

fn wrong_code() -> Refusal {
    Refusal::new(
        "console: step-up",
        "wrong_code",
        "The code is not right, or it was used before. Wait for the next one and enter it once.",
    )
}

/// Sets the reason that is written beside every read of this session (D10).
pub async fn reason(house: &House, actor: &Actor, text: &str) -> Result<()> {
    actor.need(Right::OwnAccount)?;
    let reason = domain::reads::reason(text)?;
    let mut tx = house.db.write(Lane::Person).await?;
    store::person::set_reason(&mut tx, actor.login, &reason).await?;
    Ok(tx.commit().await?)
}

/// Ends the session.
pub async fn sign_out(house: &House, actor: &Actor) -> Result<()> {
    let mut act = Act::of(house, actor, actor.agency).await?;
    let now = act.now;
    store::person::end_session(&mut act.tx, actor.login, now).await?;
    let facts = serde_json::json!({ "login": actor.login.to_string() });
    act.append(Noun::Person, actor.person.0, "signed_out", facts).await?;
    act.commit().await
}

/// Items and seconds that one report of a page can count.
const EXPOSED_MAX: i64 = 3_600;

/// Counts what a person was shown today, for that person alone.
pub async fn expose(house: &House, actor: &Actor, items: i64, seconds: i64) -> Result<()> {
    actor.need(Right::OwnAccount)?;
    let day = house.clock.now().strftime("%Y-%m-%d").to_string();
    let mut tx = house.db.write(Lane::Person).await?;
    let (items, seconds) = (items.clamp(0, EXPOSED_MAX), seconds.clamp(0, EXPOSED_MAX));
    store::person::expose(&mut tx, actor.person, &day, items, seconds).await?;
    Ok(tx.commit().await?)
}

/// What was counted of a person today: items, seconds.
pub async fn exposure(house: &House, actor: &Actor) -> Result<(u64, u64)> {
    let day = house.clock.now().strftime("%Y-%m-%d").to_string();
    let (items, seconds) = store::person::exposure(&house.db, actor.person, &day).await?;
    Ok((u64::try_from(items).unwrap_or_default(), u64::try_from(seconds).unwrap_or_default()))
}

/// What an enrolment page shows.
pub struct Enrolment {
    /// Shown name of the person.
    pub name: String,
    /// Their name at sign-in.
    pub login: String,
    /// Shown name of the agency.
    pub agency: String,
    /// Secret of the second factor, Base32 (RFC 4648) without padding.
    pub secret: String,
    /// The same as `otpauth:` address, for a QR code or a click.
    pub otpauth: String,
}

/// Looks at a link without using it.
pub async fn enrolment(house: &House, token: &str) -> Result<Enrolment> {
    let (person, agency) = invited(house, token).await?;
    let secret = base32(&totp_secret(house, agency.id, token)?);
    let label = percent(&format!("{}:{}", agency.name, person.login));
    let otpauth = format!(
        "otpauth://totp/{label}?secret={secret}&issuer={}&algorithm=SHA1&digits=6&period=30",
        percent(&agency.name)
    );
    Ok(Enrolment { name: person.name, login: person.login, agency: agency.name, secret, otpauth })
}

/// Uses a link: password and second factor are set, the access is open.
pub async fn enrol(house: &House, token: &str, password: String, code: &str) -> Result<()> {
    let (person, agency) = invited(house, token).await?;
    if password.chars().count() < PASSWORD_MIN_CHARS || password.len() > PASSWORD_MAX_BYTES {
        return Err(Refusal::new(
            "LAW-94",
            "weak_password",
            format!("The password has at least {PASSWORD_MIN_CHARS} characters. A sentence is good."),
        )
        .into());
    }
    let secret = totp_secret(house, agency.id, token)?;
    let now = house.clock.now();
    let Some(step) = step_of(&secret, code, now) else { return Err(wrong_code().into()) };
    let hash = hash_password(password).await?;
    let mut act = Act::of_person(house, agency.id, person.id).await?;
    let now = act.now;
    if !store::person::use_enrolment(&mut act.tx, token_hash(token), now).await? {
        return Err(used_link().into());
    }
    store::person::enrol(&mut act.tx, person.id, &hash, &secret).await?;
    confirm(&mut act.tx, &person, step).await?;
    act.append(Noun::Person, person.id.0, "enrolled", serde_json::Value::Null).await?;
    act.commit().await
}

/// The code that confirmed the secret is used up.
async fn confirm(tx: &mut Tx, person: &Person, step: i64) -> Result<()> {
    store::person::use_totp(tx, person.id, step).await?;
    Ok(())
}

async fn invited(house: &House, token: &str) -> Result<(Person, store::agency::Agency)> {
    let id = store::person::enrolment(&house.db, token_hash(token), house.clock.now()).await?;
    let person = match id {
        Some(id) => store::person::get(&house.db, id).await?,
        None => None,
    };
    let Some(person) = person else { return Err(used_link().into()) };
    let agency = store::agency::get(&house.db, person.agency)
        .await?
        .ok_or_else(|| Error::Bug("a person's agency is missing".into()))?;
    Ok((person, agency))
}

fn used_link() -> Refusal {
    Refusal::new(
        "LAW-94",
        "link_over",
        "This link was used, or its time is over. An administrator of your agency makes a new one.",
    )
}

/// The secret follows from the link and the master key, so that nothing is stored before it is confirmed.
fn totp_secret(house: &House, agency: AgencyId, token: &str) -> Result<Vec<u8>> {
    let digest = house.db.keys.digest(agency, "enrolment", token.as_bytes())?;
    Ok(digest[..TOTP_BYTES].to_vec())
}

fn totp_step(person: &Person, code: &str, now: Timestamp) -> Option<i64> {
    step_of(person.totp.as_deref()?, code, now)
}

/// The step whose code was typed: this one, the one before or the one after.
fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    let secret: [u8; TOTP_BYTES] = secret.try_into().ok()?;
    let totp =
        totp_rs::Builder::new().with_step_duration(TOTP_STEP_SECONDS).with_secret(secret).build().ok()?;
    i64::try_from(totp.check(&code, seconds)?).ok()
}

fn argon() -> Result<Argon2<'static>> {
    let params =
        Params::new(ARGON_KIB, ARGON_PASSES, 1, None).map_err(|error| Error::Bug(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn hash_password(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || {
        argon()?
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| Error::Bug(error.to_string()))
    })
    .await?
}

/// Compares with the stored hash, or with one of nobody: the work is the same.
async fn verify_password(password: String, hash: Option<String>) -> Result<bool> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if password.len() > PASSWORD_MAX_BYTES {
        return Ok(false);
    }
    tokio::task::spawn_blocking(move || {
        let argon = argon()?;
        let Some(hash) = hash else {
            if NOBODY.get().is_none() {
                let salt = store::crypt::random::<TOKEN_BYTES>()?;
                let made = argon.hash_password(&salt).map_err(|error| Error::Bug(error.to_string()))?;
                let _ = NOBODY.set(made.to_string());
            }
            let nobody = NOBODY.get().map(String::as_str).unwrap_or_default();
            let _ = argon.verify_password(password.as_bytes(), nobody);
            return Ok(false);
        };
        Ok(argon.verify_password(password.as_bytes(), hash.as_str()).is_ok())
    })
    .await?
}

/// RFC 4648, section 6, without padding.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|from| (from..from + 5).fold(0_usize, |value, at| value << 1 | usize::from(bit(at))))
        .map(|value| char::from(ALPHABET[value]))
        .collect()
}

fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn base32_of_rfc_4648() {
        for (clear, expected) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(clear.as_bytes()), expected);
        }
    }

    #[test]
    fn codes_of_rfc_6238() {
        // Appendix B, the last six digits of each code for the SHA-1 secret.
        let secret = b"12345678901234567890";
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(secret, code, now), Some(second / 30), "{second}");
            assert_eq!(step_of(secret, " 000 000", now), None);
        }
    }

    #[test]
    fn a_code_of_the_step_before_or_after_counts() {
        let secret = b"12345678901234567890";
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        assert_eq!(step_of(secret, "287082", at(59 + 30)), Some(1));
        assert_eq!(step_of(secret, "287082", at(59 - 30)), Some(1));
        assert_eq!(step_of(secret, "287082", at(59 + 61)), None);
    }

    #[tokio::test]
    async fn the_hash_is_argon2id_and_finds_its_password() {
        let hash = hash_password("a sentence of words".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_password("a sentence of words".into(), Some(hash.clone())).await.unwrap());
        assert!(!verify_password("another sentence".into(), Some(hash)).await.unwrap());
        assert!(!verify_password("a sentence of words".into(), None).await.unwrap());
    }
}
