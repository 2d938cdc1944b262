//! People and access: agencies are founded, people invited, roles given and taken (LAW-94).
//!
//! In: an administrator's wish, or the operator's at the command line. Out: a one-time link that its bearer enrols with.
//! An auditor or supervisor is made by two people: one proposes, an administrator with another log-in confirms (LAW-120.11).

use crate::{Act, Error, House, Result, proposal};
use domain::Refusal;
use domain::access::{Actor, Right, not_here};
use domain::event::Noun;
use domain::id::{AgencyId, PersonId, ProposalId};
use domain::proposal::{Event, role_needs_second};
use domain::written::{self, Lines};
use exchange::atoms::OrgId;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Lane;
use store::agency::StoredKey;
use store::proposal::Proposal;
use uuid::Uuid;

pub use domain::access::{AgencyKind, Role};
pub use store::agency::{Agency, Settings};
pub use store::person::Person;

/// How long an enrolment link can be used, in hours.
pub const LINK_HOURS: i64 = 72;
/// Random bytes of a link.
const LINK_BYTES: usize = 32;
/// How long a signing key counts, in hours: three years.
const KEY_HOURS: i64 = 3 * 365 * 24;
/// Longest name of a person or agency, in characters.
const NAME_MAX_CHARS: usize = 120;
/// Longest name at sign-in, in characters.
const LOGIN_MAX_CHARS: usize = 60;

/// What a new agency is.
pub struct FirstAgency {
    /// Shown name.
    pub name: String,
    /// What it is.
    pub kind: AgencyKind,
    /// Organisation id on the wire: a DNS name.
    pub org: String,
    /// Its settings.
    pub settings: Settings,
}

/// A one-time link: only its hash is kept, so it can be shown this once.
#[derive(Debug, Clone)]
pub struct EnrolmentLink {
    /// 256 random bits, hexadecimal.
    pub token: String,
    /// For whom.
    pub person: PersonId,
    /// Their agency.
    pub agency: AgencyId,
    /// Their name at sign-in.
    pub login: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl EnrolmentLink {
    /// The path of the enrolment page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/console/enrol/{}", self.token)
    }
}

/// SHA-256 of a token: what is stored of links and sessions.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Makes an agency with its keys and its first administrator. For the operator's command line only.
pub async fn found(house: &House, first: FirstAgency, login: &str, name: &str) -> Result<EnrolmentLink> {
    let shown = checked(&first.name, NAME_MAX_CHARS, "The agency's name")?;
    let org = OrgId::new(&first.org)
        .map_err(|_| Error::Input(format!("\"{}\" is not a DNS name such as iru.example.", first.org)))?;
    let (login, name) = (checked_login(login)?, checked(name, NAME_MAX_CHARS, "The person's name")?);
    let legal_name = checked(&first.settings.legal_name, NAME_MAX_CHARS, "The agency's name in law")?;
    let settings = Settings { legal_name, ..first.settings };
    checked_settings(&settings)?;
    let taken = store::agency::by_org(&house.db, org.as_str()).await?.is_some()
        || store::agency::by_name(&house.db, &shown).await?.is_some();
    if taken {
        return Err(Error::Input(format!("There is an agency {shown} or {} already.", org.as_str())));
    }
    let agency = Agency {
        id: AgencyId(Uuid::now_v7()),
        name: shown,
        kind: first.kind,
        org: org.as_str().to_owned(),
        settings,
    };
    let mut act = Act::of_machine(house, agency.id, agency.id).await?;
    let now = act.now;
    store::agency::put(&mut act.tx, &agency, now).await?;
    for purpose in ["document", "ledger"] {
        let key = new_key(now)?;
        store::agency::put_key(&mut act.tx, agency.id, purpose, &key).await?;
        let facts = json!({ "kid": key.kid, "purpose": purpose });
        act.append(Noun::Agency, agency.id.0, "key_made", facts).await?;
    }
    let facts = json!({ "kind": agency.kind.word(), "org": agency.org });
    act.append(Noun::Agency, agency.id.0, "founded", facts).await?;
    let person = PersonId(Uuid::now_v7());
    let link = put_invited(&mut act, (person, agency.id), &login, &name).await?;
    put_role(&mut act, person, Role::Administrator, true, json!({})).await?;
    act.commit().await?;
    Ok(link)
}

