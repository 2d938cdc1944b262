//! `renvoi network actors`: accounts on different services that may have the same actor.

use super::{Done, read_table, rounded};
use crate::command::out::say;
use ::network::actors::{
    self, Found, GROUPS, LEAD_FROM, MEASURES, Pair, Place, Table, Traces, find, measures,
};
use bankfile::file::printable;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Finds accounts on different services that may have the same actor: leads, never a ground
#[derive(Debug, Args)]
pub(super) struct Actors {
    /// A CSV: account,service,handle and if wanted name
    #[arg(long, value_name = "CSV")]
    accounts: PathBuf,
    /// A CSV: from,to and if wanted where (post or bio)
    #[arg(long, value_name = "CSV")]
    links: Option<PathBuf>,
    /// A CSV: time,account,object; the time in seconds
    #[arg(long, value_name = "CSV")]
    uploads: Option<PathBuf>,
    /// The least probability that is told, 0 to 1
    #[arg(long, value_name = "PART", default_value_t = LEAD_FROM, value_parser = part)]
    least: f64,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

fn part(text: &str) -> Result<f64, String> {
    let part = text.parse().ok().filter(|part| (0.0..=1.0).contains(part));
    part.ok_or_else(|| "a probability is a number from 0 to 1".to_owned())
}

impl Actors {
    pub(super) fn run(&self) -> Done {
        let table = read_table(&self.accounts, actors::accounts)?;
        let links = match &self.links {
            Some(file) => read_table(file, |file| actors::links(file, &table.ids))?,
            None => Vec::new(),
        };
        let acts = match &self.uploads {
            Some(file) => read_table(file, |file| actors::uploads(file, &table.ids))?,
            None => Vec::new(),
        };
        let found = find(&Traces { accounts: &table.accounts, links: &links, acts: &acts }, self.least);
        if self.json {
            return say!("{}", object(&table, &found));
        }
        for pair in &found.pairs {
            let (a, b) = (printable(table.ids.name(pair.a)), printable(table.ids.name(pair.b)));
            say!("{:.2}\t{a}\t{b}\t{}", pair.probability, words(pair, table.accounts.len()))?;
        }
        Ok(())
    }
}

fn object(table: &Table, found: &Found) -> Value {
    let pairs: Vec<Value> = found.pairs.iter().map(|pair| told(table, pair)).collect();
    json!({ "pairs": pairs, "compared": found.compared, "accounts": table.accounts.len() })
}

fn told(table: &Table, pair: &Pair) -> Value {
    let (evidence, accounts) = (&pair.evidence, table.accounts.len());
    let place = |place: Option<Place>| {
        place.map(|place| match place {
            Place::Post => "post",
            Place::Bio => "bio",
        })
    };
    let adds = GROUPS.iter().zip(pair.contributions(accounts));
    let adds: serde_json::Map<String, Value> =
        adds.map(|(group, add)| (group.word().to_owned(), json!(rounded(add)))).collect();
    let values = measures(evidence, accounts);
    let values: serde_json::Map<String, Value> = MEASURES
        .iter()
        .zip(values)
        .map(|((name, ..), value)| ((*name).to_owned(), json!(rounded(value))))
        .collect();
    json!({
        "a": table.ids.name(pair.a),
        "b": table.ids.name(pair.b),
        "probability": rounded(pair.probability),
        "adds": adds,
        "evidence": {
            "names": evidence.names.map(|names| json!({
                "similarity": rounded(names.similarity), "edit": rounded(names.edit), "called_alike": names.close,
            })),
            "links": {
                "there": place(evidence.links.there), "back": place(evidence.links.back),
                "linked_by_others": [evidence.links.known.0, evidence.links.known.1],
            },
            "shared": {
                "objects": evidence.shared.objects, "of": [evidence.shared.of.0, evidence.shared.of.1],
                "first": [evidence.shared.first.0, evidence.shared.first.1],
                "alone": evidence.shared.alone, "share_as_much": evidence.shared.close,
                "lag_seconds": (evidence.shared.objects > 0)
                    .then(|| evidence.shared.lag_median_ms as f64 / 1000.0),
            },
        },
        "measures": values,
    })
}

/// What speaks for and what against, the strongest first.
fn words(pair: &Pair, accounts: usize) -> String {
    let mut adds: Vec<_> = GROUPS.iter().zip(pair.contributions(accounts)).collect();
    adds.sort_by(|x, y| y.1.abs().total_cmp(&x.1.abs()));
    let list = |side: fn(f64) -> bool| {
        let of = adds.iter().filter(|(_, add)| side(*add) && add.abs() >= 0.1);
        let words: Vec<&str> = of.map(|(group, _)| group.word()).collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
    };
    format!("for: {}; against: {}", list(|add| add > 0.0), list(|add| add < 0.0))
}
