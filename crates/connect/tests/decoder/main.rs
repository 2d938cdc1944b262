//! The decoder box with real child processes: this test program starts itself as the child.
//!
//! Therefore it has no standard harness (whose output would be in the way of the child's) but a small one
//! that `cargo test` and nextest both know how to ask.

mod children;
mod documents;
mod harness;
mod pictures;
mod tests;
mod tools;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(connect::decoder::CHILD_ARGUMENT) => connect::decoder::child::run(),
        Some(children::PROBE) => children::probe(),
        Some(children::MOODY) => children::moody(),
        Some(children::TOOL_PROBE) => children::tool_probe(),
        Some(children::TOOL_MOODY) => children::tool_moody(),
        _ => harness::run(&[tests::ALL, tools::ALL, documents::ALL].concat(), &arguments),
    }
}
