//! The internet referral platform: one binary, one file a command.

mod command;
mod owner;

use clap::{Parser, Subcommand};
use command::out::tell;
use command::{
    agency, backup, bank, demo, doctor, fsck, hash, init, intake, ledger, lookup, network, person, report,
    restore, retention, scan, screen, serve, world,
};
use std::process::ExitCode;

/// A match is a reason to look, never a decision.
#[derive(Parser)]
#[command(name = "renvoi", version, about = "The internet referral platform", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Init),
    Serve(serve::Serve),
    Intake(intake::Intake),
    Agency(agency::Agency),
    Person(person::Person),
    Doctor(doctor::Doctor),
    Fsck(fsck::Fsck),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Retention(retention::Due),
    Ledger(ledger::Ledger),
    Lookup(lookup::Lookup),
    Network(network::Network),
    Hash(hash::Hash),
    Bank(bank::Bank),
    Scan(scan::Scan),
    Screen(screen::Screen),
    Report(report::Report),
    World(world::World),
    Demo(demo::Demo),
}

fn main() -> ExitCode {
    // Before any thread is started: the child of the decoder locks itself down (D19).
    if std::env::args_os().nth(1).is_some_and(|first| first == app::CHILD_ARGUMENT) {
        return app::decoder_child::run();
    }
    let cli = Cli::parse();
    // One TLS provider for every connection in and out.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tell!("renvoi: another TLS provider was installed before");
    }
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,server=info,app=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tell!("renvoi: no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Init(command) => command.run().await,
            Command::Serve(command) => command.run().await,
            Command::Intake(command) => command.run().await,
            Command::Agency(command) => command.run().await,
            Command::Person(command) => command.run().await,
            Command::Doctor(command) => command.run().await,
            Command::Fsck(command) => command.run().await,
            Command::Backup(command) => command.run().await,
            Command::Restore(command) => command.run().await,
            Command::Retention(command) => command.run().await,
            Command::Ledger(command) => command.run().await,
            Command::Lookup(command) => command.run(),
            Command::Network(command) => command.run(),
            Command::Hash(command) => command.run().await,
            Command::Bank(command) => command.run().await,
            Command::Scan(command) => command.run().await,
            Command::Screen(command) => command.run(),
            Command::Report(command) => command.run().await,
            Command::World(command) => command.run().await,
            Command::Demo(command) => command.run().await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            if !matches!(failed, command::Failed::Told(_)) {
                // Names and lines of others stand in it.
                let told = failed.to_string();
                let lines: Vec<String> = told.lines().map(bankfile::file::printable).collect();
                tell!("renvoi: {}", lines.join("\n"));
            }
            failed.exit_code()
        }
    }
}
