//! RXP-09.07, RXP-22: in which capacity a sender acts, and what it may send in it.

use crate::message_type::MessageType;
use serde::{Deserialize, Serialize};

/// The one capacity in which a message is sent (LAW-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// TCO 12(1)(a).
    TcoIssuingAuthority,
    /// TCO 12(1)(b).
    TcoScrutinisingAuthority,
    /// DSA Article 9.
    DsaAuthority,
    /// An internet referral unit.
    ReferralUnit,
    /// Europol: refers, never orders (LAW-04).
    EuAgency,
    /// DSA Article 22.
    TrustedFlagger,
    /// Anyone, DSA Article 16.
    Notifier,
    /// A hosting service provider.
    Provider,
    /// Speaks for the author.
    ContentProviderAgent,
    /// Exchanges signals.
    Peer,
}

use Capacity::{
    ContentProviderAgent, DsaAuthority, EuAgency, Notifier, Peer, Provider, ReferralUnit,
    TcoIssuingAuthority, TcoScrutinisingAuthority, TrustedFlagger,
};

impl Capacity {
    /// Every capacity, in the order of RXP-09.07.
    pub const ALL: &[Self] = &[
        TcoIssuingAuthority,
        TcoScrutinisingAuthority,
        DsaAuthority,
        ReferralUnit,
        EuAgency,
        TrustedFlagger,
        Notifier,
        Provider,
        ContentProviderAgent,
        Peer,
    ];

    /// Whether it may send `kind` (section 4, column "From").
    pub fn may_send(self, kind: MessageType) -> bool {
        senders(kind).contains(&self)
    }

    /// A public body, whose every message names its legal basis (RXP-09.08).
    pub const fn is_authority(self) -> bool {
        matches!(
            self,
            TcoIssuingAuthority | TcoScrutinisingAuthority | DsaAuthority | ReferralUnit | EuAgency
        )
    }
}

fn senders(kind: MessageType) -> &'static [Capacity] {
    use MessageType as M;
    match kind {
        M::FirstOrderInformation
        | M::RemovalOrder
        | M::Clarification
        | M::NonDisclosureUpdate
        | M::PreservationRequest
        | M::OrderFinalNotice
        | M::ScrutinyCopy => &[TcoIssuingAuthority],
        M::DsaOrder => &[DsaAuthority],
        M::Referral | M::Reminder => &[ReferralUnit, EuAgency, TrustedFlagger],
        M::Notice => &[TrustedFlagger, Notifier],
        M::Receipt => Capacity::ALL,
        M::ActionReport
        | M::ImpossibilityReport
        | M::GroundsCeased
        | M::DsaEffectReport
        | M::Outcome
        | M::ReinstatementReport
        | M::ThreatToLife
        | M::ContactPreferences => &[Provider],
        M::Information => &[ReferralUnit, EuAgency, TrustedFlagger, Notifier],
        M::Withdrawal | M::Correction => {
            &[TcoIssuingAuthority, DsaAuthority, ReferralUnit, EuAgency, TrustedFlagger, Notifier]
        }
        M::ScrutinyRequest | M::Contest => &[Provider, ContentProviderAgent],
        M::ScrutinyIntent | M::ScrutinyDecision => &[TcoScrutinisingAuthority],
        M::ContestDecision => {
            &[TcoIssuingAuthority, DsaAuthority, ReferralUnit, EuAgency, TrustedFlagger, Notifier, Provider]
        }
        M::DeconflictQuery | M::DeconflictAnswer => {
            &[TcoIssuingAuthority, TcoScrutinisingAuthority, DsaAuthority, ReferralUnit, EuAgency]
        }
        M::HashPublish | M::HashRetract | M::HashDispute => {
            &[TcoIssuingAuthority, ReferralUnit, EuAgency, TrustedFlagger, Peer]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn capacity_matrix() {
        // One row a type, one column a capacity in the order of RXP-09.07: x may, . may not.
        let mut table = String::new();
        for kind in MessageType::ALL {
            let row: String =
                Capacity::ALL.iter().map(|c| if c.may_send(*kind) { 'x' } else { '.' }).collect();
            let _ = writeln!(table, "{row} {kind}");
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn agency_never_orders() {
        for kind in
            ["removal_order", "dsa_order", "clarification", "non_disclosure_update", "preservation_request"]
        {
            assert!(MessageType::from_word(kind).is_some_and(|kind| !EuAgency.may_send(kind)), "{kind}");
        }
    }
}
