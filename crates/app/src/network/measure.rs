//! Reads what a sealed plan is measured by: what was referred and answered, and the course of contents since.

use super::choice::Choice;
use super::effect::{self, Case, Course, Effect};
use super::fit::{self, Fit};
use super::queue;
use super::spread::Seen;
use super::{links, unusable};
use crate::{House, Result};
use domain::event::Event;
use domain::id::{AgencyId, EventId, SubjectId};
use domain::referral::Answer;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Sealed plans that are measured, the newest whose accounts were referred.
const MEASURED_MAX: usize = 5;
/// Of the contents of late, those after this part of them are compared with the model; it is made of those before.
const LEARNT: f64 = 0.7;
const HOUR_SECONDS: i64 = 3600;

/// A sealed plan whose accounts were referred.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    plan: EventId,
    at: Timestamp,
    /// What its network was made of, and when.
    choice: Choice,
    made_at: Timestamp,
    accounts: Vec<SubjectId>,
    /// Inside key of each referred account, with the time of the final answer.
    answered: Vec<(i64, Timestamp)>,
}

/// How it stands with what a sealed plan predicted.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The event of the plan.
    pub plan: EventId,
    /// Accounts of it that were referred, and those about which a provider gave a final answer.
    pub referred: (usize, usize),
    /// What the look found.
    pub effect: Effect,
}

/// Sealed plans of a space that are followed, with the number of accounts that were referred.
pub(super) async fn followed(house: &House, space: AgencyId) -> Result<Vec<(Followed, usize)>> {
    let mut all = Vec::new();
    for event in &queue::told(house, space, "sealed").await? {
        if let Some(found) = follow(house, space, event).await? {
            all.push(found);
        }
        if all.len() == MEASURED_MAX {
            break;
        }
    }
    Ok(all)
}

/// Final answers of providers to a space, and those after which what was referred is gone.
pub(super) async fn answers(house: &House, space: AgencyId) -> Result<(usize, usize)> {
    let all = store::network::final_answers(&house.db, space).await?;
    let count = |of: &dyn Fn(Answer) -> bool| -> u64 {
        all.iter().filter(|(answer, _)| of(*answer)).map(|(_, count)| count).sum()
    };
    let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Ok((whole(count(&|_| true)), whole(count(&Answer::is_removal))))
}

async fn follow(house: &House, space: AgencyId, plan: &Event) -> Result<Option<(Followed, usize)>> {
    let accounts = queue::accounts(plan);
    let mut keys = Vec::with_capacity(accounts.len());
    for id in &accounts {
        keys.extend(store::subject::by_id(&house.db, *id).await?.map(|subject| subject.key));
    }
    let mut referred = store::network::referred(&house.db, space, &keys).await?;
    // A letter from before the plan is no answer to it.
    referred.retain(|referred| referred.queued_at >= plan.at);
    if referred.is_empty() {
        return Ok(None);
    }
    let answered = referred.iter().filter_map(|one| Some((one.subject, one.answered_at?))).collect();
    let made_at = queue::time(plan, "made_at").unwrap_or(plan.at);
    let choice = Choice::of_event(plan);
    Ok(Some((Followed { plan: plan.id, at: plan.at, choice, made_at, accounts, answered }, referred.len())))
}

fn hour(at: Timestamp) -> i64 {
    at.as_second().div_euclid(HOUR_SECONDS)
}

/// The courses of all contents, with the account where each began, in the order in which they began.
fn courses(seen: &Seen) -> Vec<(u32, Course)> {
    let mut by_content: BTreeMap<_, Vec<(Timestamp, u32)>> = BTreeMap::new();
    for (content, at, who) in seen.taken_up() {
        by_content.entry(content).or_default().push((at, who));
    }
    let mut all: Vec<(u32, Course)> = by_content
        .into_values()
        .filter_map(|mut posts| {
            posts.sort_unstable();
            let (first, who) = *posts.first()?;
            let began = hour(first);
            let in_time = posts.iter().filter(|(at, _)| hour(*at) < began + effect::HORIZON_HOURS);
            let mut reached: Vec<u32> = in_time.map(|(_, who)| *who).collect();
            reached.sort_unstable();
            reached.dedup();
            Some((who, Course { began, by: who, reached }))
        })
        .collect();
    all.sort_by_key(|(_, course)| course.began);
    all
}

/// What the contents of a space say: how well the model fits, how many began of late, and what became of sealed plans.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// How well the model fits.
    pub fit: Fit,
    /// Contents that began in the window before now.
    pub contents: usize,
    /// What became of sealed plans, newest first.
    pub looks: Vec<Look>,
}

