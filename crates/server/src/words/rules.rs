//! Refusals, findings and events in words: by the codes that `domain` gives them.

use super::{Lang, Words};

impl Words {
    /// The sentence of a refusal or finding. English keeps the sentence given, which names the figures;
    /// another language has one sentence a code, and the given one where the code is new.
    #[must_use]
    pub fn rule(&self, code: &str, sentence: &str) -> String {
        // Which right is missing stands in the sentence by its code; a person reads its name.
        if let Some(right) =
            Some(sentence).filter(|_| code == "no_right").and_then(|text| text.split('"').nth(1))
        {
            let named = RIGHTS.iter().find(|(of, _)| *of == right);
            let named = named.map_or_else(|| right.to_owned(), |(_, key)| self.t(key));
            return self.with("rule-no-right-named", &[("right", named.into())]);
        }
        let known = RULES.iter().find(|(rule, _)| *rule == code);
        match known {
            Some((_, key)) if self.lang != Lang::En || sentence.is_empty() => self.t(key),
            _ => sentence.to_owned(),
        }
    }

    /// What happened, for the timeline: the noun and the word of an event, and who did it. `None` for an event
    /// that is not shown to people.
    #[must_use]
    pub fn happened(&self, noun: &str, what: &str, by: Option<&str>) -> Option<String> {
        let (_, _, key) = EVENTS.iter().find(|(of, word, _)| *of == noun && *word == what)?;
        let said = self.t(key);
        Some(match by {
            Some(name) => self.with("event-by", &[("what", said.into()), ("name", name.into())]),
            None => said,
        })
    }
}

/// Code of a refusal or finding, and its message.
pub(super) const RULES: &[(&str, &str)] = &[
    ("four_eyes", "rule-four-eyes"),
    ("not_here", "rule-not-here"),
    ("own_number", "rule-own-number"),
    ("question_missing", "rule-question-missing"),
    ("no_right", "rule-no-right"),
    ("read_needs_reason", "rule-read-needs-reason"),
    ("analysis_not_open", "rule-analysis-not-open"),
    ("bad_transition", "rule-bad-transition"),
    ("withdrawn", "rule-withdrawn"),
    ("reader_text", "rule-reader-text"),
    ("hold_too_long", "rule-hold-too-long"),
    ("kind_missing", "rule-kind-missing"),
    ("statement_length", "rule-statement-length"),
    ("pinpoint_missing", "rule-pinpoint-missing"),
    ("danger_required", "rule-danger-required"),
    ("offence_unknown", "rule-offence-unknown"),
    ("offence_refs", "rule-offence-refs"),
    ("private_audience", "rule-private-audience"),
    ("exemption_missing", "rule-exemption-missing"),
    ("exemption_text", "rule-exemption-text"),
    ("exemption_yes", "rule-exemption-yes"),
    ("exempt_without_yes", "rule-exempt-without-yes"),
    ("purpose_text", "rule-purpose-text"),
    ("eu_listed_author", "rule-eu-listed-author"),
    ("no_items", "rule-no-items"),
    ("too_many_items", "rule-too-many-items"),
    ("not_alike", "rule-not-alike"),
    ("collection_page", "rule-collection-page"),
    ("grounds", "rule-grounds"),
    ("grounds_many", "rule-grounds-many"),
    ("grounds_unknown", "rule-grounds-unknown"),
    ("whole_missing", "rule-whole-missing"),
    ("whole_of_item", "rule-whole-of-item"),
    ("whole_address", "rule-whole-address"),
    ("whole_merge", "rule-whole-merge"),
    ("proportionality", "rule-proportionality"),
    ("hold", "rule-hold"),
    ("sent_before", "rule-sent-before"),
    ("gone", "rule-gone"),
    ("redirected", "rule-redirected"),
    ("not_looked_at", "rule-not-looked-at"),
    ("not_sealed", "rule-not-sealed"),
    ("protected_host", "rule-protected-host"),
    ("missing_contact", "rule-missing-contact"),
    ("sender_identity", "rule-sender-identity"),
    ("first_referral", "rule-first-referral"),
    ("host_burst", "rule-host-burst"),
    ("provider_burst", "rule-provider-burst"),
    ("person_burst", "rule-person-burst"),
    ("avms", "rule-avms"),
    ("recipient_outside", "rule-recipient-outside"),
    ("no_union_link", "rule-no-union-link"),
    ("union_link_reason", "rule-union-link-reason"),
    ("contest_reasons", "rule-contest-reasons"),
    ("conflict", "rule-conflict"),
    ("leased", "rule-leased"),
    ("undo_over", "rule-undo-over"),
    ("not_sent", "rule-not-sent"),
    ("hidden_characters", "rule-hidden-characters"),
    ("bank_text", "rule-bank-text"),
    ("note_text", "rule-note-text"),
    ("note_identification", "rule-note-identification"),
    ("note_standing", "rule-note-standing"),
    ("network_days", "rule-network-days"),
    ("network_layers", "rule-network-layers"),
    ("too_large", "rule-too-large"),
    ("broken_form", "rule-broken-form"),
];

