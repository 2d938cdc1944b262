//! Measures ranks and communities for `bench/network/peers.py`: `rank EDGES WHAT [OUT]` prints a line of JSON. Seconds
//! are of the processor. `OUT` takes a figure for each account of a graph whose accounts are numbers: 8 bytes each, by
//! number.

mod measure;

use std::error::Error;
use std::fs::{File, read_to_string};

use measure::seconds;
use network::Graph;
use network::communities::leiden;
use network::rank::{cores, pagerank, strong, weak};

/// MiB that the process holds (`VmRSS`), or held at most (`VmHWM`).
fn mib(field: &str) -> f64 {
    let told = read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

/// A figure for each account, and one of all.
fn work(graph: &Graph, what: &str) -> Result<(Vec<f64>, f64), Box<dyn Error>> {
    let floats = |all: Vec<u32>| all.into_iter().map(f64::from).collect::<Vec<f64>>();
    Ok(match what {
        "pagerank" => {
            let found = pagerank(graph, false, &[], 1e-7);
            (found.ranks, found.rounds as f64)
        }
        "core" => {
            let found = cores(graph);
            let most = found.iter().max().copied().unwrap_or(0);
            (floats(found), f64::from(most))
        }
        "weak" | "strong" => {
            let found = if what == "weak" { weak(graph) } else { strong(graph) };
            (floats(found.part), found.count as f64)
        }
        "communities" => {
            let found = leiden(graph, 1);
            (floats(found.of), found.modularity)
        }
        other => return Err(format!("nobody knows {other}").into()),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [edges, what, rest @ ..] = &words[..] else { return Err("rank EDGES WHAT [OUT]".into()) };
    let begin = seconds();
    let graph = network::read::edges(File::open(edges)?, &network::read::Only::default())?;
    let (read, held) = (seconds() - begin, mib("VmRSS"));
    let begin = seconds();
    let (each, value) = work(&graph, what)?;
    let took = seconds() - begin;
    println!(
        "{{\"seconds\":{took:.4},\"value\":{value},\"read\":{read:.3},\"graph_mib\":{:.1},\"held_mib\":{held:.1},\"peak_mib\":{:.1}}}",
        graph.bytes() as f64 / 1048576.0,
        mib("VmHWM"),
    );
    if let Some(out) = rest.first() {
        let mut by_number = vec![f64::NAN; graph.len()];
        for (at, figure) in each.iter().enumerate() {
            let number: usize = graph.accounts().name(at as u32).parse()?;
            if number >= by_number.len() {
                by_number.resize(number + 1, f64::NAN);
            }
            by_number[number] = *figure;
        }
        std::fs::write(out, by_number.iter().flat_map(|figure| figure.to_le_bytes()).collect::<Vec<u8>>())?;
    }
    Ok(())
}
