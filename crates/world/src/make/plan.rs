//! What kind of world is wanted, and its agencies and services.

use super::text;
use crate::Error;
use crate::model::{Agency, Behaviour, Contact, Fault, GonePage, Service, ServiceKind};
use crate::rng::Rng;

/// The languages that the world can speak, most used first.
pub const LANGUAGES: [&str; 6] = ["ar", "en", "fr", "de", "es", "ru"];
/// Most items of a world with truth.
pub const ITEMS_MAX: usize = 200_000;
/// Most posts of a posts-only file.
pub const POSTS_MAX: usize = 10_000_000;
/// Fewest and most services.
pub const SERVICES_RANGE: std::ops::RangeInclusive<usize> = 8..=200;
/// Most agencies.
pub const AGENCIES_MAX: usize = 12;
/// Most copies, in percent of the items.
pub const COPY_RATE_PERCENT_MAX: u32 = 95;

/// What `world make` is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Same seed, same bytes.
    pub seed: u64,
    /// Items with truth, 1..=[`ITEMS_MAX`].
    pub items: usize,
    /// When given, only a big `posts.ndjson` of so many posts is written, 1..=[`POSTS_MAX`].
    pub posts_only: Option<usize>,
    /// Agencies, 1..=[`AGENCIES_MAX`].
    pub agencies: usize,
    /// Services, within [`SERVICES_RANGE`].
    pub services: usize,
    /// Languages, 1..=6.
    pub languages: usize,
    /// Copies in percent of the items, 0..=[`COPY_RATE_PERCENT_MAX`].
    pub copy_rate_percent: u32,
}

impl Default for Plan {
    /// The shape of the action day of 25 and 26 April 2017.
    fn default() -> Self {
        Self {
            seed: 1,
            items: 2068,
            posts_only: None,
            agencies: 6,
            services: 52,
            languages: 6,
            copy_rate_percent: 60,
        }
    }
}

impl Plan {
    /// Refuses a plan outside the limits, with the limit in the sentence.
    ///
    /// # Errors
    /// [`Error::Plan`].
    pub fn check(&self) -> Result<(), Error> {
        let rules = [
            ((1..=ITEMS_MAX).contains(&self.items), format!("--items must be 1 to {ITEMS_MAX}")),
            (
                self.posts_only.is_none_or(|p| (1..=POSTS_MAX).contains(&p)),
                format!("--posts must be 1 to {POSTS_MAX}"),
            ),
            ((1..=AGENCIES_MAX).contains(&self.agencies), format!("--agencies must be 1 to {AGENCIES_MAX}")),
            (
                SERVICES_RANGE.contains(&self.services),
                format!("--services must be {} to {}", SERVICES_RANGE.start(), SERVICES_RANGE.end()),
            ),
            (
                (1..=LANGUAGES.len()).contains(&self.languages),
                format!("--languages must be 1 to {}", LANGUAGES.len()),
            ),
            (
                self.copy_rate_percent <= COPY_RATE_PERCENT_MAX,
                format!("--copy-rate must be 0 to {COPY_RATE_PERCENT_MAX}"),
            ),
        ];
        match rules.into_iter().find(|(holds, _)| !holds) {
            Some((_, sentence)) => Err(Error::Plan(sentence)),
            None => Ok(()),
        }
    }

    /// The languages of this plan, most used first.
    #[must_use]
    pub fn language_codes(&self) -> Vec<&'static str> {
        LANGUAGES[..self.languages.min(LANGUAGES.len())].to_vec()
    }
}

const AGENCY_NAMES: [&str; AGENCIES_MAX] = [
    "aster", "birch", "cedar", "dahlia", "elder", "fern", "gorse", "hazel", "iris", "juniper", "kelp",
    "linden",
];

/// The agencies: the first one is the EU agency that hosts, the others are referral units.
pub(crate) fn agencies(plan: &Plan) -> Vec<Agency> {
    let codes = plan.language_codes();
    (0..plan.agencies)
        .map(|n| {
            let id = AGENCY_NAMES[n];
            let title = format!("{}{}", id[..1].to_uppercase(), &id[1..]);
            let mut languages = vec!["en".to_owned()];
            for code in [codes[n % codes.len()], codes[(n + 1) % codes.len()]] {
                if !languages.iter().any(|l| l == code) {
                    languages.push(code.to_owned());
                }
            }
            Agency {
                id: id.to_owned(),
                name: if n == 0 { format!("{title} Agency") } else { format!("{title} Unit") },
                org: format!("{id}.example"),
                capacity: if n == 0 { "eu_agency" } else { "referral_unit" }.to_owned(),
                languages,
            }
        })
        .collect()
}

const HOSTING: [ServiceKind; 8] = [
    ServiceKind::Social,
    ServiceKind::Video,
    ServiceKind::Chat,
    ServiceKind::Images,
    ServiceKind::Forum,
    ServiceKind::Paste,
    ServiceKind::Blog,
    ServiceKind::Archive,
];
const BEHAVIOURS: [Behaviour; 10] = [
    Behaviour::Prompt,
    Behaviour::Slow,
    Behaviour::Prompt,
    Behaviour::AskingBack,
    Behaviour::Prompt,
    Behaviour::Refusing,
    Behaviour::Prompt,
    Behaviour::Silent,
    Behaviour::Slow,
    Behaviour::Prompt,
];
const GONE_PAGES: [GonePage; 9] = [
    GonePage::Hard404,
    GonePage::Soft404,
    GonePage::RemovedByPlatform,
    GonePage::Gone410,
    GonePage::LoginWall,
    GonePage::GeoBlock,
    GonePage::Redirect,
    GonePage::RemovedByAuthor,
    GonePage::Replaced,
];
const HOMES: [(&str, &str); 6] = [
    ("IE", "Europe/Dublin"),
    ("DE", "Europe/Berlin"),
    ("FR", "Europe/Paris"),
    ("NL", "Europe/Amsterdam"),
    ("PT", "Europe/Lisbon"),
    ("EE", "Europe/Tallinn"),
];

