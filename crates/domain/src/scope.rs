//! Who a provider is to the law: a service for the public, offered in the Union, or something else (LAW-08, LAW-09, LAW-16).
//!
//! A referral is for voluntary consideration and stays possible for each of them; what is found is said and kept.
//! Only private communication is out of reach of every instrument: it is refused at intake and at assessment.

use crate::preflight::{Found, Weight};
use crate::refusal::Refusal;
use crate::words::words;
use crate::written::{self, Lines};
use serde::{Deserialize, Serialize};

/// Least length of the reason for a link to the Union, in characters.
pub const REASON_MIN_CHARS: usize = 10;
/// Greatest length of the reason for a link to the Union, in characters.
pub const REASON_MAX_CHARS: usize = 1000;

words! {
    /// What kind of service would receive the message (LAW-08, LAW-16).
    RecipientKind {
        /// Stores content at a person's request and shows it to the public.
        Hosting = "hosting",
        /// An audiovisual media service: Directive 2010/13/EU prevails.
        Avms = "avms",
        /// Carries messages between named persons.
        PrivateMessaging = "private_messaging",
        /// Keeps a top-level domain.
        Registry = "registry",
        /// Registers domain names.
        Registrar = "registrar",
        /// Answers name queries.
        Dns = "dns",
        /// Moves money.
        Payment = "payment",
        /// Shields other services.
        DdosProtection = "ddos_protection",
        /// Bare cloud or network infrastructure.
        Infrastructure = "infrastructure",
    }
}

words! {
    /// How the provider is tied to the Union (LAW-09).
    UnionLink {
        /// It is established in the Union.
        Established = "established",
        /// Many users are in Member States.
        SignificantUsers = "significant_users",
        /// It aims at Member States.
        Targeting = "targeting",
        /// It can be reached from the Union and no more.
        None = "none",
        /// Not known yet.
        Unsure = "unsure",
    }
}

impl RecipientKind {
    /// Outside Regulation (EU) 2021/784: it does not show content to the public at a person's request.
    #[must_use]
    pub fn is_excluded(self) -> bool {
        !matches!(self, Self::Hosting | Self::Avms)
    }
}

/// What the provider book says of a provider's place in the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// What kind of service it is.
    pub recipient_kind: RecipientKind,
    /// How it is tied to the Union.
    pub union_link: UnionLink,
    /// Why so; required for every answer but `unsure`.
    #[serde(default)]
    pub union_link_reason: String,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            recipient_kind: RecipientKind::Hosting,
            union_link: UnionLink::Unsure,
            union_link_reason: String::new(),
        }
    }
}

impl Scope {
    /// A link to the Union that was found or denied has its reason (LAW-09).
    pub fn check(&self) -> Result<(), Refusal> {
        let least = if self.union_link == UnionLink::Unsure { 0 } else { REASON_MIN_CHARS };
        let sound = written::sound(&self.union_link_reason, (least, REASON_MAX_CHARS), Lines::Several);
        sound.map(|_| ()).map_err(|unsound| {
            unsound.refused(|_| Refusal::new(
                "LAW-09",
                "union_link_reason",
                format!(
                    "Say in {least} to {REASON_MAX_CHARS} characters why the link of this provider to the Union is \"{}\".",
                    self.union_link
                ),
            ))
        })
    }

