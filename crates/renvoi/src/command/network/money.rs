//! `renvoi network money`: identifiers that money is sent to, and who posts them.

use super::{Done, read_table};
use crate::command::out;
use crate::command::out::say;
use ::network::money::{Found, Together, Use, find};
use bankfile::file::printable;
use bankfile::money::{Posts, Used, read};
use clap::Args;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Other identifiers of the same accounts that are told.
const BESIDE_MAX: usize = 20;

/// Finds identifiers that money is sent to, and who posts them in contents of their own: leads, never a ground
#[derive(Debug, Args)]
pub(super) struct Money {
    /// Posts, a JSON object a line: id, time, text, and if wanted account, service, links, content
    #[arg(long, value_name = "NDJSON")]
    posts: PathBuf,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Money {
    pub(super) fn run(&self) -> Done {
        let posts = read_table(&self.posts, read)?;
        let uses: Vec<Use> = posts.uses.iter().map(used).collect();
        let found = find(&uses);
        let doubtful = |one: &Found| posts.identifiers[one.identifier as usize].doubtful;
        let (unchecked, found): (Vec<Found>, Vec<Found>) = found.into_iter().partition(doubtful);
        if self.json {
            let together = Together::of(uses);
            let mut own: BTreeMap<u32, Vec<&Used>> = BTreeMap::new();
            posts.uses.iter().for_each(|of| own.entry(of.identifier).or_default().push(of));
            let of = |one: &Found| own.get(&one.identifier).map(Vec::as_slice).unwrap_or_default();
            let all: Vec<Value> = found.iter().map(|one| told(&posts, of(one), &together, one)).collect();
            let left_out = json!({ "unchecked": unchecked.len() });
            return say!("{}", json!({ "identifiers": all, "posts": posts.read, "left_out": left_out }));
        }
        out::all(|to| {
            found.iter().try_for_each(|one| {
                let named = &posts.identifiers[one.identifier as usize];
                let Found { apart, accounts, contents, posts, .. } = one;
                let (value, standing) = (printable(&named.value), one.standing().word());
                writeln!(
                    to,
                    "{apart} apart\t{accounts} accounts\t{contents} contents\t{posts} posts\t{standing}\t{}\t{value}",
                    named.kind
                )
            })
        })
    }
}

fn used(of: &Used) -> Use {
    let Used { identifier, content, account, service, at_ms, .. } = *of;
    Use { identifier, content, account, service, at_ms }
}

fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

fn told(posts: &Posts, own: &[&Used], together: &Together, one: &Found) -> Value {
    let mut accounts: BTreeMap<u32, (u32, BTreeSet<u32>)> = BTreeMap::new();
    for of in own {
        if let Some(account) = of.account {
            let by = accounts.entry(account).or_default();
            by.0 += 1;
            by.1.insert(of.content);
        }
    }
    let accounts: Vec<Value> = accounts
        .into_iter()
        .map(|(account, (count, contents))| {
            json!({ "account": posts.accounts[account as usize], "posts": count, "contents": contents })
        })
        .collect();
    let posted: Vec<Value> =
        own.iter().map(|of| json!([seconds(of.at_ms), posts.ids[of.post as usize], of.content])).collect();
    let services: BTreeSet<&str> =
        own.iter().map(|of| posts.services[of.service as usize].as_str()).collect();
    let too: Vec<Value> = together
        .beside(one.identifier)
        .into_iter()
        .filter(|(other, _)| !posts.identifiers[*other as usize].doubtful)
        .take(BESIDE_MAX)
        .map(|(other, by)| {
            let other = &posts.identifiers[other as usize];
            json!({ "kind": other.kind, "value": other.value, "accounts": by })
        })
        .collect();
    let named = &posts.identifiers[one.identifier as usize];
    json!({
        "kind": named.kind, "value": named.value, "checked": named.checked,
        "standing": one.standing().word(), "apart": one.apart, "accounts": one.accounts,
        "contents": one.contents, "posts": one.posts, "services": services,
        "first": seconds(one.first_ms), "last": seconds(one.last_ms),
        "posted_by": accounts, "posted": posted, "beside": too,
    })
}