/// What the contact file and the letters of an agency will say must have its form now, not when it is first sent.
fn checked_settings(settings: &Settings) -> Result<()> {
    checked_mail(&settings.mail)?;
    let odd = |what: &str, text: &str, remedy: &str| {
        Err(Error::Input(format!("\"{}\" is no {what}. {remedy}", text.escape_debug())))
    };
    if !exchange::contact::is_phone(&settings.phone) {
        return odd("telephone number", &settings.phone, "Write it with its country, as +3220000000.");
    }
    for basis in &settings.legal_basis {
        if exchange::LegalBasis::new(basis.clone()).is_err() {
            let forms = "Write terms, or tco:, dsa:, europol:, led: or national: with what follows.";
            return odd("legal basis", basis, forms);
        }
    }
    for tag in &settings.languages {
        if exchange::Lang::new(tag.clone()).is_err() {
            return odd("language", tag, "Write a BCP 47 tag, as fr or pt-BR.");
        }
    }
    match &settings.webhook {
        Some(address) if !is_web(address) => {
            odd("address of a webhook", address, "Write it whole, as https://desk.example/new.")
        }
        _ => Ok(()),
    }
}

fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
}

/// An address that can stand in a letter's header.
pub(crate) fn checked_mail(mail: &str) -> Result<()> {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>,;:\"\\()".contains(letter);
    let whole = mail.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !mail.contains(odd)
    });
    if whole {
        return Ok(());
    }
    let shown = mail.escape_debug();
    Err(Error::Input(format!("\"{shown}\" is no mail address. Write it as desk@unit.example.")))
}

fn new_key(now: Timestamp) -> Result<StoredKey> {
    let seed = store::crypt::random::<32>()?;
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    Ok(StoredKey {
        kid: exchange::keys::thumbprint(&key.verifying_key()),
        seed,
        not_before: now,
        not_after: now.saturating_add(SignedDuration::from_hours(KEY_HOURS)).unwrap_or(Timestamp::MAX),
        revoked: None,
    })
}

/// A person to invite.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Name at sign-in.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// First roles.
    pub roles: Vec<Role>,
}

/// Invites a person into the administrator's agency. Needs a step-up.
pub async fn invite(house: &House, actor: &Actor, new: &Invite) -> Result<EnrolmentLink> {
    actor.need(Right::ManageAccess)?;
    actor.need_step_up(house.clock.now())?;
    let act = Act::of(house, actor, actor.agency).await?;
    invited(act, actor.kind, new, Some((actor.person, actor.login))).await
}

/// Invites a person as the operator of this machine. A role that needs a second person waits for an administrator.
pub async fn invite_by_operator(house: &House, agency: &Agency, new: &Invite) -> Result<EnrolmentLink> {
    let act = Act::of_machine(house, agency.id, agency.id).await?;
    invited(act, agency.kind, new, None).await
}

async fn invited(
    mut act: Act,
    kind: AgencyKind,
    new: &Invite,
    by: Option<(PersonId, Uuid)>,
) -> Result<EnrolmentLink> {
    let (login, name) =
        (checked_login(&new.login)?, checked(&new.name, NAME_MAX_CHARS, "The person's name")?);
    for role in &new.roles {
        allowed(kind, *role)?;
    }
    let person = PersonId(Uuid::now_v7());
    let agency = act.agency();
    let link = put_invited(&mut act, (person, agency), &login, &name).await?;
    for role in &new.roles {
        give(&mut act, person, *role, by).await?;
    }
    act.commit().await?;
    Ok(link)
}

/// Gives a role, or takes it. Nobody changes their own. `Some` is a role that waits for a second administrator.
/// Giving needs a step-up, as every act that opens a door does; taking away never waits.
pub async fn set_role(
    house: &House,
    actor: &Actor,
    of: PersonId,
    role: Role,
    held: bool,
) -> Result<Option<ProposalId>> {
    let person = theirs(house, actor, of).await?;
    allowed(actor.kind, role)?;
    if held {
        actor.need_step_up(house.clock.now())?;
    }
    let mut act = Act::of(house, actor, actor.agency).await?;
    let waits = if held {
        give(&mut act, person.id, role, Some((actor.person, actor.login))).await?
    } else {
        put_role(&mut act, person.id, role, false, json!({})).await?;
        None
    };
    act.commit().await?;
    Ok(waits)
}

