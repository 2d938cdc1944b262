//! Finds cells for `bench/network/cells.py`: `cells EVENTS.csv [WINDOW_SECONDS]`, prints JSON as `renvoi network cells`
//! does, and the seconds of each step to the standard error.

use network::cells::{Settings, find, read};
use serde_json::json;
use std::error::Error;
use std::fs::File;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let file = File::open(words.next().ok_or("cells EVENTS.csv [WINDOW_SECONDS]")?)?;
    let mut settings = Settings::default();
    if let Some(seconds) = words.next() {
        settings.window_ms = seconds.parse::<u64>()? * 1000;
    }
    let start = Instant::now();
    let table = read(file)?;
    let read_seconds = start.elapsed().as_secs_f64();
    let found = find(&table.acts, &settings);
    eprintln!("read {read_seconds:.3} s, found {:.3} s", start.elapsed().as_secs_f64() - read_seconds);
    let names = |accounts: &[u32]| -> Vec<&str> {
        accounts.iter().map(|account| table.accounts[*account as usize].as_str()).collect()
    };
    let cells: Vec<_> = found
        .cells
        .iter()
        .map(|cell| json!({"accounts": names(&cell.accounts), "p": cell.p(), "events": cell.acts.len()}))
        .collect();
    let pairs: Vec<_> =
        found.pairs.iter().map(|pair| json!([names(&[pair.a])[0], names(&[pair.b])[0], pair.p])).collect();
    println!("{}", json!({"cells": cells, "pairs": pairs}));
    Ok(())
}
