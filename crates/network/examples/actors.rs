//! Pairs of accounts with their probability and measures as a table, for `bench/network/actors.py`.
//!
//!     actors ACCOUNTS LINKS UPLOADS [LEAST]

use network::actors::{MEASURES, Traces, accounts, find, links, measures, uploads};
use std::error::Error;
use std::fs::File;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [of_accounts, of_links, of_uploads, ..] = files.as_slice() else {
        return Err("actors ACCOUNTS LINKS UPLOADS [LEAST]".into());
    };
    let least = files.get(3).map_or(Ok(0.0), |least| least.parse())?;
    let table = accounts(File::open(of_accounts)?)?;
    let links = links(File::open(of_links)?, &table.ids)?;
    let acts = uploads(File::open(of_uploads)?, &table.ids)?;
    let found = find(&Traces { accounts: &table.accounts, links: &links, acts: &acts }, least);
    eprintln!("{} accounts, {} compared", table.accounts.len(), found.compared);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let names: Vec<&str> = MEASURES.iter().map(|(name, ..)| *name).collect();
    writeln!(out, "a,b,probability,{}", names.join(","))?;
    for pair in &found.pairs {
        let values = measures(&pair.evidence, table.accounts.len()).map(|value| format!("{value:.4}"));
        let (a, b) = (table.ids.name(pair.a), table.ids.name(pair.b));
        writeln!(out, "{a},{b},{:.6},{}", pair.probability, values.join(","))?;
    }
    Ok(out.flush()?)
}