/// Code of a right, and its name.
const RIGHTS: &[(&str, &str)] = &[
    ("intake", "right-intake"),
    ("read", "right-read"),
    ("search", "right-search"),
    ("read_leads", "right-read-leads"),
    ("read_network", "right-read-network"),
    ("assess", "right-assess"),
    ("approve", "right-approve"),
    ("withdraw", "right-withdraw"),
    ("hold", "right-hold"),
    ("manage_signals", "right-manage-signals"),
    ("manage_providers", "right-manage-providers"),
    ("manage_operation", "right-manage-operation"),
    ("read_inbox", "right-read-inbox"),
    ("answer", "right-answer"),
    ("compare_uploads", "right-compare-uploads"),
    ("read_reports", "right-read-reports"),
    ("read_ledger", "right-read-ledger"),
    ("read_log", "right-read-log"),
    ("manage_access", "right-manage-access"),
    ("own_account", "right-own-account"),
];

/// Noun and word of an event, and its message.
const EVENTS: &[(&str, &str, &str)] = &[
    ("batch", "observed", "event-observed"),
    ("cluster", "joined", "event-joined"),
    ("cluster", "reappeared", "event-reappeared"),
    ("cluster", "deferred", "event-deferred"),
    ("cluster", "reopened", "event-reopened"),
    ("assessment", "saved_to_refer", "event-saved-to-refer"),
    ("assessment", "saved_unsure", "event-saved-unsure"),
    ("assessment", "saved_declined", "event-saved-declined"),
    ("assessment", "read_clear", "event-read-clear"),
    ("assessment", "read_blocked", "event-read-blocked"),
    ("assessment", "approved", "event-approved"),
    ("assessment", "returned", "event-returned"),
    ("assessment", "withdrawn", "event-assessment-withdrawn"),
    ("assessment", "overtaken", "event-overtaken"),
    ("check", "sealed", "event-sealed"),
    ("check", "looked", "event-looked"),
    ("contest", "opened", "event-contest-opened"),
    ("contest", "upheld", "event-contest-upheld"),
    ("contest", "refused", "event-contest-refused"),
    ("hold", "placed", "event-hold-placed"),
    ("hold", "lifted", "event-hold-lifted"),
    ("hold", "expired", "event-hold-expired"),
    ("message", "sent", "event-sent"),
    ("message", "receipted", "event-receipted"),
    ("message", "received", "event-received"),
    ("message", "answered", "event-answered"),
    ("message", "fallback", "event-fallback"),
    ("message", "undelivered", "event-undelivered"),
    ("referral", "assess", "event-drafted"),
    ("referral", "approve", "event-letter-approved"),
    ("referral", "enqueue", "event-enqueued"),
    ("referral", "hold", "event-held-back"),
    ("referral", "held_by_preflight", "event-held-back"),
    ("referral", "relay_accepted", "event-relayed"),
    ("referral", "receipt", "event-receipted"),
    ("referral", "give_up", "event-undelivered"),
    ("referral", "progress", "event-progress"),
    ("referral", "question", "event-question"),
    ("referral", "informed", "event-informed"),
    ("referral", "outcome", "event-outcome"),
    ("referral", "partial_outcome", "event-partial-outcome"),
    ("referral", "remind", "event-reminded"),
    ("referral", "ladder_end", "event-ladder-end"),
    ("referral", "looked", "event-looked"),
    ("referral", "recheck_asked", "event-recheck-asked"),
    ("referral", "gone", "event-gone"),
    ("referral", "withdraw", "event-withdrawn"),
    ("referral", "all_acknowledged", "event-all-acknowledged"),
    ("referral", "close", "event-closed"),
    ("referral", "contest_after_outcome", "event-contest-opened"),
    ("referral", "contest_without_outcome", "event-contest-opened"),
    ("signal", "added", "event-signal-added"),
    ("signal", "disputed", "event-signal-disputed"),
    ("signal", "upheld", "event-signal-upheld"),
    ("signal", "fuse_blew", "event-signal-fuse"),
    ("signal", "withdrawn", "event-signal-withdrawn"),
    ("bank", "import_begun", "event-bank-import-begun"),
    ("bank", "imported", "event-bank-imported"),
    ("agency", "founded", "event-agency-founded"),
    ("agency", "key_made", "event-agency-key-made"),
    ("agency", "list_proposed", "event-agency-list-proposed"),
    ("agency", "list_enabled", "event-agency-list-enabled"),
    ("agency", "list_dropped", "event-agency-list-dropped"),
    ("agency", "list_ended", "event-agency-list-ended"),
    ("bank", "made", "event-bank-made"),
    ("bank", "exported", "event-bank-exported"),
    ("batch", "interrupted", "event-batch-interrupted"),
    ("cluster", "left", "event-cluster-left"),
    ("cluster", "matched", "event-cluster-matched"),
    ("cluster", "merged", "event-cluster-merged"),
    ("cluster", "merged_into", "event-cluster-merged-into"),
    ("cluster", "split", "event-cluster-split"),
    ("cluster", "split_off", "event-cluster-split-off"),
    ("erasure", "forgotten", "event-erasure-forgotten"),
    ("export", "backup", "event-export-backup"),
    ("export", "log_read", "event-export-log-read"),
    ("message", "duty_alert", "event-message-duty-alert"),
    ("message", "joined", "event-message-joined"),
    ("message", "notice_failed", "event-message-notice-failed"),
    ("message", "receipt_given", "event-message-receipt-given"),
    ("operation", "begun", "event-operation-begun"),
    ("cluster", "queued", "event-cluster-queued"),
    ("analysis", "opened", "event-analysis-opened"),
    ("analysis", "closed", "event-analysis-closed"),
    ("analysis", "sheet_read", "event-analysis-sheet-read"),
    ("analysis", "marked", "event-analysis-marked"),
    ("analysis", "unmarked", "event-analysis-unmarked"),
    ("plan", "sealed", "event-plan-sealed"),
    ("host", "noted", "event-host-noted"),
    ("plan", "queued", "event-plan-queued"),
    ("person", "disabled", "event-person-disabled"),
    ("person", "enrolled", "event-person-enrolled"),
    ("person", "invited", "event-person-invited"),
    ("person", "link_made", "event-person-link-made"),
    ("person", "locked", "event-person-locked"),
    ("person", "role_dropped", "event-person-role-dropped"),
    ("person", "role_proposed", "event-person-role-proposed"),
    ("person", "signed_in", "event-person-signed-in"),
    ("person", "signed_out", "event-person-signed-out"),
    ("person", "stepped_up", "event-person-stepped-up"),
    ("provider", "contact_proposed", "event-provider-contact-proposed"),
    ("provider", "contact_dropped", "event-provider-contact-dropped"),
    ("provider", "confirmed", "event-provider-confirmed"),
    ("provider", "load_confirmed", "event-provider-load-confirmed"),
    ("provider", "prefers", "event-provider-prefers"),
    ("provider", "reminders_started", "event-provider-reminders-started"),
    ("referral", "answered_after_withdrawal", "event-referral-answered-after-withdrawal"),
    ("referral", "preflight_asked", "event-referral-preflight-asked"),
    ("referral", "readdressed", "event-referral-readdressed"),
    ("referral", "reinstated", "event-referral-reinstated"),
    ("message", "relayed", "event-relayed"),
    ("message", "receipted_again", "event-receipted-again"),
    ("message", "original_missing", "event-original-missing"),
    ("referral", "edit", "event-edited"),
    ("referral", "reject", "event-rejected"),
    ("referral", "reminded_unconfirmed", "event-reminded"),
    ("person", "role_given", "event-role-given"),
    ("person", "role_taken", "event-role-taken"),
    ("agency", "protected", "event-protected"),
    ("agency", "unprotected", "event-unprotected"),
    ("provider", "changed", "event-provider-changed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_events_have_words_in_every_language() {
        for lang in Lang::ALL {
            let w = Words::new(lang, "UTC");
            for (code, _) in RULES {
                assert!(!w.rule(code, "").contains('⟦'), "{code} in {}", lang.tag());
            }
            for (noun, what, _) in EVENTS {
                let said = w.happened(noun, what, Some("A. Example")).unwrap_or_default();
                assert!(
                    said.contains("A. Example") && !said.contains('⟦'),
                    "{noun} {what} in {}",
                    lang.tag()
                );
            }
        }
    }

    /// Words of an event that the application does not write as a literal: the noun, the expression, what it can be.
    fn written_by_name() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
        use domain::{assessment, bank, hold, referral};
        let of_referral: Vec<&str> = referral::Event::ALL.iter().map(|event| event.word()).collect();
        let of_signal: Vec<&str> = bank::SignalEvent::ALL.iter().map(|event| event.word()).collect();
        let of_assessment: Vec<&str> = assessment::Event::ALL.iter().map(|event| event.word()).collect();
        let of_hold: Vec<&str> = hold::HoldEvent::ALL.iter().map(|event| event.word()).collect();
        vec![
            ("Referral", "word()", of_referral),
            ("Signal", "word()", of_signal),
            ("Assessment", "word()", of_assessment),
            ("Hold", "word()", of_hold),
            ("Referral", "what", vec!["remind", "reminded_unconfirmed"]),
            ("Cluster", "what", vec!["joined", "reappeared"]),
            ("Agency", "what", vec!["protected", "unprotected"]),
            ("Person", "what", vec!["role_given", "role_taken"]),
            ("Provider", "what", vec!["confirmed", "changed"]),
            ("Message", "word", vec!["receipted", "receipted_again"]),
            ("Message", "PARKED_TASK", vec![app::sweep::PARKED_TASK]),
            ("Contest", "word", vec!["upheld", "refused"]),
        ]
    }

    fn sources(folder: &std::path::Path, all: &mut Vec<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                sources(&path, all)?;
            } else {
                all.push(std::fs::read_to_string(path)?);
            }
        }
        Ok(())
    }

    /// Whatever the application appends to a ledger has words: the page of the ledger shows it to people.
    #[test]
    fn every_appended_event_has_words() -> std::io::Result<()> {
        let mut texts = Vec::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut texts)?;
        let (named, mut found) = (written_by_name(), 0);
        for call in texts.iter().flat_map(|text| text.split(".append(").skip(1)) {
            let Some(call) = call.trim_start().strip_prefix("Noun::") else { continue };
            let mut parts = call.splitn(4, ',').map(str::trim);
            let (noun, word) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default());
            let whats = match word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
                Some(literal) => vec![literal],
                None => named
                    .iter()
                    .filter(|(of, by, _)| *of == noun && (word == *by || word.ends_with(&format!(".{by}"))))
                    .flat_map(|(.., words)| words.iter().copied())
                    .collect(),
            };
            assert!(!whats.is_empty(), "what can {noun} {word} be?");
            for what in whats {
                found += 1;
                for lang in Lang::ALL {
                    let said = Words::new(lang, "UTC").happened(&noun.to_lowercase(), what, None);
                    assert!(said.is_some_and(|said| !said.contains('⟦')), "{noun} {what} in {}", lang.tag());
                }
            }
        }
        assert!(found > 80, "the calls are written otherwise: {found}");
        Ok(())
    }

    #[test]
    fn a_missing_right_is_called_by_its_name() {
        for right in domain::access::Right::ALL {
            let sentence = format!("Your roles do not include \"{right}\". Ask.");
            for lang in Lang::ALL {
                let said = Words::new(lang, "UTC").rule("no_right", &sentence);
                let inside = format!("\"{right}\"");
                assert!(!said.contains('⟦') && !said.contains(&inside), "{said}");
                assert!(RIGHTS.iter().any(|(code, _)| *code == right.to_string()), "{right}");
            }
        }
        let said =
            Words::new(Lang::En, "UTC").rule("no_right", "Your roles do not include \"read_inbox\". Ask.");
        assert!(said.contains("“Read a provider’s inbox”"), "{said}");
    }

    #[test]
    fn an_unknown_code_keeps_its_sentence() {
        assert_eq!(Words::new(Lang::Ar, "UTC").rule("new_code", "A sentence."), "A sentence.");
        assert_eq!(Words::new(Lang::En, "UTC").rule("gone", "It is gone: 404."), "It is gone: 404.");
        assert_eq!(Words::new(Lang::En, "UTC").happened("batch", "unheard_of", None), None);
    }
}
