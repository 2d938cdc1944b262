//! Why an account is in a plan, for people and as JSON.

use super::{pair, percent, rounded};
use ::network::Graph;
use ::network::plan::Why;
use ::network::rank::Through;
use serde_json::{Value, json};

/// What is told of an account: what it holds, and its rank, when it has one.
pub(super) type Told = (Why, Option<Through>);

/// The part of an object of a plan.
pub(super) fn object(graph: &Graph, (why, rank): &Told) -> Value {
    let name = |account: u32| graph.accounts().name(account);
    let ways: Vec<Value> = why
        .ways
        .iter()
        .map(|way| {
            let accounts: Vec<&str> = way.accounts.iter().map(|account| name(*account)).collect();
            json!({ "accounts": accounts, "part": rounded(way.part) })
        })
        .collect();
    let cut_off: Vec<Value> = why
        .cut_off
        .iter()
        .map(|cut| json!({ "community_of": name(cut.named), "accounts": cut.accounts, "part": rounded(cut.part) }))
        .collect();
    json!({
        "alone": rounded(why.alone.mean),
        "alone90": pair(why.alone.interval90),
        "rank": rank.map(|rank| rank.rank),
        "rank_low": rank.map(|rank| rank.between.0),
        "rank_high": rank.map(|rank| rank.between.1),
        "in_first": rank.map(|rank| rounded(rank.in_first)),
        "ways": ways,
        "cut_off": cut_off,
        "substitute": why.substitute.map(|(account, more)| json!({ "account": name(account), "more_reached": rounded(more) })),
    })
}

/// Lines for people, each a sentence. `first` is how many accounts the plan has.
pub(super) fn sentences(graph: &Graph, (why, rank): &Told, first: usize) -> Vec<String> {
    let name = |account: u32| graph.accounts().name(account);
    let (low, high) = (percent(why.alone.interval90.0), percent(why.alone.interval90.1));
    let mut lines = vec![format!(
        "{} of the audience is reached only through it (90 %: {low} to {high}).",
        percent(why.alone.mean)
    )];
    lines.push(match rank {
        Some(rank) => format!(
            "Rank {} by that (90 %: {} to {}); in the first {first} in {:.0} of 100 draws of worlds.",
            rank.rank,
            rank.between.0,
            rank.between.1,
            rank.in_first * 100.0
        ),
        None => "It has no rank by that: it counts after those before it are gone.".to_owned(),
    });
    if let Some(way) = why.ways.first() {
        let accounts: Vec<&str> = way.accounts.iter().map(|account| name(*account)).collect();
        lines.push(format!(
            "Mostly from {}, in {} of worlds where it comes there.",
            accounts.join(" to "),
            percent(way.part)
        ));
    }
    for cut in &why.cut_off {
        lines.push(format!(
            "The community of {} ({} accounts) loses {} of what is reached of it.",
            name(cut.named),
            cut.accounts,
            percent(cut.part)
        ));
    }
    if let Some((account, more)) = why.substitute {
        lines.push(format!("In its place {} would leave {more:.1} accounts more reached.", name(account)));
    }
    lines
}
