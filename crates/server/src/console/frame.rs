//! The reader of a page: who, in which language, and the frame around every page.

use super::Fields;
use crate::App;
use crate::identity::{Perhaps, cookie_of};
use crate::look::{Frame, Place, Said, Seat, Undo};
use crate::words::{Lang, Words};
use app::sign_in::Who;
use axum::extract::FromRequestParts;
use domain::access::{Actor, AgencyKind, Right};
use domain::analysis::Analysis;
use http::header;
use http::request::Parts;

/// Zone of the clock in the bar until a person chooses another.
const ZONE: &str = "Europe/Brussels";
/// Where assets are.
const ASSETS: &str = "/assets/";

/// The right that each page of the bar asks for; the page of the agency is everybody's.
const ASKED: [(Place, Right); 13] = [
    (Place::Queue, Right::Read),
    (Place::Approve, Right::Read),
    (Place::Sent, Right::Read),
    (Place::Operation, Right::Read),
    (Place::Network, Right::ReadNetwork),
    (Place::Radar, Right::ReadNetwork),
    (Place::Money, Right::ReadLeads),
    (Place::Search, Right::Search),
    (Place::Intake, Right::Intake),
    (Place::Signals, Right::Read),
    (Place::Reports, Right::ReadReports),
    (Place::Ledger, Right::ReadLedger),
    (Place::Inbox, Right::ReadInbox),
];

/// Pages that a person's roles do not open, and the page of an analysis that is not open.
fn closed(actor: &Actor, money: bool) -> Vec<Place> {
    let opens = |place: Place, right: Right| actor.may(right) && (place != Place::Money || money);
    ASKED.into_iter().filter(|(place, right)| !opens(*place, *right)).map(|(place, _)| place).collect()
}

/// Whether leads on money are open for a person. They are not in the bar when nobody can tell.
async fn money(app: &App, actor: &Actor) -> bool {
    if !actor.may(Right::ReadLeads) {
        return false;
    }
    match app::view::leads::opened(&app.house, actor).await {
        Ok(found) => found.is_some_and(|(opening, _)| opening.covers.contains(&Analysis::Money)),
        Err(error) => {
            tracing::error!(%error, "whether the sensitive analysis is open could not be read");
            false
        }
    }
}

/// What can be said on the next page: its code in the query, its words.
const SAID: [(&str, &str); 49] = [
    ("saved", "said-saved"),
    ("noted", "said-noted"),
    ("to_approve", "said-to-approve"),
    ("to_reader", "said-to-reader"),
    ("declined", "said-declined"),
    ("deferred", "said-deferred"),
    ("passed", "said-passed"),
    ("agreed", "said-agreed"),
    ("returned", "said-returned"),
    ("withdrawn", "said-withdrawn"),
    ("read_clear", "said-read-clear"),
    ("read_blocked", "said-read-blocked"),
    ("recheck", "said-recheck"),
    ("checking", "said-checking"),
    ("proved", "said-proved"),
    ("looked", "said-looked"),
    ("undone", "said-undone"),
    ("decided", "said-decided"),
    ("handed_in", "said-handed-in"),
    ("discarded", "said-discarded"),
    ("mapping_forgotten", "said-mapping-forgotten"),
    ("contact_in_force", "said-contact-in-force"),
    ("contact_waits", "said-contact-waits"),
    ("quiet_on", "said-quiet-on"),
    ("quiet_off", "said-quiet-off"),
    ("reminded", "said-reminded"),
    ("informed", "said-informed"),
    ("imported", "said-imported"),
    ("signal_withdrawn", "said-signal-withdrawn"),
    ("opinion_for", "said-opinion-for"),
    ("opinion_against", "said-opinion-against"),
    ("held", "said-held"),
    ("lifted", "said-lifted"),
    ("answered", "said-answered"),
    ("answered_all", "said-answered-all"),
    ("asked_again", "said-asked-again"),
    ("contested", "said-contested"),
    ("confirmed", "said-confirmed"),
    ("dropped", "said-dropped"),
    ("roles", "said-roles"),
    ("closed", "said-closed"),
    ("protected", "said-protected"),
    ("unprotected", "said-unprotected"),
    ("analysis_opened", "said-analysis-opened"),
    ("analysis_closed", "said-analysis-closed"),
    ("marked", "said-marked"),
    ("unmarked", "said-unmarked"),
    ("plan_sealed", "said-plan-sealed"),
    ("plan_queued", "said-plan-queued"),
];