/// Compares and measures; takes seconds for a large network, never on the path of a request. The model is that of a
/// network of this choice, and compared with contents of its time; each plan is measured by the network that it was for.
pub(super) fn told(
    seen: &Seen,
    choice: Choice,
    (followed, answers): (&[(Followed, usize)], (usize, usize)),
    now: Timestamp,
) -> Result<Told> {
    let courses = courses(seen);
    let since = choice.period.since(now);
    let seed = now.as_second().unsigned_abs();
    let late = courses.iter().filter(|(_, course)| course.began >= hour(now) - effect::WINDOW_HOURS).count();
    let mut told = Told { contents: late, ..Told::default() };
    let has_ended = |course: &Course| course.began + effect::HORIZON_HOURS <= hour(now);
    let ended: Vec<&(u32, Course)> =
        courses.iter().filter(|(_, course)| course.began >= hour(since) && has_ended(course)).collect();
    let learnt = (ended.len() as f64 * LEARNT) as usize;
    if let Some((_, first)) = ended.get(learnt).filter(|_| ended.len() - learnt >= fit::COURSES_MIN) {
        let then = Timestamp::from_second(first.began * HOUR_SECONDS).unwrap_or(now);
        let mut before = seen.of_all(choice.layers, since..then);
        let compared: Vec<(u32, usize)> =
            ended[learnt..].iter().map(|(began, course)| (*began, course.reached.len())).collect();
        // Where nothing joined accounts yet there is no model to compare with.
        if !before.edges.is_empty() {
            told.fit = fit::check(&links(&mut before)?, &compared, seed);
        }
    }
    (told.fit.answers, told.fit.acted) = answers;
    let courses: Vec<Course> = courses.into_iter().map(|(_, course)| course).collect();
    for (plan, referred) in followed {
        told.looks.push(Look {
            plan: plan.plan,
            referred: (*referred, plan.answered.len()),
            effect: plan.look(seen, (&courses, now), seed)?,
        });
    }
    Ok(told)
}

impl Followed {
    fn look(&self, seen: &Seen, (courses, now): (&[Course], Timestamp), seed: u64) -> Result<Effect> {
        let by_key: HashMap<i64, u32> = seen.accounts.iter().map(|account| account.key).zip(0..).collect();
        let answered: Vec<(u32, i64)> =
            self.answered.iter().filter_map(|(key, at)| Some((*by_key.get(key)?, hour(*at)))).collect();
        // Nothing is read again while it is too early.
        let last = answered.iter().map(|(_, hour)| *hour).max();
        let Some(from) = last.map(|last| last + effect::WINDOW_HOURS + effect::HORIZON_HOURS) else {
            return Ok(Effect::NoAnswer);
        };
        if hour(now) < from {
            return Ok(Effect::TooEarly { from });
        }
        let since = self.choice.period.since(self.made_at);
        let mut then = seen.of_all(self.choice.layers, since..self.at);
        if then.edges.is_empty() {
            return Ok(Effect::TooLittle { contents: (0, 0), alike: 0 });
        }
        let graph = links(&mut then)?;
        let by_id: HashMap<SubjectId, u32> =
            seen.accounts.iter().map(|account| account.id).zip(0..).collect();
        let plan: Vec<u32> = self.accounts.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let services: Vec<u32> = seen
            .accounts
            .iter()
            .map(|account| {
                let next = numbers.len() as u32;
                *numbers.entry(account.service.as_str()).or_insert(next)
            })
            .collect();
        let mut first_seen = vec![i64::MAX; seen.accounts.len()];
        for (_, at, who) in seen.taken_up() {
            let first = &mut first_seen[who as usize];
            *first = (*first).min(hour(at));
        }
        let posts: Vec<u32> = then.accounts.iter().map(|account| account.posts).collect();
        Ok(effect::measure(
            &Case {
                graph: &graph,
                posts: &posts,
                services: &services,
                first_seen: &first_seen,
                sources: &then.sources,
                plan: &plan,
                answered: &answered,
                courses,
                now: hour(now),
            },
            seed,
        ))
    }
}

/// The band of the share of reach that a plan ends, per content, in a thread of its own.
pub(super) async fn shares(
    graph: Arc<network::Graph>,
    (sources, plan): (Vec<u32>, Vec<u32>),
    contents: usize,
    seed: u64,
) -> Result<fit::Shares> {
    let contents = contents.clamp(effect::CONTENTS_MIN, CONTENTS_SIMULATED);
    let task = move || fit::shares(&graph, &sources, &plan, contents, seed);
    tokio::task::spawn_blocking(task).await.map_err(|error| unusable(&error))
}

/// Contents of one model at most, so that a plan is sealed in seconds.
const CONTENTS_SIMULATED: usize = 100;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::choice::{Layer, Layers, Period};
    use super::super::spread::tests::{at, seen};
    use super::*;
    use uuid::Uuid;

    /// A plan is measured by the network that it was made for: where that had no link, there is nothing to compare.
    #[test]
    fn a_look_is_at_the_network_of_the_plan() {
        let day = 24;
        // One content, copied on the first day; the plan is sealed sixty days later and answered ten days after that.
        let posts = [(1, 1, Some(1), 0), (2, 1, Some(2), 1), (3, 1, Some(4), 2), (4, 1, Some(3), 3)];
        let seen = seen(&posts, &[]);
        let look = |period: Period, layers: &[Layer]| {
            let plan = Followed {
                plan: EventId(Uuid::nil()),
                at: at(60 * day),
                choice: Choice { period, layers: Layers::of(layers).unwrap() },
                made_at: at(60 * day),
                accounts: Vec::new(),
                answered: vec![(2, at(70 * day))],
            };
            let courses: Vec<Course> = courses(&seen).into_iter().map(|(_, course)| course).collect();
            plan.look(&seen, (&courses, at(200 * day)), 1).unwrap()
        };
        let nothing = Effect::TooLittle { contents: (0, 0), alike: 0 };
        let all = look(Period::All, &Layer::ALL);
        assert_eq!(all, Effect::TooLittle { contents: (0, 0), alike: 1 });
        assert_eq!(look(Period::Days90, &[Layer::Copies]), all);
        assert_eq!(look(Period::Days30, &Layer::ALL), nothing);
        assert_eq!(look(Period::All, &[Layer::Mentions, Layer::Forwards]), nothing);
    }
}
