//! A bank file out of lists of the field, and such a list out of a bank file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use connect::sources::lists::Format;
use connect::sources::lists::write::Head;
use domain::bank::Opinion;
use serde::Serialize;

use crate::list::{self, As, Said, Summary};
use crate::write::Writer;

/// Lists read into one bank.
#[derive(Debug, Clone)]
pub struct Import {
    /// Files or folders, in the order in which they were given out: a later one takes back what an earlier one gave.
    pub from: Vec<PathBuf>,
    /// Their format; else guessed of each by its content.
    pub format: Option<Format>,
    /// The bank file to be written.
    pub out: PathBuf,
    /// The bank's name, whatever the lists say; else theirs, else the names of the files.
    pub name: Option<String>,
    /// The opinion of values of which a list says nothing; else [`Opinion::Seed`].
    pub opinion: Option<Opinion>,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// What was read.
    #[serde(flatten)]
    pub read: Summary,
    /// Values in the bank, each once.
    pub written: u64,
    /// Values that stood in the lists before.
    pub duplicate: u64,
    /// Values of which the lists think differently: they are disputed.
    pub disputed: u64,
}

/// Reads the lists and writes the bank, whole or not at all; none where they hold no value. A value of which one list says `negative` and another
/// `positive` or `seed` becomes `disputed`, and matches nothing; `positive` outweighs `seed`.
///
/// # Errors
/// One sentence: a list cannot be read or holds nothing, or the bank cannot be written.
pub fn import(plan: &Import) -> Result<Imported, String> {
    let mut imported = Imported::default();
    let mut bank = BTreeMap::new();
    let as_ = As { format: plan.format, bank: plan.name.as_deref(), opinion: plan.opinion };
    for from in &plan.from {
        let (duplicate, disputed) = (&mut imported.duplicate, &mut imported.disputed);
        let read = list::read_as(from, as_, |said| {
            match said {
                Said::TakenBack(kind, value) => {
                    bank.remove(&(kind, value));
                }
                Said::Take(mut signal) => {
                    if let Some(name) = &plan.name {
                        signal.bank.clone_from(name);
                    }
                    match bank.entry((signal.kind, signal.value.clone())) {
                        Entry::Vacant(free) => {
                            free.insert(signal);
                        }
                        Entry::Occupied(mut known) => {
                            *duplicate += 1;
                            let both = known.get().opinion.with(signal.opinion);
                            *disputed += u64::from(both == Opinion::Disputed && known.get().opinion != both);
                            known.get_mut().opinion = both;
                        }
                    }
                }
            }
            Ok(())
        });
        add(&mut imported.read, read.map_err(|error| error.to_string())?);
    }
    if bank.is_empty() {
        return Ok(imported);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", plan.out.display());
    let mut writer = Writer::create(&plan.out).map_err(failed)?;
    for signal in bank.values() {
        writer.put(signal).map_err(failed)?;
        imported.written += 1;
    }
    writer.finish().map_err(failed)?;
    Ok(imported)
}

fn add(all: &mut Summary, one: Summary) {
    all.files += one.files;
    all.lines += one.lines;
    all.signals += one.signals;
    all.taken_back += one.taken_back;
    all.set_aside.extend(one.set_aside);
    all.set_aside_unlisted += one.set_aside_unlisted;
    for (word, count) in one.not_compared {
        *all.not_compared.entry(word).or_default() += count;
    }
}

/// A bank file as a list of the field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Values written.
    pub written: u64,
    /// Values for whose kind the format has no place.
    pub without_place: u64,
    /// Lines of the bank that were left out.
    pub set_aside: u64,
}

