//! `renvoi agency`: tenants of this machine.

use super::{Data, Done, Failed};
use crate::command::out::say;
use app::people::{self, AgencyKind, FirstAgency, Settings};
use clap::{Args, Subcommand};
use serde_json::json;

/// Lists the agencies of a data directory, or founds another
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi agency add \"Second Unit\" --org second.example --data ./data")]
pub(crate) struct Agency {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Founds an agency with its keys and its first administrator; prints the enrolment link.
    #[command(
        after_help = "Example: renvoi agency add \"Second Unit\" --org second.example --login ada --person \"Ada Admin\""
    )]
    Add {
        #[command(flatten)]
        first: Box<First>,
        #[command(flatten)]
        data: Data,
    },
    /// Lists agencies.
    #[command(after_help = "Example: renvoi agency list --data ./data")]
    List {
        #[command(flatten)]
        data: Data,
    },
}

/// An agency and its first administrator.
#[derive(Debug, Clone, Args)]
pub(crate) struct First {
    /// Name of the agency.
    #[arg(default_value = "Referral Unit")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) more: More,
}

/// What else is said of an agency.
#[derive(Debug, Clone, Args)]
pub(crate) struct More {
    /// Organisation id on the wire: a DNS name.
    #[arg(long, default_value = "unit.example")]
    pub(crate) org: String,
    /// referral_unit, competent_authority, eu_agency, trusted_flagger, investigating_authority, supervisor, provider
    #[arg(long, default_value = "referral_unit")]
    pub(crate) kind: String,
    /// Address of the agency's desk, for letters.
    #[arg(long)]
    pub(crate) mail: Option<String>,
    /// Telephone of the desk, E.164.
    #[arg(long, default_value = "+3220000000")]
    pub(crate) phone: String,
    /// Legal basis of its referrals, as RXP writes it; may be given more than once.
    #[arg(long = "legal-basis", default_value = "terms")]
    pub(crate) legal_basis: Vec<String>,
    /// Languages that the desk reads.
    #[arg(long, value_delimiter = ',', default_value = "en")]
    pub(crate) languages: Vec<String>,
    /// Webhook of a provider seat.
    #[arg(long)]
    pub(crate) webhook: Option<String>,
    /// Sign-in name of the first administrator.
    #[arg(long, default_value = "admin")]
    pub(crate) login: String,
    /// Name of the first administrator.
    #[arg(long, default_value = "Administrator")]
    pub(crate) person: String,
    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Fewest approved assessments that a channel or account needs (D1).
const GROUNDS: usize = 3;

impl First {
    /// Founds it and prints the link.
    pub(crate) async fn found(&self, house: &app::House) -> Done {
        let more = &self.more;
        let kind = AgencyKind::from_word(&more.kind).ok_or_else(|| {
            let kinds: Vec<&str> = AgencyKind::ALL.iter().map(|kind| kind.word()).collect();
            Failed::Input(format!("There is no kind \"{}\". Choose one of: {}.", more.kind, kinds.join(", ")))
        })?;
        let settings = Settings {
            legal_name: self.name.clone(),
            mail: more.mail.clone().unwrap_or_else(|| format!("desk@{}", more.org)),
            phone: more.phone.clone(),
            legal_basis: more.legal_basis.clone(),
            languages: more.languages.clone(),
            grounds_min: GROUNDS,
            webhook: more.webhook.clone(),
        };
        let first = FirstAgency { name: self.name.clone(), kind, org: more.org.clone(), settings };
        let link = people::found(house, first, &more.login, &more.person).await?;
        print_link(&link, more.json)?;
        Ok(())
    }
}

/// Prints an enrolment link.
pub(crate) fn print_link(link: &people::EnrolmentLink, as_json: bool) -> Done {
    if as_json {
        let value = json!({
            "agency": link.agency.to_string(), "person": link.person.to_string(), "login": link.login,
            "token": link.token, "path": link.path(), "expires_at": link.expires_at.to_string(),
        });
        say!("{value}")?;
    } else {
        say!("Enrolment link of {} (once, until {}):", link.login, link.expires_at)?;
        say!("  {}", link.path())?;
        say!("Put the address of the console before it and open it in a browser.")?;
    }
    Ok(())
}

impl Agency {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::Add { first, data } => first.found(&*data.open().await?).await,
            What::List { data } => {
                let house = data.open().await?;
                for agency in people::agencies(&house).await? {
                    let more = match &agency.settings.webhook {
                        Some(webhook) => {
                            format!("\t{webhook}\tsecret {}", app::notice::secret(&house, agency.id)?)
                        }
                        None => String::new(),
                    };
                    say!("{}\t{}\t{}{more}", agency.org, agency.kind, agency.name)?;
                }
                Ok(())
            }
        }
    }
}
