//! `renvoi network`: who matters in a dissemination network, from files. Needs no data directory.

mod actors;
mod cells;
mod communities;
mod dismantle;
mod money;
mod plan;
mod rank;
mod shifts;
mod simulate;
mod why;

use super::out::tell;
use super::{Done, Failed};
use ::network::{Graph, read};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Who matters in a dissemination network, and what referring some would change
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi network plan --edges edges.csv --sources sources.txt --k 50 --json\nA rank is a reason to look, never a ground."
)]
pub(crate) struct Network {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Rank(rank::Rank),
    Plan(plan::Plan),
    Simulate(simulate::Simulate),
    Communities(communities::Communities),
    Dismantle(dismantle::Dismantle),
    Cells(cells::Cells),
    Shifts(shifts::Shifts),
    Actors(actors::Actors),
    Money(money::Money),
}

impl Network {
    pub(crate) fn run(self) -> Done {
        match self.what {
            What::Rank(command) => command.run(),
            What::Plan(command) => command.run(),
            What::Simulate(command) => command.run(),
            What::Communities(command) => command.run(),
            What::Dismantle(command) => command.run(),
            What::Cells(command) => command.run(),
            What::Shifts(command) => command.run(),
            What::Actors(command) => command.run(),
            What::Money(command) => command.run(),
        }
    }
}

impl From<::network::Error> for Failed {
    fn from(error: ::network::Error) -> Self {
        Self::Input(error.to_string())
    }
}

/// Reads a file with one of the kernel's readers; errors name the file.
fn read_file<T>(file: &Path, read: impl FnOnce(File) -> ::network::Result<T>) -> Result<T, Failed> {
    let wrong = |error: &dyn std::fmt::Display| Failed::Input(format!("{}: {error}", file.display()));
    let opened = File::open(file).map_err(|error| wrong(&error))?;
    read(opened).map_err(|error| wrong(&error))
}

/// A larger table is not read.
const TABLE_BYTES_MAX: u64 = 4 << 30;

/// Opens a table of acts, counts or posts; reads what it is given to.
fn read_table<T, E: std::fmt::Display>(
    file: &Path,
    read: impl FnOnce(File) -> Result<T, E>,
) -> Result<T, Failed> {
    let wrong = |error: &dyn std::fmt::Display| Failed::Input(format!("{}: {error}", file.display()));
    let opened = File::open(file).map_err(|error| wrong(&error))?;
    let bytes = opened.metadata().map_err(|error| wrong(&error))?.len();
    if bytes > TABLE_BYTES_MAX {
        return Err(wrong(&format!("has {bytes} bytes; at most {TABLE_BYTES_MAX} are read")));
    }
    read(opened).map_err(|error| wrong(&error))
}

/// Who reaches whom.
#[derive(Debug, Args)]
struct Edges {
    /// A CSV: from,to and if wanted weight, layer, time; what `from` posts reaches `to`
    #[arg(long, value_name = "CSV")]
    edges: PathBuf,
    /// Only edges of this layer, as the column layer names it: forward, mention; may stand again
    #[arg(long = "layer", value_name = "LAYER")]
    layers: Vec<String>,
    /// Only edges from this time on, by the column time: 2026-10-01 or 2026-10-01T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Only edges before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
}

fn time(text: &str) -> Result<Timestamp, String> {
    read::moment(text)
        .ok_or_else(|| "a date or a time is needed, as 2026-10-01 or 2026-10-01T08:00:00Z".to_owned())
}

impl Edges {
    /// Reads the edges, and says what was left out.
    fn graph(&self) -> Result<Graph, Failed> {
        let file = &self.edges;
        let only = read::Only { layers: self.layers.clone(), since: self.since, until: self.until };
        let graph = read_file(file, |opened| read::edges(opened, &only))?;
        let left = graph.left_out();
        if left.loops > 0 {
            tell!("{}: {} edges from an account to itself left out", file.display(), left.loops);
        }
        if left.repeated > 0 {
            let how = if graph.is_weighted() { "their weights were added" } else { "each counted once" };
            tell!("{}: {} edges stand there again; {how}", file.display(), left.repeated);
        }
        Ok(graph)
    }
}

/// Places of the accounts in a file.
fn places(graph: &Graph, file: &Path, list: &'static str) -> Result<Vec<u32>, Failed> {
    let names = read_file(file, read::names)?;
    let found = graph.places(names.iter().map(String::as_str), list);
    found.map_err(|error| Failed::Input(format!("{}: {error}", file.display())))
}

/// What a cascade is made of.
#[derive(Debug, Args)]
struct Spread {
    #[command(flatten)]
    edges: Edges,
    /// An account a line: where content starts
    #[arg(long, value_name = "FILE")]
    sources: PathBuf,
    /// Lets a plan hold sources; they mostly come back under new names
    #[arg(long)]
    include_sources: bool,
    /// A CSV: account,chance; how likely the provider of an account acts, 0 to 1
    #[arg(long, value_name = "CSV")]
    chances: Option<PathBuf>,
    /// The same seed gives the same figures
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Spread {
    /// The graph and a task without places.
    fn task(&self) -> Result<(Graph, ::network::plan::Task), Failed> {
        let graph = self.edges.graph()?;
        let sources = places(&graph, &self.sources, "sources")?;
        let mut known = Vec::new();
        if let Some(file) = &self.chances {
            let chances = read_file(file, read::chances)?;
            known.extend(
                chances.iter().filter_map(|(name, chance)| Some((graph.accounts().find(name)?, *chance))),
            );
            let others = chances.len() - known.len();
            if others > 0 {
                tell!(
                    "{}: {others} of {} accounts stand in no edge; left out",
                    file.display(),
                    chances.len()
                );
            }
        }
        let task = ::network::plan::Task {
            sources,
            include_sources: self.include_sources,
            chances: ::network::plan::Chances::new(graph.len(), &known),
            seed: self.seed,
            ..::network::plan::Task::default()
        };
        Ok((graph, task))
    }
}

/// A part of 1 with four places after the point.
fn rounded(part: f64) -> f64 {
    (part * 1e4).round() / 1e4
}

fn pair(between: (f64, f64)) -> [f64; 2] {
    [rounded(between.0), rounded(between.1)]
}

fn percent(part: f64) -> String {
    format!("{:.1} %", part * 100.0)
}