/// Writes a bank as a list, whole or not at all.
///
/// # Errors
/// One sentence: the bank cannot be read, the list not be written, or the format is read only (D16).
pub fn export(bank: &Path, (format, head): (Format, Head), out: &Path) -> Result<Exported, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    let mut writer = Writer::create_as(out, format, head).map_err(failed)?;
    let mut exported = Exported::default();
    let mut trouble = None;
    let read = list::read(bank, |signal| {
        match writer.put(&signal) {
            Ok(true) => exported.written += 1,
            Ok(false) => exported.without_place += 1,
            Err(error) => trouble = Some(error),
        }
        Ok(())
    });
    exported.set_aside = read.map_err(|error| error.to_string())?.left_out();
    if let Some(error) = trouble {
        return Err(failed(error));
    }
    writer.finish().map_err(failed)?;
    Ok(exported)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const HASH: &str = "facefacefacefacefacefacefaceface";

    fn plan(folder: &Path, lists: &[(&str, String)]) -> Import {
        let from = lists.iter().map(|(name, text)| {
            let file = folder.join(name);
            std::fs::write(&file, text).unwrap();
            file
        });
        Import {
            from: from.collect(),
            format: None,
            out: folder.join("bank.ndjson"),
            name: None,
            opinion: None,
        }
    }

    fn tx(rows: &[(&str, &str)]) -> String {
        let rows: Vec<String> =
            rows.iter().map(|(value, category)| format!("video_md5,{value},Lamps,{category},\n")).collect();
        format!("signal_type,signal_str,collab,category,tags\n{}", rows.concat())
    }

    #[test]
    fn opinions_that_differ_are_disputed() {
        let folder = tempfile::tempdir().unwrap();
        let check = |first: &str, second: &str, expected: Opinion| {
            let lists = [("a.csv", tx(&[(HASH, first)])), ("b.csv", tx(&[(HASH, second)]))];
            let plan = plan(folder.path(), &lists);
            let imported = import(&plan).unwrap();
            assert_eq!((imported.written, imported.duplicate), (1, 1));
            assert_eq!(imported.disputed, u64::from(expected == Opinion::Disputed));
            let mut found = Vec::new();
            list::read(&plan.out, |signal| {
                found.push(signal.opinion);
                Ok(())
            })
            .unwrap();
            assert_eq!(found, [expected], "{first} {second}");
        };
        check("POSITIVE_CLASS", "NEGATIVE_CLASS", Opinion::Disputed);
        check("NEGATIVE_CLASS", "INVESTIGATION_SEED", Opinion::Disputed);
        check("INVESTIGATION_SEED", "POSITIVE_CLASS", Opinion::Positive);
        check("NEGATIVE_CLASS", "NEGATIVE_CLASS", Opinion::Negative);
    }

    #[test]
    fn a_later_list_takes_back_and_the_bad_stand_aside() {
        let folder = tempfile::tempdir().unwrap();
        let page = |rows: &str| format!("{{\"data\":[{rows}]}}");
        let gone = format!(
            "{{\"type\":\"HASH_MD5\",\"indicator\":\"{}\",\"should_delete\":true}}",
            HASH.to_uppercase()
        );
        let other =
            "{\"type\":\"HASH_TLSH\",\"indicator\":\"T1\"},{\"type\":\"HASH_MD5\",\"indicator\":\"12\"}";
        let kept = "{\"type\":\"URI\",\"indicator\":\"https://video.example/1\",\"status\":\"MALICIOUS\"}";
        let lists =
            [("a.csv", tx(&[(HASH, "POSITIVE_CLASS")])), ("b.json", page(&format!("{gone},{other},{kept}")))];
        let plan = Import { name: Some("Lamps".to_owned()), ..plan(folder.path(), &lists) };
        let imported = import(&plan).unwrap();
        assert_eq!((imported.written, imported.read.taken_back, imported.read.left_out()), (1, 1, 1));
        assert_eq!(imported.read.set_aside[0].at, "data[2]");
        assert_eq!(imported.read.not_compared["hash_tlsh"], 1);
        let bank = std::fs::read_to_string(&plan.out).unwrap();
        assert!(bank.contains("\"bank\":\"Lamps\"") && bank.contains("\"positive\""), "{bank}");
    }

    #[test]
    fn every_open_format_comes_back_as_it_went() {
        let folder = tempfile::tempdir().unwrap();
        let bank = folder.path().join("a.csv");
        let rows = format!(
            "kind,value,opinion,label,bank\nmd5,{HASH},negative,lamp,B\nhost,a.example,positive,,B\nterm,green table,seed,,B\n"
        );
        std::fs::write(&bank, rows).unwrap();
        for format in Format::ALL {
            let out = folder.path().join(format!("out-{}", format.word()));
            let exported = export(&bank, (format, Head { bank: "B".to_owned(), ..Head::default() }), &out);
            if format.is_closed() {
                assert!(exported.unwrap_err().contains("read only"));
                assert!(!out.exists());
                continue;
            }
            let exported = exported.unwrap();
            assert_eq!(exported.written + exported.without_place, 3, "{format:?}");
            let again = Import { from: vec![out], ..plan(folder.path(), &[]) };
            assert_eq!(import(&again).unwrap().written, exported.written, "{format:?}");
        }
    }

    #[test]
    fn closed_lists_are_loaded_by_no_command() {
        let folder = tempfile::tempdir().unwrap();
        for list in ["<queryResult><images></images></queryResult>", "{\"hashRecords\":[]}"] {
            let plan = plan(folder.path(), &[("a.list", list.to_owned())]);
            assert!(import(&plan).unwrap_err().contains("provider's seat only"), "{list}");
            assert!(!plan.out.exists());
        }
    }
}