/// Gives a role as the operator of this machine; `Some` waits for an administrator of the agency.
pub async fn give_role_by_operator(
    house: &House,
    agency: &Agency,
    of: PersonId,
    role: Role,
) -> Result<Option<ProposalId>> {
    allowed(agency.kind, role)?;
    let mut act = Act::of_machine(house, agency.id, agency.id).await?;
    let waits = give(&mut act, of, role, None).await?;
    act.commit().await?;
    Ok(waits)
}

/// Roles of the administrator's agency that wait for a second person, oldest first.
pub async fn proposed(house: &House, actor: &Actor) -> Result<Vec<(Proposal, Role)>> {
    actor.need(Right::ManageAccess)?;
    store::proposal::waiting(&house.db, actor.agency, proposal::Act::GiveRole)
        .await?
        .into_iter()
        .map(|proposal| {
            let role = serde_json::from_str(&proposal.body)?;
            Ok((proposal, role))
        })
        .collect()
}

/// A second administrator gives the role that another proposed, or says no. Saying no needs one person only.
pub async fn decide_role(house: &House, actor: &Actor, id: ProposalId, event: Event) -> Result<()> {
    actor.need(Right::ManageAccess)?;
    if event == Event::Confirm {
        actor.need_step_up(house.clock.now())?;
    }
    let (mut act, stored) = proposal::decide(house, actor, id, proposal::Act::GiveRole, event).await?;
    let (of, facts) = (PersonId(stored.of), json!({ "proposal": id.to_string() }));
    if event == Event::Confirm {
        if of == actor.person {
            return Err(own_access().into());
        }
        put_role(&mut act, of, serde_json::from_str(&stored.body)?, true, facts).await?;
    } else {
        act.append(Noun::Person, of.0, "role_dropped", facts).await?;
    }
    act.commit().await
}

/// Closes a person's access and ends their sessions.
pub async fn disable(house: &House, actor: &Actor, of: PersonId) -> Result<()> {
    let person = theirs(house, actor, of).await?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    let now = act.now;
    store::person::disable(&mut act.tx, person.id, now).await?;
    act.append(Noun::Person, person.id.0, "disabled", Value::Null).await?;
    act.commit().await
}

/// A new link for a person who lost password or code. The access stays closed until it is used. Needs a step-up.
pub async fn new_link(house: &House, actor: &Actor, of: PersonId) -> Result<EnrolmentLink> {
    let person = theirs(house, actor, of).await?;
    actor.need_step_up(house.clock.now())?;
    let act = Act::of(house, actor, actor.agency).await?;
    linked(act, &person).await
}

/// The same by the operator of this machine.
pub async fn new_link_by_operator(house: &House, person: &Person) -> Result<EnrolmentLink> {
    let act = Act::of_machine(house, person.agency, person.agency).await?;
    linked(act, person).await
}

async fn linked(mut act: Act, person: &Person) -> Result<EnrolmentLink> {
    let now = act.now;
    store::person::disable(&mut act.tx, person.id, now).await?;
    let link = put_link(&mut act, (person.id, person.agency), &person.login).await?;
    act.commit().await?;
    Ok(link)
}

/// People of the administrator's agency with their roles.
pub async fn all(house: &House, actor: &Actor) -> Result<Vec<(Person, Vec<Role>)>> {
    actor.need(Right::ManageAccess)?;
    let mut people = Vec::new();
    for person in store::person::of_agency(&house.db, actor.agency).await? {
        let roles = store::person::roles(&house.db, person.id).await?;
        people.push((person, roles));
    }
    Ok(people)
}

/// Another person of the same agency, for an administrator.
async fn theirs(house: &House, actor: &Actor, of: PersonId) -> Result<Person> {
    actor.need(Right::ManageAccess)?;
    if of == actor.person {
        return Err(own_access().into());
    }
    match store::person::get(&house.db, of).await? {
        Some(person) if person.agency == actor.agency => Ok(person),
        _ => Err(not_here().into()),
    }
}

fn own_access() -> Refusal {
    Refusal::new(
        "LAW-94",
        "own_access",
        "Nobody changes their own access. Ask another administrator, or the operator of this machine.",
    )
}

fn allowed(kind: AgencyKind, role: Role) -> Result<()> {
    if kind.roles().contains(&role) {
        return Ok(());
    }
    let roles: Vec<&str> = kind.roles().iter().map(|role| role.word()).collect();
    Err(Refusal::new(
        "design: 3",
        "role_not_of_kind",
        format!("An agency of the kind {kind} has no role {role}. Choose one of: {}.", roles.join(", ")),
    )
    .into())
}

