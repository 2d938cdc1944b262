//! What a test hands in: posts as lines of NDJSON, through the door that everybody's files take.

use super::{Desk, HOST};
use app::House;
use app::observe::{Intake, Summary};
use domain::id::{AgencyId, PersonId};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use store::intake::Relevance;
use uuid::Uuid;

/// Posts that are handed in to a space.
pub(crate) struct Handed(Intake);

impl Handed {
    /// Submitted, by nobody.
    pub(crate) fn to(space: AgencyId) -> Self {
        Self(Intake {
            space,
            agency: space,
            person: None,
            source: String::new(),
            relevance: Relevance::Submit,
            format: "ndjson".to_owned(),
            mapping: None,
            file: Default::default(),
            media_folder: None,
        })
    }

    /// By somebody.
    pub(crate) fn by(self, person: PersonId) -> Self {
        Self(Intake { person: Some(person), ..self.0 })
    }

    /// With another decision on relevance.
    pub(crate) fn relevance(self, relevance: Relevance) -> Self {
        Self(Intake { relevance, ..self.0 })
    }

    /// With files that stand in a folder.
    pub(crate) fn media(self, folder: &Path) -> Self {
        Self(Intake { media_folder: Some(folder.to_owned()), ..self.0 })
    }

    /// Takes them in, under a source of that relevance.
    pub(crate) async fn lines(
        self,
        house: &Arc<House>,
        lines: impl AsRef<str>,
    ) -> Result<Summary, app::Error> {
        let file = house.folder.join(format!("posts-{}.ndjson", Uuid::now_v7()));
        std::fs::write(&file, lines.as_ref()).map_err(store::Error::io(&file))?;
        let summary = self.file(house, &file).await;
        std::fs::remove_file(&file).map_err(store::Error::io(&file))?;
        summary
    }

    /// Takes in a file of them.
    pub(crate) async fn file(self, house: &Arc<House>, file: &Path) -> Result<Summary, app::Error> {
        let source = format!("source {:?}", self.0.relevance);
        app::observe::run(house, Intake { file: file.to_owned(), source, ..self.0 }).await
    }
}

/// Takes in posts `from..to` of [`HOST`] for a desk; all are submitted, each with a text of its own.
pub(crate) async fn intake(
    house: &Arc<House>,
    desk: &Desk,
    posts: std::ops::Range<usize>,
) -> Result<Summary, app::Error> {
    intake_as(house, desk, posts, Relevance::Submit).await
}

/// The same with a decision on relevance.
pub(crate) async fn intake_as(
    house: &Arc<House>,
    desk: &Desk,
    posts: std::ops::Range<usize>,
    relevance: Relevance,
) -> Result<Summary, app::Error> {
    let lines: String = posts.map(post).collect();
    Handed::to(desk.id()).by(desk.analyst.person).relevance(relevance).lines(house, lines).await
}

/// One line of an NDJSON file.
pub(crate) fn post(number: usize) -> String {
    let value = json!({
        "id": format!("post-{number}"), "url": format!("https://{HOST}/watch/{number}"),
        "author": format!("author{}", number % 7),
        "text": format!("The lamp number {number} stands beside the green table in the long room"),
        "time": "2026-03-04T05:06:07Z",
    });
    format!("{value}\n")
}
