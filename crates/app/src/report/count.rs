//! From rows to numbers; no I/O.

use super::{Counts, Mark, Ratio, Timing};
use domain::assessment::State;
use domain::figure;
use domain::id::AssessmentId;
use domain::referral::{Answer, answer_took_s};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::report::{Assessed, Batch, Member, Sending, Sent, Traits, Window};

/// Everything that was read of a window.
pub(super) struct Rows {
    pub(super) batches: Vec<Batch>,
    pub(super) members: Vec<Member>,
    pub(super) assessments: Vec<Assessed>,
    pub(super) assessed_items: Vec<(AssessmentId, Traits)>,
    pub(super) sent: Vec<Sent>,
    pub(super) held_back: u64,
    pub(super) sendings: Vec<Sending>,
}

/// Counts; `texts` are digests of the assessments' texts.
pub(super) fn counts(window: &Window, as_of: Timestamp, rows: &Rows, texts: &[String]) -> Counts {
    let mut counts = Counts::default();
    for figure in figure::ACTION_DAY {
        counts.figures.insert(figure.id, 0);
    }
    for (dimension, ..) in figure::DIMENSIONS {
        counts.by.insert(dimension, BTreeMap::new());
    }
    batches(&mut counts, &rows.batches);
    members(&mut counts, &rows.members);
    assessments(&mut counts, window, rows, texts);
    counts.add("held_back", rows.held_back);
    for item in &rows.sent {
        sent(&mut counts, item);
    }
    messages(&mut counts, &rows.sent);
    counts.add("duplicates_sent", sent_twice(window, &rows.sendings));
    durations(&mut counts, as_of, &rows.sent);
    for share in figure::SHARES {
        let figure = |id: &str| counts.figures.get(id).copied().unwrap_or_default();
        let ratio = Ratio::new(figure(share.part), figure(share.whole));
        counts.shares.insert(share.id, ratio);
    }
    counts
}

/// Where something is counted besides the total.
struct Place<'a> {
    of: &'a Traits,
    agency: String,
    at: Timestamp,
}

impl Counts {
    fn add(&mut self, figure: &'static str, count: u64) {
        *self.figures.entry(figure).or_default() += count;
    }

    fn add_by(&mut self, dimension: &'static str, value: String, figure: &'static str, count: u64) {
        if count > 0 {
            let values = self.by.entry(dimension).or_default();
            *values.entry(value).or_default().entry(figure).or_default() += count;
        }
    }

    /// One in the total and in each dimension.
    fn one(&mut self, figure: &'static str, place: &Place<'_>) {
        self.add(figure, 1);
        self.add_by("service", place.of.service.clone(), figure, 1);
        self.add_by("language", place.of.language.clone(), figure, 1);
        self.add_by("kind", place.of.kind.clone(), figure, 1);
        self.add_by("agency", place.agency.clone(), figure, 1);
        self.add_by("hour", hour(place.at), figure, 1);
    }
}

pub(super) fn hour(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%HZ").to_string()
}

fn batches(counts: &mut Counts, batches: &[Batch]) {
    for (agency, at, summary) in batches {
        let number = |name: &str| summary[name].as_u64().unwrap_or_default();
        let listed = summary["set_aside"].as_array().map_or(0, |list| list.len() as u64);
        counts.add("observed", number("observed"));
        counts.add("duplicates", number("duplicate"));
        counts.add("set_aside", listed + number("set_aside_unlisted"));
        counts.add("refused", number("refused"));
        counts.add_by("agency", agency.to_string(), "observed", number("observed"));
        counts.add_by("hour", hour(*at), "observed", number("observed"));
        for (language, count) in summary["languages"].as_object().into_iter().flatten() {
            counts.add_by("language", language.clone(), "observed", count.as_u64().unwrap_or_default());
        }
    }
}

