//! Who may what: roles, rights, the person acting, and the loader's proof that a right was checked.

use crate::id::{AgencyId, PersonId};
use crate::refusal::Refusal;
use crate::words::words;
use jiff::Timestamp;
use std::marker::PhantomData;

words! {
    /// What an agency is (design section 3). It bounds what its people can ever do.
    AgencyKind {
        /// A unit that refers to providers for their voluntary consideration.
        ReferralUnit = "referral_unit",
        /// A competent authority of TCO Art 12.
        CompetentAuthority = "competent_authority",
        /// An agency of the Union: never orders (LAW-04).
        EuAgency = "eu_agency",
        /// A trusted flagger of DSA Art 22.
        TrustedFlagger = "trusted_flagger",
        /// Holds and preservation only.
        InvestigatingAuthority = "investigating_authority",
        /// Reads and exports.
        Supervisor = "supervisor",
        /// A hosting service provider.
        Provider = "provider",
    }
}

words! {
    /// A person's role in an agency.
    Role {
        /// Assesses.
        Analyst = "analyst",
        /// Confirms what another assessed, and sends.
        Approver = "approver",
        /// Runs operations, holds and the provider book.
        Coordinator = "coordinator",
        /// Answers in a provider's inbox.
        Provider = "provider",
        /// Recomputes and verifies; sees no content.
        Auditor = "auditor",
        /// Reads the log for the supervisory authority; sees no content.
        Supervisor = "supervisor",
        /// People, roles, keys; sees no content.
        Administrator = "administrator",
    }
}

words! {
    /// What can be done. Each endpoint and page names exactly one.
    Right {
        /// Hand in what a source sent.
        Intake = "intake",
        /// See the queue, subjects, and what was decided.
        Read = "read",
        /// Search over everything of the agency.
        Search = "search",
        /// The network of assessed content: ranks of accounts, plans and their predictions.
        ReadNetwork = "read_network",
        /// Leads of the sensitive analysis, while it is open: same actor elsewhere (D34).
        ReadLeads = "read_leads",
        /// Open a cluster and decide about it.
        Assess = "assess",
        /// Confirm another's assessment and send.
        Approve = "approve",
        /// Take back what was sent: one person's act.
        Withdraw = "withdraw",
        /// Answer deconfliction, place and lift holds.
        Hold = "hold",
        /// Banks, opinions, withdrawals of signals.
        ManageSignals = "manage_signals",
        /// The provider book and the protected hosts.
        ManageProviders = "manage_providers",
        /// Start and steer operations.
        ManageOperation = "manage_operation",
        /// A provider's inbox.
        ReadInbox = "read_inbox",
        /// Answer in a provider's inbox.
        Answer = "answer",
        /// Have a provider's uploads compared with its closed lists (D16).
        CompareUploads = "compare_uploads",
        /// Figures and reports.
        ReadReports = "read_reports",
        /// Checkpoint, proofs, export of the ledger.
        ReadLedger = "read_ledger",
        /// The log of reads and decisions, for its four purposes (LAW-90).
        ReadLog = "read_log",
        /// People, roles, enrolment, keys, peers.
        ManageAccess = "manage_access",
        /// One's own account: sessions, second factor, language.
        OwnAccount = "own_account",
    }
}

impl Role {
    /// What a role may do. The one table of permissions; the matrix test prints it.
    #[must_use]
    pub fn rights(self) -> &'static [Right] {
        use Right::*;
        match self {
            Self::Analyst => &[
                Intake,
                Read,
                Search,
                ReadNetwork,
                ReadLeads,
                Assess,
                Withdraw,
                ReadReports,
                ReadLedger,
                OwnAccount,
            ],
            Self::Approver => {
                &[Read, Search, ReadNetwork, Approve, Withdraw, ReadReports, ReadLedger, OwnAccount]
            }
            Self::Coordinator => &[
                Intake,
                Read,
                Search,
                ReadNetwork,
                ReadLeads,
                Withdraw,
                Hold,
                ManageSignals,
                ManageProviders,
                ManageOperation,
                ReadReports,
                ReadLedger,
                OwnAccount,
            ],
            Self::Provider => &[ReadInbox, Answer, CompareUploads, ReadReports, ReadLedger, OwnAccount],
            Self::Auditor => &[ReadReports, ReadLedger, OwnAccount],
            Self::Supervisor => &[ReadReports, ReadLedger, ReadLog, OwnAccount],
            Self::Administrator => &[ManageAccess, ReadLedger, OwnAccount],
        }
    }
}

impl AgencyKind {
    /// Roles that people of such an agency can hold.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::*;
        match self {
            Self::ReferralUnit | Self::CompetentAuthority | Self::EuAgency | Self::TrustedFlagger => {
                &[Analyst, Approver, Coordinator, Auditor, Supervisor, Administrator]
            }
            Self::InvestigatingAuthority => &[Coordinator, Auditor, Supervisor, Administrator],
            Self::Supervisor => &[Auditor, Supervisor, Administrator],
            // The coordinator keeps the book of the senders that it hears from.
            Self::Provider => &[Provider, Coordinator, Auditor, Administrator],
        }
    }

    /// The capacity in which such an agency sends (RXP-09.07); `None` when it sends nothing of its own.
    #[must_use]
    pub fn referral_capacity(self) -> Option<&'static str> {
        match self {
            Self::ReferralUnit | Self::CompetentAuthority => Some("referral_unit"),
            Self::EuAgency => Some("eu_agency"),
            Self::TrustedFlagger => Some("trusted_flagger"),
            Self::InvestigatingAuthority | Self::Supervisor | Self::Provider => None,
        }
    }
}

