//! PageRank and weak components of the crate `graph`, for `bench/network/peers.py`: `graph_crate LIST WHAT OUT`. A list
//! has an edge a line, `from to`.

use graph::prelude::*;
use std::error::Error;
use std::fs::read_to_string;
use std::path::PathBuf;

/// Seconds that all threads have had of a processor, with those that have ended; to the hundredth.
fn seconds() -> Result<f64, Box<dyn Error>> {
    let told = read_to_string("/proc/self/stat")?;
    let fields = told.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Ok(fields.map(str::parse::<f64>).sum::<Result<f64, _>>()? / 100.0)
}

fn mib(field: &str) -> f64 {
    let told = read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [edges, what, out] = &words[..] else { return Err("graph_crate LIST WHAT OUT".into()) };
    let before = mib("VmRSS");
    let begin = seconds()?;
    let graph: DirectedCsrGraph<u32> = GraphBuilder::new()
        .csr_layout(CsrLayout::Sorted)
        .file_format(EdgeListInput::default())
        .path(PathBuf::from(edges))
        .build()?;
    let (read, held) = (seconds()? - begin, mib("VmRSS") - before);
    let begin = seconds()?;
    let each: Vec<f64> = match what.as_str() {
        "pagerank" => {
            page_rank(&graph, PageRankConfig::new(200, 1e-7, 0.85)).0.into_iter().map(f64::from).collect()
        }
        "weak" => {
            let found = wcc_afforest_dss(&graph, WccConfig::default());
            (0..graph.node_count()).map(|at| found.component(at) as f64).collect()
        }
        other => return Err(format!("nobody knows {other}").into()),
    };
    let took = seconds()? - begin;
    println!(
        "{{\"seconds\":{took:.4},\"read\":{read:.3},\"graph_mib\":{held:.1},\"peak_mib\":{:.1}}}",
        mib("VmHWM")
    );
    Ok(std::fs::write(out, each.iter().flat_map(|figure| figure.to_le_bytes()).collect::<Vec<u8>>())?)
}
