//! From folded events to the numbers of a report.

use crate::fold::{Folded, Item, Referral, Traits};
use crate::{Ask, time};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Every figure that a report has, also when it is 0.
const FIGURES: [&str; 28] = [
    "observed",
    "duplicates",
    "set_aside",
    "refused",
    "unique",
    "clusters",
    "matched",
    "reappeared",
    "assessments",
    "assessed",
    "identical_texts",
    "approved",
    "held_back",
    "referrals",
    "referred",
    "received",
    "answered",
    "removed",
    "no_action",
    "needs_information",
    "unanswered",
    "withdrawn",
    "overturned",
    "reviewed",
    "standing",
    "gone",
    "duplicates_sent",
    "without_second_person",
];
/// What figures are broken down by.
const DIMENSIONS: [&str; 5] = ["service", "language", "kind", "agency", "hour"];
/// Shares: id, part, whole.
const SHARES: [(&str, &str, &str); 4] = [
    ("precision_after_review", "standing", "referred"),
    ("answered_share", "answered", "referred"),
    ("removed_share", "removed", "referred"),
    ("identical_texts_share", "identical_texts", "assessments"),
];
/// Answers by which nobody in the Union reaches the item any more because the provider acted.
const REMOVALS: [&str; 5] =
    ["removed", "disabled_everywhere", "disabled_in_union", "account_terminated", "account_suspended"];
/// Answers by which the provider put the item back on its own judgement.
const PUT_BACK: [&str; 2] = ["restored_after_complaint", "restored_after_review"];
/// Hours at which durations are marked, in seconds.
const MARKS_S: [i64; 6] = [3_600, 21_600, 43_200, 86_400, 172_800, 604_800];

/// Numbers by name; by dimension, value and name.
#[derive(Default)]
struct Sums {
    figures: BTreeMap<&'static str, u64>,
    by: BTreeMap<(&'static str, String), BTreeMap<&'static str, u64>>,
}

impl Sums {
    fn add(&mut self, figure: &'static str, count: u64) {
        *self.figures.entry(figure).or_default() += count;
    }

    fn add_by(&mut self, dimension: &'static str, value: &str, figure: &'static str, count: u64) {
        if count > 0 {
            *self.by.entry((dimension, value.to_owned())).or_default().entry(figure).or_default() += count;
        }
    }