async fn put_invited(
    act: &mut Act,
    new: (PersonId, AgencyId),
    login: &str,
    name: &str,
) -> Result<EnrolmentLink> {
    let now = act.now;
    store::person::invite(&mut act.tx, new, login, name, now).await.map_err(|error| {
        if error.is_duplicate() {
            return Error::Input(format!("There is a person with the sign-in name {login} already."));
        }
        error.into()
    })?;
    act.append(Noun::Person, new.0.0, "invited", Value::Null).await?;
    put_link(act, new, login).await
}

async fn put_link(act: &mut Act, of: (PersonId, AgencyId), login: &str) -> Result<EnrolmentLink> {
    let token = hex::encode(store::crypt::random::<LINK_BYTES>()?);
    let expires_at = act.now.saturating_add(SignedDuration::from_hours(LINK_HOURS)).unwrap_or(Timestamp::MAX);
    store::person::put_enrolment(&mut act.tx, token_hash(&token), of.0, expires_at).await?;
    act.append(Noun::Person, of.0.0, "link_made", Value::Null).await?;
    Ok(EnrolmentLink { token, person: of.0, agency: of.1, login: login.to_owned(), expires_at })
}

/// Gives a role at once, or notes that it waits for a second person (LAW-120.11).
async fn give(
    act: &mut Act,
    of: PersonId,
    role: Role,
    by: Option<(PersonId, Uuid)>,
) -> Result<Option<ProposalId>> {
    if !role_needs_second(role) {
        put_role(act, of, role, true, json!({})).await?;
        return Ok(None);
    }
    let body = serde_json::to_string(&role)?;
    let id = proposal::put(act, proposal::Act::GiveRole, of.0, body, by).await?;
    let facts = json!({ "role": role.word(), "proposal": id.to_string() });
    act.append(Noun::Person, of.0, "role_proposed", facts).await?;
    Ok(Some(id))
}

async fn put_role(act: &mut Act, of: PersonId, role: Role, held: bool, mut facts: Value) -> Result<()> {
    store::person::set_role(&mut act.tx, of, role, held).await?;
    let what = if held { "role_given" } else { "role_taken" };
    facts["role"] = role.word().into();
    act.append(Noun::Person, of.0, what, facts).await?;
    Ok(())
}

fn checked(text: &str, max_chars: usize, what: &str) -> Result<String> {
    let sound = written::sound(text, (1, max_chars), Lines::One);
    let wrong = |_| Error::Input(format!("{what} has 1 to {max_chars} characters."));
    sound.map(str::to_owned).map_err(|bad| bad.refused(wrong))
}

fn checked_login(text: &str) -> Result<String> {
    let login = checked(text, LOGIN_MAX_CHARS, "The sign-in name")?;
    if login.chars().any(char::is_whitespace) {
        return Err(Error::Input("The sign-in name has no blanks.".into()));
    }
    Ok(login.to_lowercase())
}

/// The agencies of this machine whose people can sign in: organisation id and name.
pub async fn agencies(house: &House) -> Result<Vec<Agency>> {
    Ok(store::agency::all(&house.db).await?)
}

/// The agency of a name or organisation id.
pub async fn agency(house: &House, named: &str) -> Result<Agency> {
    let found = match store::agency::by_name(&house.db, named).await? {
        Some(agency) => Some(agency),
        None => store::agency::by_org(&house.db, named).await?,
    };
    found.ok_or_else(|| {
        Error::Input(format!("There is no agency \"{named}\" here; `renvoi agency list` shows them."))
    })
}

/// The person of a sign-in name in an agency.
pub async fn person(house: &House, agency: &Agency, login: &str) -> Result<Person> {
    store::person::by_login(&house.db, agency.id, &login.to_lowercase())
        .await?
        .ok_or_else(|| Error::Input(format!("{} has no person with the sign-in name {login}.", agency.name)))
}

/// Sets the interface language of the reader.
pub async fn set_language(house: &House, actor: &Actor, language: &str) -> Result<()> {
    let mut tx = house.db.write(Lane::Person).await?;
    store::person::set_language(&mut tx, actor.person, language).await?;
    Ok(tx.commit().await?)
}
