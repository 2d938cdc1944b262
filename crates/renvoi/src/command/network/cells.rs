//! `renvoi network cells`: accounts that act together.

use super::{Done, read_table};
use crate::command::out::say;
use ::network::cells::{Settings, find, read};
use bankfile::file::printable;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Finds accounts that act together beyond what their activity and the objects' popularity explain
#[derive(Debug, Args)]
pub(super) struct Cells {
    /// A CSV: time,account,object; the time in seconds
    #[arg(long, value_name = "CSV")]
    events: PathBuf,
    /// Seconds between two acts on one object that count as together
    #[arg(long, value_name = "SECONDS", default_value_t = 180, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    window: u64,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Cells {
    pub(super) fn run(&self) -> Done {
        let table = read_table(&self.events, read)?;
        let found = find(&table.acts, &Settings { window_ms: self.window * 1000, ..Settings::default() });
        let name = |account: u32| table.accounts[account as usize].as_str();
        let names = |accounts: &[u32]| accounts.iter().map(|account| name(*account)).collect::<Vec<_>>();
        if !self.json {
            for cell in &found.cells {
                let (events, accounts) = (cell.acts.len(), printable(&names(&cell.accounts).join(" ")));
                say!("{}\t{events} events\tp {:.1e}\t{accounts}", cell.accounts.len(), cell.p())?;
            }
            return Ok(());
        }
        let event = |act: &usize| {
            let act = table.acts[*act];
            json!([act.at_ms as f64 / 1000.0, name(act.account), table.objects[act.object as usize]])
        };
        let cell = |cell: &::network::cells::Cell| {
            let events: Vec<_> = cell.acts.iter().map(event).collect();
            json!({ "accounts": names(&cell.accounts), "p": cell.p(), "events": events })
        };
        let cells: Vec<_> = found.cells.iter().map(cell).collect();
        let mut accounts: Vec<u32> =
            found.cells.iter().flat_map(|cell| cell.accounts.iter().copied()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let pairs: Vec<_> =
            found.pairs.iter().map(|pair| json!([name(pair.a), name(pair.b), pair.p])).collect();
        say!("{}", json!({ "cells": cells, "accounts": names(&accounts), "pairs": pairs }))?;
        Ok(())
    }
}
