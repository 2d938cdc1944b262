//! `renvoi person`: what the operator does for people when no administrator can.

use super::agency::print_link;
use super::{Data, Done, Failed};
use crate::command::out::say;
use app::people::{self, Invite, Role};
use clap::{Args, Subcommand};

/// Invites a person, gives a role, or makes a new enrolment link
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi person invite ben \"Ben Analyst\" --role analyst --agency unit.example --data ./data"
)]
pub(crate) struct Person {
    #[command(subcommand)]
    what: What,
}

/// Whose person.
#[derive(Debug, Args)]
struct Of {
    /// Organisation id or name of the agency; not needed when there is one only.
    #[arg(long)]
    agency: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Invites a person; prints the enrolment link.
    #[command(after_help = "Example: renvoi person invite cleo \"Cleo Approver\" --role approver")]
    Invite {
        /// Name at sign-in.
        login: String,
        /// Shown name.
        name: String,
        /// analyst, approver, coordinator, provider, auditor, supervisor, administrator; may be given more than once.
        #[arg(long = "role")]
        roles: Vec<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Gives a role.
    #[command(after_help = "Example: renvoi person role ben coordinator")]
    Role {
        /// Name at sign-in.
        login: String,
        /// The role.
        role: String,
        #[command(flatten)]
        of: Of,
    },
    /// Makes a new enrolment link; the access is closed until it is used.
    #[command(after_help = "Example: renvoi person link ben")]
    Link {
        /// Name at sign-in.
        login: String,
        #[command(flatten)]
        of: Of,
    },
}

fn role(word: &str) -> Result<Role, Failed> {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    Role::from_word(word).ok_or_else(|| {
        Failed::Input(format!("There is no role \"{word}\". Choose one of: {}.", roles.join(", ")))
    })
}

/// The named agency, or the only one.
pub(crate) async fn agency(house: &app::House, named: Option<&str>) -> Result<people::Agency, Failed> {
    if let Some(named) = named {
        return Ok(people::agency(house, named).await?);
    }
    let mut all = people::agencies(house).await?;
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(Failed::Input("Say which agency: --agency NAME. `renvoi agency list` shows them.".into())),
    }
}

impl Person {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::Invite { login, name, roles, of } => {
                let house = of.data.open().await?;
                let agency = agency(&house, of.agency.as_deref()).await?;
                let roles = roles.iter().map(|word| role(word)).collect::<Result<_, _>>()?;
                let link =
                    people::invite_by_operator(&house, &agency, &Invite { login, name, roles }).await?;
                print_link(&link, of.json)?;
            }
            What::Role { login, role: word, of } => {
                let house = of.data.open().await?;
                let agency = agency(&house, of.agency.as_deref()).await?;
                let person = people::person(&house, &agency, &login).await?;
                match people::give_role_by_operator(&house, &agency, person.id, role(&word)?).await? {
                    None => say!("{login} is {word} now too. What they were before, they still are.")?,
                    Some(_) => {
                        say!("{login} becomes {word} once an administrator confirms it on the Agency page.")?;
                    }
                }
            }
            What::Link { login, of } => {
                let house = of.data.open().await?;
                let agency = agency(&house, of.agency.as_deref()).await?;
                let person = people::person(&house, &agency, &login).await?;
                print_link(&people::new_link_by_operator(&house, &person).await?, of.json)?;
            }
        }
        Ok(())
    }
}