/// The services: a heavy-tailed order (the first host holds most items), one in eight of them protected.
pub(crate) fn services(plan: &Plan) -> Vec<Service> {
    let mut rng = Rng::new(plan.seed, "services");
    let protected_count = (plan.services / 8).max(2);
    let hosting_count = plan.services - protected_count;
    let mut services: Vec<Service> = Vec::with_capacity(plan.services);
    for n in 0..plan.services {
        let kind = if n < hosting_count {
            HOSTING[n % HOSTING.len()]
        } else if (n - hosting_count).is_multiple_of(2) {
            ServiceKind::Press
        } else {
            ServiceKind::Archive
        };
        let host = loop {
            let host = host_name(&mut rng, kind, n >= hosting_count);
            if services.iter().all(|s| s.host != host) {
                break host;
            }
        };
        let protected = n >= hosting_count;
        services.push(service(&mut rng, plan, n, Sketch { host, kind, protected }));
    }
    services
}

struct Sketch {
    host: String,
    kind: ServiceKind,
    protected: bool,
}

fn host_name(rng: &mut Rng, kind: ServiceKind, protected: bool) -> String {
    let word = match (kind, protected) {
        (ServiceKind::Video, _) => "video",
        (ServiceKind::Images, _) => "pics",
        (ServiceKind::Paste, _) => "paste",
        (ServiceKind::Forum, _) => "forum",
        (ServiceKind::Chat, _) => "chat",
        (ServiceKind::Blog, _) => "blog",
        (ServiceKind::Archive, true) => *rng.pick(&["library", "archive", "university"]),
        (ServiceKind::Archive, false) => "files",
        (ServiceKind::Social, _) => "social",
        (ServiceKind::Press, _) => *rng.pick(&["news", "times", "radio"]),
    };
    let end = if rng.percent(70) { "test" } else { "example" };
    format!("{}-{word}.{end}", text::name(rng))
}

fn service(rng: &mut Rng, plan: &Plan, n: usize, sketch: Sketch) -> Service {
    let Sketch { host, kind, protected } = sketch;
    let email = format!("abuse@{host}");
    let contact = match (n % 4, n % 11) {
        (_, 10) => Contact::None,
        (2, _) => Contact::Mail { email },
        _ => Contact::Rxp { endpoint: format!("https://{host}/rxp/v1"), email },
    };
    let behaviour = match (&contact, protected) {
        (Contact::None, _) => Behaviour::Unreachable,
        (Contact::Mail { .. }, _) => Behaviour::MailOnly,
        (Contact::Rxp { .. }, true) => Behaviour::Prompt,
        (Contact::Rxp { .. }, false) => BEHAVIOURS[(n * 3 / 4) % BEHAVIOURS.len()],
    };
    let fault = match n % 7 {
        3 => Fault::RateLimited,
        4 => Fault::Flaky,
        6 => Fault::DropAfterCommit,
        _ => Fault::None,
    };
    let codes = plan.language_codes();
    let mut languages = vec!["en".to_owned()];
    let other = codes[rng.below(codes.len())];
    if other != "en" {
        languages.push(other.to_owned());
    }
    let (member_state, tz) = *rng.pick(&HOMES);
    let stem = host.split(['-', '.']).next().unwrap_or("host");
    Service {
        name: format!("{}{} Ltd", stem[..1].to_uppercase(), &stem[1..]),
        gone_page: GONE_PAGES[n % GONE_PAGES.len()],
        hours: "09:00-17:00".to_owned(),
        tz: tz.to_owned(),
        home_member_state: member_state.to_owned(),
        host,
        kind,
        contact,
        behaviour,
        fault,
        languages,
        protected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plan_limits() {
        let good = Plan::default();
        assert!(good.check().is_ok());
        let bad = [
            Plan { items: 0, ..good.clone() },
            Plan { items: ITEMS_MAX + 1, ..good.clone() },
            Plan { posts_only: Some(0), ..good.clone() },
            Plan { agencies: 0, ..good.clone() },
            Plan { services: 7, ..good.clone() },
            Plan { services: 201, ..good.clone() },
            Plan { languages: 7, ..good.clone() },
            Plan { copy_rate_percent: 96, ..good },
        ];
        for plan in bad {
            assert!(plan.check().is_err(), "{plan:?}");
        }
    }

    #[test]
    fn default_services_show_every_behaviour() {
        let services = services(&Plan::default());
        assert_eq!(services.len(), 52);
        for behaviour in BEHAVIOURS.into_iter().chain([Behaviour::MailOnly, Behaviour::Unreachable]) {
            assert!(services.iter().any(|s| s.behaviour == behaviour), "{behaviour:?}");
        }
        for page in GONE_PAGES {
            let acts = |s: &&Service| {
                matches!(s.behaviour, Behaviour::Prompt | Behaviour::Slow | Behaviour::AskingBack)
            };
            assert!(services.iter().filter(acts).any(|s| s.gone_page == page && !s.protected), "{page:?}");
        }
        for fault in [Fault::RateLimited, Fault::Flaky, Fault::DropAfterCommit] {
            let rxp = |s: &&Service| matches!(s.contact, Contact::Rxp { .. });
            assert!(services.iter().filter(rxp).any(|s| s.fault == fault), "{fault:?}");
        }
        assert!(services.iter().all(|s| s.host.ends_with(".test") || s.host.ends_with(".example")));
    }
}
