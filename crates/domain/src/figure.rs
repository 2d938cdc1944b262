//! What each figure of a report counts: one list, printed beside the numbers in every format (LAW-67, LAW-74).
//!
//! There is no figure here that a person can type. A share is never written without its parts.

/// A figure: a number of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Stable id, in every format.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// What it is a part of: the id of another figure.
    pub whole: Option<&'static str>,
    /// What counts, in one or two sentences.
    pub definition: &'static str,
}

const fn figure(
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    whole: Option<&'static str>,
    definition: &'static str,
) -> Figure {
    Figure { id, name, unit, whole, definition }
}

/// Figures of an action day, in the order of the path.
pub const ACTION_DAY: &[Figure] = &[
    figure(
        "observed",
        "items observed",
        "records",
        None,
        "Good records of intakes that ended in the window, repeated ones included.",
    ),
    figure(
        "duplicates",
        "known before",
        "records",
        Some("observed"),
        "Observed records that had been taken in before and added nothing.",
    ),
    figure(
        "set_aside",
        "set aside",
        "records",
        None,
        "Records that could not be read, each listed with place and reason at its intake.",
    ),
    figure(
        "refused",
        "refused as private",
        "records",
        None,
        "Records of private communication, never taken in (LAW-08).",
    ),
    figure("unique", "unique items", "items", None, "Different items that joined a cluster in the window."),
    figure("clusters", "clusters", "clusters", None, "Different contents that these unique items belong to."),
    figure(
        "matched",
        "matched",
        "items",
        Some("unique"),
        "Unique items that agree with a signal of a bank; a match is a reason to look, never a decision.",
    ),
    figure(
        "reappeared",
        "reappeared",
        "items",
        Some("unique"),
        "Unique items that joined a cluster whose content had been decided and confirmed before.",
    ),
    figure(
        "assessments",
        "assessments",
        "assessments",
        None,
        "Assessments by a person, first saved in the window.",
    ),
    figure("assessed", "assessed", "items", None, "Different items that these assessments are about."),
    figure(
        "identical_texts",
        "identical texts",
        "assessments",
        Some("assessments"),
        "Assessments whose whole written text is the same as that of another assessment of the window (D3).",
    ),
    figure(
        "approved",
        "confirmed by a second person",
        "items",
        None,
        "Different items of assessments that were confirmed in the window and still are.",
    ),
    figure(
        "held_back",
        "held back",
        "items",
        None,
        "Items confirmed in the window whose referral is not sent: the pre-flight, a hold or a missing contact keeps it.",
    ),
    figure(
        "referrals",
        "referrals",
        "messages",
        None,
        "Messages put into the outbox in the window, signed, one a provider and assessment.",
    ),
    figure(
        "referred",
        "referred",
        "items",
        None,
        "Items in these messages; an item that was sent again after a withdrawal counts again.",
    ),
    figure(
        "received",
        "received",
        "items",
        Some("referred"),
        "Referred items whose provider gave a signed receipt, or whose mail was confirmed.",
    ),
    figure(
        "answered",
        "answered",
        "items",
        Some("referred"),
        "Referred items with a final answer of their provider (RXP-111).",
    ),
    figure(
        "removed",
        "removed by the provider",
        "items",
        Some("referred"),
        "Referred items whose last answer is removed, disabled everywhere or in the Union, or account suspended or closed. Content that went away without such an answer is not counted here.",
    ),
    figure(
        "no_action",
        "no action",
        "items",
        Some("referred"),
        "Referred items whose last answer is no action, a normal answer.",
    ),
    figure(
        "needs_information",
        "asked back",
        "items",
        Some("referred"),
        "Referred items whose last answer is a question.",
    ),
    figure(
        "unanswered",
        "without a final answer",
        "items",
        Some("referred"),
        "Referred items without a final answer so far; there is no deadline for one.",
    ),
    figure(
        "withdrawn",
        "taken back",
        "items",
        Some("referred"),
        "Referred items whose referral was withdrawn by us.",
    ),
    figure(
        "overturned",
        "overturned",
        "items",
        Some("referred"),
        "Referred items whose contest was upheld, or that the provider put back after complaint or review.",
    ),
    figure(
        "reviewed",
        "reviewed",
        "items",
        Some("referred"),
        "Referred items that were looked at again: withdrawn, contested and decided, or put back.",
    ),
    figure(
        "standing",
        "standing",
        "items",
        Some("referred"),
        "Referred items that are neither withdrawn nor overturned.",
    ),
    figure(
        "gone",
        "seen gone",
        "items",
        Some("referred"),
        "Referred items that two looks, 30 minutes apart, did not find any more. Who removed them is not known: authors also delete.",
    ),
    figure(
        "duplicates_sent",
        "sent twice",
        "items",
        None,
        "Items sent in the window to a provider that had them already, in a referral that was not withdrawn. Must be 0.",
    ),
    figure(
        "without_second_person",
        "sent without a second person",
        "messages",
        Some("referrals"),
        "Referrals whose assessment has no approver, or one who also wrote it. Must be 0.",
    ),
];

