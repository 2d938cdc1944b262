//! Measures an index: `measure FOLDER fast|lean ROWS SEED`.
use nearest::{Index, Profile, Snapshot, Value};
use std::time::Instant;

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let path = std::path::Path::new(&args[1]);
    let profile = if args[2] == "lean" { Profile::Lean } else { Profile::Fast };
    let (rows, seed): (u64, u64) = (args[3].parse()?, args[4].parse()?);
    let value = |n: u64| -> Value {
        let mut s = seed.wrapping_add(n << 8);
        [next(&mut s), next(&mut s), next(&mut s), next(&mut s)]
    };
    if !path.exists() {
        let at = Instant::now();
        drop(Index::build(path, profile, (0..rows).map(|n| (n, value(n))))?);
        println!("build {:?}", at.elapsed());
    }
    let at = Instant::now();
    let snapshot = Snapshot::open(path)?;
    println!("open {:?} {:?}", at.elapsed(), snapshot.size());
    let mut s = seed ^ 77;
    let queries: Vec<Value> = (0..4000)
        .map(|n| {
            let mut v = value(next(&mut s) % rows);
            for _ in 0..n % 40 {
                let b = next(&mut s) % 256;
                v[(b / 64) as usize] ^= 1 << (b % 64);
            }
            v
        })
        .collect();
    for round in 0..3 {
        let mut times = Vec::new();
        let mut found = 0;
        for q in &queries {
            let at = Instant::now();
            found += snapshot.within(q, 31).len();
            times.push(at.elapsed());
        }
        times.sort();
        println!(
            "round {round} p10 {:?} p50 {:?} p90 {:?} p99 {:?} found {found} load {}",
            times[400],
            times[2000],
            times[3600],
            times[3960],
            std::fs::read_to_string("/proc/loadavg")?.trim()
        );
    }
    Ok(())
}
