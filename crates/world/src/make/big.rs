//! A big file of posts and nothing else, for benchmarks.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::SignedDuration;

use super::plan::{self, Plan};
use super::population::{self, Population};
use super::text::{self, Nature};
use super::{place, start_at};
use crate::Error;
use crate::model::{Post, Service};
use crate::rng::Rng;

/// Copies are drawn from the latest originals.
const ORIGINALS_KEPT: usize = 4096;
const WRITE_BUFFER_BYTES: usize = 1 << 20;
const CALL_PERCENT: u32 = 5;
/// Different pages that the posts link to, on each service.
const LINKED_PAGES: usize = 400;

/// Streams `count` posts without pictures to `path`; `copy_rate_percent` of them repeat the text of an earlier one.
pub(crate) fn write(plan: &Plan, count: usize, path: &Path) -> Result<(), Error> {
    let services = plan::services(plan);
    let people = population::population(
        &Plan { items: plan.items.max(count / 10).min(plan::ITEMS_MAX), ..plan.clone() },
        &services,
    );
    let mut rng = Rng::new(plan.seed, "big");
    let mut originals: Vec<(String, &'static str)> = Vec::with_capacity(ORIGINALS_KEPT);
    let file = File::create(path).map_err(Error::io(path.display()))?;
    let mut out = BufWriter::with_capacity(WRITE_BUFFER_BYTES, file);
    let codes = plan.language_codes();
    for n in 0..count {
        let (text, language) = if !originals.is_empty() && rng.percent(plan.copy_rate_percent) {
            rng.pick(&originals).clone()
        } else {
            let language = *rng.pick(&codes);
            let nature = if rng.percent(CALL_PERCENT) { Nature::Call } else { Nature::Plain };
            let fresh = (format!("{} {n}", text::post_text(&mut rng, language, nature)), language);
            if originals.len() < ORIGINALS_KEPT {
                originals.push(fresh.clone());
            } else {
                originals[n % ORIGINALS_KEPT] = fresh.clone();
            }
            fresh
        };
        let post = post(&mut rng, &services, &people, Line { n, text, language });
        serde_json::to_writer(&mut out, &post).map_err(Error::bug)?;
        out.write_all(b"\n").map_err(Error::io(path.display()))?;
    }
    out.flush().map_err(Error::io(path.display()))
}

struct Line {
    n: usize,
    text: String,
    language: &'static str,
}

fn post(rng: &mut Rng, services: &[Service], people: &Population, line: Line) -> Post {
    let at = rng.below(services.len()).min(rng.below(services.len()));
    let service = &services[at];
    let author = people.author(rng, at).handle();
    let short = format!("{}{:x}", place::short_id(rng), line.n);
    let tags = text::lexicon(line.language).hashtags;
    let hashtags = if rng.percent(35) { vec![tags[1 + rng.below(3)].to_owned()] } else { Vec::new() };
    let mentions = if rng.percent(10) { vec![people.author(rng, at).handle.clone()] } else { Vec::new() };
    let links = if rng.percent(20) {
        let host = &services[rng.below(services.len())].host;
        vec![format!("https://{host}/about/{:x}", rng.below(LINKED_PAGES))]
    } else {
        Vec::new()
    };
    let forwarded_from = rng.percent(12).then(|| people.author(rng, at).handle());
    Post {
        id: format!("{}/{short}", service.host),
        service: service.host.clone(),
        url: place::address(service, &short, &author.handle),
        kind: "post".to_owned(),
        text: line.text,
        author,
        channel: None,
        posted_at: start_at() - SignedDuration::from_secs(rng.between(60, 86_400)),
        lang: rng.percent(30).then(|| line.language.to_owned()),
        media: Vec::new(),
        links,
        mentions,
        hashtags,
        forwarded_from,
        audience: "open".to_owned(),
        views: rng.heavy(5, 100_000),
    }
}
