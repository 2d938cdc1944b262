//! Office Open XML (ISO/IEC 29500): parts that name each other by relationships.

use std::collections::HashMap;

use super::super::document::{Document, Kind, Part, Place, TEXT_MAX_BYTES};
use super::Archive;
use super::xml::{self, Step, Tag};

/// Relationships of a part that are read.
const RELATIONS_MAX: usize = 20_000;

/// Texts that sheets share.
const SHARED_MAX: usize = 1_000_000;

/// Where a part points to.
struct Relation {
    id: String,
    /// The last word of its type: `image`, `hyperlink`, `slide` …
    word: String,
    target: String,
    outside: bool,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Option<Document>, String> {
    let relations = relations(archive, "")?;
    let Some(main) = relations.into_iter().find(|one| one.word == "officeDocument") else { return Ok(None) };
    let main = main.target;
    let mut root = String::new();
    let mut order = Vec::new();
    archive.xml(&main, |from| {
        xml::walk(from, &|_| false, &mut |step| {
            let Step::Start(tag) = step else { return };
            if root.is_empty() {
                root = tag.name().to_owned();
            }
            if matches!((tag.within, tag.name()), ("sldIdLst", "sldId") | ("sheets", "sheet")) {
                // `r:id`; a slide has an `id` of its own too.
                order.extend(tag.exact("r:id").or_else(|| tag.attribute("id")));
            }
        })
    })?;
    let kind = match root.as_str() {
        "document" => Kind::Docx,
        "workbook" => Kind::Xlsx,
        "presentation" => Kind::Pptx,
        _ => return Ok(None),
    };
    let mut reading = Reading { document: Document::new(kind), pictures: Vec::new(), shared: Vec::new() };
    match kind {
        Kind::Docx => reading.text(archive, &main)?,
        _ => reading.numbered(archive, &main, &order)?,
    }
    let Reading { mut document, pictures, .. } = reading;
    archive.add_pictures(&mut document, &pictures, |name| name.contains("/media/"))?;
    Ok(Some(document))
}

struct Reading {
    document: Document,
    pictures: Vec<(Place, String)>,
    /// Texts that sheets name by their number.
    shared: Vec<String>,
}

impl Reading {
    /// A text document: its body, and what stands around it.
    fn text(&mut self, archive: &mut Archive<'_>, main: &str) -> Result<(), String> {
        self.part(archive, main, Place::Text)?;
        for relation in relations(archive, main)? {
            let place = match relation.word.as_str() {
                "header" | "footer" => Place::Margin,
                "footnotes" | "endnotes" => Place::Notes,
                "comments" => Place::Comments,
                _ => continue,
            };
            self.part(archive, &relation.target, place)?;
        }
        Ok(())
    }

    /// Slides or sheets in their order.
    fn numbered(&mut self, archive: &mut Archive<'_>, main: &str, order: &[String]) -> Result<(), String> {
        let relations = relations(archive, main)?;
        if let Some(shared) = relations.iter().find(|one| one.word == "sharedStrings") {
            self.shared = archive.xml(&shared.target, shared_texts)?.unwrap_or_default();
        }
        let by_id: HashMap<&str, &Relation> = relations.iter().map(|one| (one.id.as_str(), one)).collect();
        for (number, id) in (1..).zip(order) {
            let Some(relation) = by_id.get(id.as_str()) else { continue };
            let place = match self.document.kind {
                Kind::Pptx => Place::Slide(number),
                _ => Place::Sheet(number),
            };
            self.part(archive, &relation.target, place)?;
        }
        Ok(())
    }

    /// One part with what it leads to: links, pictures, notes of a slide, drawings of a sheet.
    fn part(&mut self, archive: &mut Archive<'_>, name: &str, place: Place) -> Result<(), String> {
        let shared = &self.shared;
        let Some(mut part) = archive.xml(name, |from| texts(from, place, shared))? else { return Ok(()) };
        let mut beside = Vec::new();
        for relation in relations(archive, name)? {
            match relation.word.as_str() {
                "hyperlink" if relation.outside => part.links.push(relation.target),
                "image" if !relation.outside => self.pictures.push((place, relation.target)),
                "notesSlide" | "comments" | "drawing" if place != Place::Text => beside.push(relation.target),
                _ => {}
            }
        }
        for name in beside {
            if let Some(more) = archive.xml(&name, |from| texts(from, place, &[]))? {
                write(&mut part, &more.text);
            }
            let pictures = relations(archive, &name)?.into_iter().filter(|one| one.word == "image");
            self.pictures.extend(pictures.map(|one| (place, one.target)));
        }
        self.document.add_part(part);
        Ok(())
    }
}

/// The relationships of a part; none where it has none.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, String> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let found = archive.xml(&name, |from| {
        let mut found = Vec::new();
        xml::walk(from, &|_| false, &mut |step| {
            let Step::Start(tag) = step else { return };
            if tag.name() == "Relationship" && found.len() < RELATIONS_MAX {
                found.extend(relation(tag, folder));
            }
        })?;
        Ok(found)
    })?;
    Ok(found.unwrap_or_default())
}