    /// What the pre-flight of a referral says about it.
    #[must_use]
    pub fn found(&self) -> Vec<Found> {
        let found =
            |rule, code, weight, sentence: String| Found { subject: None, rule, code, weight, sentence };
        let mut all = Vec::new();
        if self.recipient_kind == RecipientKind::Avms {
            all.push(found(
                "LAW-16",
                "avms",
                Weight::Look,
                "This is an audiovisual media service: Directive 2010/13/EU prevails (TCO Art 1(5)). A coordinator says why it is referred all the same.".into(),
            ));
        }
        if self.recipient_kind.is_excluded() {
            all.push(found(
                "LAW-08",
                "recipient_outside",
                Weight::Note,
                format!("A service of the kind \"{}\" is outside TCO Art 2(3). A referral remains possible; an order would not.", self.recipient_kind),
            ));
        }
        if self.union_link == UnionLink::None {
            all.push(found(
                "LAW-09",
                "no_union_link",
                Weight::Note,
                "This provider does not offer its services in the Union: that it can be reached is not enough (TCO rec. 16). A referral remains possible; an order would not.".into(),
            ));
        }
        all
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::assessment::{
        ContentFinding, ContextFinding, Decision, Draft, Event, ExemptionAnswer, Finding, Kind, Question,
        Urgency,
    };
    use crate::id::{AssessmentId, PersonId, SubjectId};
    use crate::observation::Audience;
    use crate::preflight::{Approval, ItemFacts, MessageFacts, Reach, clear, inspect};
    use jiff::Timestamp;
    use uuid::Uuid;

    fn draft(audience: Audience) -> Draft {
        let no = || ExemptionAnswer { finding: Finding::No, text: String::new() };
        let context = ContextFinding {
            audience,
            exemption: Question::ALL.iter().map(|question| (*question, no())).collect(),
            true_purpose: "Recruitment for the invented group.".into(),
            context: "A page of the invented service.".into(),
            editorial_responsibility: false,
            eu_listed_author: "no".into(),
        };
        Draft {
            decision: Decision::Refer,
            content: Some(ContentFinding {
                statements: [(Kind::Threat, "A neutral statement that is long enough.".into())].into(),
                pinpoints: [(Kind::Threat, vec!["line 1".into()])].into(),
                danger: None,
                offence_refs: vec!["2017/541:3(1)(a)".into()],
                urgency: Urgency::Normal,
            }),
            contexts: [(SubjectId(Uuid::nil()), context)].into(),
            note: String::new(),
            whole: None,
        }
    }

    /// What the pre-flight finds about a known item at a provider of this scope.
    fn found(scope: Scope) -> Vec<Found> {
        let item = ItemFacts {
            subject: SubjectId(Uuid::nil()),
            host: "video.example".into(),
            is_item: true,
            collection: None,
            listed: None,
            page_says: None,
            known_content: true,
            reachable: Some(Reach::Up),
            holds: vec![],
            sealed_at: Some(Timestamp::UNIX_EPOCH),
            sent_before: false,
            grounds: 0,
        };
        let message = MessageFacts {
            has_contact: true,
            sender_known: true,
            provider_known: true,
            load_confirmed: true,
            new_on_host_7d: 0,
            new_to_provider_24h: 0,
            new_by_person_24h: 0,
            removed_30d: 0,
            grounds_min: 3,
            scope,
        };
        inspect(&[item], &message, Timestamp::UNIX_EPOCH)
    }

    fn approval() -> Approval {
        let person = |n| PersonId(Uuid::from_u128(n));
        Approval { assessment: AssessmentId(Uuid::nil()), author: person(1), approver: person(2) }
    }

    fn of(recipient_kind: RecipientKind) -> Scope {
        Scope { recipient_kind, ..Scope::default() }
    }

    /// 45 cases: each audience with each kind of recipient.
    #[test]
    fn scope_gate() {
        let audiences = [
            (Audience::Open, Ok(Event::SavedToRefer)),
            (Audience::AutoJoin, Ok(Event::SavedToRefer)),
            (Audience::HumanAdmitted, Ok(Event::SavedToRefer)),
            (Audience::Private, Err("private_audience")),
            (Audience::Unsure, Ok(Event::SavedUnsure)),
        ];
        let kinds = [
            (RecipientKind::Hosting, None),
            (RecipientKind::Avms, Some("avms")),
            (RecipientKind::PrivateMessaging, Some("recipient_outside")),
            (RecipientKind::Registry, Some("recipient_outside")),
            (RecipientKind::Registrar, Some("recipient_outside")),
            (RecipientKind::Dns, Some("recipient_outside")),
            (RecipientKind::Payment, Some("recipient_outside")),
            (RecipientKind::DdosProtection, Some("recipient_outside")),
            (RecipientKind::Infrastructure, Some("recipient_outside")),
        ];
        assert_eq!(kinds.map(|(kind, _)| kind).as_slice(), RecipientKind::ALL);
        let mut cases = 0;
        for (audience, saved) in audiences {
            for (kind, said) in kinds {
                let event = draft(audience).event().map_err(|refusal| refusal.code);
                assert_eq!(event, saved, "{audience:?} {kind}");
                let found = found(of(kind));
                assert_eq!(found.first().map(|found| found.code), said, "{audience:?} {kind}");
                // A referral remains possible for each of them; nothing about the recipient stops it for good.
                assert!(found.iter().all(|found| found.weight != Weight::Stop), "{audience:?} {kind}");
                let alone = clear((), approval(), found, None).is_ok();
                assert_eq!(alone, kind != RecipientKind::Avms, "{audience:?} {kind}");
                cases += 1;
            }
        }
        assert!(cases >= 40, "{cases}");
    }

    #[test]
    fn union_link_gate() {
        for link in UnionLink::ALL {
            let scope = |reason: &str| Scope {
                union_link: *link,
                union_link_reason: reason.into(),
                ..Scope::default()
            };
            // Each answer but "unsure" has its reason.
            let silent = scope("  ").check().map_err(|refusal| (refusal.rule, refusal.code));
            let expected =
                if *link == UnionLink::Unsure { Ok(()) } else { Err(("LAW-09", "union_link_reason")) };
            assert_eq!(silent, expected, "{link}");
            let told = scope("It has its seat in a Member State.");
            assert_eq!(told.check(), Ok(()), "{link}");
            assert!(scope(&"x".repeat(REASON_MAX_CHARS + 1)).check().is_err());
            // Mere accessibility is said on the referral, which remains possible.
            let codes: Vec<_> =
                found(told.clone()).into_iter().map(|found| (found.code, found.weight)).collect();
            let said = if *link == UnionLink::None { vec![("no_union_link", Weight::Note)] } else { vec![] };
            assert_eq!(codes, said, "{link}");
            assert!(clear((), approval(), found(told), None).is_ok(), "{link}");
        }
        // An entry of before has no answer: nobody is held to be in the Union by default.
        let before = serde_json::json!({ "name": "Video", "org": "", "hosts": [], "channel": "none" });
        let entry: crate::provider::Entry = serde_json::from_value(before).unwrap();
        assert_eq!(entry.scope.union_link, UnionLink::Unsure);
    }

    #[test]
    fn avms_warning() {
        let found = found(of(RecipientKind::Avms));
        assert_eq!(
            found.iter().map(|one| (one.rule, one.weight)).collect::<Vec<_>>(),
            [("LAW-16", Weight::Look)]
        );
        assert!(found[0].sentence.contains("2010/13/EU"));
        let third = |n| Some(PersonId(Uuid::from_u128(n)));
        // The reason is a third person's; a confirmed load is no answer to it.
        for looked in [None, third(1), third(2)] {
            let held = clear((), approval(), found.clone(), looked).map(drop).unwrap_err();
            assert_eq!(held[0].code, "avms");
        }
        assert!(clear((), approval(), found, third(3)).is_ok());
    }
}