/// A share: two figures of [`ACTION_DAY`], written with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Stable id.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Figure above the line.
    pub part: &'static str,
    /// Figure below the line.
    pub whole: &'static str,
    /// What it says and what it does not say.
    pub definition: &'static str,
}

/// Shares in the order in which they are printed: precision after review always comes before removal (LAW-74).
pub const SHARES: &[Share] = &[
    Share {
        id: "precision_after_review",
        name: "right after review",
        part: "standing",
        whole: "referred",
        definition: "Referred items that are neither withdrawn nor overturned so far. Not every item is reviewed, so this is an upper bound; the number reviewed stands beside it.",
    },
    Share {
        id: "answered_share",
        name: "answered",
        part: "answered",
        whole: "referred",
        definition: "Referred items with a final answer when the report was made.",
    },
    Share {
        id: "removed_share",
        name: "removed by the provider",
        part: "removed",
        whole: "referred",
        definition: "Referred items that the provider answered to have removed or disabled when the report was made. No measure of success: read it beside the share that is right after review.",
    },
    Share {
        id: "identical_texts_share",
        name: "identical texts",
        part: "identical_texts",
        whole: "assessments",
        definition: "Assessments whose text another assessment has too (D3).",
    },
];

/// A duration between two facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// Stable id.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What is measured.
    pub unit: &'static str,
    /// From which fact to which.
    pub definition: &'static str,
}

/// Durations of an action day.
pub const DURATIONS: &[Duration] = &[
    Duration {
        id: "to_receipt",
        name: "time to receipt",
        unit: "messages",
        definition: "From the outbox to the time in the provider's signed receipt, in whole seconds. Median and 90th percentile (nearest rank) are of those with a receipt; the others are in the numbers still open.",
    },
    Duration {
        id: "to_answer",
        name: "time to answer",
        unit: "items",
        definition: "From the receipt to the last final answer, in whole seconds, for items with a receipt. Median and 90th percentile (nearest rank) are of those with a final answer; the others are in the numbers still open.",
    },
];

/// Marks at which a duration's numbers done and still open are given, in seconds: 1, 6, 12, 24, 48 hours, 7 days.
pub const MARKS_S: [i64; 6] = [3_600, 21_600, 43_200, 86_400, 172_800, 604_800];

/// What figures are broken down by: id, name, meaning.
pub const DIMENSIONS: &[(&str, &str, &str)] = &[
    ("service", "Service", "Registrable host of the item."),
    (
        "language",
        "Language",
        "Language of the record that first put the item into a cluster; und when it is not known.",
    ),
    ("kind", "Kind of subject", "Item, account, channel or site."),
    ("agency", "Agency", "Who handed the record in, wrote the assessment, or sends the referral."),
    ("hour", "Hour (UTC)", "Hour in which the counted act happened; answers count in the hour of sending."),
];

/// The definition of a figure, by its id.
#[must_use]
pub fn of(id: &str) -> Option<&'static Figure> {
    ACTION_DAY.iter().find(|figure| figure.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_defined_once_and_refer_to_figures() {
        for (index, figure) in ACTION_DAY.iter().enumerate() {
            assert!(!ACTION_DAY[..index].iter().any(|earlier| earlier.id == figure.id), "{}", figure.id);
            assert!(figure.definition.ends_with('.'), "{}", figure.id);
            assert!(figure.whole.is_none_or(|whole| of(whole).is_some()), "{}", figure.id);
        }
        assert!(SHARES.iter().all(|share| of(share.part).is_some() && of(share.whole).is_some()));
    }

    #[test]
    fn removal_is_never_shown_before_precision() {
        let place = |id: &str| SHARES.iter().position(|share| share.id == id);
        assert!(place("precision_after_review") < place("removed_share"));
    }
}
