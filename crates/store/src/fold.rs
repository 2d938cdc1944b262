//! Folds SQLite's write-ahead log into the file beside the writer, so that a commit does not wait for it.

use sqlx::SqlitePool;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Commits after which the log is folded: some batches of an intake.
const COMMITS: u32 = 8;

/// Who folds, and whether it is being done.
pub(crate) struct Fold {
    readers: SqlitePool,
    commits: AtomicU32,
    running: AtomicBool,
}

impl Fold {
    pub(crate) fn new(readers: SqlitePool) -> Self {
        Self { readers, commits: AtomicU32::new(0), running: AtomicBool::new(false) }
    }

    /// Counts a commit; every few of them the log is folded by a reader's connection, which stops nobody.
    pub(crate) fn committed(self: &Arc<Self>) {
        let commits = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if commits < COMMITS || self.running.swap(true, Ordering::AcqRel) {
            return;
        }
        self.commits.store(0, Ordering::Relaxed);
        let fold = Arc::clone(self);
        tokio::spawn(async move {
            let folded = async {
                let mut reader = fold.readers.acquire().await?;
                sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut *reader).await
            };
            // What it leaves is folded by the writer when the log is long, and at the end.
            if let Err(error) = folded.await {
                tracing::debug!(%error, "the log was not folded beside the writer");
            }
            fold.running.store(false, Ordering::Release);
        });
    }
}
