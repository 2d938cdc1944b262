//! The people of one agency.

use reqwest::Method;
use serde_json::json;

use super::Joining;
use super::desk::{Desks, Who, good};
use crate::Error;

/// Who works in an agency.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    /// Short id in the world.
    pub(crate) id: String,
    /// Languages that its people read.
    pub(crate) languages: Vec<String>,
    pub(crate) analysts: [Who; 2],
    /// The first confirms; the second reads again when there is a doubt.
    pub(crate) approvers: [Who; 2],
    pub(crate) coordinator: Who,
}

impl Office {
    /// The administrator enrols and invites the others, who enrol.
    pub(crate) async fn open(
        desks: &mut Desks,
        joining: &Joining,
        (id, languages): (&str, &[String]),
    ) -> Result<Self, Error> {
        let administrator = desks.enrol(&joining.token, &joining.org, "administrator").await?;
        let mut people = Vec::new();
        for (login, name, role) in [
            ("ana", "Ana Analyst", "analyst"),
            ("ben", "Ben Analyst", "analyst"),
            ("cleo", "Cleo Approver", "approver"),
            ("dora", "Dora Approver", "approver"),
            ("emil", "Emil Coordinator", "coordinator"),
        ] {
            people.push(invited(desks, administrator, joining, (login, name, role)).await?);
        }
        Ok(Self {
            id: id.to_owned(),
            languages: languages.to_vec(),
            analysts: [people[0], people[1]],
            approvers: [people[2], people[3]],
            coordinator: people[4],
        })
    }
}

/// One person more: invited by the administrator, enrolled by the link.
pub(crate) async fn invited(
    desks: &mut Desks,
    administrator: Who,
    joining: &Joining,
    (login, name, role): (&str, &str, &str),
) -> Result<Who, Error> {
    let body = json!({"login": login, "name": name, "roles": [role]});
    desks.prove(administrator).await?;
    let link = good(desks.ask(administrator, Method::POST, "/api/v1/people", Some(&body)).await?)?;
    desks.enrol(link["token"].as_str().unwrap_or_default(), &joining.org, role).await
}
