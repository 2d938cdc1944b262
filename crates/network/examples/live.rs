//! Measures a graph that changes: `live EDGES SEED STILL` prints a line of JSON for 1, 10, 100 and 1,000 changed edges.
//! Half of them are new, half of them go. STILL is how exact PageRank is kept, here and in the full run. Seconds are of the processor.

mod measure;

use measure::seconds;
use network::live::{Live, LiveCores, LiveParts, LiveRanks};
use network::random::Random;
use network::rank::{cores, pagerank, weak};
use std::error::Error;
use std::fs::File;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [edges, seed, still] = &words[..] else { return Err("live EDGES SEED STILL".into()) };
    let still: f64 = still.parse()?;
    let graph = network::read::edges(File::open(edges)?, &network::read::Only::default())?;
    let timed = |work: &mut dyn FnMut()| {
        let begin = seconds();
        work();
        seconds() - begin
    };
    let full = [
        timed(&mut || drop(pagerank(&graph, false, &[], still))),
        timed(&mut || drop(cores(&graph))),
        timed(&mut || drop(weak(&graph))),
    ];
    let mut live = Live::new(graph)?;
    let mut ranks = LiveRanks::new(&live, still);
    let (mut core, mut parts) = (LiveCores::new(&live), LiveParts::new(&live));
    let mut random = Random::new(seed.parse()?, 0);
    for count in [1, 10, 100, 1000] {
        let (mut took, mut edges) = ([0.0; 3], 0);
        for at in 0..count {
            let from = loop {
                let from = random.below(live.len() as u32);
                if !live.out(from).is_empty() {
                    break from;
                }
            };
            let before = live.out(from).to_vec();
            let add = at % 2 == 0;
            let to = if add {
                random.below(live.len() as u32)
            } else {
                before[random.below(before.len() as u32) as usize]
            };
            if !(if add { live.add(from, to) } else { live.remove(from, to) }) {
                continue;
            }
            took[0] += timed(&mut || ranks.changed(&live, from, &before));
            took[1] +=
                timed(&mut || if add { core.added(&live, from, to) } else { core.removed(&live, from, to) });
            took[2] += timed(&mut || {
                if add { parts.added(&live, from, to) } else { parts.removed(&live, from, to) }
            });
        }
        took[0] += timed(&mut || edges = ranks.settle(&live));
        println!("{{\"changes\":{count},\"full\":{full:?},\"took\":{took:?},\"edges\":{edges}}}");
    }
    let slow = pagerank(&live.made_anew()?, false, &[], 1e-12).ranks;
    let apart: f64 = ranks.ranks().iter().zip(&slow).map(|(a, b)| (a - b).abs()).sum();
    let same = core.cores() == cores(&live.made_anew()?);
    println!("{{\"apart\":{apart:e},\"cores_same\":{same}}}");
    Ok(())
}