/// Who reads a page.
#[derive(Clone)]
pub struct Reader {
    /// What handlers share.
    pub app: App,
    /// The person, if one is signed in.
    pub who: Option<Who>,
    /// The words of their language.
    pub words: Words,
    /// The query of the address.
    pub query: Fields,
    path: String,
    veils: (bool, bool),
    counts: Vec<(Place, u64)>,
    money: bool,
}

impl FromRequestParts<App> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let Perhaps(who) = Perhaps::from_request_parts(parts, app).await?;
        let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let language = query
            .maybe("lang")
            .and_then(Lang::from_tag)
            .or_else(|| cookie_of(&parts.headers, "lang").as_deref().and_then(Lang::from_tag))
            .or_else(|| who.as_ref().and_then(|who| Lang::from_tag(&who.language)))
            .unwrap_or_else(|| {
                let accepted =
                    parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
                Lang::accepted(accepted.unwrap_or_default())
            });
        let veil = |name: &str| cookie_of(&parts.headers, name).as_deref() == Some("on");
        let (counts, money) = match &who {
            Some(who) => (counts(app, who).await, money(app, &who.actor).await),
            None => (Vec::new(), false),
        };
        Ok(Self {
            app: app.clone(),
            words: Words::new(language, ZONE),
            veils: (veil("grey"), veil("blur")),
            path: parts.uri.path().to_owned(),
            who,
            query,
            counts,
            money,
        })
    }
}

/// What waits, beside the pages' names. A page is shown without it when it cannot be counted.
async fn counts(app: &App, who: &Who) -> Vec<(Place, u64)> {
    match app::view::waiting(&app.house, &who.actor).await {
        Ok(waiting) if who.actor.kind == AgencyKind::Provider => vec![(Place::Inbox, waiting.cases)],
        Ok(waiting) => {
            let mut all = vec![(Place::Queue, waiting.clusters), (Place::Approve, waiting.letters)];
            // Of signals only what waits is said: there is nothing most of the time.
            all.extend((waiting.signals > 0).then_some((Place::Signals, waiting.signals)));
            all
        }
        Err(error) => {
            tracing::error!(%error, "what waits could not be counted");
            Vec::new()
        }
    }
}

impl Reader {
    /// The frame of a page at a place.
    #[must_use]
    pub fn frame(&self, place: Place) -> Frame {
        let seat = match &self.who {
            None => Seat::Outside,
            Some(who) if who.actor.kind == AgencyKind::Provider => Seat::Provider,
            Some(_) => Seat::Unit,
        };
        Frame {
            seat,
            place,
            person: self.who.as_ref().map(|who| who.name.clone()),
            agency: self.who.as_ref().map(|who| who.agency.clone()).unwrap_or_default(),
            closed: self.who.as_ref().map(|who| closed(&who.actor, self.money)).unwrap_or_default(),
            counts: self.counts.clone(),
            path: self.path.clone(),
            csrf: self.who.as_ref().map(|who| who.session.csrf.clone()).unwrap_or_default(),
            now: self.app.house.clock.now(),
            world: self.app.house.world.is_some(),
            veils: self.veils,
            assets: ASSETS.to_owned(),
            said: self.said(),
        }
    }

    /// What was just done: a code of a closed list in the query, so that nobody can put words on the page.
    fn said(&self) -> Option<Said> {
        let code = self.query.maybe("said")?;
        let (_, key) = SAID.into_iter().find(|(known, _)| *known == code)?;
        let undo = self
            .query
            .maybe("undo")
            .filter(|path| {
                path.starts_with("/console/undo/")
                    || path.starts_with("/console/sent/") && path.ends_with("/withdraw")
            })
            .map(|path| Undo { action: path.to_owned() });
        let see = (code == "agreed").then(|| (self.words.t("page-sent"), "/console/sent"));
        Some(Said { text: self.words.t(key), see, undo })
    }

    /// The language that this request asked for.
    #[must_use]
    pub fn asked_language(&self) -> Option<Lang> {
        self.query.maybe("lang").and_then(Lang::from_tag)
    }

    /// Where this reader begins.
    #[must_use]
    pub fn home(&self) -> &'static str {
        match &self.who {
            None => "/console/sign-in",
            Some(who) if who.actor.kind == AgencyKind::Provider => "/console/inbox",
            Some(who) if who.actor.may(domain::access::Right::Read) => "/console/queue",
            Some(who) if who.actor.may(domain::access::Right::ManageAccess) => "/console/agency",
            Some(_) => "/console/ledger",
        }
    }
}
