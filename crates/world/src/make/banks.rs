//! Banks as partners would share them: what was known before the day began.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::population::Population;
use super::posts::Draft;
use super::text;
use crate::Error;
use crate::model::World;

const ACCOUNTS_KNOWN: usize = 15;
const URLS_KNOWN_PERCENT: usize = 10;
const HEADER: &str = "kind,value,label\n";

/// Writes `sha256.csv`, `text.csv`, `url.csv`, `account.csv`, `term.csv` and the negative `host-protected.csv`, each
/// with the columns `kind,value,label`.
pub(crate) fn write(
    world: &World,
    drafts: &[Draft],
    people: &Population,
    folder: &Path,
) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::io(folder.display()))?;
    let firsts: Vec<&Draft> = drafts.iter().filter(|d| d.truth.known && d.truth.copy.is_none()).collect();
    let pictures = firsts.iter().flat_map(|d| &d.post.media).map(|m| m.sha256.clone());
    save(folder, "sha256", "sha256", pictures, "picture of an earlier case")?;
    let texts = firsts.iter().filter(|d| d.post.media.is_empty()).map(|d| d.post.text.clone());
    save(folder, "text", "text", texts, "text of an earlier case")?;
    let urls = firsts.iter().take(firsts.len() * URLS_KNOWN_PERCENT / 100).map(|d| d.truth.url.clone());
    save(folder, "url", "url", urls, "address of an earlier case")?;
    save(folder, "account", "account", busiest(drafts, people), "posted much in earlier cases")?;
    let terms = world.languages.iter().map(|l| text::lexicon(l).slogan.to_owned());
    save(folder, "term", "term", terms, "slogan of the invented Example Group")?;
    let hosts = world.services.iter().filter(|s| s.protected).map(|s| s.host.clone());
    save(folder, "host-protected", "host", hosts, "press, library, archive, university: negative")
}

/// `service/handle` of those with most posts that carry the slogan.
fn busiest(drafts: &[Draft], people: &Population) -> impl Iterator<Item = String> {
    let real: BTreeSet<(&str, &str)> =
        people.accounts.iter().map(|a| (a.service.as_str(), a.handle.as_str())).collect();
    let mut posts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.truth.terrorist) {
        let account = (draft.post.service.as_str(), draft.post.author.handle.as_str());
        if real.contains(&account) {
            *posts.entry(account).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = posts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let names: Vec<String> =
        ranked.into_iter().map(|((service, handle), _)| format!("{service}/{handle}")).collect();
    names.into_iter().take(ACCOUNTS_KNOWN)
}

fn save(
    folder: &Path,
    file: &str,
    kind: &str,
    values: impl Iterator<Item = String>,
    note: &str,
) -> Result<(), Error> {
    let mut out = HEADER.to_owned();
    for value in values.collect::<BTreeSet<_>>() {
        out.push_str(&format!("{kind},{},{}\n", quoted(&value), quoted(note)));
    }
    let path = folder.join(format!("{file}.csv"));
    fs::write(&path, out).map_err(Error::io(path.display()))
}

/// A field of RFC 4180.
fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
