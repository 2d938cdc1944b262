//! `renvoi hash document`: what is in documents, part by part.

use super::super::{Done, Failed};
use super::{EXIT_REFUSED, of_file};
use crate::command::out::say;
use bankfile::file::{named, printable};
use bankfile::picture::{NoPicture, Pictures};
use bankfile::{Document, Want};
use clap::Args;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi hash document *.pdf *.docx --json\n\nExit codes: 0 all were read, 1 at least one was refused (its line says why)."
)]
pub(super) struct Documents {
    /// The documents.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints one JSON object a file, in the order given.
    #[arg(long)]
    json: bool,
    /// Adds the text of each part, with --json.
    #[arg(long)]
    text: bool,
    /// Draws the first pages of a PDF and hashes them too.
    #[arg(long)]
    pages: bool,
}

impl Documents {
    pub(super) async fn run(self) -> Done {
        let pictures = Pictures::new()?;
        let mut refused = false;
        for file in &self.files {
            let line = match pictures.document_of_file(file, self.pages).await {
                Err(NoPicture::OfTheBox(why)) => return Err(Failed::Other(why)),
                Err(NoPicture::OfTheFile(why)) => {
                    refused = true;
                    self.refused(file, &why)
                }
                Ok((bytes, document)) if self.json => {
                    let mut line = of_file(file);
                    line["sha256"] = hex::encode(Sha256::digest(&bytes)).into();
                    self.facts(&mut line, &document, &pictures).await?;
                    line.to_string()
                }
                Ok((_, document)) => as_text(file, &document),
            };
            say!("{line}")?;
        }
        if refused { Err(Failed::Told(EXIT_REFUSED)) } else { Ok(()) }
    }

    fn refused(&self, file: &Path, why: &str) -> String {
        if !self.json {
            return format!("{}: {why}", printable(&named(file).0));
        }
        let mut line = of_file(file);
        line["error"] = why.into();
        line.to_string()
    }

    async fn facts(&self, line: &mut Value, document: &Document, pictures: &Pictures) -> Result<(), Failed> {
        line["kind"] = document.kind.word().into();
        let parts = document.parts.iter().map(|part| {
            let mut one = json!({
                "part": part.place.to_string(), "chars": part.text.chars().count(), "links": part.links,
            });
            if self.text {
                one["text"] = part.text.as_str().into();
            }
            one
        });
        line["parts"] = parts.collect::<Vec<_>>().into();
        let mut shown = Vec::new();
        for picture in &document.pictures {
            let mut one = json!({
                "part": picture.place.to_string(), "page": picture.is_page,
                "sha256": hex::encode(Sha256::digest(&picture.bytes)),
            });
            match pictures.of_bytes(picture.bytes.clone(), Want::default()).await {
                Ok(facts) => {
                    one["width"] = facts.width.into();
                    one["height"] = facts.height.into();
                    one["pdq"] = facts.pdq.map(|pdq| pdq.hash.to_string()).into();
                    one["quality"] = facts.pdq.map(|pdq| pdq.quality).into();
                }
                Err(NoPicture::OfTheFile(why)) => one["error"] = why.into(),
                Err(NoPicture::OfTheBox(why)) => return Err(Failed::Other(why)),
            }
            shown.push(one);
        }
        line["pictures"] = shown.into();
        line["pictures_left_out"] = document.pictures_left_out.into();
        line["cut"] = document.cut.into();
        if let Some(trouble) = &document.trouble {
            line["trouble"] = trouble.as_str().into();
        }
        Ok(())
    }
}

fn as_text(file: &Path, document: &Document) -> String {
    let letters: usize = document.parts.iter().map(|part| part.text.chars().count()).sum();
    let links: usize = document.parts.iter().map(|part| part.links.len()).sum();
    format!(
        "{}: {}, {} parts, {letters} characters, {links} links, {} pictures",
        printable(&named(file).0),
        document.kind.word(),
        document.parts.len(),
        document.pictures.len()
    )
}
