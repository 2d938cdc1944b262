//! Names of what reports count, for people. Files of a report keep the names of the domain.

use super::Words;

/// Id of a figure, share, duration or dimension, and the key of its name.
const NAMES: [(&str, &str); 39] = [
    ("observed", "counted-observed"),
    ("duplicates", "counted-duplicates"),
    ("set_aside", "counted-set-aside"),
    ("refused", "counted-refused"),
    ("unique", "counted-unique"),
    ("clusters", "counted-clusters"),
    ("matched", "counted-matched"),
    ("reappeared", "counted-reappeared"),
    ("assessments", "counted-assessments"),
    ("assessed", "counted-assessed"),
    ("identical_texts", "counted-identical-texts"),
    ("approved", "counted-approved"),
    ("held_back", "counted-held-back"),
    ("referrals", "counted-referrals"),
    ("referred", "counted-referred"),
    ("received", "counted-received"),
    ("answered", "counted-answered"),
    ("removed", "counted-removed"),
    ("no_action", "counted-no-action"),
    ("needs_information", "counted-needs-information"),
    ("unanswered", "counted-unanswered"),
    ("withdrawn", "counted-withdrawn"),
    ("overturned", "counted-overturned"),
    ("reviewed", "counted-reviewed"),
    ("standing", "counted-standing"),
    ("gone", "counted-gone"),
    ("duplicates_sent", "counted-duplicates-sent"),
    ("without_second_person", "counted-without-second-person"),
    ("precision_after_review", "counted-precision-after-review"),
    ("answered_share", "counted-answered"),
    ("removed_share", "counted-removed"),
    ("identical_texts_share", "counted-identical-texts"),
    ("to_receipt", "counted-to-receipt"),
    ("to_answer", "counted-to-answer"),
    ("service", "counted-service"),
    ("language", "counted-language"),
    ("kind", "counted-kind"),
    ("agency", "counted-agency"),
    ("hour", "counted-hour"),
];

/// Id of a figure or dimension, and the key of what counts for it.
const DEFINED: [(&str, &str); 33] = [
    ("observed", "defined-observed"),
    ("duplicates", "defined-duplicates"),
    ("set_aside", "defined-set-aside"),
    ("refused", "defined-refused"),
    ("unique", "defined-unique"),
    ("clusters", "defined-clusters"),
    ("matched", "defined-matched"),
    ("reappeared", "defined-reappeared"),
    ("assessments", "defined-assessments"),
    ("assessed", "defined-assessed"),
    ("identical_texts", "defined-identical-texts"),
    ("approved", "defined-approved"),
    ("held_back", "defined-held-back"),
    ("referrals", "defined-referrals"),
    ("referred", "defined-referred"),
    ("received", "defined-received"),
    ("answered", "defined-answered"),
    ("removed", "defined-removed"),
    ("no_action", "defined-no-action"),
    ("needs_information", "defined-needs-information"),
    ("unanswered", "defined-unanswered"),
    ("withdrawn", "defined-withdrawn"),
    ("overturned", "defined-overturned"),
    ("reviewed", "defined-reviewed"),
    ("standing", "defined-standing"),
    ("gone", "defined-gone"),
    ("duplicates_sent", "defined-duplicates-sent"),
    ("without_second_person", "defined-without-second-person"),
    ("service", "defined-service"),
    ("language", "defined-language"),
    ("kind", "defined-kind"),
    ("agency", "defined-agency"),
    ("hour", "defined-hour"),
];

impl Words {
    /// The name of what is counted; `None` when the id is none of a report.
    #[must_use]
    pub fn counted(&self, id: &str) -> Option<String> {
        NAMES.iter().find(|(known, _)| *known == id).map(|(_, key)| self.t(key))
    }
}

impl Words {
    /// What counts for a figure or a dimension, for people: the definition of the report's files without the marks of
    /// the rules behind it. Of another id the sentence `given`.
    #[must_use]
    pub fn defined(&self, id: &str, given: &str) -> String {
        let known = DEFINED.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| given.to_owned(), |(_, key)| self.t(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use domain::figure::{ACTION_DAY, DIMENSIONS, DURATIONS, SHARES};

    #[test]
    fn everything_counted_has_a_name_in_every_language() {
        let figures = ACTION_DAY.iter().map(|figure| (figure.id, figure.name));
        let shares = SHARES.iter().map(|share| (share.id, share.name));
        let durations = DURATIONS.iter().map(|duration| (duration.id, duration.name));
        let dimensions = DIMENSIONS.iter().map(|(id, name, _)| (*id, *name));
        let all: Vec<_> = figures.chain(shares).chain(durations).chain(dimensions).collect();
        assert_eq!(all.len(), NAMES.len());
        for (id, name) in all {
            let [english, french, arabic] =
                [Lang::En, Lang::Fr, Lang::Ar].map(|lang| Words::new(lang, "UTC").counted(id));
            assert_eq!(english.as_deref(), Some(name), "{id}: as in the files");
            assert!(french.is_some() && arabic.is_some() && arabic != english, "{id}");
        }
    }

    #[test]
    fn every_definition_is_there_in_every_language() {
        let figures = ACTION_DAY.iter().map(|figure| (figure.id, figure.definition));
        for (id, given) in figures.chain(DIMENSIONS.iter().map(|(id, _, given)| (*id, *given))) {
            let [english, french, arabic] =
                [Lang::En, Lang::Fr, Lang::Ar].map(|lang| Words::new(lang, "UTC").defined(id, given));
            // The same sentence as in the files, but for the mark of a rule.
            let plain = given.split(" (").next().unwrap_or_default();
            assert!(english.starts_with(plain.trim_end_matches('.')), "{id}: {english}");
            assert!(
                ![" (LAW-", " (RXP-", " (D"].iter().any(|mark| english.contains(mark)),
                "{id}: {english}"
            );
            for other in [french, arabic] {
                assert!(other != english && !other.contains('⟦'), "{id}: {other}");
            }
        }
        assert_eq!(Words::new(Lang::Fr, "UTC").defined("unheard_of", "A sentence."), "A sentence.");
    }
}
