//! Takes a graph apart for `bench/network/dismantle.py`: `dismantle EDGES` prints a line of JSON. Seconds
//! are of the processor.

mod measure;

use measure::seconds;
use network::dismantle::{Order, by_degree, dismantle, first, robustness};
use std::error::Error;
use std::fs::File;

fn main() -> Result<(), Box<dyn Error>> {
    let edges = std::env::args().nth(1).ok_or("dismantle EDGES")?;
    let graph = network::read::edges(File::open(edges)?, &network::read::Only::default())?;
    let begin = seconds();
    let found = dismantle(&graph, 1);
    let seconds = seconds() - begin;
    let may = vec![true; graph.len()];
    let part = |order: Order| robustness(&graph, &first(&graph, order, graph.len(), &may));
    println!(
        "{{\"seconds\":{seconds:.3},\"accounts\":{},\"edges\":{},\"static\":{:.5},\"degree\":{:.5},\"core\":{:.5},\"ours\":{:.5},\"from\":\"{:?}\"}}",
        graph.len(),
        graph.edge_count(),
        by_degree(&graph),
        part(Order::Degree),
        part(Order::Core),
        found.robustness,
        found.from,
    );
    Ok(())
}
