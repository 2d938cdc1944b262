//! How a command that goes on learns that it ends.

use tokio::signal::unix::{SignalKind, signal};

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
