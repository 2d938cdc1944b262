//! `near LISTED ASKED...`: lists the texts of a file, one a line, and asks about those of others; for `bench/text/run`.
//! A line of JSON a file: seconds that the processor worked, and for each text whether the listed text of the same line was found, and others.

use text::near::{Bar, Listed, Shingles};
use text::tlsh::Tlsh;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = std::env::args().skip(1);
    let read = |path: String| std::fs::read_to_string(path);
    let listed = read(files.next().ok_or("near LISTED ASKED...")?)?;
    let listed: Vec<&str> = listed.lines().collect();
    let begun = worked();
    let list = Listed::new(listed.iter().map(|text| Shingles::of(text)), Bar::default())?;
    let seconds = worked() - begun;
    println!("{}", serde_json::json!({ "listed": listed.len(), "s": seconds, "bytes": list.bytes() }));
    let begun = worked();
    let digests: Vec<Option<Tlsh>> = listed.iter().map(|text| Tlsh::of(text.as_bytes())).collect();
    println!("{}", serde_json::json!({ "tlsh": digests.len(), "s": worked() - begun }));
    for path in files {
        let asked = read(path.clone())?;
        let asked: Vec<&str> = asked.lines().collect();
        let begun = worked();
        let answers: Vec<_> = asked.iter().map(|text| list.near(&Shingles::of(text))).collect();
        let seconds = worked() - begun;
        let (mut same, mut others) = (0, 0);
        for (at, answer) in (0u32..).zip(&answers) {
            same += usize::from(answer.found.iter().any(|near| near.at == at));
            others += usize::from(answer.found.iter().any(|near| near.at != at));
        }
        println!(
            "{}",
            serde_json::json!({ "file": path, "asked": asked.len(), "s": seconds, "same": same, "others": others })
        );
    }
    Ok(())
}

/// Seconds that a processor worked for this thread, as Linux counts them; the machine may be busy with others.
fn worked() -> f64 {
    let said = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}
