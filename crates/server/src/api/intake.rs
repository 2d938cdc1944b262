//! Observe, by program: a file with its records, and the files that they name.

use crate::App;
use crate::fault::{Fault, Outcome, Problem};
use crate::identity::Upload;
use app::observe::{self, Intake, Relevance};
use app::sign_in::Who;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use domain::access::right;
use domain::id::AgencyId;
use serde_json::Value;
use std::path::{Component, Path, PathBuf};
use tokio::io::AsyncWriteExt;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Largest upload, in bytes.
pub(crate) const UPLOAD_MAX_BYTES: usize = 2 * 1024 * 1024 * 1024;
/// Most files beside the records.
const FILES_MAX: usize = 20_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(intake)).layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES))
}

/// A folder for one upload; it goes when the request ends, unless it is kept for a question to the person.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Leaves the folder where it is.
    pub(crate) fn keep(self) -> PathBuf {
        let mut kept = std::mem::ManuallyDrop::new(self);
        std::mem::take(&mut kept.0)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "an upload's folder stays");
        }
    }
}

/// What came with the form.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) format: String,
    pub(crate) source: Option<String>,
    relevance: Option<String>,
    space: Option<AgencyId>,
    pub(crate) mapping: Option<Value>,
    pub(crate) records: Vec<PathBuf>,
    csrf: Option<String>,
    media: bool,
}

/// An upload that came from a person or program who may hand in.
pub(crate) struct Received {
    /// Who.
    pub(crate) who: Who,
    /// What.
    pub(crate) form: Form,
    /// Where its files are.
    pub(crate) folder: Folder,
}

/// Takes a file in: multipart fields `format`, `records` (the file), and optionally `source`, `relevance` (submit, hold,
/// forget), `space`, `mapping` (JSON), and any number of `media` files whose names are their paths in the records.
#[utoipa::path(post, path = "/api/v1/intake", tag = "observe",
    responses((status = 200, description = "The summary, see docs/formats.md", body = Value), (status = 400, body = Problem)),
    extensions(("x-right" = json!("intake"))))]
async fn intake(
    State(app): State<App>,
    upload: Upload<right::Intake>,
    parts: Multipart,
) -> Outcome<Json<Value>> {
    Ok(Json(take_upload(&app, upload, parts).await?))
}

/// Takes an upload in: of a program, or of the console's form. Gives the summary.
pub(crate) async fn take_upload(
    app: &App,
    upload: Upload<right::Intake>,
    parts: Multipart,
) -> Outcome<Value> {
    take(app, receive(app, upload, parts).await?).await
}

/// Receives an upload into a folder of its own.
pub(crate) async fn receive(
    app: &App,
    upload: Upload<right::Intake>,
    mut parts: Multipart,
) -> Outcome<Received> {
    let folder = Folder(uploads_of(app).join(uuid::Uuid::now_v7().to_string()));
    std::fs::create_dir_all(folder.0.join("media")).map_err(|error| Fault::inside(&error))?;
    let form = read(&folder, &mut parts).await?;
    let who = upload.prove(form.csrf.as_deref())?;
    if form.records.is_empty() {
        return Err(Fault::input("Hand in the file in the field \"records\"."));
    }
    Ok(Received { who, form, folder })
}

/// Where uploads lie while they are taken in.
pub(crate) fn uploads_of(app: &App) -> PathBuf {
    app.house.folder.join(app::sweep::UPLOADS)
}

/// The format that was named, else that of the file's name.
pub(crate) fn format_of(named: &str, file: &str) -> Outcome<String> {
    if !named.is_empty() {
        return Ok(named.to_owned());
    }
    let found = app::view::intake::format_of(file);
    found
        .map(str::to_owned)
        .ok_or_else(|| Fault::input("The format cannot be told from the file's name. Choose it."))
}

/// Takes in what was received.
pub(crate) async fn take(app: &App, received: Received) -> Outcome<Value> {
    let Received { who, form, folder } = received;
    let relevance = match form.relevance.as_deref() {
        None | Some("submit") => Relevance::Submit,
        Some("hold") => Relevance::Hold { days: 7 },
        Some("forget") => Relevance::Forget,
        Some(other) => {
            return Err(Fault::input(format!("\"{other}\" is no relevance: submit, hold or forget.")));
        }
    };
    let space = app::load::space(&who.actor, form.space)?;
    let mut summaries = Vec::new();
    for file in form.records {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let format = format_of(&form.format, name)?;
        let intake = Intake {
            space,
            agency: who.actor.agency,
            person: Some(who.actor.person),
            source: form.source.clone().unwrap_or_else(|| "api".to_owned()),
            relevance,
            format,
            mapping: form.mapping.clone(),
            file,
            media_folder: form.media.then(|| folder.0.join("media")),
        };
        let summary = observe::run(&app.house, intake).await?;
        summaries.push(serde_json::to_value(summary).map_err(|error| Fault::inside(&error))?);
    }
    Ok(if summaries.len() == 1 { summaries.remove(0) } else { Value::Array(summaries) })
}

async fn read(folder: &Folder, parts: &mut Multipart) -> Outcome<Form> {
    let mut form = Form::default();
    let mut files = 0;
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "records" | "file" => {
                files += 1;
                if files > FILES_MAX {
                    return Err(Fault::input(format!("At most {FILES_MAX} files can come with one intake.")));
                }
                let file = part.file_name().and_then(|name| Path::new(name).file_name()?.to_str());
                let path = folder.0.join(format!("records-{files}-{}", file.unwrap_or("records")));
                save(part, &path).await?;
                form.records.push(path);
            }
            "media" => {
                files += 1;
                if files > FILES_MAX {
                    return Err(Fault::input(format!("At most {FILES_MAX} files can come with one intake.")));
                }
                let inside = part.file_name().map(PathBuf::from).filter(|path| {
                    path.components().all(|part| matches!(part, Component::Normal(_)))
                        && path.file_name().is_some()
                });
                let path = inside
                    .ok_or_else(|| Fault::input("A media file's name must be its path in the records."))?;
                let path = folder.0.join("media").join(path);
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent).map_err(|error| Fault::inside(&error))?;
                }
                save(part, &path).await?;
                form.media = true;
            }
            _ => {
                let text = part.text().await?;
                match name.as_str() {
                    "format" => form.format = text,
                    "source" => form.source = Some(text),
                    "relevance" => form.relevance = Some(text),
                    "csrf" => form.csrf = Some(text),
                    "space" => {
                        form.space = Some(text.parse().map_err(|_| Fault::input("The space is not an id."))?);
                    }
                    "mapping" => {
                        let mapping = serde_json::from_str(&text);
                        form.mapping =
                            Some(mapping.map_err(|error| {
                                Fault::input(format!("The mapping is not JSON: {error}."))
                            })?);
                    }
                    other => return Err(Fault::input(format!("There is no field \"{other}\"."))),
                }
            }
        }
    }
    Ok(form)
}

async fn save(mut part: axum::extract::multipart::Field<'_>, path: &Path) -> Outcome<()> {
    let mut file = tokio::fs::File::create(path).await.map_err(|error| Fault::inside(&error))?;
    while let Some(chunk) = part.chunk().await? {
        file.write_all(&chunk).await.map_err(|error| Fault::inside(&error))?;
    }
    file.flush().await.map_err(|error| Fault::inside(&error))
}