fn members(counts: &mut Counts, members: &[Member]) {
    let (mut seen, mut returned, mut clusters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for member in members {
        let place = Place { of: &member.of, agency: member.agency.to_string(), at: member.at };
        clusters.insert(member.cluster);
        if seen.insert(member.of.subject) {
            counts.one("unique", &place);
            if member.matched {
                counts.one("matched", &place);
            }
        }
        if member.reappeared && returned.insert(member.of.subject) {
            counts.one("reappeared", &place);
        }
    }
    counts.add("clusters", clusters.len() as u64);
}

fn assessments(counts: &mut Counts, window: &Window, rows: &Rows, texts: &[String]) {
    let within = |at: Timestamp| window.from <= at && at < window.to;
    let (mut assessed, mut approved) = (BTreeSet::new(), BTreeSet::new());
    for assessment in &rows.assessments {
        let saved = within(assessment.made_at);
        let decided = assessment.decided_at.filter(|at| assessment.state == State::Approved && within(*at));
        if saved {
            counts.add("assessments", 1);
            *counts.decisions.entry(assessment.decision.word().to_owned()).or_default() += 1;
        }
        let start = rows.assessed_items.partition_point(|(id, _)| *id < assessment.id);
        let items = rows.assessed_items[start..].iter().take_while(|(id, _)| *id == assessment.id);
        for (_, of) in items {
            let agency = assessment.agency.to_string();
            if saved && assessed.insert(of.subject) {
                counts.one("assessed", &Place { of, agency: agency.clone(), at: assessment.made_at });
            }
            if let Some(at) = decided
                && approved.insert(of.subject)
            {
                counts.one("approved", &Place { of, agency, at });
            }
        }
    }
    let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
    for text in texts {
        *groups.entry(text).or_default() += 1;
    }
    counts.add("identical_texts", groups.values().filter(|count| **count > 1).sum());
}

fn sent(counts: &mut Counts, item: &Sent) {
    let place = Place { of: &item.of, agency: item.agency.to_string(), at: item.queued_at };
    let answer = item.answer.as_deref().and_then(Answer::from_word);
    let upheld = item.contests.iter().any(|state| state == "upheld");
    let put_back = matches!(answer, Some(Answer::RestoredAfterComplaint | Answer::RestoredAfterReview));
    let overturned = upheld || put_back;
    let facts = [
        ("referred", true),
        ("received", item.received_at.is_some()),
        ("answered", item.final_at.is_some()),
        ("unanswered", item.final_at.is_none()),
        ("removed", answer.is_some_and(Answer::is_removal)),
        ("no_action", answer == Some(Answer::NoAction)),
        ("needs_information", answer == Some(Answer::NeedsInformation)),
        ("withdrawn", item.withdrawn),
        ("overturned", overturned),
        ("reviewed", item.withdrawn || put_back || !item.contests.is_empty()),
        ("standing", !item.withdrawn && !overturned),
        ("gone", item.gone),
    ];
    for (figure, _) in facts.iter().filter(|(_, holds)| *holds) {
        counts.one(figure, &place);
    }
    let answer = item.answer.clone().unwrap_or_else(|| "none".to_owned());
    *counts.answers.entry(answer).or_default() += 1;
    let class = item.last_class.clone().unwrap_or_else(|| "not_looked".to_owned());
    *counts.liveness.entry(class).or_default() += 1;
}

fn messages(counts: &mut Counts, sent: &[Sent]) {
    let mut referrals = BTreeSet::new();
    for item in sent {
        if referrals.insert(item.referral) {
            counts.add("referrals", 1);
            let second = item.approver.is_some_and(|approver| approver != item.author);
            counts.add("without_second_person", u64::from(!second));
        }
    }
}

/// Items that went to a provider which had them from an earlier referral that was not withdrawn by then.
fn sent_twice(window: &Window, sendings: &[Sending]) -> u64 {
    let mut by_target: BTreeMap<_, Vec<&Sending>> = BTreeMap::new();
    for sending in sendings {
        by_target.entry((sending.subject, sending.provider)).or_default().push(sending);
    }
    let mut twice = 0;
    for sendings in by_target.values_mut() {
        sendings.sort_by_key(|sending| (sending.queued_at, sending.message));
        for (index, later) in sendings.iter().enumerate() {
            let stood = |earlier: &&Sending| earlier.withdrawn_at.is_none_or(|at| at > later.queued_at);
            twice += u64::from(later.queued_at >= window.from && sendings[..index].iter().any(stood));
        }
    }
    twice
}

fn durations(counts: &mut Counts, as_of: Timestamp, sent: &[Sent]) {
    let mut referrals = BTreeSet::new();
    let receipts: Vec<_> = sent
        .iter()
        .filter(|item| referrals.insert(item.referral))
        .map(|item| (item.queued_at, item.received_at))
        .collect();
    let answers: Vec<_> = sent.iter().filter_map(|item| Some((item.received_at?, item.final_at))).collect();
    counts.durations.insert("to_receipt", timing(&receipts, as_of));
    counts.durations.insert("to_answer", timing(&answers, as_of));
}

/// From begins and ends to a distribution.
fn timing(spans: &[(Timestamp, Option<Timestamp>)], as_of: Timestamp) -> Timing {
    let mut took: Vec<i64> =
        spans.iter().filter_map(|(begin, end)| Some(answer_took_s(*begin, (*end)?))).collect();
    took.sort_unstable();
    let rank = |percent: usize| {
        let place = (took.len() * percent).div_ceil(100);
        place.checked_sub(1).and_then(|place| took.get(place)).copied()
    };
    let mark = |after_s: &i64| {
        let open = |(begin, end): &&(Timestamp, Option<Timestamp>)| {
            answer_took_s(*begin, as_of) >= *after_s
                && end.is_none_or(|end| answer_took_s(*begin, end) > *after_s)
        };
        Mark {
            after_s: *after_s,
            done: took.iter().filter(|took| *took <= after_s).count() as u64,
            open: spans.iter().filter(open).count() as u64,
        }
    };
    Timing {
        done: took.len() as u64,
        open: (spans.len() - took.len()) as u64,
        median_s: rank(50),
        p90_s: rank(90),
        marks: figure::MARKS_S.iter().map(mark).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timing_keeps_what_is_open() {
        let at = |second| Timestamp::from_second(second).unwrap_or_default();
        let spans =
            [(at(0), Some(at(10))), (at(0), Some(at(3_600))), (at(0), Some(at(9_000))), (at(5_000), None)];
        let timing = timing(&spans, at(10_000));
        assert_eq!(
            (timing.done, timing.open, timing.median_s, timing.p90_s),
            (3, 1, Some(3_600), Some(9_000))
        );
        assert_eq!(timing.marks[0], Mark { after_s: 3_600, done: 2, open: 2 });
        assert_eq!(timing.marks[1], Mark { after_s: 21_600, done: 3, open: 0 });
    }

    #[test]
    fn shares_round_half_up() {
        let check = |part, whole, expected| assert_eq!(Ratio::new(part, whole).per_mille, expected);
        check(0, 0, None);
        check(1, 3, Some(333));
        check(2, 3, Some(667));
        check(1, 2000, Some(1));
        check(7, 7, Some(1000));
    }
}
