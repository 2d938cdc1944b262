//! How long and how much memory a source takes for a file: `cargo run --example intake_bench FORMAT FILE`.

use connect::sources::{Found, Input, by_name};
use std::fs::File;
use std::io::{BufReader, Error};
use std::ops::ControlFlow;

/// Records set aside that are printed.
const SHOWN: usize = 5;

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let (Some(format), Some(path)) = (args.next(), args.next()) else {
        return Err(Error::other("give a format and a file"));
    };
    let source = by_name(&format).ok_or_else(|| Error::other(format!("{format} is no format")))?;
    let start = std::time::Instant::now();
    let file = BufReader::with_capacity(1 << 16, File::open(&path)?);
    let mut set_aside = Vec::new();
    let verdict = source.read(Input::new(path.as_str(), file), &mut |found| {
        if let Found::SetAside(record) = found
            && set_aside.len() < SHOWN
        {
            set_aside.push(record);
        }
        ControlFlow::Continue(())
    });
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("no peak");
    println!("{format} {verdict:?} {set_aside:?} {:?} {peak}", start.elapsed());
    Ok(())
}
