//! Files that wait for a person to say what their columns mean: each in its upload's folder, with a note beside it, until
//! the server starts again at the latest.

use crate::App;
use crate::api::{Received, uploads_of};
use crate::fault::{Fault, Outcome};
use app::observe::{self, Intake, Relevance};
use domain::access::Actor;
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A file that nobody explained is removed after this time, in hours.
const WAITS_HOURS: i64 = 24;
/// Folders that are looked through.
const FOLDERS_MAX: usize = 1_000;
/// The note beside a waiting file.
const NOTE: &str = "waiting.json";

/// A file that waits.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// Its upload.
    pub(super) id: Uuid,
    /// Whose.
    agency: AgencyId,
    /// Name of the file.
    pub(super) name: String,
    /// Its format.
    pub(super) format: String,
    /// Since when.
    at: Timestamp,
    /// Where it lies.
    file: PathBuf,
}

/// The file's name as the person knows it: an upload is stored as `records-1-NAME`.
pub(super) fn plain_name(file: &Path) -> String {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("records");
    name.splitn(3, '-').nth(2).unwrap_or(name).to_owned()
}

/// Leaves an upload until somebody explains it.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    received: Received,
    (name, format): (String, String),
) -> Outcome<()> {
    let Some(file) = received.form.records.first().cloned() else {
        return Err(Fault::input("Hand in a file."));
    };
    let folder = received.folder.keep();
    let id = folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    let id = id.ok_or_else(|| Fault::inside(&"an upload's folder has no id"))?;
    let note = Waiting { id, agency: actor.agency, name, format, at: app.house.clock.now(), file };
    let text = serde_json::to_vec(&note).map_err(|error| Fault::inside(&error))?;
    tokio::fs::write(folder.join(NOTE), text).await.map_err(|error| Fault::inside(&error))
}

async fn note(folder: &Path) -> Option<Waiting> {
    let text = tokio::fs::read(folder.join(NOTE)).await.ok()?;
    serde_json::from_slice(&text).ok()
}

/// The newest file of the actor's agency that waits; those that waited too long go.
pub(super) async fn newest(app: &App, actor: &Actor) -> Outcome<Option<Waiting>> {
    let Ok(mut folders) = tokio::fs::read_dir(uploads_of(app)).await else { return Ok(None) };
    let over = app
        .house
        .clock
        .now()
        .saturating_sub(SignedDuration::from_hours(WAITS_HOURS))
        .unwrap_or(Timestamp::MIN);
    let mut newest: Option<Waiting> = None;
    for _ in 0..FOLDERS_MAX {
        let Ok(Some(folder)) = folders.next_entry().await else { break };
        let Some(found) = note(&folder.path()).await else { continue };
        if found.at < over {
            found.discard().await;
        } else if found.agency == actor.agency && newest.as_ref().is_none_or(|known| known.at < found.at) {
            newest = Some(found);
        }
    }
    Ok(newest)
}

/// A waiting file of the actor's agency.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Outcome<Waiting> {
    let found = note(&uploads_of(app).join(id.to_string())).await;
    found.filter(|found| found.agency == actor.agency).ok_or_else(|| domain::access::not_here().into())
}

impl Waiting {
    /// Where the file lies.
    pub(super) fn path(&self) -> PathBuf {
        self.file.clone()
    }

    /// Removes it.
    pub(super) async fn discard(&self) {
        if let Some(folder) = self.file.parent()
            && let Err(error) = tokio::fs::remove_dir_all(folder).await
        {
            tracing::warn!(%error, "a waiting upload stays");
        }
    }

    /// Reads it by a mapping. It goes when it was read, and stays when the mapping did not fit.
    pub(super) async fn take(&self, app: &App, actor: &Actor, mapping: Value) -> Outcome<()> {
        let intake = Intake {
            space: actor.agency,
            agency: actor.agency,
            person: Some(actor.person),
            source: self.name.clone(),
            relevance: Relevance::Submit,
            format: self.format.clone(),
            mapping: Some(mapping),
            file: self.file.clone(),
            media_folder: None,
        };
        observe::run(&app.house, intake).await?;
        self.discard().await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_their_own_name() {
        for (stored, name) in
            [("records-1-posts.csv", "posts.csv"), ("records-2-a-b.csv", "a-b.csv"), ("x", "x")]
        {
            assert_eq!(plain_name(Path::new(stored)), name);
        }
    }
}
