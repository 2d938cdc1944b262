//! `renvoi network shifts`: blackouts, bursts, migrations and changes of the mix.

use super::{Done, read_table};
use crate::command::out::say;
use ::network::shifts::{find, read_posts, read_series};
use bankfile::file::printable;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Finds blackouts, bursts, migrations and changes of the mix in hourly counts, as they would have been found at the time
#[derive(Debug, Args)]
pub(super) struct Shifts {
    /// A CSV: series,service,hour,count
    #[arg(long, value_name = "CSV")]
    series: PathBuf,
    /// A CSV: hour,account,service,host; shows migrations where they begin
    #[arg(long, value_name = "CSV")]
    posts: Option<PathBuf>,
    /// A list of JSON
    #[arg(long)]
    json: bool,
}

impl Shifts {
    pub(super) fn run(&self) -> Done {
        let mut counted = read_table(&self.series, read_series)?;
        let posts = match &self.posts {
            Some(file) => read_table(file, |file| read_posts(file, &mut counted))?.posts,
            None => Vec::new(),
        };
        let shifts = find(&counted.series, &posts);
        let hour = |hour: usize| hour + counted.first_hour as usize;
        let mut listed = Vec::with_capacity(shifts.len());
        for shift in &shifts {
            let (name, kind) = (&counted.series[shift.series].name, shift.kind.word());
            let (at, detected_at, confidence) = (hour(shift.at), hour(shift.detected_at), shift.confidence);
            if !self.json {
                say!("{detected_at}\t{}\t{kind}\tsince {at}\t{:.0} %", printable(name), confidence * 100.0)?;
            }
            listed.push(json!({
                "series": name, "kind": kind, "at": at, "detected_at": detected_at, "confidence": confidence
            }));
        }
        if self.json {
            say!("{}", json!(listed))?;
        }
        Ok(())
    }
}