    fn one(&mut self, figure: &'static str, of: Option<&Traits>, agency: &str, at_us: i64) {
        self.add(figure, 1);
        self.add_by("service", of.map_or("", |of| &of.service), figure, 1);
        self.add_by("language", of.map_or("und", |of| &of.language), figure, 1);
        self.add_by("kind", of.map_or("item", |of| &of.kind), figure, 1);
        self.add_by("agency", agency, figure, 1);
        self.add_by("hour", &time::hour(at_us), figure, 1);
    }
}

/// The numbers, in the form of the report's JSON.
pub(crate) fn count(folded: &Folded, ask: &Ask) -> Value {
    let within = |at_us: i64| ask.from_us <= at_us && at_us < ask.to_us;
    let mut sums = Sums::default();
    intakes(&mut sums, folded, within);
    joins(&mut sums, folded, within);
    let decisions = assessments(&mut sums, folded, within);
    let sent: Vec<&Referral> = folded
        .referrals
        .values()
        .filter(|referral| referral.here && referral.message.is_some() && within(referral.queued_us))
        .collect();
    let (mut answers, mut classes) = (BTreeMap::new(), BTreeMap::new());
    for referral in &sent {
        let received = referral.message.as_ref().and_then(|message| folded.receipts.get(message));
        message(&mut sums, folded, referral);
        for item in &referral.items {
            item_of(&mut sums, referral, item, received.is_some());
            *answers.entry(item.answer.clone().unwrap_or_else(|| "none".to_owned())).or_insert(0_u64) += 1;
            *classes.entry(item.class.clone().unwrap_or_else(|| "not_looked".to_owned())).or_insert(0_u64) +=
                1;
        }
    }
    for referral in folded.referrals.values().filter(|referral| referral.here && referral.message.is_none()) {
        if referral.made_us.is_some_and(within) && referral.withdrawn_us.is_none() {
            sums.add("held_back", referral.planned);
        }
    }
    sums.add("duplicates_sent", sent_twice(folded, ask));
    let durations = durations(folded, &sent, ask.as_of_us);
    let figure = |name: &str| sums.figures.get(name).copied().unwrap_or_default();
    let share =
        |(id, part, whole): &(&str, &str, &str)| ((*id).to_owned(), ratio(figure(part), figure(whole)));
    json!({
        "figures": FIGURES.iter().map(|name| ((*name).to_owned(), figure(name).into())).collect::<Map<_, _>>(),
        "shares": SHARES.iter().map(share).collect::<Map<_, _>>(),
        "durations": durations,
        "by": by(&sums),
        "decisions": decisions,
        "answers": answers,
        "liveness": classes,
    })
}

fn ratio(part: u64, whole: u64) -> Value {
    let per_mille = if whole == 0 { None } else { Some((part * 2000 + whole) / (whole * 2)) };
    json!({ "part": part, "whole": whole, "per_mille": per_mille })
}

fn by(sums: &Sums) -> Value {
    let mut out: Map<String, Value> = DIMENSIONS.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    for ((dimension, value), figures) in &sums.by {
        out[*dimension][value] = json!(figures);
    }
    out.into()
}

fn intakes(sums: &mut Sums, folded: &Folded, within: impl Fn(i64) -> bool) {
    for intake in folded.intakes.iter().filter(|intake| within(intake.at_us)) {
        sums.add("observed", intake.observed);
        sums.add("duplicates", intake.duplicate);
        sums.add("set_aside", intake.set_aside);
        sums.add("refused", intake.refused);
        sums.add_by("agency", &intake.agency, "observed", intake.observed);
        sums.add_by("hour", &time::hour(intake.at_us), "observed", intake.observed);
        for (language, count) in &intake.languages {
            sums.add_by("language", language, "observed", *count);
        }
    }
}

fn joins(sums: &mut Sums, folded: &Folded, within: impl Fn(i64) -> bool) {
    let (mut seen, mut returned, mut clusters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for join in folded.joins.iter().filter(|join| within(join.at_us)) {
        let of = folded.traits.get(&join.subject);
        let mut cluster = &join.cluster;
        while let Some(into) = folded.merged.get(cluster) {
            cluster = into;
        }
        clusters.insert(cluster);
        if seen.insert(&join.subject) {
            sums.one("unique", of, &join.agency, join.at_us);
            if folded.matched.contains(&join.subject) {
                sums.one("matched", of, &join.agency, join.at_us);
            }
        }
        if join.reappeared && returned.insert(&join.subject) {
            sums.one("reappeared", of, &join.agency, join.at_us);
        }
    }
    sums.add("clusters", clusters.len() as u64);
}

fn assessments(sums: &mut Sums, folded: &Folded, within: impl Fn(i64) -> bool) -> BTreeMap<String, u64> {
    let (mut assessed, mut approved) = (BTreeSet::new(), BTreeSet::new());
    let (mut decisions, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for assessment in folded.assessments.values() {
        let saved = within(assessment.made_us);
        if saved {
            sums.add("assessments", 1);
            *decisions.entry(assessment.decision.clone()).or_insert(0) += 1;
            *texts.entry(&assessment.texts).or_insert(0_u64) += 1;
        }
        for subject in &assessment.subjects {
            let of = folded.traits.get(subject);
            if saved && assessed.insert(subject) {
                sums.one("assessed", of, &assessment.agency, assessment.made_us);
            }
            if let Some(at) = assessment.approved_us.filter(|at| within(*at))
                && approved.insert(subject)
            {
                sums.one("approved", of, &assessment.agency, at);
            }
        }
    }
    sums.add("identical_texts", texts.values().filter(|count| **count > 1).sum());
    decisions
}

fn message(sums: &mut Sums, folded: &Folded, referral: &Referral) {
    sums.add("referrals", 1);
    let assessment = folded.assessments.get(&referral.assessment);
    let second = assessment.is_some_and(|assessment| {
        assessment.approver.as_ref().is_some_and(|approver| !assessment.authors.contains(approver))
    });
    sums.add("without_second_person", u64::from(!second));
}

fn item_of(sums: &mut Sums, referral: &Referral, item: &Item, received: bool) {
    let answer = item.answer.as_deref().unwrap_or_default();
    let put_back = PUT_BACK.contains(&answer);
    let withdrawn = referral.withdrawn_us.is_some();
    let overturned = referral.upheld || put_back;
    let mut one = |figure: &'static str, holds: bool| {
        if holds {
            sums.one(figure, Some(&item.of), &referral.agency, referral.queued_us);
        }
    };
    one("referred", true);
    one("received", received);
    one("answered", item.final_us.is_some());
    one("unanswered", item.final_us.is_none());
    one("removed", REMOVALS.contains(&answer));
    one("no_action", answer == "no_action");
    one("needs_information", answer == "needs_information");
    one("withdrawn", withdrawn);
    one("overturned", overturned);
    one("reviewed", withdrawn || put_back || referral.decided);
    one("standing", !withdrawn && !overturned);
    one("gone", item.gone);
}

/// Items that went to a provider which had them from an earlier referral that stood at that time.
fn sent_twice(folded: &Folded, ask: &Ask) -> u64 {
    let mut earlier: BTreeMap<(&str, &str), Vec<Option<i64>>> = BTreeMap::new();
    let mut sent: Vec<&Referral> = folded
        .referrals
        .values()
        .filter(|referral| referral.here && referral.message.is_some() && referral.queued_us < ask.to_us)
        .collect();
    sent.sort_by_key(|referral| (referral.queued_us, &referral.message));
    let mut twice = 0;
    for referral in sent {
        for item in &referral.items {
            let before = earlier.entry((&item.subject, &referral.provider)).or_default();
            let stood = before.iter().any(|until| until.is_none_or(|until| until > referral.queued_us));
            twice += u64::from(stood && referral.queued_us >= ask.from_us);
            before.push(referral.withdrawn_us);
        }
    }
    twice
}

fn durations(folded: &Folded, sent: &[&Referral], as_of_us: i64) -> Value {
    let (mut receipts, mut answers) = (Vec::new(), Vec::new());
    for referral in sent {
        let received = referral.message.as_ref().and_then(|message| folded.receipts.get(message)).copied();
        receipts.push((referral.queued_us, received));
        if let Some(received) = received {
            answers.extend(referral.items.iter().map(|item| (received, item.final_us)));
        }
    }
    json!({ "to_receipt": distribution(&receipts, as_of_us), "to_answer": distribution(&answers, as_of_us) })
}

/// Whole seconds from one instant to another, each cut to seconds first; never less than 0.
fn took_s(begin_us: i64, end_us: i64) -> i64 {
    (end_us.div_euclid(1_000_000) - begin_us.div_euclid(1_000_000)).max(0)
}

fn distribution(spans: &[(i64, Option<i64>)], as_of_us: i64) -> Value {
    let mut done: Vec<i64> =
        spans.iter().filter_map(|(begin, end)| end.map(|end| took_s(*begin, end))).collect();
    done.sort_unstable();
    let nearest_rank = |percent: usize| match (done.len() * percent).div_ceil(100) {
        0 => None,
        rank => Some(done[rank - 1]),
    };
    let mut marks = Vec::new();
    for after_s in MARKS_S {
        let watched = spans.iter().filter(|(begin, _)| took_s(*begin, as_of_us) >= after_s);
        let open = watched.filter(|(begin, end)| end.is_none_or(|end| took_s(*begin, end) > after_s)).count();
        let ended = done.iter().filter(|took| **took <= after_s).count();
        marks.push(json!({ "after_s": after_s, "done": ended, "open": open }));
    }
    json!({
        "done": done.len(), "open": spans.len() - done.len(), "median_s": nearest_rank(50), "p90_s": nearest_rank(90),
        "marks": marks,
    })
}