/// The person acting: who, of which agency, with which roles, in which spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Of which agency.
    pub agency: AgencyId,
    /// What that agency is.
    pub kind: AgencyKind,
    /// Roles held.
    pub roles: Vec<Role>,
    /// Spaces that the person can enter: the agency itself and the operations that it joined (D8).
    pub spaces: Vec<AgencyId>,
    /// Until when the last step-up holds.
    pub stepped_up_until: Option<Timestamp>,
    /// The log-in; two acts of four eyes need two of them (LAW-120).
    pub login: uuid::Uuid,
    /// The reason for reading that is in force (D10).
    pub read_reason: Option<String>,
}

impl Actor {
    /// Whether any role that this agency's kind allows gives the right.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.roles.iter().any(|role| self.kind.roles().contains(role) && role.rights().contains(&right))
    }

    /// The right, or the refusal that names it.
    pub fn need(&self, right: Right) -> Result<(), Refusal> {
        if self.may(right) {
            return Ok(());
        }
        Err(Refusal::new(
            "LAW-94",
            "no_right",
            format!("Your roles do not include \"{right}\". An administrator of your agency can grant it."),
        ))
    }

    /// The step-up that sending, export and giving access need.
    pub fn need_step_up(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.stepped_up_until {
            Some(until) if now < until => Ok(()),
            _ => Err(Refusal::new(
                "console: step-up",
                "step_up",
                "This needs a fresh proof that it is you: enter your one-time code once more. It holds for fifteen minutes.",
            )),
        }
    }
}

/// A right as a type, so that a function can ask for the proof of it.
pub trait RightType {
    /// The right that it stands for.
    const RIGHT: Right;
}

macro_rules! right_types {
    ($($name:ident),+ $(,)?) => {
        /// Rights as types.
        pub mod right {
            $(
                #[doc = concat!("The right `", stringify!($name), "` as a type.")]
                #[derive(Debug, Clone, Copy)]
                pub enum $name {}
                impl super::RightType for $name { const RIGHT: super::Right = super::Right::$name; }
            )+
        }
    };
}
right_types!(
    Intake,
    Read,
    Search,
    ReadNetwork,
    ReadLeads,
    Assess,
    Approve,
    Withdraw,
    Hold,
    ManageSignals,
    ManageProviders,
    ManageOperation,
    ReadInbox,
    Answer,
    CompareUploads,
    ReadReports,
    ReadLedger,
    ReadLog,
    ManageAccess,
    OwnAccount
);

/// A thing of this person's space, loaded under a checked right. A handler gets nothing else from the outside.
#[derive(Debug, Clone)]
pub struct Authorised<T, R: RightType> {
    value: T,
    actor: Actor,
    right: PhantomData<R>,
}

impl<T, R: RightType> Authorised<T, R> {
    /// Checks the right and the space. `space` is read from the thing itself, never from the request.
    ///
    /// A thing of another space is refused with the same words as one that does not exist.
    pub fn check(actor: &Actor, space: AgencyId, value: T) -> Result<Self, Refusal> {
        actor.need(R::RIGHT)?;
        if !actor.spaces.contains(&space) {
            return Err(not_here());
        }
        Ok(Self { value, actor: actor.clone(), right: PhantomData })
    }

    /// The thing.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// The person for whom it was loaded.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The thing, and the person.
    pub fn into_parts(self) -> (T, Actor) {
        (self.value, self.actor)
    }
}

/// The answer for what does not exist and for what belongs to another: the same.
#[must_use]
pub fn not_here() -> Refusal {
    Refusal::new("LAW-94", "not_here", "There is no such thing here, or it is not yours to see.")
}

/// Two different humans with two different log-ins (LAW-120, D4).
pub fn four_eyes(author: PersonId, author_login: uuid::Uuid, second: &Actor) -> Result<(), Refusal> {
    if author == second.person || author_login == second.login {
        return Err(Refusal::new(
            "LAW-120",
            "four_eyes",
            "This is your own work. Another person, with a log-in of their own, must confirm it.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_table() {
        let mut table = String::new();
        for right in Right::ALL {
            let holders: Vec<&str> = Role::ALL
                .iter()
                .filter(|role| role.rights().contains(right))
                .map(|role| role.word())
                .collect();
            table.push_str(&format!("{right}: {}\n", holders.join(", ")));
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn no_role_can_assess_and_approve() {
        for role in Role::ALL {
            assert!(
                !(role.rights().contains(&Right::Assess) && role.rights().contains(&Right::Approve)),
                "{role}"
            );
        }
    }
}
