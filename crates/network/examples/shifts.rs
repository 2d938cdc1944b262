//! Finds shifts for `bench/network/shifts.py`: `shifts SERIES.csv [POSTS.csv]`, prints JSON as `renvoi network shifts`
//! does, and the seconds to the standard error.

use network::shifts::{find, read_posts, read_series};
use serde_json::json;
use std::error::Error;
use std::fs::File;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let mut counted = read_series(File::open(words.next().ok_or("shifts SERIES.csv [POSTS.csv]")?)?)?;
    let posts = match words.next() {
        Some(posts) => read_posts(File::open(posts)?, &mut counted)?.posts,
        None => Vec::new(),
    };
    let start = Instant::now();
    let shifts: Vec<_> = find(&counted.series, &posts)
        .into_iter()
        .map(|shift| {
            let name = &counted.series[shift.series].name;
            json!({"series": name, "kind": shift.kind.word(), "at": shift.at, "detected_at": shift.detected_at,
                "confidence": shift.confidence})
        })
        .collect();
    eprintln!("found {:.3} s", start.elapsed().as_secs_f64());
    println!("{}", json!(shifts));
    Ok(())
}