fn relation(tag: &Tag<'_>, folder: &str) -> Option<Relation> {
    let target = tag.attribute("Target")?;
    let outside = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
    let word = tag.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
    let target = if outside { target } else { inside(folder, &target) };
    Some(Relation { id: tag.attribute("Id").unwrap_or_default(), word, target, outside })
}

/// The name of an entry that a part in a folder points to.
fn inside(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The texts that sheets name by number; how they are to be spoken is left out.
fn shared_texts(from: &mut dyn std::io::BufRead) -> Result<Vec<String>, String> {
    let mut texts: Vec<String> = Vec::new();
    let mut open = false;
    xml::walk(from, &|name| name == "rPh", &mut |step| match step {
        Step::Start(tag) if tag.name() == "si" && texts.len() < SHARED_MAX => texts.push(String::new()),
        Step::Start(tag) => open = tag.name() == "t",
        Step::End(_) => open = false,
        Step::Text(text) if open => texts.iter_mut().last().into_iter().for_each(|last| last.push_str(text)),
        Step::Text(_) => {}
    })?;
    Ok(texts)
}

/// What is open while a part is read.
#[derive(Default)]
struct Open {
    /// Text counts here.
    text: bool,
    /// The code of a field, which may name a link.
    field: Option<String>,
    /// The value of a cell is the number of a shared text.
    shared: bool,
    /// The value of a cell.
    value: Option<String>,
}

/// The text of a part: paragraphs, cells, and links that are written as fields.
fn texts(from: &mut dyn std::io::BufRead, place: Place, shared: &[String]) -> Result<Part, String> {
    let mut part = Part { place, text: String::new(), links: Vec::new() };
    let mut open = Open::default();
    // The second way to show the same, for older programs.
    let skip = |name: &str| matches!(name, "Fallback" | "delText" | "rPh");
    xml::walk(from, &skip, &mut |step| match step {
        Step::Start(tag) => open.start(tag, &mut part),
        Step::End(name) => open.end(name, &mut part, shared),
        Step::Text(text) => match (&mut open.field, &mut open.value) {
            (Some(words), _) | (None, Some(words)) => words.push_str(text),
            _ if open.text => write(&mut part, text),
            _ => {}
        },
    })?;
    Ok(part)
}

impl Open {
    fn start(&mut self, tag: &Tag<'_>, part: &mut Part) {
        match (tag.within, tag.name()) {
            (_, "t") => self.text = true,
            ("r", "tab") => write(part, "\t"),
            (_, "br" | "cr") => write(part, "\n"),
            (_, "instrText") => self.field = Some(String::new()),
            (_, "fldSimple") => part.links.extend(tag.attribute("instr").as_deref().and_then(link)),
            (_, "c") => self.shared = tag.attribute("t").is_some_and(|word| word == "s"),
            ("c", "v") => self.value = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, part: &mut Part, shared: &[String]) {
        match name {
            "t" => self.text = false,
            "p" | "row" => write(part, "\n"),
            "tc" | "c" => write(part, "\t"),
            "instrText" => part.links.extend(self.field.take().as_deref().and_then(link)),
            "v" => {
                if let Some(value) = self.value.take() {
                    let number = value.trim().parse::<usize>().ok();
                    let text = match self.shared {
                        true => number.and_then(|number| shared.get(number)).map_or("", String::as_str),
                        false => value.as_str(),
                    };
                    write(part, text);
                }
            }
            _ => {}
        }
    }
}

/// The link of a field: `HYPERLINK "https://…"`.
fn link(field: &str) -> Option<String> {
    let rest = field.trim_start().strip_prefix("HYPERLINK")?;
    let link = rest.split('"').nth(1)?;
    (!link.is_empty() && !rest.trim_start().starts_with("\\l")).then(|| link.to_owned())
}

/// Goes a little beyond what a document may have, so that the cut is seen when the part is added.
fn write(part: &mut Part, text: &str) {
    let room = (TEXT_MAX_BYTES + 8).saturating_sub(part.text.len());
    part.text.push_str(&text[..text.floor_char_boundary(room)]);
}
