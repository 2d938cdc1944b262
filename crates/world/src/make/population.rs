//! The invented accounts: most post once, a few post much.
//!
//! The world does not spread as the planner assumes (D30): there is no cascade along followers here. Who posts next is
//! drawn by activity, who copies is drawn by closeness in time and by a few small groups that act together.

use serde::Serialize;

use super::plan::Plan;
use super::text;
use crate::model::{Handle, Service};
use crate::rng::Rng;

/// Accounts of each service that may be in a group.
const GROUP_CANDIDATES: usize = 7;
const FOLLOWERS_MEDIAN_LOW: u64 = 90;
const FOLLOWERS_MAX: u64 = 60_000;
const ACTIVITY_MAX: u64 = 120;

/// One line of `population.ndjson`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Account {
    pub(crate) service: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) followers: u64,
    /// Posts a week; the weight with which it is drawn.
    pub(crate) activity: u64,
    /// Number of the group that acts together, when it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<usize>,
    #[serde(skip)]
    cumulative: u64,
}

/// All accounts, ordered by service.
pub(crate) struct Population {
    pub(crate) accounts: Vec<Account>,
    /// First account of each service, and one past the last.
    starts: Vec<usize>,
    /// Members of each group that acts together, as places in `accounts`.
    groups: Vec<Vec<usize>>,
}

/// Makes the accounts: about one for three items, at least four a service.
pub(crate) fn population(plan: &Plan, services: &[Service]) -> Population {
    let mut rng = Rng::new(plan.seed, "population");
    let groups = (plan.items / 300).max(1);
    let mut accounts = Vec::new();
    let mut starts = vec![0];
    for (rank, service) in services.iter().enumerate() {
        let share = plan.items / 3 / (rank + 3);
        let mut cumulative = 0;
        for n in 0..4 + share {
            let first = text::name(&mut rng);
            let last = text::name(&mut rng);
            let activity = rng.heavy(1, ACTIVITY_MAX);
            cumulative += activity;
            accounts.push(Account {
                service: service.host.clone(),
                handle: format!("{first}_{last}{}", rng.below(90) + 10),
                name: format!(
                    "{}{} {}{}",
                    first[..1].to_uppercase(),
                    &first[1..],
                    last[..1].to_uppercase(),
                    &last[1..]
                ),
                followers: rng.heavy(FOLLOWERS_MEDIAN_LOW, FOLLOWERS_MAX),
                activity,
                group: (!service.protected && n < GROUP_CANDIDATES && rng.percent(30))
                    .then(|| rng.below(groups)),
                cumulative,
            });
        }
        starts.push(accounts.len());
    }
    let members =
        |group| (0..accounts.len()).filter(|at| accounts[*at].group == Some(group)).collect::<Vec<_>>();
    let groups = (0..groups).map(members).filter(|members| !members.is_empty()).collect();
    Population { accounts, starts, groups }
}

impl Population {
    /// A member of the group that spreads a content, and its service; nothing when there are no groups.
    pub(crate) fn member(&self, rng: &mut Rng, content: usize) -> Option<(&Account, usize)> {
        let group = self.groups.get(content % self.groups.len().max(1))?;
        let at = *rng.pick(group);
        let service = self.starts.partition_point(|start| *start <= at) - 1;
        Some((&self.accounts[at], service))
    }

    /// One account of a service, drawn by activity.
    pub(crate) fn author(&self, rng: &mut Rng, service: usize) -> &Account {
        let here = &self.accounts[self.starts[service]..self.starts[service + 1]];
        let total = here.last().map_or(1, |a| a.cumulative);
        let at = rng.below(total as usize) as u64;
        let place = here.partition_point(|a| a.cumulative <= at);
        &here[place.min(here.len() - 1)]
    }
}

impl Account {
    /// As posts name it.
    pub(crate) fn handle(&self) -> Handle {
        Handle { handle: self.handle.clone(), name: self.name.clone() }
    }
}
