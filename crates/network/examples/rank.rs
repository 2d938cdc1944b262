//! Measures ranks and communities for `bench/network/`: `rank EDGES` prints a line of JSON.

use std::error::Error;
use std::fs::File;
use std::time::Instant;

use network::communities::leiden;
use network::rank::{cores, pagerank, strong, weak};

fn main() -> Result<(), Box<dyn Error>> {
    let edges = std::env::args().nth(1).ok_or("rank EDGES")?;
    let at = Instant::now();
    let graph = network::read::edges(File::open(edges)?)?;
    let read = at.elapsed().as_secs_f64();
    let at = Instant::now();
    let ranks = pagerank(&graph, false, &[], 1e-10);
    let pagerank_s = at.elapsed().as_secs_f64();
    let at = Instant::now();
    let again = pagerank(&graph, false, &ranks.ranks, 1e-10);
    let again_s = at.elapsed().as_secs_f64();
    let at = Instant::now();
    let core = cores(&graph).into_iter().max().unwrap_or(0);
    let core_s = at.elapsed().as_secs_f64();
    let at = Instant::now();
    let parts = (weak(&graph).count, strong(&graph).count);
    let parts_s = at.elapsed().as_secs_f64();
    let at = Instant::now();
    let found = leiden(&graph, 1);
    let leiden_s = at.elapsed().as_secs_f64();
    println!(
        "{{\"read_s\":{read:.4},\"mib\":{:.1},\"pagerank_s\":{pagerank_s:.4},\"rounds\":{},\"again_s\":{again_s:.4},\
         \"again_rounds\":{},\"core_s\":{core_s:.4},\"core\":{core},\"components_s\":{parts_s:.4},\"weak\":{},\
         \"strong\":{},\"leiden_s\":{leiden_s:.4},\"modularity\":{:.5},\"communities\":{}}}",
        graph.bytes() as f64 / 1048576.0,
        ranks.rounds,
        again.rounds,
        parts.0,
        parts.1,
        found.modularity,
        found.count,
    );
    Ok(())
}
