//! Columns of tables: what a file's columns seem to hold, and what people said that they hold.
//!
//! A saved mapping belongs to an agency and to a set of column names; a file with those columns is read by it at once.

use crate::{Act, Error, House, Result};
use connect::sources::{self, Columns, Field, Input, Mapping};
use domain::access::{Actor, Right};
use domain::written::{self, Lines};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Most mappings that are kept for one agency.
const SAVED_MAX: i64 = 100;
/// Greatest length of a mapping's name, in characters.
const NAME_MAX_CHARS: usize = 80;

/// A table's columns: name, first value, the word of what it seems to hold (empty: nothing).
pub type Column = (String, String, String);

/// A mapping that an agency keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// Names of the columns that it is for.
    pub columns: BTreeSet<String>,
    /// What they hold.
    pub mapping: Value,
}

/// A file's columns, as they were guessed.
#[derive(Debug, Clone)]
pub struct Guess(Columns);

/// Words of what a column can hold, in the order in which people choose.
#[must_use]
pub fn meanings() -> Vec<String> {
    Field::ALL.iter().map(|field| word(*field)).collect()
}

fn word(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Guesses what the columns of a file hold; `None` when there is nothing to ask.
pub async fn guess(format: &str, file: &Path, name: &str) -> Result<Option<Guess>> {
    let (format, file, name) = (format.to_owned(), file.to_owned(), name.to_owned());
    tokio::task::spawn_blocking(move || {
        let opened = std::fs::File::open(&file)
            .map_err(|error| Error::Input(format!("{name} cannot be read: {error}.")))?;
        let input = Input::new(name, std::io::BufReader::new(opened));
        let found = sources::columns(&format, input).map_err(|why| Error::Input(why.to_string()))?;
        Ok(found.map(Guess))
    })
    .await?
}

impl Guess {
    /// The columns in the file's order.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let means = |name: &String| {
            let found = self.0.guess.columns.iter().find(|(_, column)| *column == name);
            found.map(|(field, _)| word(*field)).unwrap_or_default()
        };
        let first = self.0.first.iter().cloned().chain(std::iter::repeat(String::new()));
        self.0.names.iter().zip(first).map(|(name, first)| (name.clone(), first, means(name))).collect()
    }

    /// The mapping by what a person chose for each column, in the file's order; an empty word leaves a column out.
    pub fn chosen(&self, words: &[String]) -> Result<Value> {
        let mut columns = serde_json::Map::new();
        for (name, word) in self.0.names.iter().zip(words).filter(|(_, word)| !word.is_empty()) {
            if columns.insert(word.clone(), Value::String(name.clone())).is_some() {
                return Err(Error::Input(format!(
                    "Two columns cannot both mean \"{word}\". Choose one of them."
                )));
            }
        }
        if columns.is_empty() {
            return Err(Error::Input("Say of at least one column what it means.".into()));
        }
        let columns = serde_json::from_value(Value::Object(columns))
            .map_err(|error| Error::Input(format!("The columns cannot be read so: {error}.")))?;
        Ok(serde_json::to_value(Mapping { columns, ..self.0.guess.clone() })?)
    }

    fn names(&self) -> BTreeSet<String> {
        self.0.names.iter().cloned().collect()
    }
}

fn key(actor: &Actor, name: &str) -> String {
    format!("mapping:{}:{name}", actor.agency)
}

/// Mappings of the actor's agency, by name.
pub async fn saved(house: &House, actor: &Actor) -> Result<Vec<Saved>> {
    actor.need(Right::Intake)?;
    let rows = house
        .db
        .rows(
            "SELECT value FROM house WHERE name LIKE $1 AND value <> '' ORDER BY name LIMIT $2",
            store::params![key(actor, "%"), SAVED_MAX],
        )
        .await?;
    rows.iter().map(|row| Ok(row.json("value")?)).collect()
}

/// The kept mapping for a file with exactly these columns.
pub async fn known(house: &House, actor: &Actor, guess: &Guess) -> Result<Option<Value>> {
    let names = guess.names();
    Ok(saved(house, actor).await?.into_iter().find(|kept| kept.columns == names).map(|kept| kept.mapping))
}

/// Keeps a mapping under a name; one of the same name is replaced.
pub async fn keep(house: &House, actor: &Actor, name: &str, guess: &Guess, mapping: Value) -> Result<()> {
    actor.need(Right::Intake)?;
    let wrong = || Error::Input(format!("Name the mapping in at most {NAME_MAX_CHARS} characters."));
    written::sound(name, (0, NAME_MAX_CHARS), Lines::One).map_err(|bad| bad.refused(|_| wrong()))?;
    if name.contains('%') {
        return Err(wrong());
    }
    let kept = Saved { name: name.to_owned(), columns: guess.names(), mapping };
    let mut act = Act::of(house, actor, actor.agency).await?;
    store::agency::set_house(&mut act.tx, &key(actor, name), &serde_json::to_string(&kept)?).await?;
    act.commit().await
}

/// Forgets a mapping: the next file with its columns is asked about again.
pub async fn forget(house: &House, actor: &Actor, name: &str) -> Result<()> {
    actor.need(Right::Intake)?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    act.tx.run("DELETE FROM house WHERE name = $1", store::params![key(actor, name)]).await?;
    act.commit().await
}
