//! How a command that goes on learns that it ends.

use clap::Args;
use std::io::Read;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Until when it goes on.
#[derive(Debug, Args)]
pub(crate) struct Until {
    /// Ends when its standard input ends: a part ends with whoever started it, however that ended.
    #[arg(long)]
    until_input_ends: bool,
}

impl Until {
    /// Waits as [`told_to_end`] does, and for the end of the standard input where that was asked for.
    ///
    /// # Errors
    /// As [`told_to_end`]; there is no thread to read the input.
    pub(crate) async fn over(&self) -> std::io::Result<()> {
        if !self.until_input_ends {
            return told_to_end().await;
        }
        let (open, ended) = oneshot::channel::<()>();
        // A thread of its own: the runtime waits at its end for those that it started, and this one may never end.
        std::thread::Builder::new().name("input".to_owned()).spawn(move || {
            let mut chunk = [0; 4096];
            while matches!(std::io::stdin().lock().read(&mut chunk), Ok(1..)) {}
            drop(open);
        })?;
        tokio::select! {
            told = told_to_end() => told,
            _ = ended => Ok(()),
        }
    }
}

/// Waits until somebody says that the program ends: Ctrl-C, SIGTERM, or a terminal that was closed.
///
/// # Errors
/// The operating system does not hand signals out.
pub(crate) async fn told_to_end() -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminated.recv() => {}
        _ = hung_up.recv() => {}
    }
    Ok(())
}
